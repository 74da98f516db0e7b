# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The demo: a database with demo data, served on this machine until Ctrl-C."""

import os
import signal
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from . import databases, fingerprint, setup
from .jobs import DEMO
from .odoo_command import Odoo
from .odoo_run import run_to_end
from .paths import MODULE, logs, state
from .ports import HOST, is_free
from .postgres import DURABLE
from .processes import start, stop
from .say import Stop, say, step

DEFAULT_PORT = "8069"
LOGINS = ("buyer", "compliance", "manager", "admin")  # each with itself as password
SECONDS_TO_START = 120


@dataclass(frozen=True)
class Demo:
    """A demo that is being served."""

    address: str
    server: "subprocess.Popen[bytes]"


def port() -> int:
    """Return the port to serve on; :raises Stop: if it is no port or taken."""
    wanted = os.environ.get("DEMO_PORT") or DEFAULT_PORT
    if not wanted.isdigit() or not 1024 <= int(wanted) <= 65535:
        raise Stop(f"DEMO_PORT={wanted} is not a port: choose one from 1024 to 65535.")
    if not is_free(int(wanted)):
        raise Stop(f"Port {wanted} is taken: choose another, as in `make demo DEMO_PORT=8070`.")
    return int(wanted)


@contextmanager
def running(number: int) -> Iterator[Demo]:
    """Serve the demo on a port for as long as the block lasts.

    The database is made at the first call, and brought up to date when the addon has changed.

    :raises Stop: if it cannot be made or Odoo does not answer.
    """
    with setup.odoo("demo", DEMO.base, settings=DURABLE) as (odoo, base):
        name = _database(odoo, base)
        _tell_address(odoo, name, f"http://{HOST}:{number}")
        log = logs() / "demo.log"
        options = ["-d", name, "--db-filter", f"^{name}$", "--http-port", str(number)]
        with log.open("w") as output:
            server = start(odoo.command(*options), env=odoo.env(), output=output)
        try:
            demo = Demo(f"http://{HOST}:{number}", server)
            if not _answers(demo):
                raise Stop(f"Odoo did not start: the reason is in {log}")
            yield demo
        finally:
            stop(server, signal.SIGINT)


def serve() -> None:
    """Serve the demo until somebody stops it."""
    with running(port()) as demo:
        say(f"\n  Demo: {demo.address}")
        say(f"  Logins: {', '.join(f'{login}/{login}' for login in LOGINS)}")
        say("  Ctrl-C stops it and everything it started.\n")
        demo.server.wait()
        raise Stop(f"Odoo ended by itself: the reason is in {logs() / 'demo.log'}")


def reset() -> None:
    """Remove the demo database; the next demo makes it anew."""
    with setup.odoo("demo", DEMO.base, settings=DURABLE) as (odoo, _base):
        databases.drop(odoo, odoo.server.name("demo"))


def _tell_address(odoo: Odoo, name: str, address: str) -> None:
    """Say where PDFs find their style sheets, which Odoo itself learns when an admin logs in."""
    odoo.server.sql(
        f"UPDATE ir_config_parameter SET value = '{address}' WHERE key = 'web.base.url'",  # noqa: S608
        database=name,
    )


def _database(odoo: Odoo, base: str) -> str:
    """Make the demo database, or update it if it was made with other files of the addon."""
    name, made_with = odoo.server.name("demo"), state() / "demo.txt"
    now = fingerprint.of_files()
    present = databases.exists(odoo, name)
    if present and made_with.is_file() and made_with.read_text() == now:
        return name
    log = logs() / "demo-install.log"
    if present:
        with step("bringing the demo up to date with the addon"):
            done = run_to_end(odoo, ["-d", name, "-u", MODULE, "--stop-after-init"], log)
        if done.code:
            raise Stop(f"The addon could not be updated ({log}); `make demo-reset` starts afresh.")
    else:
        making = f"{name}_making"
        with step("installing the addon with its demo data (once)"):
            databases.clone(odoo, base, making)
            done = run_to_end(odoo, ["-d", making, "-i", MODULE, "--stop-after-init"], log)
        if done.code or any("demo data failed" in record.text for record in done.records):
            raise Stop(f"The addon or its demo data could not be installed: the reason is in {log}")
        databases.rename(odoo, making, name)
    made_with.write_text(now)
    return name


def _answers(demo: Demo) -> bool:
    """Wait for the login page; False if Odoo ends first or takes too long."""
    deadline = time.monotonic() + SECONDS_TO_START
    while demo.server.poll() is None and time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(f"{demo.address}/web/login", timeout=60):
                return True
        except urllib.error.HTTPError as error:
            raise Stop(f"The demo answers with error {error.code}: see {logs()}/demo.log") from None
        except OSError:
            time.sleep(0.2)
    return False
