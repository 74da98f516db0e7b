# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs Odoo to its end, keeps its log, and shows where it has got to."""

import re
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .odoo_command import Odoo
from .odoo_log import Record, read
from .processes import run, start, stop
from .say import Ticker

PROGRESS = re.compile(
    r": (?:Loading module (?P<module>\w+) \((?P<at>\d+/\d+)\)|Starting (?P<test>\w+\.test_\w+))"
)
ASSETS = "env['ir.qweb']._pregenerate_assets_bundles(); env.cr.commit()"


@dataclass(frozen=True)
class Finished:
    """How a run of Odoo ended: its exit code, and what it logged."""

    code: int
    records: list[Record]


def run_to_end(odoo: Odoo, arguments: list[str], log: Path) -> Finished:
    """Run Odoo until it exits by itself; ``log`` keeps everything it prints."""
    process = start(odoo.command(*arguments), env=odoo.env(), output=subprocess.PIPE)
    assert process.stdout
    ticker = Ticker()
    lines: list[str] = []
    try:
        with log.open("w") as output:
            for raw in process.stdout:
                line = raw.decode(errors="replace")
                lines.append(line)
                output.write(line)
                if match := PROGRESS.search(line):
                    ticker.tick(match["test"] or f"{match['at']} {match['module']}")
        code = process.wait()
    finally:
        ticker.end()
        stop(process, signal.SIGINT)
    return Finished(code, read(lines))


def pregenerate_assets(odoo: Odoo, database: str) -> None:
    """Build the style sheets and scripts now, once, instead of at the first page of every copy."""
    run(
        odoo.command("shell", "-d", database, "--no-http", "--log-level=error"),
        "Odoo could not build its style sheets",
        env=odoo.env(),
        text=ASSETS,
        cwd="/",
    )


def run_here(odoo: Odoo, arguments: list[str]) -> int:
    """Run Odoo in this terminal, which it may read from; return its exit code."""
    command = [str(word) for word in odoo.command(*arguments)]
    return subprocess.run(command, env=odoo.env(), check=False).returncode
