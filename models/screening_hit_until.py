# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class ScreeningHitUntil(models.Model):
    """Decisions that were made up to a day."""

    _inherit = "screening.hit"

    def _has_ended(self):
        """Whether the last day of the decision is over; the gate asks, it waits for no cron."""
        self.ensure_one()
        return bool(self.valid_until and self.valid_until < fields.Date.today())

    @api.model
    def _cron_end_decisions(self):
        """Ask again what was decided up to a day that is over."""
        ended = self.sudo().search(
            [("state", "=", "not_same"), ("valid_until", "<", fields.Date.today())]
        )
        for hit in ended:
            hit._reopen(
                self.env._("the decision was made up to %s", fields.Date.to_string(hit.valid_until))
            )
        if ended:
            ended._after_decision()
        self.env["screening.case"]._refresh_waiting()
