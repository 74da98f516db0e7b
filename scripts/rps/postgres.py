# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The PostgreSQL server that Odoo talks to: an embedded one, or the one that PGHOST names."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from . import postgres_binaries
from .paths import checkout_key, checkout_name, ensure
from .processes import run, start, stop
from .say import Stop

ROLE = "odoo"  # Odoo refuses to work as `postgres`
SOCKET_PATH_LIMIT = 90  # bytes; the system allows 107, the file name takes some
# How much is lost when: all of it in a power cut, nothing when processes are killed, nothing ever.
IN_A_HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
KILLABLE = ("fsync=off",)
DURABLE = ()
SECONDS_TO_START = 60


class Cluster:
    """The process of a server of our own: started, stopped, or killed as by a power cut."""

    def __init__(
        self, programs: Path, data: Path, sockets: Path, log: Path, settings: Sequence[str]
    ) -> None:
        self._programs, self._data, self._sockets = programs, data, sockets
        self._log, self._settings = log, settings
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers; :raises Stop: if it does not."""
        settings = ["listen_addresses=", f"unix_socket_directories={self._sockets}"]
        settings += ["max_connections=60", *self._settings]
        command: list[str | Path] = [self._programs / "postgres", "-D", self._data]
        command += [word for setting in settings for word in ("-c", setting)]
        again = self._process is not None
        owner = postgres_binaries.owner()
        with self._log.open("a" if again else "w") as output:
            process = start(command, output=output, on_orphan=signal.SIGINT, **owner.options())
        self._process = process
        ask: list[str | Path] = [self._programs / "pg_isready", "-q", "-h", self._sockets]
        ask += ["-U", ROLE]
        try:
            _wait_until_ready(ask, process)
        except BaseException:
            self.stop()
            raise
        if process.poll() is not None:
            lines = [line for line in self._log.read_text().splitlines() if "FATAL" in line]
            reason = lines[-1] if lines else "no reason"
            raise Stop(
                f"PostgreSQL did not start: {reason} ({self._log}); `make clean` starts afresh."
            )

    def stop(self) -> None:
        """End it in order: PostgreSQL's "fast shutdown"."""
        if self._process:
            stop(self._process, signal.SIGINT)

    def kill(self) -> None:
        """kill -9 of all of the server's processes, the first one before the others."""
        if self._process:
            children = Path(f"/proc/{self._process.pid}/task/{self._process.pid}/children")
            pids = [self._process.pid, *map(int, children.read_text().split())]
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
            self._process.wait()


@dataclass(frozen=True)
class Server:
    """A running PostgreSQL server.

    ``env`` holds what makes any client connect to it; ``programs`` is where psql is;
    ``embedded`` tells our own from somebody else's, where names must not clash;
    ``cluster`` is the process of our own.
    """

    env: Mapping[str, str]
    programs: Path
    embedded: bool
    cluster: Cluster | None = None

    def name(self, short: str) -> str:
        """Return the full name of this checkout's database ``short``."""
        return short if self.embedded else f"rps_{checkout_key()}_{short}"

    def sql(
        self,
        statement: str,
        failure: str = "PostgreSQL refused",
        database: str = "postgres",
    ) -> list[str]:
        """Run one statement and return its rows as text; :raises Stop: if the server refuses."""
        command: list[str | Path] = [self.programs / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1"]
        command += ["-d", database, "-c", statement]
        return run(command, failure, env=self.env).splitlines()


def outside(programs: Path) -> Server:
    """Return the server that PGHOST names; :raises Stop: if it cannot be used."""
    server = Server(dict(os.environ), programs, embedded=False)
    user, may = server.sql(
        "SELECT current_user || ' ' || (rolcreatedb OR rolsuper)::text"
        " FROM pg_roles WHERE rolname = current_user",
        "Cannot use the server that PGHOST names: check PGHOST, PGPORT, PGUSER and PGPASSWORD",
    )[0].split()
    if user == "postgres" or may != "true":
        raise Stop(
            f"Set PGUSER to a user who may create databases and is not `postgres`, which Odoo"
            f" refuses: {user} will not do."
        )
    return server


def clusters_folder() -> Path:
    """Return where this checkout keeps the embedded servers, a folder each."""
    root = postgres_binaries.home() / "checkouts" / checkout_name()
    return ensure(root / "postgres")


@contextmanager
def embedded(
    programs: Path, folder: Path, log: Path, settings: Sequence[str] = IN_A_HURRY
) -> Iterator[Server]:
    """Run a server of our own for as long as the block lasts; it listens on a socket only.

    :param folder: where its data lies, made if need be.
    :param settings: of the server; the usual ones trade safety in a power cut for speed.
    :raises Stop: if it does not start.
    """
    data = folder / "data"
    if not (data / "PG_VERSION").exists():
        _initialise(programs, data)
    sockets = _socket_folder(folder)
    cluster = Cluster(programs, data, sockets, log, settings)
    cluster.start()
    try:
        yield Server(_environment(str(sockets)), programs, embedded=True, cluster=cluster)
    finally:
        cluster.stop()
        if sockets.parent != folder:
            shutil.rmtree(sockets, ignore_errors=True)


def running(programs: Path, folder: Path) -> Server | None:
    """Return the server that another command keeps running in this folder, if there is one."""
    try:
        sockets = (folder / "data" / "postmaster.pid").read_text().splitlines()[4]
    except (OSError, IndexError):
        return None
    ask = [str(programs / "pg_isready"), "-q", "-h", sockets, "-U", ROLE]
    if subprocess.run(ask, check=False).returncode:
        return None  # killed, and left its file behind
    return Server(_environment(sockets), programs, embedded=True)


def _environment(sockets: str) -> dict[str, str]:
    """What makes any client connect to a server of our own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return env | {"PGHOST": sockets, "PGPORT": "5432", "PGUSER": ROLE}


def _initialise(programs: Path, data: Path) -> None:
    owner = postgres_binaries.owner()
    shutil.rmtree(data, ignore_errors=True)
    owner.give(ensure(data))
    command: list[str | Path] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        ROLE,
        "--auth=trust",
        "--no-sync",
    ]
    # The built-in locale is the same on every machine, installed locales are not.
    command += ["--encoding=UTF8", "--locale=C"]
    command += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    run(command, "PostgreSQL could not make its data folder", cwd="/", **owner.options())


def _socket_folder(folder: Path) -> Path:
    sockets = folder / "socket"
    if len(str(sockets)) > SOCKET_PATH_LIMIT:
        sockets = Path(tempfile.mkdtemp(prefix="rps-"))
    postgres_binaries.owner().give(ensure(sockets))
    return sockets


def _wait_until_ready(ask: list[str | Path], process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + SECONDS_TO_START
    while process.poll() is None:
        if subprocess.run([str(word) for word in ask], check=False).returncode == 0:
            return
        if time.monotonic() > deadline:
            raise Stop(f"PostgreSQL did not answer within {SECONDS_TO_START} s.")
        time.sleep(0.1)
