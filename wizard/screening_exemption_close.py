# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..models.screening_input import expect_one


class ScreeningExemptionClose(models.TransientModel):
    """Asks for the reason of a refusal, suspension or revocation."""

    _name = "screening.exemption.close"
    _description = "Close Licence Exemption"

    exemption_ids = fields.Many2many("screening.exemption", required=True)
    state = fields.Selection(
        [("refused", "Refuse"), ("suspended", "Suspend"), ("revoked", "Revoke")], required=True
    )
    reason = fields.Text(required=True)

    def action_confirm(self):
        expect_one(self)
        action = {
            "refused": self.exemption_ids.action_refuse,
            "suspended": self.exemption_ids.action_suspend,
            "revoked": self.exemption_ids.action_revoke,
        }[self.state]
        action(self.reason)
        return {"type": "ir.actions.act_window_close"}
