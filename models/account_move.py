# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .screening_request import Request, RequestLine


class AccountMove(models.Model):
    """Vendor bills, refunds and receipts: posting them asks the one question."""

    _name = "account.move"
    _inherit = ["account.move", "screening.flight"]

    def _screening_action(self):
        return "bill" if self.is_purchase_document(include_receipts=True) else None

    def _screening_flight_done(self):
        return self.state != "draft"

    @api.depends(
        "state",
        "move_type",
        "partner_id",
        "partner_bank_id",
        "company_id",
        "currency_id",
        "invoice_line_ids.price_subtotal",
        "invoice_line_ids.purchase_line_id",
    )
    def _compute_screening_flight_message(self):
        """Also while the bill is typed, before it is saved."""
        return super()._compute_screening_flight_message()

    def _screening_orders(self):
        return self.invoice_line_ids.purchase_line_id.order_id

    def _screening_flight_parties(self):
        """Whom the bill is from, who holds the account it is paid to, and who is on its orders."""
        orders = self._screening_orders()
        return (
            self.partner_id
            | self.partner_bank_id.partner_id
            | orders.partner_id
            | orders.dest_address_id
        )

    def _screening_flight_requests(self):
        """Each order with what is billed beyond it, and what no order stands behind."""
        orders = self._screening_orders()
        requests = [order._screening_request(self) for order in orders]
        backed = self._screening_backed(orders)
        free = self.invoice_line_ids.filtered(
            lambda line: (
                line.display_type == "product" and line.purchase_line_id.order_id not in backed
            )
        )
        amount = sum(free.mapped("price_subtotal"))
        if self.move_type == "in_refund":
            amount = -amount
        if not requests or self.currency_id.compare_amounts(amount, 0.0) > 0:
            requests.append(
                Request(
                    order=self.env["purchase.order"],
                    amount=amount,
                    currency=self.currency_id or self.company_id.currency_id,
                    date=fields.Date.today(),
                    bill=self,
                    lines=tuple(
                        RequestLine(line.product_id, line.quantity, line.product_uom_id)
                        for line in free
                    ),
                )
            )
        return requests

    def _screening_backed(self, orders):
        """Those of the orders that are about whoever of this bill's own parties is listed.

        An order of somebody else reserves nothing on their exemption, so its lines stand for none.
        """
        gate = self.env["screening.gate"]
        own = gate._chain_of((self.partner_id | self.partner_bank_id.partner_id)._origin)
        listed = gate._find_hits(own).partner_id
        return orders.filtered(lambda order: not listed - order._screening_partners())

    @api.model_create_multi
    def create(self, vals_list):
        moves = super().create(vals_list)
        moves._screening_flight_prepare()
        return moves

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self._screening_flight_prepare()
        return result

    @api.constrains("state", "partner_id", "move_type", "company_id")
    def _check_screening_flight(self):
        """No bill is posted past a hold; the entry of a payment is that payment."""
        for move in self:
            bill = move.is_purchase_document(include_receipts=True)
            if move.state == "posted":
                if bill:
                    move._screening_flight_check()
                    # Whatever policy says of bills: what an exemption allows is not exceeded.
                    move._screening_orders()._screening_rebook()
                elif move.origin_payment_id:
                    move.origin_payment_id._screening_let_through()
            elif bill:
                move._screening_give_back()
                move._screening_orders()._screening_rebook()

    def _screening_give_back(self):
        """Give back what a bill that is no longer posted took from licence exemptions."""
        uses = (
            self.env["screening.exemption.use"]
            .sudo()
            .search([("move_id", "in", self.ids), ("state", "=", "reserved")])
        )
        for use in uses:
            use.exemption_id._release(use.move_id)
