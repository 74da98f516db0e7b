# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fifty buyers at once in a database of 200,000 vendors, with the addon and without it.

    python bench/load.py [--partners 200000] [--buyers 50] [--seconds 60] [--pause 4] [--rounds 3]
                         [--fresh]

Two databases with the same vendors (GLEIF names): one with Odoo's Purchase alone, one with the
addon, the whole CSL and the UN's list. Each is served by an Odoo of its own with 4 workers. In each
round both get the same load for --seconds, one after the other; a buyer thinks --pause seconds on
average between two requests (0: none, which measures how much goes through, not how long one
waits). The databases are kept for the next run; --fresh makes them anew.
"""

import argparse
import json
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from load_buyers import STEPS, Clock, Session, buy, sessions
from rescreen import CSL, DATA, _command, _insert_vendors
from rps import databases, setup
from rps.commands import guarded
from rps.jobs import PURCHASE
from rps.odoo_command import Odoo
from rps.odoo_run import run_to_end
from rps.paths import MODULE, logs
from rps.ports import HOST, any_free
from rps.processes import run, start, stop
from rps.say import Stop, say, step

UN = DATA / "un" / "un_consolidated_2026-02-27.xml"
SEED = Path(__file__).with_name("load_seed.py")
ALIVE = re.compile(r"Worker WorkerHTTP \((\d+)\) alive")
WARM_UP_SECONDS = 15
SIDES = ("without", "with")


class Side:
    """One database with the Odoo that serves it."""

    def __init__(self, odoo: Odoo, name: str) -> None:
        self.odoo, self.name = odoo, name
        shell = odoo.command("shell", "-d", name, "--no-http", "--log-level=error")
        text = SEED.read_text()
        told = run(shell, "No buyers could be made", env=odoo.env(), text=text, cwd="/")
        self.seed: dict[str, Any] = json.loads(told.split("SEEDED ", 1)[1].splitlines()[0])
        self.clock = Clock()
        self.sessions: list[Session] = []
        self.log = logs() / f"load-{name}.log"
        self.port = any_free()

    @contextmanager
    def served(self) -> Iterator["subprocess.Popen[bytes]"]:
        """Serve it for as long as the block lasts, buyers logged in and workers warm."""
        words = ["-d", self.name, "--workers", "4", "--max-cron-threads", "0"]
        words += ["--http-port", str(self.port), "--gevent-port", str(any_free())]
        with self.log.open("w") as output:
            server = start(self.odoo.command(*words), env=self.odoo.env(), output=output)
        try:
            self._wait()
            self.sessions = sessions(self.port, self.name, self.seed)
            buy(self.sessions, self.seed, 8, WARM_UP_SECONDS, 0)
            yield server
        finally:
            stop(server, signal.SIGINT)

    def _wait(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(urllib.error.URLError, OSError):
                urllib.request.urlopen(f"http://{HOST}:{self.port}/web/health", timeout=5)
                return
            time.sleep(0.3)
        raise Stop(f"Odoo does not answer: the reason is in {self.log}")

    def memory(self) -> tuple[float, float]:
        """Mean of the workers' resident memory, and of what is not shared, in MiB."""
        rows = []
        for pid in ALIVE.findall(self.log.read_text()):
            with suppress(OSError):
                rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
                values = dict(re.findall(r"^(\w+):\s+(\d+) kB", rollup, re.MULTILINE))
                own = int(values["Private_Clean"]) + int(values["Private_Dirty"])
                rows.append((int(values["Rss"]) / 1024, own / 1024))
        return tuple(sum(column) / len(rows) for column in zip(*rows, strict=True))  # type: ignore[return-value]


def main(arguments: list[str]) -> int:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=200_000)
    parser.add_argument("--buyers", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--pause", type=float, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--fresh", action="store_true")
    options = parser.parse_args(arguments)
    if not DATA.is_dir():
        raise Stop("The published lists are not in ../shared/data: there is nothing to measure.")
    with setup.odoo("load", PURCHASE) as (odoo, base):
        names = _prepare(odoo, base, options.partners, fresh=options.fresh)
        sides = [Side(odoo, name) for name in names]
        with sides[0].served(), sides[1].served():
            for number in range(options.rounds):
                # Whoever comes first finds a colder machine: in turns.
                for side in sides if number % 2 == 0 else reversed(sides):
                    with step(f"round {number + 1} on {side.name}"):
                        clock = buy(
                            side.sessions, side.seed, options.buyers, options.seconds, options.pause
                        )
                    for key, times in clock.times.items():
                        side.clock.times[key] += times
                    side.clock.errors += clock.errors
            memory = [side.memory() for side in sides]
    _report(sides, memory, options)
    return 0


def _prepare(odoo: Odoo, base: str, partners: int, *, fresh: bool) -> list[str]:
    names = [odoo.server.name(f"load_{partners}_{side}") for side in SIDES]
    without, with_addon = names
    if fresh or not databases.exists(odoo, without):
        with step(f"{partners:,} vendors"):
            databases.clone(odoo, base, without)
            _insert_vendors(odoo, without, partners)
            odoo.server.sql("VACUUM ANALYZE")
    if fresh or not databases.exists(odoo, with_addon):
        making = f"{with_addon}_making"
        databases.clone(odoo, without, making)
        log = logs() / "load-install.log"
        with step("installing the addon"):
            done = run_to_end(odoo, ["-d", making, "-i", MODULE, "--stop-after-init"], log)
        if done.code:
            raise Stop(f"The addon could not be installed: the reason is in {log}")
        with step("importing the whole CSL and the UN's list"):
            _command(odoo, making, "import", str(CSL), "--override", "load")
            _command(odoo, making, "import", str(UN), "--override", "load")
        with step(f"screening {partners:,} vendors, 2 processes"):
            _command(odoo, making, "rescreen", "--workers", "2")
        databases.rename(odoo, making, with_addon)
    else:
        with step("bringing the addon up to date"):
            log = logs() / "load-install.log"
            if run_to_end(odoo, ["-d", with_addon, "-u", MODULE, "--stop-after-init"], log).code:
                raise Stop(f"The addon could not be brought up to date: the reason is in {log}")
            _command(odoo, with_addon, "rescreen", "--workers", "2")
    return names


def _report(sides: list[Side], memory: list[tuple[float, float]], options: Any) -> None:
    screened, listed = sides[1].seed["screened"]
    say(
        f"\n{options.partners:,} vendors ({screened:,} contacts screened, {listed:,} to review),"
        f" {options.buyers} buyers, {options.pause:g} s between requests,"
        f" {options.rounds} x {options.seconds:g} s each\n"
    )
    say("| ms | requests | p50 without | p50 with | p95 without | p95 with | added at p95 |")
    say("|---|---|---|---|---|---|---|")
    for key, title in STEPS.items():
        without, with_addon = (side.clock for side in sides)
        counts = f"{len(without.times[key])} / {len(with_addon.times[key])}"
        cells = [
            clock.percentile(key, share) for share in (50, 95) for clock in (without, with_addon)
        ]
        row = " | ".join(f"{value:.0f}" for value in cells)
        say(f"| {title} | {counts} | {row} | {cells[3] - cells[2]:+.0f} |")
    (rss, own), (rss_with, own_with) = memory
    say(
        f"\nMemory of a worker: {rss:.0f} MiB without, {rss_with:.0f} with: {rss_with - rss:+.0f};"
        f" not shared {own:.0f} and {own_with:.0f}: {own_with - own:+.0f}"
    )
    for side in sides:
        for text, number in side.clock.errors.items():
            say(f"{side.name}: {number} x {text}")


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
