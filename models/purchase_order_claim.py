# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from .screening_request import Request, RequestLine


class PurchaseOrderClaim(models.Model):
    """What an order claims on licence exemptions: what is ordered, and what is billed beyond."""

    _inherit = "purchase.order"

    def _screening_request(self, bill=None):
        """What this order claims.

        :param bill: a bill that is not posted yet and counts all the same
        """
        self.ensure_one()
        order = self.sudo()
        currency = order.currency_id or order.company_id.currency_id or self.env.company.currency_id
        date = order._screening_rate_date()
        lines = order.order_line.filtered(lambda line: not line.display_type)
        billed = {line: line._screening_billed(bill, currency, date) for line in lines}
        return Request(
            order=order,
            amount=order.amount_untaxed
            + sum(max(0.0, amount - line.price_subtotal) for line, (amount, _) in billed.items()),
            currency=currency,
            date=date,
            lines=tuple(
                RequestLine(
                    line.product_id, max(line.product_qty, billed[line][1]), line.product_uom_id
                )
                for line in lines
            ),
        )

    def _screening_rate_date(self):
        """The day at whose rate the order is converted: its own date, kept once it is reserved.

        Who may write an order could choose a kinder rate by a date: none before the order was made
        counts, and none to come.
        """
        reserved = self.screening_use_ids.filtered(lambda use: use.state == "reserved")
        if reserved:
            return reserved[0].date
        today = fields.Date.today()
        made = self.create_date.date() if self.create_date else today
        return min(max((self.date_order or fields.Datetime.now()).date(), made), today)


class PurchaseOrderLine(models.Model):
    _inherit = "purchase.order.line"

    def _screening_billed(self, bill, currency, date):
        """Value and quantity on posted bills and on one more, less what was refunded."""
        amount = quantity = 0.0
        for line in self.invoice_lines:
            if line.parent_state != "posted" and line.move_id != bill:
                continue
            sign = -1 if line.move_type == "in_refund" else 1
            company = self.company_id or self.env.company
            amount += sign * line.currency_id._convert(line.price_subtotal, currency, company, date)
            if line.product_uom_id and self.product_uom_id:
                quantity += sign * line.product_uom_id._compute_quantity(
                    line.quantity, self.product_uom_id, round=False
                )
        return amount, quantity
