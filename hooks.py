# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

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
    for statement in (lookup.DROP_FUNCTION, *index_sql.DROP_TABLES):
        env.cr.execute(statement)
