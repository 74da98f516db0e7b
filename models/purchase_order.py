# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter

from odoo import api, models
from odoo.exceptions import ValidationError

from .screening_input import is_number
from .screening_sealed import SEAL

#: What a quantity may change by when it goes from one unit to another and back.
TINY = 1e-6


class PurchaseOrder(models.Model):
    """The gate. What is asked and shown stands in ``purchase_order_screening.py``."""

    _inherit = "purchase.order"

    def _approval_allowed(self):
        """A held order parks in To Approve instead of being approved."""
        return super()._approval_allowed() and not self._screening_verdict(fresh=True).blocks

    def button_confirm(self):
        """Confirm, and confirm again what was parked under a hold that is lifted now.

        A parked order goes through where core's own rule allows the user; else it keeps
        waiting for a purchase manager.
        """
        parked = self.filtered(
            lambda order: order.state == "to approve" and order._screening_was_parked()
        )
        result = super().button_confirm()
        for order in parked:
            if order._approval_allowed():
                order.button_approve()
        return result

    def button_approve(self, force=False):
        """Say who holds an order instead of dropping it silently."""
        # First, so that nobody learns who holds an order that is not theirs.
        self.check_access("write")
        for order in self:
            order._screening_raise_if_blocked(order._screening_verdict(fresh=True))
        return super().button_approve(force=force)

    @api.constrains("state", "partner_id", "dest_address_id", "company_id", "currency_id")
    def _check_screening_gate(self):
        """No order is born in, brought to, or turned in approval past a hold, whatever the way.

        It looks at stored facts only, runs for every user and for sudo, and reads no context.
        What was let through is not asked again when Odoo computes the same address anew: an order
        whose vendor became listed since could not even shrink.
        """
        for order in self:
            if order.state == "purchase":
                if order.sudo().screening_passed == order._screening_key():
                    continue
                verdict = order._screening_verdict(fresh=True)
                order._screening_meet_parties()
                order._screening_raise_if_blocked(verdict)
                order._screening_reserve(verdict)
                order._screening_pass(order._screening_key())
            else:
                order._screening_release()
                if order.sudo().screening_passed:
                    order._screening_pass(False)

    def _screening_key(self):
        """What an approval is tied to."""
        order = self.sudo()
        parties = (order.partner_id, order.dest_address_id, order.company_id, order.currency_id)
        return ",".join(str(record.id or 0) for record in parties)

    def _screening_pass(self, key):
        self.sudo().with_context(screening_seal=SEAL).write({"screening_passed": key})

    def _screening_approved_contents(self):
        """What the approved ones among these orders hold, to see whether they grow."""
        return {
            order: (order.amount_untaxed, order._screening_quantities())
            for order in self.sudo()
            if order.state == "purchase"
        }

    def _screening_quantities(self):
        """Quantity of each product: goods for nothing are goods all the same."""
        quantities = Counter()
        for line in self.order_line.filtered(lambda line: not line.display_type):
            quantities[line.product_id] += line.product_uom_qty
        return quantities

    def _screening_has_grown(self, contents):
        amount, quantities = contents
        return self.currency_id.compare_amounts(self.amount_untaxed, amount) > 0 or any(
            quantity > quantities[product] + TINY
            for product, quantity in self._screening_quantities().items()
        )

    def _screening_refuse_growth(self, before):
        """An approved order may shrink whatever happens; to grow it must be let through today."""
        for order in self.sudo():
            was = before.get(order)
            if was and order.state == "purchase" and order._screening_has_grown(was):
                order._screening_raise_if_blocked(order._screening_verdict(fresh=True), was)
                order._screening_meet_parties()

    def _screening_raise_if_blocked(self, verdict, contents=None):
        """:param contents: what the order may hold as it is"""
        if verdict.blocks:
            self.env.cr.precommit.add(lambda: self._screening_ask_at_commit(contents))
            raise ValidationError(self.env["screening.wording"]._refusal(self, verdict))

    def _screening_ask_at_commit(self, contents):
        """A refusal that a program catches without going back refuses the whole transaction."""
        order = self.sudo().exists()
        if order.state != "purchase":
            return
        turned = order.screening_passed != order._screening_key()
        if turned or (contents and order._screening_has_grown(contents)):
            order._screening_raise_if_blocked(order._screening_verdict())


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    @api.model_create_multi
    def create(self, vals_list):
        orders = self.env["purchase.order"].browse(
            {vals["order_id"] for vals in vals_list if is_number(vals.get("order_id"))}
        )
        before = orders._screening_approved_contents()
        lines = super().create(vals_list)
        lines.order_id._screening_refuse_growth(before)
        return lines

    def write(self, vals):
        orders = self.order_id
        if is_number(vals.get("order_id")):
            orders |= orders.browse(vals["order_id"])
        before = orders._screening_approved_contents()
        result = super().write(vals)
        orders._screening_refuse_growth(before)
        return result

    @api.constrains(
        "order_id", "product_id", "product_qty", "product_uom_id", "price_unit", "discount"
    )
    def _check_screening_gate(self):
        """What an approved order grows by must fit under the ceiling that covers it."""
        for order in self.order_id.filtered(lambda order: order.state == "purchase"):
            order._screening_rebook()

    @api.ondelete(at_uninstall=False)
    def _unlink_screening_rebook(self):
        # The line still counts here; its order is booked anew once it is gone.
        orders = self.order_id.filtered(lambda order: order.state == "purchase")
        self.env.cr.precommit.add(orders._screening_rebook)
