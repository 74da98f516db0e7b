# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from .engine import index_sql


def pre_init_hook(env):
    """Add the order's stored state empty: computing it for all old orders would take hours.

    The background fills it in as it screens their vendors.
    """
    env.cr.execute("ALTER TABLE purchase_order ADD COLUMN IF NOT EXISTS screening_state varchar")


def post_init_hook(env):
    """Vendors that exist already are screened in the background.

    With a list loaded, which only demo data does, at once, so that a demo is right at first sight.
    """
    subjects = env["screening.subject"]
    subjects._enqueue_vendors()
    env["screening.watch"]._set_baseline()
    if env["screening.list"]._has_any_edition():
        for _done, _total in subjects._rescreen():
            pass


def uninstall_hook(env):
    """The look-up tables are not models, so Odoo does not know to drop them."""
    for statement in index_sql.DROP_TABLES:
        env.cr.execute(statement)
