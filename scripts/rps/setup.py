# Copyright 2026 Restricted Party Screening contributors
# License LGPL-3.0 or later
"""Everything a command needs before it can run Odoo."""

from collections.abc import Iterator
from contextlib import contextmanager

from . import odoo_source, postgres, python_env
from .odoo_command import Odoo


@contextmanager
def odoo(cluster: str, *, tools: bool = False, durable: bool = False) -> Iterator[Odoo]:
    """Fetch what is missing, start the cluster's database server, and hand out Odoo on top of it.

    :param cluster: which databases: ``demo``, ``test`` or ``dev``.
    :param tools: also install what tests and checks need.
    :param durable: whether the data should survive a power cut.
    :raises Stop: if anything is missing that cannot be fetched.
    """
    source = odoo_source.find()
    python = python_env.python(tools)
    with postgres.server(cluster, python, durable) as server:
        yield Odoo(python, source, server, cluster)
