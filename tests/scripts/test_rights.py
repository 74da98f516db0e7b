# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""docs/rights.md holds no table that nobody asks, and the README says the same."""

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

    def test_the_readme_says_the_same(self):
        """Its table is some rows of those that are asked."""
        whole = _rows(CHECKOUT / "docs" / "rights.md")
        readme = (CHECKOUT / "README.md").read_text().split("\n## Rights\n")[1].split("\n## ")[0]
        columns, _rule, *rows = _cells(readme)
        self.assertGreater(len(rows), 13)
        for section, action, *answers in rows:
            with self.subTest(section=section, action=action):
                said = dict(zip(columns[2:], answers, strict=True))
                self.assertEqual(said, whole.get((section, action)))


def _cells(text):
    lines = [line for line in text.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]


def _rows(place):
    """``{(section, action): {column: answer}}``"""
    found = {}
    for part in place.read_text().split("\n## ")[1:]:
        columns, _rule, *rows = _cells(part)
        for action, *answers in rows:
            key = (part.splitlines()[0], action)
            found[key] = dict(zip(columns[1:], answers, strict=True))
    return found
