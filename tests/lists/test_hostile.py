# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A hostile or broken file ends in one clear error, in bounded memory and time."""

import io
import unittest

from hostile_files import CASES, table
from support import at_most

import lists


class HostileTest(unittest.TestCase):
    def test_each_ends_in_its_error_in_bounded_memory(self):
        """Beside the file itself, which the test holds, reading takes little."""
        self.assertGreaterEqual(len(CASES), 40)
        for case in CASES:
            data = case.make()
            with self.subTest(case.title), at_most(128):
                with self.assertRaises(lists.ListFormatError) as caught:
                    for _ in lists.read(io.BytesIO(data)):
                        pass
                self.assertIn(case.message, str(caught.exception))

    def test_the_limit_on_memory_works(self):
        with self.assertRaises(MemoryError), at_most(128):
            bytearray(256 << 20)

    def test_table(self):
        self.assertEqual(
            table(CASES[:1]).splitlines()[-1],
            "| 1 | 0 bytes | The file is empty (0 bytes). The edition in force stays. |",
        )


class Endless:
    """A few MB of XML elements that nobody wants, and that nothing holds but the reader."""

    def __init__(self, size):
        self._left = size
        self._begun = False

    def seekable(self):
        return False

    def read(self, size):
        if not self._begun:
            self._begun = True
            return b"<CONSOLIDATED_LIST>"
        elements = min(size, self._left) // len(b"<B/>")
        self._left -= elements * len(b"<B/>")
        return b"<B/>" * elements


class NativeMemoryTest(unittest.TestCase):
    def test_two_million_elements_are_freed(self):
        """They would take some 300 MB if they were kept."""
        with at_most(64), self.assertRaisesRegex(lists.ListFormatError, "truncated"):
            for _ in lists.read(Endless(8 << 20)):
                pass
