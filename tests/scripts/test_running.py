# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A command beside the demo finds the demo's database server, and no dead one."""

import sys
import tempfile
import unittest
from pathlib import Path

from rps import postgres, postgres_binaries


class TestRunning(unittest.TestCase):
    """The server of our own that another command keeps running."""

    def test_found_while_it_runs(self) -> None:
        """Not before, not afterwards, and not when it left its file behind."""
        programs = postgres_binaries.programs(Path(sys.executable))
        home = postgres_binaries.home()
        with tempfile.TemporaryDirectory(dir=home, ignore_cleanup_errors=True) as name:
            folder = Path(name)
            folder.chmod(0o755)
            self.assertIsNone(postgres.running(programs, folder))
            pid_file = folder / "data" / "postmaster.pid"
            with postgres.embedded(programs, folder, folder / "log"):
                server = postgres.running(programs, folder)
                assert server
                self.assertEqual(server.sql("SELECT 1"), ["1"])
                left = pid_file.read_text()
            self.assertIsNone(postgres.running(programs, folder))
            pid_file.write_text(left)
            self.assertIsNone(postgres.running(programs, folder))
