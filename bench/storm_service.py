# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo and PostgreSQL as a service manager keeps them: killed by the storm, started again.

Odoo's first process ends by itself when PostgreSQL is gone in the moment in which it replaces a
worker; without somebody who starts it again, nobody would be there to be asked. Processes are
started by the main thread alone: they are told to end when the thread that started them does.
"""

from __future__ import annotations

import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psycopg2
from rescreen import _connect
from rps.odoo_command import Odoo
from rps.paths import logs
from rps.ports import any_free
from rps.processes import start, stop
from rps.say import Stop

ALIVE = re.compile(r"Worker (WorkerHTTP|WorkerCron) \((\d+)\) alive")
#: (how often among a hundred kills, what is killed).
KILLS = (
    (48, "HTTP worker"),
    (28, "cron worker"),
    (12, "PostgreSQL backend"),
    (12, "PostgreSQL server"),
)
SECONDS_TO_START = 60


class Service:
    """One prefork server, 4 workers and 2 for crons, on one database."""

    def __init__(self, odoo: Odoo, name: str, chance: random.Random) -> None:
        self.odoo, self.name, self._chance = odoo, name, chance
        self.port = any_free()
        self.count: Counter[str] = Counter()
        self._log = logs() / "storm.log"
        self._log.write_text("")
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start Odoo and wait until it answers."""
        words = ["-d", self.name, "--workers", "4", "--max-cron-threads", "2"]
        words += ["--http-port", str(self.port), "--gevent-port", str(any_free())]
        words += ["--db_maxconn", "8"]
        with self._log.open("a") as output:
            self._process = start(self.odoo.command(*words), env=self.odoo.env(), output=output)
        deadline = time.monotonic() + SECONDS_TO_START
        while time.monotonic() < deadline and self._process.poll() is None:
            if self._workers("WorkerHTTP"):
                return
            time.sleep(0.2)

    def stop(self) -> None:
        """End Odoo in order."""
        if self._process:
            stop(self._process, signal.SIGINT)

    def keep_alive(self) -> None:
        """Start again whoever ended: what systemd does with ``Restart=always``."""
        if self._process and self._process.poll() is not None:
            stop(self._process)  # its workers too, who listen on the port
            self.count["Odoo started again"] += 1
            self.start()

    def kill_somebody(self) -> None:
        """kill -9 of a process, by chance."""
        [kind] = self._chance.choices(
            [kind for _weight, kind in KILLS], [weight for weight, _kind in KILLS]
        )
        if kind == "PostgreSQL server":
            self._kill_server()
            return
        if kind == "PostgreSQL backend":
            pids = self._backends()
        else:
            pids = self._workers({"HTTP worker": "WorkerHTTP", "cron worker": "WorkerCron"}[kind])
        if pids:
            with suppress(ProcessLookupError):
                os.kill(self._chance.choice(pids), signal.SIGKILL)
                self.count[f"killed: {kind}"] += 1

    def _kill_server(self) -> None:
        """kill -9 of PostgreSQL's first process, and a start from what it had written."""
        cluster = self.odoo.server.cluster
        if not cluster:
            return  # somebody else's server is not ours to kill
        cluster.kill()
        self.count["killed: PostgreSQL server"] += 1
        deadline = time.monotonic() + SECONDS_TO_START
        while True:
            time.sleep(0.5)
            try:
                cluster.start()
                return
            except Stop:  # its backends have not noticed yet
                if time.monotonic() > deadline:
                    raise

    def _workers(self, kind: str) -> list[int]:
        """Processes that said they are alive, and are."""
        said = [int(pid) for which, pid in ALIVE.findall(self._log.read_text()) if which == kind]
        assert self._process
        children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
        with suppress(OSError):
            return sorted(set(said) & {int(word) for word in children.read_text().split()})
        return []

    def _backends(self) -> list[int]:
        with (
            suppress(psycopg2.Error),
            _connect(self.odoo, self.name) as connection,
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid != pg_backend_pid()",
                [self.name],
            )
            return [pid for (pid,) in cursor.fetchall()]
        return []
