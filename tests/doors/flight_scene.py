# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.fields import Command

from ..common import FlightMixin, new_user
from .scene import OrderScene

DONE = ("posted", "in_process", "paid", "done")


class FlightScene(FlightMixin, OrderScene):
    """Bills, payments and goods of a vendor that became listed, where policy holds them."""

    @classmethod
    def set_up_scene(cls):
        cls.set_up_orders()
        cls.set_up_flight()

    @classmethod
    def set_up_flight(cls):
        cls.set_up_accounting()
        entity = cls.hit.list_id
        cls.stock = "default_effect_receive" in entity
        cls.order_bill = cls.create_order_bill(cls.since)
        cls.refund = cls.create_bill(cls.held_vendor, move_type="in_refund")
        cls.receipt = cls.create_bill(cls.held_vendor, move_type="in_receipt")
        cls.posted_bill = cls.create_bill(cls.held_vendor)
        cls.clean_bill = cls.create_bill(cls.clean_vendor)
        (cls.posted_bill | cls.clean_bill).action_post()
        accounts = cls.env["account.account"].search([("account_type", "=", "expense")], limit=1)
        lines = [{"account_id": accounts.id, "debit": 1}, {"account_id": accounts.id, "credit": 1}]
        cls.entry = cls.env["account.move"].create(
            {
                "move_type": "entry",
                "partner_id": cls.held_vendor.id,
                "line_ids": [Command.create(line) for line in lines],
            }
        )
        cls.entry.action_post()
        cls.payment = cls.create_payment(cls.held_vendor)
        cls.draft_payment = cls.create_payment(cls.clean_vendor)
        cls.clean_payment = cls.create_payment(cls.clean_vendor)
        cls.clean_payment.action_post()
        cls.bank = cls.env["res.partner.bank"].create(
            {
                "acc_number": "NL91ABNA0417164300",
                "partner_id": cls.held_vendor.id,
                "allow_out_payment": True,
            }
        )
        cls.action_post = cls.action_code.copy(
            {
                "model_id": cls.env["ir.model"]._get("account.move").id,
                "code": "records.action_post()",
            }
        )
        if cls.stock:
            cls.set_up_goods()
        for name in ("bill", "pay", "receive", "send"):
            if f"default_effect_{name}" in entity:
                entity[f"default_effect_{name}"] = "hold"

    @classmethod
    def set_up_goods(cls):
        cls.stock_user = new_user(cls.env, "rps_stock_user", "stock.group_stock_user")
        cls.incoming = cls.since.sudo().picking_ids
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        supplier = cls.env.ref("stock.stock_location_suppliers")
        customer = cls.env.ref("stock.stock_location_customers")
        place = warehouse.lot_stock_id
        cls.received = cls.transfer(supplier, place, warehouse.in_type_id)
        cls.received.move_ids.write({"quantity": 1, "picked": True})
        cls.received.button_validate()
        cls.outgoing = cls.transfer(place, customer, warehouse.out_type_id)

    @classmethod
    def transfer(cls, start, end, kind):
        places = {"location_id": start.id, "location_dest_id": end.id}
        line = {"product_id": cls.product.id, "product_uom_qty": 1, **places}
        picking = cls.env["stock.picking"].create(
            {
                "partner_id": cls.held_vendor.id,
                "picking_type_id": kind.id,
                "move_ids": [Command.create(line)],
                **places,
            }
        )
        picking.action_confirm()
        return picking

    def look(self):
        names = ["account.move", "account.payment", *(["stock.move"] if self.stock else [])]
        return {
            record: record.partner_id if "partner_id" in record else None
            for name in names
            for record in self.env[name].search([("state", "in", DONE)])
            if getattr(record, "move_type", "in_") != "entry"
        }

    def judge(self, before, after):
        """Fails when a document is through that was not, or went to another party."""
        for record, partner in after.items():
            self.assertIn(record, before, f"{record} is through")
            self.assertEqual(before[record], partner, f"{record} turned")
        return "nothing"
