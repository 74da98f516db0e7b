# Copyright 2026 Restricted Party Screening contributors
# License LGPL-3.0 or later
"""The PostgreSQL server: an embedded one of this checkout, or the one that PGHOST names."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from . import postgres_binaries
from .locks import exclusive
from .paths import CHECKOUT, checkout_key, ensure, logs
from .processes import run, start, stop
from .say import Stop

ROLE = "odoo"  # Odoo refuses to work as `postgres`
SOCKET_PATH_LIMIT = 90  # bytes; the system allows 107, the file name takes some
IN_A_HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL server.

    ``env`` holds what makes any client connect to it; ``programs`` is where psql is;
    ``embedded`` tells our own from somebody else's, where names must not clash.
    """

    env: Mapping[str, str]
    programs: Path
    embedded: bool

    def name(self, short: str) -> str:
        """Return the full name of this checkout's database ``short``."""
        return short if self.embedded else f"rps_{short}_{checkout_key()}"

    def sql(self, statement: str, database: str = "postgres") -> list[str]:
        """Run one statement and return its rows as text; :raises Stop: if the server refuses."""
        command = [self.programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
        command += ["-d", database, "-c", statement]
        failure = "PostgreSQL refused a statement: check that the user may create databases"
        return run(command, failure, env=self.env).splitlines()


@contextmanager
def server(cluster: str, python: Path, durable: bool = True) -> Iterator[Server]:
    """Run the embedded server of this checkout's ``cluster`` for as long as the block lasts.

    With PGHOST set, hand out that server instead and leave it running.

    :param durable: False trades safety in a power cut for speed: for tests only.
    :raises Stop: if it does not start.
    """
    programs = postgres_binaries.programs(python)
    if os.environ.get("PGHOST"):
        outside = Server(dict(os.environ), programs, embedded=False)
        outside.sql("SELECT 1")
        yield outside
        return
    folder = data_folder(cluster).parent
    busy = f"Another command of this checkout is using the {cluster} databases: end it first."
    with exclusive(folder / "lock", busy):
        data = folder / "data"
        if not (data / "PG_VERSION").exists():
            _initialise(programs, data)
        sockets = _socket_folder(folder)
        process = _start(programs, data, sockets, logs() / f"postgres-{cluster}.log", durable)
        env = {k: v for k, v in os.environ.items() if not k.startswith("PG")}
        env |= {"PGHOST": str(sockets), "PGPORT": "5432", "PGUSER": ROLE}
        try:
            yield Server(env, programs, embedded=True)
        finally:
            stop(process, signal.SIGINT)  # PostgreSQL's "fast shutdown"
            if sockets != folder / "socket":
                shutil.rmtree(sockets, ignore_errors=True)


def data_folder(cluster: str) -> Path:
    """Return where the embedded server keeps the data of this checkout's ``cluster``."""
    root = postgres_binaries.home() / "checkouts" / f"{CHECKOUT.name}-{checkout_key()}"
    return ensure(root / "postgres" / cluster) / "data"


def _initialise(programs: Path, data: Path) -> None:
    owner = postgres_binaries.owner()
    shutil.rmtree(data, ignore_errors=True)
    owner.give(ensure(data))
    command = [programs / "initdb", "-D", data, "-U", ROLE, "--auth=trust", "--no-sync"]
    # The built-in locale is the same on every machine, installed locales are not.
    command += ["--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    options = {"user": owner.uid, "group": owner.gid, "extra_groups": []}
    run(
        command,
        "PostgreSQL could not make its data folder",
        cwd="/",
        **(options if owner.uid is not None else {}),
    )


def _socket_folder(folder: Path) -> Path:
    sockets = folder / "socket"
    if len(str(sockets)) > SOCKET_PATH_LIMIT:
        sockets = Path(tempfile.mkdtemp(prefix="rps-"))
    postgres_binaries.owner().give(ensure(sockets))
    return sockets


def _start(
    programs: Path, data: Path, sockets: Path, log: Path, durable: bool
) -> "subprocess.Popen[bytes]":
    owner = postgres_binaries.owner()
    settings = ["listen_addresses=", f"unix_socket_directories={sockets}", "max_connections=60"]
    settings += [] if durable else IN_A_HURRY
    command = [programs / "postgres", "-D", data]
    command += [word for setting in settings for word in ("-c", setting)]
    with log.open("w") as output:
        process = start(
            command,
            output=output,
            on_orphan=signal.SIGINT,
            user=owner.uid,
            group=owner.gid,
        )
    ready = [programs / "pg_isready", "-q", "-h", sockets, "-U", ROLE]
    for _ in range(300):
        if process.poll() is not None:
            break
        if subprocess.run([str(word) for word in ready], check=False).returncode == 0:
            return process
        time.sleep(0.1)
    stop(process)
    lines = [line for line in log.read_text().splitlines() if "FATAL" in line] or ["no answer"]
    raise Stop(f"PostgreSQL did not start: {lines[-1]} (log: {log}); `make clean` starts afresh.")
