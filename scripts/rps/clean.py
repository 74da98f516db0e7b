# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Removes what belongs to this checkout alone; downloads and base databases are shared and stay."""

import os
import shutil
from contextlib import ExitStack

from . import postgres, postgres_binaries
from .locks import exclusive
from .paths import checkout_key, state
from .python_env import python
from .say import say


def clean() -> None:
    """Drop this checkout's databases and remove its files; :raises Stop: if one is in use."""
    clusters = postgres.clusters_folder()
    with ExitStack() as locks:
        for folder in clusters.glob("*/"):
            busy = f"Another command is using the {folder.name} databases: end that one first."
            locks.enter_context(exclusive(folder / "lock", busy))
        shutil.rmtree(clusters.parent)
    if os.environ.get("PGHOST"):
        _drop_outside()
    shutil.rmtree(state(), ignore_errors=True)
    say("Removed this checkout's databases, logs and stored files.")


def _drop_outside() -> None:
    server = postgres.outside(postgres_binaries.programs(python(tools=False)))
    ours = f"SELECT datname FROM pg_database WHERE datname LIKE 'rps\\_{checkout_key()}\\_%'"  # noqa: S608
    for name in server.sql(ours):
        server.sql(f'DROP DATABASE "{name}" WITH (FORCE)')
