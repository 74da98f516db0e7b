# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.screening_input import expect_one, read_reason


class ScreeningExemptionRequest(models.TransientModel):
    """A buyer asks for a licence exemption for a held order."""

    _name = "screening.exemption.request"
    _description = "Request Licence Exemption"

    order_id = fields.Many2one("purchase.order", required=True)
    held_by = fields.Text(compute="_compute_held_by")
    reason = fields.Text(
        required=True, help="What is bought, why from this vendor, and what will be sent to it."
    )

    @api.depends("order_id")
    def _compute_held_by(self):
        for wizard in self:
            # The verdict is asked in sudo: nobody reads through it about an order of others.
            wizard.order_id.check_access("read")
            wizard.held_by = self.env["screening.wording"]._reason(
                wizard.order_id._screening_verdict()
            )

    def action_confirm(self):
        """Create the request; compliance completes it, a manager approves it.

        :raises UserError: when the order is not held by a match, or nothing was said as reason
        """
        expect_one(self)
        self.order_id.check_access("write")
        reason = read_reason(self.env, self.reason)
        verdict = self.order_id._screening_verdict(fresh=True)
        if not verdict.holding:
            raise UserError(
                self.env._("“%s” is not held by a match with a listed party.", self.order_id.name)
            )
        if self.order_id._screening_open_requests(verdict):
            raise UserError(
                self.env._("A licence exemption is requested already; compliance has been told.")
            )
        exemptions = self.env["screening.exemption"].sudo()
        for vendor in verdict.holding.partner_id.commercial_partner_id:
            hits = verdict.holding.filtered(
                lambda hit, v=vendor: hit.partner_id.commercial_partner_id == v
            )
            exemption = exemptions.create(
                {
                    "company_id": self.order_id.company_id.id,
                    "partner_id": vendor.id,
                    "hit_ids": [fields.Command.set(hits.ids)],
                    "currency_id": self.order_id.currency_id.id,
                    "request_reason": reason,
                }
            )
            exemption._submit()
            self.order_id.message_post(
                body=self.env._(
                    "Licence exemption %(name)s requested: %(reason)s",
                    name=exemption.name,
                    reason=reason,
                ),
                subtype_xmlid="mail.mt_note",
            )
        return {"type": "ir.actions.client", "tag": "soft_reload"}
