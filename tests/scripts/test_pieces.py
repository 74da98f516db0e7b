# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What prove-gate and prove-locks take out is there, once: else they prove nothing."""

import unittest

from gate_pieces import PIECES
from prove_locks import LOCKS
from test_doors import CHECKOUT, written


class TestPieces(unittest.TestCase):
    def test_pieces_are_there(self):
        self.assertGreater(len(PIECES), 20)
        self.assertGreater(len(LOCKS), 8)
        for piece in [*PIECES, *LOCKS]:
            with self.subTest(piece.what):
                self.assertEqual((CHECKOUT / piece.file).read_text().count(piece.text), 1)

    def test_who_notices_exists(self):
        classes = {name for name, _method in written()}
        for piece in PIECES:
            if piece.asked_by:
                with self.subTest(piece.what):
                    self.assertIn(piece.asked_by.split(".")[0], classes)
