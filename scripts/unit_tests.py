# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs one folder of plain unit tests: ``python scripts/unit_tests.py FOLDER COUNTS.json``.

The addon's packages are importable as ``engine``, ``lists`` and ``fetching``, without Odoo. Tests
must not be run by pytest here: the checkout is itself a package, and pytest would import it.
"""

import json
import sys
import unittest
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent


def main(folder: str, counts: str) -> int:
    """Run, print what failed, and write the counts for the caller; 1 if anything failed."""
    sys.path[:0] = [str(SCRIPTS.parent), str(SCRIPTS)]
    suite = unittest.TestLoader().discover(folder, top_level_dir=folder)
    result = unittest.TextTestRunner(verbosity=1).run(suite)
    bad = [*result.failures, *result.errors, *((test, "") for test in result.unexpectedSuccesses)]
    failed = {_name(test) for test, _ in bad}
    skipped = {_name(test): reason for test, reason in result.skipped}
    found = {
        "ran": result.testsRun,
        "failed": sorted(failed),
        "skipped": sorted(skipped.items()),
        "passed": max(0, result.testsRun - len(failed | skipped.keys())),
    }
    Path(counts).write_text(json.dumps(found))
    return 1 if failed else 0


def _name(test: unittest.TestCase) -> str:
    """Name a test; its subtests count as the test itself."""
    return getattr(test, "test_case", test).id()


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
