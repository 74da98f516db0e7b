# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""docs/doors.md names tests that exist."""

import ast
import re
import unittest
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
NAMED = re.compile(r"`(Test\w+)\.(test_\w+)`")


def written() -> set[tuple[str, str]]:
    """(class, method) of every test of the addon and its bridges."""
    found = set()
    for place in [*CHECKOUT.glob("tests/test_*.py"), *CHECKOUT.glob("bridges/*/tests/test_*.py")]:
        for node in ast.parse(place.read_text()).body:
            if isinstance(node, ast.ClassDef):
                found |= {
                    (node.name, item.name)
                    for item in node.body
                    if isinstance(item, ast.FunctionDef)
                }
    return found


class TestDoors(unittest.TestCase):
    def test_each_door_is_asked(self):
        """A test that the table names, and that is gone, asks nothing."""
        named = set(NAMED.findall((CHECKOUT / "docs" / "doors.md").read_text()))
        self.assertGreater(len(named), 40)
        self.assertFalse(named - written())

    def test_each_sibling_door_stands_in_the_table(self):
        """What is asked of sibling modules is shown."""
        named = set(NAMED.findall((CHECKOUT / "docs" / "doors.md").read_text()))
        asked = {pair for pair in written() if pair[0].startswith("TestBeside")}
        tests = {pair for pair in asked if pair[1].startswith("test_")}
        self.assertFalse(tests - named)
