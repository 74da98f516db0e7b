# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Everything a command needs before it can run Odoo."""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from . import bases, databases, odoo_source, postgres, postgres_binaries, python_env
from .bases import Base
from .locks import exclusive
from .odoo_command import Odoo
from .paths import ensure, logs, state
from .say import step


@contextmanager
def odoo(
    cluster: str,
    base: Base,
    *,
    tools: bool = False,
    settings: Sequence[str] = postgres.IN_A_HURRY,
    beside: bool = False,
) -> Iterator[tuple[Odoo, str]]:
    """Fetch what is missing, start the database server, hand out Odoo and the base database's name.

    :param cluster: which of this checkout's servers: ``demo``, or ``test-`` and a job.
    :param base: what the base database holds.
    :param tools: also install what tests and checks need.
    :param settings: of the database server, which say what may be lost.
    :param beside: use the server that another command keeps running, as the demo does.
    :raises Stop: if anything is missing that cannot be fetched.
    """
    source = odoo_source.find()
    python = python_env.python(tools)
    programs = postgres_binaries.programs(python)
    data = ensure(state() / "odoo" / cluster)
    if os.environ.get("PGHOST"):
        yield _on_outside_server(
            Odoo(python, source, postgres.outside(programs), cluster, data), base
        )
        return
    folder = ensure(postgres.clusters_folder() / cluster)
    if beside and (server := postgres.running(programs, folder)):
        yield Odoo(python, source, server, cluster, data), bases.DATABASE
        return
    busy = f"Another command is using this checkout's {cluster} databases: end that one first."
    with exclusive(folder / "lock", busy):
        bases.plant(base, source, python, folder, data)
        log = logs() / f"postgres-{cluster}.log"
        with postgres.embedded(programs, folder, log, settings) as server:
            yield Odoo(python, source, server, cluster, data), bases.DATABASE


def everything(wanted: list[Base]) -> tuple[Path, odoo_source.OdooSource]:
    """Fetch and make all that can be shared with other checkouts; return Python and Odoo's source.

    :raises Stop: if anything is missing that cannot be fetched.
    """
    source = odoo_source.find()
    python = python_env.python(tools=True)
    postgres_binaries.programs(python)
    if not os.environ.get("PGHOST"):
        for base in wanted:
            bases.grow(base, source, python)
    return python, source


def _on_outside_server(odoo: Odoo, base: Base) -> tuple[Odoo, str]:
    """Somebody else's server cannot be a copy of a seed: make the base database on it, once."""
    seed = bases.seed_of(base, odoo.source)
    name = odoo.server.name(seed.key.replace("-", "_"))
    if not databases.exists(odoo, name):
        with step(f"installing Odoo's modules for the base database “{base.name}” (once)"):
            bases.build(odoo, base, name, logs() / f"base-{base.name}.log")
    return odoo, name


def base_log(base: Base, odoo: Odoo) -> Path:
    """Return the log of the base database's installation."""
    if odoo.server.embedded:
        return bases.seed_of(base, odoo.source).log
    return logs() / f"base-{base.name}.log"
