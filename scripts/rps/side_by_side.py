# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs parts of the test run at the same time, each in a process of its own.

They share downloads and base databases, which are made before. Each has a database server, a port,
a log and a folder of files of its own.
"""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

from .paths import SCRIPTS, state
from .processes import start, stop
from .say import say
from .tally import Tally

#: A part that is stopped ends Odoo and PostgreSQL in order first.
SECONDS_TO_END = 60
COMMAND = (sys.executable, str(SCRIPTS / "dev.py"), "part")

Command = Callable[[str], Sequence[str]]
_Process = subprocess.Popen[bytes]


def run_parts(
    names: Sequence[str], at_once: int, command: Command = lambda name: (*COMMAND, name)
) -> Tally:
    """Run every part, at most ``at_once`` at a time in the order given, and add up their counts.

    :param command: words of the command that runs a part and ends with :func:`leave`.
    """
    waiting, running = list(names), dict[str, _Process]()
    found: dict[str, Tally] = {}
    ended: SimpleQueue[str] = SimpleQueue()
    try:
        while waiting or running:
            while waiting and len(running) < at_once:
                name = waiting.pop(0)
                _file(name).unlink(missing_ok=True)
                # Not by a thread: the kernel ends what a thread started when that thread ends.
                running[name] = start(command(name), output=subprocess.PIPE)
                Thread(target=_show, args=(name, running[name], ended), daemon=True).start()
            name = ended.get()
            found[name] = _collect(name, running.pop(name).wait())
    finally:
        for process in running.values():
            process.send_signal(signal.SIGTERM)
        for process in running.values():
            stop(process, signal.SIGTERM, SECONDS_TO_END)
    total = Tally()
    for name in names:
        total.add(found[name])
    return total


def leave(name: str, tally: Tally) -> None:
    """Leave the counts of a part for the process that started it."""
    _file(name).write_text(json.dumps(asdict(tally)))


def _show(name: str, process: _Process, ended: "SimpleQueue[str]") -> None:
    """Print what a part prints, under its name, until it ends."""
    assert process.stdout
    with process.stdout as lines:
        for raw in lines:
            say(f"{name + ':':<11} {raw.decode(errors='replace').rstrip()}")
    ended.put(name)


def _collect(name: str, code: int) -> Tally:
    """Read what a part left; one that left nothing has failed, whatever it did before."""
    if _file(name).is_file():
        return Tally(**json.loads(_file(name).read_text()))
    tally = Tally()
    tally.fail(f"{name} broke off (exit code {code})")
    return tally


def _file(name: str) -> Path:
    return state() / f"part-{name}.json"
