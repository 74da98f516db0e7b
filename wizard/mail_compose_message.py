# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class MailComposeMessage(models.TransientModel):
    _inherit = "mail.compose.message"

    screening_notice = fields.Html(compute="_compute_screening_notice", sanitize=False)

    @api.depends("model", "res_ids")
    def _compute_screening_notice(self):
        """What must not leave with a held order: drawings, specifications, samples."""
        for composer in self:
            composer.screening_notice = False
            if composer.model == "purchase.order":
                orders = self.env["purchase.order"].browse(composer._evaluate_res_ids()).exists()
                composer.screening_notice = self.env["screening.wording"]._send_notice(
                    orders.filtered(lambda order: order.screening_state in ("held", "exempted"))
                )
