# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import float_compare


class ScreeningExemptionUse(models.Model):
    """What one order, or one bill without an order, takes from one licence exemption."""

    _name = "screening.exemption.use"
    _inherit = "screening.sealed"
    _description = "Use of a Licence Exemption"
    _order = "id"

    exemption_id = fields.Many2one(
        "screening.exemption", required=True, readonly=True, index=True, ondelete="restrict"
    )
    order_id = fields.Many2one("purchase.order", readonly=True, index=True, ondelete="restrict")
    move_id = fields.Many2one(
        "account.move",
        string="Bill without an Order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    order_state = fields.Selection(related="order_id.state", string="Order State")
    company_id = fields.Many2one(related="exemption_id.company_id", store=True)
    currency_id = fields.Many2one(related="exemption_id.currency_id")
    amount = fields.Monetary(readonly=True)
    quantity = fields.Float(readonly=True)
    uom_id = fields.Many2one(related="exemption_id.quantity_uom_id", string="Unit")
    date = fields.Date(string="Converted On", readonly=True)
    state = fields.Selection(
        [("reserved", "Reserved"), ("released", "Given back"), ("moved", "Carried over")],
        required=True,
        readonly=True,
    )

    _bill_uniq = models.Constraint(
        "UNIQUE(exemption_id, move_id)", "A bill uses an exemption once."
    )
    _order_uniq = models.Constraint(
        "UNIQUE(exemption_id, order_id)", "An order uses an exemption once."
    )

    def _differs(self, amount, quantity):
        return bool(
            self.currency_id.compare_amounts(self.amount, amount)
            or float_compare(self.quantity, quantity, precision_digits=6)
        )

    def _is_exceeded_by(self, amount, quantity):
        """Whether a claim is larger than what is reserved."""
        return (
            self.currency_id.compare_amounts(amount, self.amount) > 0
            or float_compare(quantity, self.quantity, precision_digits=6) > 0
        )
