# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Making, copying and dropping databases together with the files that Odoo stores beside them."""

import shutil
from pathlib import Path

from .odoo_command import Odoo


def exists(odoo: Odoo, name: str) -> bool:
    """Tell whether the server has this database."""
    return bool(odoo.server.sql(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))  # noqa: S608


def drop(odoo: Odoo, name: str) -> None:
    """Remove a database and its files, if they are there."""
    odoo.server.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    shutil.rmtree(files(odoo, name), ignore_errors=True)


def clone(odoo: Odoo, source: str, target: str) -> None:
    """Make ``target`` afresh as a copy of ``source``."""
    drop(odoo, target)
    odoo.server.sql(f'CREATE DATABASE "{target}" TEMPLATE "{source}"')
    if files(odoo, source).is_dir():
        shutil.copytree(files(odoo, source), files(odoo, target))


def rename(odoo: Odoo, source: str, target: str) -> None:
    """Give a finished database its final name."""
    drop(odoo, target)
    odoo.server.sql(f'ALTER DATABASE "{source}" RENAME TO "{target}"')
    if files(odoo, source).is_dir():
        files(odoo, source).rename(files(odoo, target))


def files(odoo: Odoo, name: str) -> Path:
    """Return the folder in which Odoo keeps a database's files."""
    return odoo.data / "filestore" / name
