# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The commands of ``scripts/dev.py``, by name."""

import errno
import io
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence

from . import (
    checks,
    chromium,
    clean,
    demo,
    odoo_tests,
    parts,
    pdf,
    reinstalling,
    setup,
    side_by_side,
    uninstalling,
)
from .jobs import ALONE, DEMO, JOBS, Job
from .odoo_run import run_here
from .paths import CHECKOUT, addons_link
from .postgres import DURABLE
from .python_env import python
from .say import Stop, say
from .tally import Tally


def guarded(command: Callable[[list[str]], int], arguments: list[str]) -> int:
    """Run a command; whatever can be foreseen ends in one line, never in a traceback."""
    for stream in (sys.stdout, sys.stderr):  # a terminal that has no “quotes” must not stop us
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if os.geteuid() == 0:
        os.umask(0o022)  # PostgreSQL runs as another user, who must read what we install
    # `kill` and a closing terminal end a run as orderly as Ctrl-C does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    try:
        return command(arguments)
    except Stop as reason:
        print(f"STOP: {reason}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        print("STOP: The disk is full: free some space, or set RPS_CACHE.", file=sys.stderr)
        return 1


def prepare(_arguments: list[str]) -> int:
    """Fetch and make all that demo and tests need; start nothing that stays."""
    interpreter, source = setup.everything([job.base for job in JOBS])
    say(f"Python:   {interpreter}\nOdoo:     {source.root} ({source.version})")
    say(f"Chromium: {chromium.find()}")
    return 0


def serve_demo(_arguments: list[str]) -> int:
    """Serve the demo until Ctrl-C, which is how it is meant to end."""
    pdf.offer()
    try:
        demo.serve()
    except KeyboardInterrupt:
        say("Stopped.")
    return 0


def reset_demo(_arguments: list[str]) -> int:
    """Remove the demo database."""
    demo.reset()
    return 0


def run_lint(_arguments: list[str]) -> int:
    """Run the checks of style and types."""
    return _close(checks.lint(python(tools=True)))


def run_unit(_arguments: list[str]) -> int:
    """Run the plain unit tests."""
    return _close(checks.unit(python(tools=True)))


def run_odoo_tests(arguments: list[str]) -> int:
    """Run some of the Odoo tests on a kept database: JOB and TAGS, both may be empty."""
    job_name, tags = [*arguments, "", ""][:2]
    chromium.find()
    pdf.offer()
    return _close(odoo_tests.again(_job(job_name or JOBS[0].name), tags))


def run_all_tests(_arguments: list[str]) -> int:
    """Run every check and every test; the last line says how many passed, failed, were skipped."""
    return _side_by_side(list(parts.all_parts()), JOBS)


def run_part(arguments: list[str]) -> int:
    """Run one of what runs side by side, on a fresh database, and leave its counts."""
    name = arguments[0] if arguments else ""
    every = {**parts.all_parts(), **parts.siblings()}
    if name not in every:
        raise Stop(f"No part {name}: choose one of {', '.join(every)}.")
    tally = every[name]()
    side_by_side.leave(name, tally)
    return 1 if tally.failed else 0


def run_uninstall(_arguments: list[str]) -> int:
    """Uninstall the addon for real, look what is left, and install it again."""
    total = uninstalling.check()
    total.add(reinstalling.check())
    return _close(total)


def run_siblings(arguments: list[str]) -> int:
    """Run the gate's tests beside each sibling module alone: all of them, or those named."""
    jobs = [_job(f"with-{name}") for name in arguments] or list(ALONE)
    return _side_by_side([job.name for job in jobs], jobs)


def run_odoo(arguments: list[str]) -> int:
    """Run Odoo with any arguments on the demo's server, for instance ``shell -d demo``.

    The demo may be served meanwhile.
    """
    with setup.odoo("demo", DEMO.base, settings=DURABLE, beside=True) as (odoo, _base):
        return run_here(odoo, arguments)


def run_python(arguments: list[str]) -> int:
    """Run the environment's Python, in the checkout."""
    command = [str(python(tools=True)), *arguments]
    return subprocess.run(command, cwd=CHECKOUT, check=False).returncode


def run_server(_arguments: list[str]) -> int:
    """Keep a server for experiments running until Ctrl-C, and say how to reach it."""
    with setup.odoo("dev", DEMO.base, tools=True) as (odoo, base):
        env = odoo.env()
        for name in ("PGHOST", "PGPORT", "PGUSER", "PYTHONPATH", "ODOO_RC"):
            say(f"export {name}={env.get(name, '')}")
        say(f"# database to copy: {base}")
        say(" ".join(str(word) for word in odoo.command("...")))
        signal.pause()
    return 0


def take_pictures(arguments: list[str]) -> int:
    """Take the pictures in docs/images from the demo: all, or those that are named."""
    chromium.find()
    return run_python(["scripts/screenshots.py", *arguments])


def remove_state(_arguments: list[str]) -> int:
    """Remove this checkout's databases, logs and files; what checkouts share stays."""
    clean.clean()
    return 0


def _side_by_side(names: Sequence[str], jobs: Sequence[Job]) -> int:
    """Run parts at once; what they share is made before, so that none waits for another."""
    setup.everything([job.base for job in jobs])
    chromium.find()
    pdf.offer()
    addons_link()
    return _close(side_by_side.run_parts(names, parts.at_once()))


def _job(name: str) -> Job:
    for job in (*JOBS, *ALONE):
        if job.name == name:
            return job
    raise Stop(f"No job {name}: choose one of {', '.join(job.name for job in JOBS)}.")


def _close(tally: Tally) -> int:
    """Say what failed, then the counts alone on the last line."""
    for remark in tally.remarks:
        say(remark)
    if not tally.passed + tally.failed + tally.skipped:
        return 0  # checks alone count nothing when all is well
    say(tally.line())
    return 1 if tally.failed else 0


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": prepare,
    "demo": serve_demo,
    "demo-reset": reset_demo,
    "test": run_all_tests,
    "part": run_part,
    "lint": run_lint,
    "unit": run_unit,
    "odoo-test": run_odoo_tests,
    "siblings": run_siblings,
    "uninstall": run_uninstall,
    "odoo": run_odoo,
    "python": run_python,
    "server": run_server,
    "screenshots": take_pictures,
    "clean": remove_state,
}
