# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long the audit trail takes to be verified, and how much memory.

    python bench/verify.py [--events 1000000]

Installs the addon on a fresh database, puts a correctly chained trail in by COPY, and runs the
command that an administrator runs; then changes one row and runs it again.
"""

import argparse
import io
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psycopg2

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from rps import databases, setup
from rps.commands import guarded
from rps.jobs import PURCHASE
from rps.odoo_command import Odoo
from rps.odoo_run import run_to_end
from rps.paths import MODULE, logs
from rps.say import Stop, say

from engine import chain

COLUMNS = (
    "kind, at, summary, user_ref, user_name, company_ref, company_name, res_model, res_ref,"
    " res_name, payload, content_hash, seq, chain_hash"
)
BROKEN = 3


def main(arguments: list[str]) -> int:
    """Measure and print one table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=1_000_000)
    count = parser.parse_args(arguments).events
    with setup.odoo("bench", PURCHASE) as (odoo, base):
        name = odoo.server.name("bench-verify")
        databases.clone(odoo, base, name)
        log = logs() / "bench-verify-install.log"
        if run_to_end(odoo, ["-d", name, "-i", MODULE, "--stop-after-init"], log).code:
            raise Stop(f"The addon could not be installed: the reason is in {log}")
        try:
            _measure(odoo, name, count)
        finally:
            databases.drop(odoo, name)
    return 0


def _measure(odoo: Odoo, name: str, count: int) -> None:
    settings = {key[2:].lower(): odoo.env()[key] for key in ("PGHOST", "PGPORT", "PGUSER")}
    say("| events | seconds, Odoo's start included | of it computing | peak memory (MB) |")
    say("|---|---|---|---|")
    with closing(psycopg2.connect(dbname=name, **settings)) as connection:
        for size in (count // 100, count):
            _fill(connection, size)
            _row(odoo, name, f"{size:,}", 0)
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE screening_event SET summary = 'changed' WHERE seq = %s", [count - 1]
            )
        connection.commit()
    said = _row(odoo, name, f"{count:,}, row {count - 1:,} changed", BROKEN)
    if f"row {count - 1} " not in said:
        raise Stop(f"The changed row is not named: {said}")


def _row(odoo: Odoo, name: str, what: str, expected: int) -> str:
    """Run the command; a line of the table with its time and its largest memory."""
    start = time.monotonic()
    with subprocess.Popen(  # noqa: S603
        [str(word) for word in odoo.command(MODULE, "-d", name, "verify")],
        env=odoo.env(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as process:
        assert process.stdout
        said = process.stdout.read()
        _pid, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != expected:
        raise Stop(f"verify ended with {process.returncode}:\n{said[-2000:]}")
    seconds, computing = time.monotonic() - start, usage.ru_utime + usage.ru_stime
    say(f"| {what} | {seconds:.1f} | {computing:.1f} | {usage.ru_maxrss / 1024:.0f} |")
    return said


def _fill(connection: psycopg2.extensions.connection, count: int) -> None:
    """Make the trail afresh with so many rows, each like a vendor check with one hit."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE screening_event CASCADE")
        lines, link = _Lines(count), chain.GENESIS
        cursor.copy_expert(f"COPY screening_event ({COLUMNS}) FROM STDIN", lines)
        link = lines.link
        cursor.execute("UPDATE screening_chain SET last_seq = %s, last_hash = %s", [count, link])
    connection.commit()
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE screening_event")
    connection.autocommit = False


class _Lines(io.TextIOBase):
    """Rows as COPY reads them, made while they are read."""

    def __init__(self, count: int) -> None:
        self.link = chain.GENESIS
        self._rows = self._make(count)
        self._rest = ""

    def read(self, size: int | None = -1) -> str:
        """Return the next piece, empty at the end."""
        wanted = size if size and size > 0 else 1 << 16
        while len(self._rest) < wanted:
            row = next(self._rows, "")
            if not row:
                break
            self._rest += row
        piece, self._rest = self._rest[:wanted], self._rest[wanted:]
        return piece

    def _make(self, count: int) -> Iterator[str]:
        for seq in range(1, count + 1):
            at, name = (
                f"2026-01-01 {seq // 3600 % 24:02}:{seq // 60 % 60:02}:{seq % 60:02}",
                f"V {seq}",
            )
            payload = chain.canonical(
                {
                    "facts": {"names": [[name, "primary"]], "countries": ["CN"], "addresses": []},
                    "fingerprint": f"v1:{seq:064x}",
                    "hits": [{"listed_name": "Example Technology", "score": seq % 100}],
                    "editions": [{"list": "EL", "edition": 3, "file_sha256": f"{seq:064x}"}],
                }
            )
            summary = f"Vendor check of “{name}”: To review"
            content = {
                "kind": "partner_check",
                "at": at,
                "summary": summary,
                "user": [2, "Somebody"],
                "company": [0, ""],
                "record": ["res.partner", seq, name],
                "payload": payload,
            }
            own = chain.content_hash(content)
            self.link = chain.link_hash(self.link, own)
            cells = ("partner_check", at, summary, 2, "Somebody", 0, "", "res.partner", seq, name)
            text = "\t".join(map(str, (*cells, payload, own, seq, self.link)))
            yield text.replace("\\", "\\\\") + "\n"


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
