# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parts that run at the same time lose no count, and none outlives the run."""

import io
import os
import signal
import subprocess
import sys
import time
import unittest
from contextlib import redirect_stdout

from rps import parts
from rps.jobs import JOBS
from rps.paths import SCRIPTS
from rps.say import Stop
from rps.side_by_side import run_parts
from surroundings import Surroundings

HEAD = f"""
import sys, time
from pathlib import Path
sys.path.insert(0, {str(SCRIPTS)!r})
from rps.side_by_side import leave, run_parts
from rps.tally import Tally
"""
#: Ends well only while the other of two parts runs too.
MEETS = """
here, name = Path({folder!r}), sys.argv[1]
(here / name).write_text("")
deadline = time.monotonic() + 30
while not (here / {{"a": "b", "b": "a"}}[name]).exists():
    assert time.monotonic() < deadline, "the other one never came"
    time.sleep(0.02)
print("met", name)
tally = Tally(passed=2, skipped=1, remarks=["remark of " + name])
leave(name, tally)
"""
COUNTS = """
here, name = Path({folder!r}), sys.argv[1]
assert not list(here.glob("running-*")), "another one runs"
mark = here / f"running-{{name}}"
mark.write_text("")
time.sleep(0.1)
mark.unlink()
leave(name, Tally(passed=1))
"""
BREAKS = """
if sys.argv[1] == "a":
    sys.exit(3)
tally = Tally(passed=5)
tally.fail("b fails")
leave("b", tally)
"""
#: The run itself, with one part that ends in order when it is asked to. Ctrl-C is heard even where
#: the tests run in the background of a shell, which has all it starts there ignore it.
WHOLE = """
import signal
signal.signal(signal.SIGINT, signal.default_int_handler)
part = '''
import signal, sys, time
signal.signal(signal.SIGTERM, signal.default_int_handler)
try:
    open({folder!r} + "/started", "w").close()
    time.sleep(300)
finally:
    open({folder!r} + "/in-order", "w").close()
'''
run_parts(["a"], 1, lambda name: (sys.executable, "-c", part))
"""
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


class SideBySideTest(Surroundings):
    def run_as(self, script, at_once):
        words = (sys.executable, "-c", HEAD + script.format(folder=str(self.folder)))
        output = io.StringIO()
        with redirect_stdout(output):
            tally = run_parts(["a", "b"], at_once, lambda name: (*words, name))
        return tally, output.getvalue()

    def test_two_at_once_and_all_is_counted(self):
        tally, said = self.run_as(MEETS, 2)
        self.assertEqual(tally.line(), "4 passed, 0 failed, 2 skipped")
        self.assertEqual(tally.remarks, ["remark of a", "remark of b"], "in the order given")
        self.assertIn("a:          met a\n", said)
        self.assertIn("b:          met b\n", said)

    def test_one_after_the_other(self):
        tally, _said = self.run_as(COUNTS, 1)
        self.assertEqual(tally.line(), "2 passed, 0 failed, 0 skipped")

    def test_a_part_that_breaks_off_is_a_failure(self):
        """Also when it left counts the last time."""
        self.run_as(COUNTS, 1)
        tally, _said = self.run_as(BREAKS, 2)
        self.assertEqual(tally.line(), "5 passed, 2 failed, 0 skipped")
        self.assertEqual(tally.remarks, ["FAILED  a broke off (exit code 3)", "FAILED  b fails"])

    def test_ctrl_c_ends_the_parts_in_order(self):
        words = [sys.executable, "-c", HEAD + WHOLE.format(folder=str(self.folder))]
        with subprocess.Popen(words, **QUIET) as whole:
            self.wait_for("started")
            whole.send_signal(signal.SIGINT)
        self.assertTrue((self.folder / "in-order").exists())

    def test_killed_outright_it_leaves_nothing_behind(self):
        words = [sys.executable, "-c", HEAD + WHOLE.format(folder=str(self.folder))]
        with subprocess.Popen(words, **QUIET) as whole:
            self.wait_for("started")
            whole.kill()
        self.wait_for("in-order")

    def wait_for(self, name):
        deadline = time.monotonic() + 30
        while not (self.folder / name).exists():
            self.assertLess(time.monotonic(), deadline, f"never {name}")
            time.sleep(0.02)


class PartsTest(unittest.TestCase):
    def test_every_job_is_a_part(self):
        names = list(parts.all_parts())
        jobs = [job.name for job in JOBS]
        self.assertEqual(names, ["lint", "unit", *jobs, "uninstall", "reinstall"])

    def test_how_many_at_once(self):
        before = os.environ.pop(parts.AT_ONCE, None)
        self.addCleanup(os.environ.pop, parts.AT_ONCE, None)
        if before is not None:
            self.addCleanup(os.environ.__setitem__, parts.AT_ONCE, before)
        self.assertGreaterEqual(parts.at_once(), 1)
        os.environ[parts.AT_ONCE] = "3"
        self.assertEqual(parts.at_once(), 3)
        for bad in ("0", "two", "-1"):
            os.environ[parts.AT_ONCE] = bad
            with self.assertRaisesRegex(Stop, "RPS_AT_ONCE=.* choose 1 or more"):
                parts.at_once()


if __name__ == "__main__":
    unittest.main()
