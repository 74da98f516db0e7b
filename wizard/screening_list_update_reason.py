# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..models.screening_input import expect_one


class ScreeningListUpdateReason(models.TransientModel):
    """Asks why a guard is overridden or an update rolled back."""

    _name = "screening.list.update.reason"
    _description = "Reason of an Override or a Roll-Back"

    update_id = fields.Many2one("screening.list.update", required=True)
    action = fields.Selection(
        [("override", "Override the guards"), ("roll_back", "Roll back")], required=True
    )
    guard_text = fields.Text(related="update_id.guard_text")
    kept_text = fields.Text(related="update_id.kept_text")
    error = fields.Text(related="update_id.error")
    fault = fields.Selection(related="update_id.fault")
    list_id = fields.Many2one("screening.list", string="List That Is Empty Now")
    reason = fields.Text(required=True)

    def action_confirm(self):
        """Do it, with this reason."""
        expect_one(self)
        update = self.update_id
        if self.action == "override":
            update.action_override(self.reason, self.list_id.id)
        else:
            update.action_roll_back(self.reason)
        return {"type": "ir.actions.act_window_close"}
