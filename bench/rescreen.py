# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long a database of vendors takes to be screened: all of them, and after a real update.

    python bench/rescreen.py [--partners 20000] [--no-kill]

Installs the addon on a fresh database, puts vendors with GLEIF names in, and runs the commands
that an administrator runs. The lists are the whole CSL and OFAC's SDN list of three dates. Peak
memory is that of the largest process of a command, Odoo included, PostgreSQL not.
100,000 vendors take about half an hour on two cores.
"""

import argparse
import csv
import gzip
import itertools
import os
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path
from typing import TypeAlias

import psycopg2
from psycopg2.extras import execute_values

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from rps import databases, setup
from rps.commands import guarded
from rps.jobs import PURCHASE
from rps.odoo_command import Odoo
from rps.odoo_run import run_to_end
from rps.paths import CHECKOUT, MODULE, logs
from rps.say import Stop, say

DATA = CHECKOUT.parent / "shared" / "data"
CSL = DATA / "csl" / "csl_2022-04_whole.csv"
BEFORE = DATA / "ofac_sdn" / "2022-02-17" / "sdn.csv"
AFTER = DATA / "ofac_sdn" / "2022-02-24" / "sdn.csv"
LATER = DATA / "ofac_sdn" / "2024-05-03" / "sdn.csv"
NAMES = DATA / "vendors" / "gleif_legal_names.csv.gz"
#: Contact, list, party, score.
Hit: TypeAlias = tuple[int, int, str, int]


def main(arguments: list[str]) -> int:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--partners", type=int, default=20_000)
    parser.add_argument("--no-kill", action="store_true", help="leave out the killed run")
    options = parser.parse_args(arguments)
    count = options.partners
    if not DATA.is_dir():
        raise Stop("The published lists are not in ../shared/data: there is nothing to measure.")
    with setup.odoo("bench", PURCHASE) as (
        odoo,
        base,
    ):
        name = odoo.server.name("bench")
        databases.clone(odoo, base, name)
        log = logs() / "bench-install.log"
        if run_to_end(odoo, ["-d", name, "-i", MODULE, "--stop-after-init"], log).code:
            raise Stop(f"The addon could not be installed: the reason is in {log}")
        _measure(odoo, name, count, kill=not options.no_kill)
    return 0


def _measure(odoo: Odoo, name: str, count: int, *, kill: bool) -> None:
    say(f"{count:,} vendors with GLEIF names\n")
    say("| what | seconds | vendors per second | peak MiB |\n|---|---|---|---|")

    def row(what: str, *words: str, vendors: int = count, database: str = name) -> None:
        seconds, peak = _run(odoo, database, *words)
        rate = f"{vendors / seconds:,.0f}" if vendors else ""
        say(f"| {what} | {seconds:.1f} | {rate} | {peak:.0f} |")

    row("whole CSL imported: read, previewed, applied", "import", str(CSL), "--yes", vendors=0)
    row("the same file again: no change", "import", str(CSL), "--yes", vendors=0)
    row("SDN of 2022-02-17 imported", "import", str(BEFORE), "--override", "bench", vendors=0)
    _insert_vendors(odoo, name, count)
    row("all vendors for the first time, 1 process", "rescreen")
    row("all vendors again, 1 process", "rescreen", "--all")
    row("all vendors again, 2 processes", "rescreen", "--all", "--workers", "2")
    if kill:
        hits = _hits(odoo, name)
        _kill_midway(odoo, name)
        row("the same, killed (-9) before and begun again, 1 process", "rescreen", vendors=0)
        _expect_same(hits, _hits(odoo, name), "after the kill and before")
        _command(odoo, name, "verify")
    row("SDN of 2022-02-24 imported", "import", str(AFTER), "--override", "bench", vendors=0)
    copy = odoo.server.name("bench-copy")
    databases.clone(odoo, name, copy)
    begun = datetime.now(timezone.utc)
    row("all vendors against that update, 1 process", "rescreen")
    screened = [_screened(odoo, name, begun)]
    row("the same on a copy, 2 processes", "rescreen", "--workers", "2", database=copy)
    _expect_same(_hits(odoo, copy), _hits(odoo, name), "of two processes and of one")
    databases.drop(odoo, copy)
    row("SDN of 2024-05-03 imported", "import", str(LATER), "--override", "bench", vendors=0)
    begun = datetime.now(timezone.utc)
    row("all vendors against these two years, 1 process", "rescreen")
    screened.append(_screened(odoo, name, begun))
    hits = _hits(odoo, name)
    row("all vendors again, on demand, 1 process", "rescreen", "--all")
    _expect_same(hits, _hits(odoo, name), "of comparing with what changed and of screening all")
    say("\nScreened after the two updates, the others only compared with what changed:")
    say(f"{screened[0]:,} and {screened[1]:,}")


def _command(odoo: Odoo, name: str, *words: str) -> float:
    """Run a command of the addon. :return: the seconds it took"""
    return _run(odoo, name, *words)[0]


def _run(odoo: Odoo, name: str, *words: str) -> tuple[float, float]:
    """Run a command of the addon. :return: seconds, and peak MiB of its largest process"""
    start = time.monotonic()
    with tempfile.TemporaryFile("w+") as output:
        process = subprocess.Popen(  # noqa: S603
            [str(word) for word in odoo.command(MODULE, "-d", name, *words)],
            env=odoo.env(),
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = time.monotonic() - start
        if process.returncode:
            output.seek(0)
            raise Stop(f"{' '.join(words)} failed:\n{output.read()[-2000:]}")
    return seconds, usage.ru_maxrss / 1024


def _kill_midway(odoo: Odoo, name: str) -> None:
    """Begin to screen all again and kill the process in the middle."""
    words = [str(word) for word in odoo.command(MODULE, "-d", name, "rescreen", "--all")]
    process = subprocess.Popen(  # noqa: S603
        words, env=odoo.env(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    time.sleep(10)
    process.kill()
    process.wait()


def _hits(odoo: Odoo, name: str) -> list[Hit]:
    """Every stored hit."""
    with _connect(odoo, name) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT partner_id, list_id, party_uid, score FROM screening_hit"
            " WHERE state != 'closed' ORDER BY 1, 2, 3"
        )
        return cursor.fetchall()


def _expect_same(found: list[Hit], expected: list[Hit], what: str) -> None:
    """Stop when the hits differ, and say which."""
    differing = sorted(set(found) ^ set(expected))
    if differing:
        sides = ("second", "first")
        lines = [f"  only the {sides[hit in found]}: {hit}" for hit in differing[:50]]
        raise Stop("\n".join([f"{len(differing)} hits differ, {what}:", *lines]))


def _screened(odoo: Odoo, name: str, since: datetime) -> int:
    """How many contacts were screened in full since then."""
    with _connect(odoo, name) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM screening_subject WHERE screened_at AT TIME ZONE 'UTC' >= %s",
            [since.replace(microsecond=0)],
        )
        return cursor.fetchall()[0][0]


def _connect(odoo: Odoo, name: str) -> psycopg2.extensions.connection:
    server = odoo.env()
    settings = {key[2:].lower(): server[key] for key in ("PGHOST", "PGPORT", "PGUSER")}
    return psycopg2.connect(dbname=name, **settings)


def _insert_vendors(odoo: Odoo, name: str, count: int) -> None:
    """Put vendors in by SQL: how long Odoo takes to create contacts is not measured here."""
    with gzip.open(NAMES, "rt", encoding="utf-8") as stream:
        names = [row["legal_name"] for row in itertools.islice(csv.DictReader(stream), count)]
    with _connect(odoo, name) as connection, connection.cursor() as cursor:
        own = ("name", "complete_name", "is_company", "supplier_rank", "active")
        cursor.execute(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 'res_partner'"
            " AND is_nullable = 'NO' AND column_name NOT IN ('id', %s, %s, %s, %s, %s)",
            own,
        )
        required = ", ".join(name for (name,) in cursor.fetchall())
        # What else Odoo requires is taken from the company's own contact.
        execute_values(
            cursor,
            f"INSERT INTO res_partner ({', '.join(own)}, {required})"  # noqa: S608
            f" SELECT v.name, v.name, true, 1, true, {required}"
            " FROM (VALUES %s) AS v(name), res_partner p WHERE p.id = 1",
            [(text,) for text in names],
            page_size=1000,
        )
        cursor.execute(
            "UPDATE res_partner SET commercial_partner_id = id WHERE commercial_partner_id IS NULL"
        )


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
