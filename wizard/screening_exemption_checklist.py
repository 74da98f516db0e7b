# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ..models.screening_input import expect_one


class ScreeningExemptionChecklist(models.TransientModel):
    """The conditions of the licence exemption that would cover an order, to be confirmed for it."""

    _name = "screening.exemption.checklist"
    _description = "Conditions of an Order"

    order_id = fields.Many2one("purchase.order", required=True)
    line_ids = fields.One2many(
        "screening.exemption.checklist.line",
        "checklist_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    riders = fields.Text(compute="_compute_riders", string="For Your Knowledge")

    @api.depends("order_id")
    def _compute_line_ids(self):
        for checklist in self:
            order = checklist.order_id
            checklist.line_ids = [Command.clear()] + [
                Command.create({"exemption_name": exemption.name, "condition": condition})
                for exemption in checklist._get_exemptions()
                for condition in exemption._get_unticked(order)
            ]

    @api.depends("order_id")
    def _compute_riders(self):
        for checklist in self:
            riders = (exemption.riders for exemption in checklist._get_exemptions())
            checklist.riders = "\n".join(filter(None, riders)) or False

    def _get_exemptions(self):
        """The exemptions that lack nothing but confirmed conditions."""
        found = self.env["screening.exemption"].sudo()
        if not self.order_id:
            return found
        # Stored fields are computed in sudo, and so is the verdict: nobody reads by them what
        # another company's exemption asks for.
        self.order_id._origin.sudo(False).check_access("read")
        for exemption, shortfall in self.order_id._screening_verdict().exceeded.values():
            if shortfall.kind == "conditions":
                found |= exemption
        return found

    def action_confirm(self):
        """Confirm the ticked conditions, in the name of the acting user.

        :raises UserError: when none is ticked
        """
        expect_one(self)
        self._check_may_confirm()
        ticked = set(self.line_ids.filtered("confirmed").mapped("condition"))
        if not ticked:
            raise UserError(self.env._("Tick the conditions that are met for this order."))
        order = self.order_id
        for exemption in self._get_exemptions():
            exemption.sudo(False)._tick(order, ticked)
        order._screening_refresh()
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    def action_confirm_all(self):
        """Tick all, then confirm."""
        self.line_ids.confirmed = True
        return self.action_confirm()

    def _check_may_confirm(self):
        """Who may write the order, and compliance."""
        if self.env.user.has_group("restricted_party_screening.group_compliance"):
            self.order_id.check_access("read")
        elif self.env.user.has_group("restricted_party_screening.group_user"):
            self.order_id.check_access("write")
        else:
            raise AccessError(self.env._("You need the right to use restricted party screening."))


class ScreeningExemptionChecklistLine(models.TransientModel):
    _name = "screening.exemption.checklist.line"
    _description = "Condition of an Order"

    checklist_id = fields.Many2one(
        "screening.exemption.checklist", required=True, ondelete="cascade"
    )
    exemption_name = fields.Char(string="Licence Exemption")
    condition = fields.Char()
    confirmed = fields.Boolean(string="Met")
