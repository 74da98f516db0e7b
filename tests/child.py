# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Another process of Odoo on the same database, to be killed in the middle of its work."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from odoo.tools import config

COMMAND = "restricted_party_screening"
#: Seconds after which a test gives up waiting; a busy machine starts Odoo in half a minute.
PATIENCE = 120


class Child:
    """A running process: ``script`` in Odoo's shell, or ``words`` of the addon's own command.

    :param cursor: gives a cursor of a transaction of its own, to look at the child's connections
    """

    def __init__(self, dbname, cursor, script="", words=()):
        self._cursor = cursor
        command = [sys.executable, "-m", "odoo", f"--addons-path={','.join(config['addons_path'])}"]
        if words:
            command += [COMMAND, "-d", dbname, *words]
        else:
            command += ["shell", "-d", dbname, "--no-http", "--log-level=warn"]
        self._output = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(  # noqa: S603
            command, stdin=subprocess.PIPE, stdout=self._output, stderr=subprocess.STDOUT, text=True
        )
        self.process.stdin.write(script)
        self.process.stdin.close()

    def said(self):
        """What it printed so far."""
        self._output.seek(0)
        return self._output.read()

    def wait_until(self, what):
        """Wait until ``what()`` is true. :return: that; an ended child is an error"""
        end = time.monotonic() + PATIENCE
        while not (found := what()):
            if self.process.poll() is not None or time.monotonic() > end:
                said = f"(exit code {self.process.poll()}) {self.said()}"
                raise AssertionError(f"the child did not come so far: {said}")
            time.sleep(0.05)
        return found

    def wait_until_blocked(self):
        """Wait until it, or what it started, waits for a lock that somebody else holds."""
        self.wait_until(lambda: ("Lock",) in self._connections())

    def helpers(self):
        """Numbers of the processes it started."""
        pid = self.process.pid
        return list(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split()))

    def kill(self):
        """kill -9 of it and of the processes it started: none has time to put things in order."""
        for number in (self.process.pid, *self.helpers()):
            with suppress(ProcessLookupError):
                os.kill(number, signal.SIGKILL)
        self.process.wait()

    def wait_until_gone(self):
        """Wait until PostgreSQL, too, has noticed that it is dead: until then it holds rows."""
        end = time.monotonic() + PATIENCE
        while self._connections():
            if time.monotonic() > end:
                raise AssertionError("PostgreSQL still works for a process that was killed")
            time.sleep(0.05)

    def end(self):
        """Wait until it ends by itself. :return: its exit code"""
        return self.process.wait(PATIENCE)

    def close(self):
        """End it however it is."""
        if self.process.poll() is None:
            self.kill()
        self._output.close()

    def _connections(self):
        """What each connection waits for, of it and of what it forked, which keeps its name."""
        with self._cursor() as cr:
            cr.execute(
                "SELECT wait_event_type FROM pg_stat_activity WHERE application_name = %s",
                [f"odoo-{self.process.pid}"],
            )
            return cr.fetchall()
