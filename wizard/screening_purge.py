# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..models.screening_input import expect_one


class ScreeningPurge(models.TransientModel):
    """Shows what is past its retention period, and deletes it with a reason."""

    _name = "screening.purge"
    _description = "Delete After Retention"

    preview = fields.Text(string="What May Go", readonly=True)
    may_go = fields.Boolean(readonly=True)
    reason = fields.Text()

    @api.model
    def default_get(self, fields):
        """What would be deleted is worked out when the form opens."""
        values = super().default_get(fields)
        retention = self.env["screening.retention"]
        retention._check_may_purge()
        values["may_go"], values["preview"] = retention._get_preview()
        return values

    def action_confirm(self):
        """Delete it."""
        expect_one(self)
        count = self.env["screening.retention"].purge(self.reason)
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "title": self.env._("Deleted after retention"),
                "message": self.env._("%s rows of the audit trail", count),
                "next": {"type": "ir.actions.act_window_close"},
            },
        }
