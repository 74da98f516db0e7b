# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.restricted_party_screening.models.screening_request import Request


class StockMove(models.Model):
    """Goods that come from a vendor or go to one: moving them asks the one question."""

    _name = "stock.move"
    _inherit = ["stock.move", "screening.flight"]

    def _screening_action(self):
        """Which way the goods go; by the places themselves, whatever the transfer is called."""
        come_from, go_to = self.location_id, self.location_dest_id
        if (
            go_to.usage == "supplier"
            # Components that are sent to a subcontractor; known where Subcontracting is installed.
            or (hasattr(go_to, "is_subcontract") and go_to.is_subcontract())
            or self._screening_goes_back()
        ):
            return "send"
        # What an order brings in is received wherever the transfer says that it comes from.
        if come_from.usage == "supplier" or (
            self.purchase_line_id and come_from.usage != "customer"
        ):
            return "receive"
        if go_to.usage == "customer" and self._screening_flight_parties().filtered("supplier_rank"):
            return "send"
        return None

    def _screening_goes_back(self):
        """A return of what was received leaves, also by way of a place in between."""
        received = self.origin_returned_move_id
        inside = self.location_dest_id.usage in ("internal", "customer")
        return bool(received) and not inside and received._screening_action() == "receive"

    def _screening_flight_record(self):
        return self.picking_id or self

    def _screening_flight_parties(self):
        """Whom the transfer names, and who is on the orders behind it."""
        orders = self._screening_orders()
        named = self.partner_id | self.picking_id.partner_id
        return named | orders.partner_id | orders.dest_address_id

    def _screening_orders(self):
        return (self | self.picking_id.move_ids).purchase_line_id.order_id

    def _screening_flight_requests(self):
        orders = self._screening_orders()
        return [order._screening_request() for order in orders] or [
            Request(
                order=self.env["purchase.order"],
                amount=0.0,
                currency=self.company_id.currency_id,
                date=fields.Date.today(),
            )
        ]

    @api.constrains("state")
    def _check_screening_flight(self):
        """Nothing is received or sent past a hold; the lines of one transfer are asked as one."""
        asked = set()
        for move in self:
            if move.state == "done" and (action := move._screening_action()):
                key = (action, move.picking_id or move, move.partner_id)
                if key not in asked:
                    asked.add(key)
                    move._screening_flight_check()
