# Copyright 2026 Restricted Party Screening contributors
# License LGPL-3.0 or later
"""The commands of ``scripts/dev.py``, by name."""

import signal
import subprocess
from collections.abc import Callable

from . import setup
from .odoo_command import Odoo
from .processes import start, stop
from .say import say


def prepare(_arguments: list[str]) -> int:
    """Fetch and make everything, start nothing that stays."""
    with setup.odoo("dev", tools=True) as odoo:
        say(f"Ready: Python {odoo.python}, Odoo {odoo.source.version} in {odoo.source.root}")
    return 0


def run_odoo(arguments: list[str]) -> int:
    """Run Odoo with any arguments on this checkout's development databases."""
    with setup.odoo("dev", tools=True) as odoo:
        return _foreground(odoo, arguments)


def run_server(_arguments: list[str]) -> int:
    """Keep the development databases' server running until Ctrl-C; say how to connect to it."""
    with setup.odoo("dev", tools=True) as odoo:
        env = odoo.env()
        for name in ("PGHOST", "PGPORT", "PGUSER", "PYTHONPATH", "ODOO_RC"):
            say(f"export {name}={env[name]}")
        say(" ".join(str(word) for word in odoo.command("...")))
        signal.pause()
    return 0


def _foreground(odoo: Odoo, arguments: list[str]) -> int:
    process = start(odoo.command(*arguments), env=odoo.env())
    try:
        return process.wait()
    finally:
        stop(process, signal.SIGINT)


def _python(arguments: list[str]) -> int:
    from . import python_env

    return subprocess.run([str(python_env.python(True)), *arguments], check=False).returncode


COMMANDS: dict[str, Callable[[list[str]], int]] = {
    "setup": prepare,
    "odoo": run_odoo,
    "server": run_server,
    "python": _python,
}
