# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The version of an index covers all code that makes one."""

import ast
import unittest
from pathlib import Path

from engine import index_version as version
from engine.index_version import MODULES

ENGINE = Path(__file__).resolve().parents[2] / "engine"


def imported(module: str) -> set[str]:
    """Modules of the engine that a module imports, by themselves or through others."""
    found: set[str] = set()
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        found.add(name)
        tree = ast.parse((ENGINE / f"{name}.py").read_text("utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.level:
                names = [node.module] if node.module else [alias.name for alias in node.names]
                waiting += [name for name in names if name]
    return found


class TestIndexVersion(unittest.TestCase):
    """Names must not be looked up under keys that nobody wrote."""

    def test_covers_what_makes_entries(self) -> None:
        """Forms and keys come from these files, and from no other."""
        self.assertEqual(set(MODULES), imported("prepare") | {"index_sql"})

    def test_stays_while_nothing_changes(self) -> None:
        """It is made of files alone."""
        first = version()
        version.cache_clear()
        self.assertEqual(first, version())
        self.assertEqual(len(first), 24)


if __name__ == "__main__":
    unittest.main()
