# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The runner of plain unit tests says what happened in a form that is counted, not guessed."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

RUNNER = Path(__file__).resolve().parents[2] / "scripts" / "unit_tests.py"
TESTS = """
import unittest

class T(unittest.TestCase):
    def test_good(self):
        pass

    def test_bad(self):
        for number in (1, 2):
            with self.subTest(number=number):
                self.fail("both")

    @unittest.skip("no ../shared/data here")
    def test_skipped(self):
        pass
"""


class RunnerTest(unittest.TestCase):
    def run_folder(self, content: str) -> tuple[int, dict]:
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "test_it.py").write_text(content)
            counts = Path(folder) / "counts.json"
            command = [sys.executable, RUNNER, folder, counts]
            done = subprocess.run(command, capture_output=True, check=False)
            return done.returncode, json.loads(counts.read_text())

    def test_counts(self):
        code, found = self.run_folder(TESTS)
        self.assertEqual(code, 1)
        self.assertEqual((found["ran"], found["passed"]), (3, 1))
        self.assertEqual(found["failed"], ["test_it.T.test_bad"])
        self.assertEqual(found["skipped"], [["test_it.T.test_skipped", "no ../shared/data here"]])

    def test_a_module_that_cannot_be_imported_is_a_failure(self):
        code, found = self.run_folder("import there_is_no_such_module")
        self.assertEqual((code, found["passed"]), (1, 0))

    def test_engine_is_importable_without_odoo(self):
        code, found = self.run_folder(
            "import sys, unittest\n"
            "class T(unittest.TestCase):\n"
            "    def test_import(self):\n"
            "        import engine.facts\n"
            "        self.assertNotIn('odoo', sys.modules)\n"
        )
        self.assertEqual((code, found["passed"]), (0, 1))


if __name__ == "__main__":
    unittest.main()
