# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Many people at once while processes are killed; afterwards nothing may be wrong.

    python bench/storm.py [--seconds 180] [--pause 5] [--seed NUMBER]

Odoo in prefork mode (4 workers, 2 for crons) on a fresh database of a PostgreSQL server of our
own, which writes to disk what it commits. 26 clients buy, decide, exempt, revoke, update and roll
back lists, move and rename vendors, change policy and verify the trail over HTTP, while a worker, a
cron worker, a backend or the whole of PostgreSQL gets kill -9 every ``--pause`` seconds or so.

Then bench/invariants.py looks at the database, all contacts are screened afresh to see whether a
hit was lost, and all that people were told is done is looked for in the audit trail.
"""

import argparse
import json
import random
import secrets
import sys
import time
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

import invariants
from rescreen import _command, _connect
from rps import databases, postgres, setup
from rps.commands import guarded
from rps.jobs import PURCHASE
from rps.odoo_command import Odoo
from rps.odoo_run import run_to_end
from rps.paths import MODULE, logs
from rps.processes import run
from rps.say import Stop, say
from storm_client import Ledger
from storm_people import crowd, disperse
from storm_service import Service

MOST_SECONDS = 300
SEED = Path(__file__).with_name("storm_seed.py")
WATCH = "env['screening.watch']._cron_watch()\nenv.cr.commit()\n"


def main(arguments: list[str]) -> int:
    """Let it storm, then look what is wrong; 1 when anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=180, help=f"at most {MOST_SECONDS}")
    parser.add_argument("--pause", type=float, default=5, help="seconds between kills, 0: no kills")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6))
    options = parser.parse_args(arguments)
    say(f"seed {options.seed}")
    with setup.odoo("storm", PURCHASE, settings=postgres.KILLABLE) as (odoo, base):
        name = odoo.server.name("storm")
        databases.clone(odoo, base, name)
        # Sequences of a copied database go back in a crash that comes before the next checkpoint:
        # PostgreSQL writes ahead for 32 numbers, and what the original had ahead is not copied.
        odoo.server.sql("CHECKPOINT")
        log = logs() / "storm-install.log"
        if run_to_end(odoo, ["-d", name, "-i", MODULE, "--stop-after-init"], log).code:
            raise Stop(f"The addon could not be installed: the reason is in {log}")
        told = _shell(odoo, name, SEED.read_text())
        seed = json.loads(told.split("SEEDED ", 1)[1].splitlines()[0])
        first = _transaction(odoo, name)
        service = Service(odoo, name, random.Random(options.seed))  # noqa: S311
        seconds = min(options.seconds, MOST_SECONDS)
        ledger = _let_it_storm(service, seed, options.seed, seconds, options.pause)
        say(f"{_committed(odoo, name, first)} transactions committed, savepoints among them")
        for what, number in sorted((ledger.count + service.count).items()):
            say(f"{what}: {number}")
        return _judge(odoo, name, ledger)


def _let_it_storm(
    service: Service, seed: dict[str, Any], dice: int, seconds: int, pause: float
) -> Ledger:
    ledger = Ledger()
    chance = random.Random(dice)  # noqa: S311 - chance decides who is killed when
    service.start()
    people = crowd(service.port, seed, ledger, dice)
    try:
        for person in people:
            person.start()
        end = time.monotonic() + seconds
        blow = time.monotonic() + (2 * pause or seconds)
        while time.monotonic() < end:
            service.keep_alive()
            if time.monotonic() >= blow:
                service.kill_somebody()
                blow = time.monotonic() + chance.uniform(0.2, 1.8) * pause
            time.sleep(0.1)
        service.keep_alive()
        disperse(people)
    finally:
        service.stop()
    return ledger


def _judge(odoo: Odoo, name: str, ledger: Ledger) -> int:
    _command(odoo, name, "rescreen")
    with _connect(odoo, name) as connection:
        found = invariants.violations(connection)
        found += invariants.unrecorded(connection, ledger.acts)
        hits = invariants.stored_hits(connection)
        _say_size(connection)
    _shell(odoo, name, WATCH)
    _command(odoo, name, "rescreen", "--all")
    with _connect(odoo, name) as connection:
        found += invariants.lost_hits(hits, invariants.stored_hits(connection))
        found += [f"at last: {text}" for text in invariants.violations(connection)]
    _command(odoo, name, "verify")
    for word in ("VERIFICATION FAILED", "CLIENT BROKEN"):
        if ledger.count[word]:
            found.append(f"during the storm: {word.lower()}")
    say(f"acts that people were told are done, each found in the trail: {ledger.acts.total()}")
    say(f"violations: {len(found)}")
    say("\n".join(found))
    return 1 if found else 0


def _say_size(connection: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT state, COUNT(*) FROM purchase_order GROUP BY state ORDER BY state")
        say(f"orders: {dict(cursor.fetchall())}")
        cursor.execute("SELECT kind, COUNT(*) FROM screening_event GROUP BY kind ORDER BY kind")
        say(f"events: {dict(cursor.fetchall())}")


def _shell(odoo: Odoo, name: str, script: str) -> str:
    shell = odoo.command("shell", "-d", name, "--no-http", "--log-level=error")
    return run(shell, "Odoo's shell failed", env=odoo.env(), text=script, cwd="/")


def _transaction(odoo: Odoo, name: str) -> int:
    with _connect(odoo, name) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        return int(cursor.fetchone()[0])


def _committed(odoo: Odoo, name: str, first: int) -> int:
    """Transactions since then that wrote and were committed, as PostgreSQL's own log has it."""
    last = _transaction(odoo, name)
    with _connect(odoo, name) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT COUNT(*) FROM generate_series(%s::bigint, %s) AS number"
            " WHERE pg_xact_status(number::text::xid8) = 'committed'",
            [first + 1, last - 1],
        )
        return int(cursor.fetchone()[0])


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
