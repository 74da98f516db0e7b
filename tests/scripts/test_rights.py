# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""docs/rights.md holds no table that nobody asks."""

import re
import unittest
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]


class TestRights(unittest.TestCase):
    def test_each_table_is_asked(self):
        """Each heading is the section of one test class, and the other way round."""
        headings = re.findall(r"(?m)^## (.+)$", (CHECKOUT / "docs" / "rights.md").read_text())
        asked = [
            section
            for place in CHECKOUT.glob("tests/test_*.py")
            for section in re.findall(r'(?m)^    section = "(.+)"$', place.read_text())
        ]
        self.assertTrue(headings)
        self.assertEqual(sorted(headings), sorted(asked))
