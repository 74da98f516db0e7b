# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from .screening_rows import try_lock_rows
from .screening_subject_background import BATCH, MAX_CONFLICTS


class ScreeningSubjectAgain(models.Model):
    """Who finds a hit looks once more whether orders were approved that it could not see.

    A transaction sees what was committed when it began. An order that came to be, and was approved,
    between that and the moment in which it takes the contact's row shows nowhere: approvals only
    share the row. So the contact is marked in the same transaction, and a later one, which sees all
    of them, brings its orders up to date. Orders approved after that moment see the hit.
    """

    _inherit = "screening.subject"

    look_again = fields.Boolean(readonly=True, help="Its orders are to be looked at once more.")

    _look_again_idx = models.Index("(id) WHERE look_again")

    @api.model
    def _look_again_at(self, partners, any_state=False):
        """Mark contacts whose orders may be held by what this transaction stores.

        :param any_state: also those that have no hit of their own: what is above them counts
        """
        self.env.flush_all()
        with_hits = SQL(
            "EXISTS (SELECT FROM screening_hit h"
            " WHERE h.partner_id = s.partner_id AND h.state IN ('open', 'same'))"
        )
        self.env.cr.execute(
            SQL(
                "UPDATE screening_subject s SET look_again = TRUE"
                " WHERE partner_id = ANY(%s) AND look_again IS NOT TRUE AND %s",
                partners.ids,
                SQL("TRUE") if any_state else with_hits,
            ),
            log_exceptions=False,
        )
        if self.env.cr.rowcount:
            self.invalidate_model(["look_again"], flush=False)
            self._trigger()

    @api.model
    def _look_again_committed(self, commit):
        """Bring the orders of marked contacts up to date, committing batch by batch."""
        conflicts = 0
        while marked := self.sudo().search([("look_again", "=", True)], limit=BATCH, order="id"):
            try:
                marked = try_lock_rows(marked)
                if not marked:
                    return  # another worker is at it
                marked._sealed().write({"look_again": False})
                orders = self.env["purchase.order"].sudo()
                orders.search(
                    orders._screening_domain_of(marked.partner_id) & Domain("state", "!=", "cancel")
                )._screening_refresh()
                self.env.flush_all()
            except psycopg2.OperationalError:
                conflicts += 1
                if conflicts > MAX_CONFLICTS:
                    raise
                self._give_way()
                continue
            commit()
