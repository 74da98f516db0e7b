# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""docs/threat-model.md names tests and commands that exist."""

import re
import unittest

from test_doors import CHECKOUT, written

TEXT = (CHECKOUT / "docs" / "threat-model.md").read_text()


class TestThreatModel(unittest.TestCase):
    def test_tests_exist(self):
        tests = written()
        classes = {name for name, _method in tests}
        named = set(re.findall(r"`(Test\w+)(?:\.(test_\w+))?`", TEXT))
        self.assertGreater(len(named), 20)
        gone = {(name, method) for name, method in named if method} - tests
        gone |= {(name, "") for name, _method in named if name not in classes}
        self.assertFalse(gone)

    def test_commands_exist(self):
        makefile = (CHECKOUT / "Makefile").read_text()
        for target in set(re.findall(r"`make ([\w-]+)`", TEXT)):
            self.assertRegex(makefile, rf"(?m)^{target}:")
