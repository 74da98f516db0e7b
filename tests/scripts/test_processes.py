# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Nothing that was started outlives the one who started it."""

import os
import signal
import subprocess
import sys
import tempfile
import time
import unittest
from pathlib import Path

from rps.processes import run, start, stop
from rps.say import Stop

SCRIPTS = Path(__file__).resolve().parents[2] / "scripts"
#: Seconds; a busy machine takes its time to start a process.
PATIENCE = 30
# A process that does not care about being asked to end, and has a child of its own.
STUBBORN = "trap '' TERM INT; sleep 300 & echo $! > {0}.part; mv {0}.part {0}; wait; sleep 300"
PARENT = """
import signal, sys
sys.path.insert(0, {scripts!r})
from rps.processes import start
print(start(["sleep", "300"]).pid, flush=True)
signal.pause()
"""


def alive(pid: int) -> bool:
    """Tell whether a process runs; one that has ended and waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def wait_until(condition) -> bool:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


class ProcessTest(unittest.TestCase):
    def test_stop_ends_the_whole_family_of_a_stubborn_process(self):
        with tempfile.TemporaryDirectory() as folder:
            note = Path(folder) / "pid"
            process = start(["sh", "-c", STUBBORN.format(note)])
            self.assertTrue(wait_until(note.exists))
            child = int(note.read_text())
            stop(process, seconds=0.2)
            self.assertFalse(alive(process.pid))
            self.assertTrue(wait_until(lambda: not alive(child)))

    def test_a_child_ends_when_we_are_killed_outright(self):
        command = [sys.executable, "-c", PARENT.format(scripts=str(SCRIPTS))]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
            child = int(parent.stdout.readline())
            self.assertTrue(alive(child))
            os.kill(parent.pid, signal.SIGKILL)
        self.assertTrue(wait_until(lambda: not alive(child)))


class RunTest(unittest.TestCase):
    def test_failure_is_one_line_with_the_commands_own_reason(self):
        with self.assertRaises(Stop) as caught:
            run(["sh", "-c", "echo first; echo the reason; exit 3"], "It failed")
        self.assertEqual(str(caught.exception), "It failed (the reason)")

    def test_missing_program_is_one_line_too(self):
        with self.assertRaisesRegex(Stop, "^It failed .*No such file"):
            run(["there-is-no-such-program"], "It failed")


if __name__ == "__main__":
    unittest.main()
