# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo.tools import SQL

from .engine import index_sql, lookup

_logger = logging.getLogger(__name__)


def pre_init_hook(env):
    """Add the order's stored state empty: computing it for all old orders would take hours.

    The background fills it in as it screens their vendors. What is approved already was let
    through as it stands.
    """
    env.cr.execute("ALTER TABLE purchase_order ADD COLUMN IF NOT EXISTS screening_state varchar")
    env.cr.execute("ALTER TABLE purchase_order ADD COLUMN IF NOT EXISTS screening_passed varchar")
    env.cr.execute(
        """
        UPDATE purchase_order
           SET screening_passed = concat_ws(',', COALESCE(partner_id, 0),
                   COALESCE(dest_address_id, 0), COALESCE(company_id, 0), COALESCE(currency_id, 0))
         WHERE state = 'purchase'
        """
    )


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
    """Leave all evidence behind in one file, and drop what Odoo does not know of.

    The look-up tables are not models. A file that cannot be stored stops the uninstalling.
    """
    kept = env["screening.export"]._keep()
    _logger.info("The evidence is kept as attachment %s, %s", kept.id, kept.name)
    _forget_names(env)
    _let_go(env)
    for statement in (lookup.DROP_FUNCTION, *index_sql.DROP_TABLES):
        env.cr.execute(statement)


def _forget_names(env):
    """Let orders of the demo stay as anybody's orders, and our own records go with their tables.

    Odoo would try to delete them one by one, keep the names of those it cannot delete, and write
    the demo over them when the addon is installed again.
    """
    env["ir.model.data"].search(
        [
            ("module", "=", "restricted_party_screening"),
            "|",
            ("model", "=", "purchase.order"),
            ("model", "=like", "screening.%"),
        ]
    ).unlink()


def _let_go(env):
    """Nothing of ours keeps Odoo from deleting a user of the demo, whose password all know.

    Nor do to-dos on orders keep the types of activity that they are of.
    """
    names = env["ir.model.data"].search(
        [("module", "=", "restricted_party_screening"), ("model", "=", "mail.activity.type")]
    )
    activities = env["mail.activity"].with_context(active_test=False)
    activities.search([("activity_type_id", "in", names.mapped("res_id"))]).unlink()
    rows = env.execute_query(
        SQL(
            "SELECT conrelid::regclass::text, conname FROM pg_constraint"
            " WHERE contype = 'f' AND confdeltype IN ('a', 'r')"
            " AND conrelid::regclass::text = ANY(%s)",
            env["screening.export"]._tables(),
        )
    )
    for table, constraint in rows:
        env.cr.execute(
            SQL(
                "ALTER TABLE %s DROP CONSTRAINT %s",
                SQL.identifier(table),
                SQL.identifier(constraint),
            )
        )
