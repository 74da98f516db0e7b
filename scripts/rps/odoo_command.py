# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's command line, with nothing taken from the user's own Odoo configuration."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from .odoo_source import OdooSource
from .paths import addons_link, state
from .postgres import Server


@dataclass(frozen=True)
class Odoo:
    """How Odoo is run: interpreter, source, and the server of one cluster.

    ``data`` is the folder of the files that Odoo stores beside the cluster's databases.
    """

    python: Path
    source: OdooSource
    server: Server
    cluster: str
    data: Path

    @property
    def addons_path(self) -> str:
        """Value of ``--addons-path``: the link to this checkout, then Odoo's own addons."""
        return ",".join(str(path) for path in [addons_link(), *self.source.addons])

    def command(self, *arguments: str) -> Sequence[str | Path]:
        """Return the words of a command: a subcommand, or options of the server.

        ``--addons-path=`` comes first: Odoo looks there for subcommands before it reads options.
        """
        return [self.python, "-m", "odoo", f"--addons-path={self.addons_path}", *arguments]

    def env(self) -> dict[str, str]:
        """Environment of the process: where the source, the server and the settings are."""
        return {
            **self.server.env,
            "PYTHONPATH": str(self.source.root),
            "ODOO_RC": str(self._settings()),
            "PATH": f"{self.python.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}",
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
        }

    def _settings(self) -> Path:
        """Write a settings file, so that the user's own ~/.odoorc is not read."""
        path = state() / f"odoo-{self.cluster}.conf"
        path.write_text(
            "[options]\n"
            f"data_dir = {self.data}\n"
            "http_interface = 127.0.0.1\n"
            "list_db = False\n"
            "unaccent = False\n"
        )
        return path
