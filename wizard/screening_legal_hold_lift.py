# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..models.screening_input import expect_one


class ScreeningLegalHoldLift(models.TransientModel):
    """Asks why a legal hold is lifted."""

    _name = "screening.legal.hold.lift"
    _description = "Lift Legal Hold"

    hold_ids = fields.Many2many("screening.legal.hold", required=True)
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Lift them, with this reason."""
        expect_one(self)
        self.hold_ids.action_lift(self.reason)
        return {"type": "ir.actions.act_window_close"}
