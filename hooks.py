# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .engine import index_sql


def post_init_hook(env):
    """Vendors that exist already are screened in the background."""
    env["screening.subject"]._enqueue_vendors()


def uninstall_hook(env):
    """The look-up tables are not models, so Odoo does not know to drop them."""
    for statement in index_sql.DROP_TABLES:
        env.cr.execute(statement)
