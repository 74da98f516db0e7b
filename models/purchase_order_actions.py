# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .screening_input import expect_one, is_number


class PurchaseOrder(models.Model):
    """What buttons on an order open, and for whom."""

    _inherit = "purchase.order"

    def action_request_exemption(self):
        """Open the form in which a buyer asks for a licence exemption, with a reason."""
        expect_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Request Licence Exemption"),
            "res_model": "screening.exemption.request",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_confirm_conditions(self):
        """Open the checklist of conditions that bind this order's licence exemptions."""
        expect_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Conditions of the Licence Exemption"),
            "res_model": "screening.exemption.checklist",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def get_formview_id(self, access_uid=None):
        """Compliance without rights in purchasing gets a form that asks for none."""
        user = self.env["res.users"].browse(access_uid) if is_number(access_uid) else self.env.user
        if user.has_group("restricted_party_screening.group_compliance") and not user.has_group(
            "purchase.group_purchase_user"
        ):
            return self.env.ref("restricted_party_screening.purchase_order_compliance_form").id
        return super().get_formview_id(access_uid=access_uid)

    def action_view_screening_holds(self):
        expect_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Holds"),
            "res_model": "screening.hold",
            "view_mode": "list,form",
            "domain": [("order_id", "=", self.id)],
        }
