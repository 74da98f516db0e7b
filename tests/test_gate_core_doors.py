from unittest import SkipTest

from odoo import fields
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install", "rps_doors")
class TestGateCoreDoors(ScreeningMixin, TransactionCase):
    """Core's own wizards that make, merge or confirm orders."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def create_bill(self, vendor):
        return self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": vendor.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "quantity": 1,
                            "price_unit": 100,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
            }
        )

    def test_bill_to_order(self):
        """The wizard that makes an order of a bill's lines and confirms it."""
        bill = self.create_bill(self.held_vendor)
        wizard = (
            self.env["bill.to.po.wizard"]
            .with_context(active_ids=[-line.id for line in bill.invoice_line_ids])
            .create({"partner_id": self.held_vendor.id})
        )
        wizard.action_add_to_po()
        order = wizard.purchase_order_id
        self.assertEqual((order.state, order.screening_state), ("to approve", "held"))

    def test_merged_requests(self):
        orders = self.create_order(self.held_vendor) | self.create_order(self.held_vendor)
        orders.action_merge()
        left = orders.filtered(lambda order: order.state != "cancel")
        left.button_confirm()
        self.assertEqual((len(left), left.state), (1, "to approve"))

    def test_rfq_marked_as_sent(self):
        """Sending is no approval, and confirming what was sent parks it."""
        order = self.create_order(self.held_vendor)
        order.with_context(mark_rfq_as_sent=True).message_post(body="sent")
        self.assertEqual(order.state, "sent")
        order.button_confirm()
        self.assertEqual(order.state, "to approve")


@tagged("post_install", "-at_install", "rps_inventory")
class TestGateSiblingDoors(ScreeningMixin, TransactionCase):
    """Doors that purchase_requisition and purchase_stock add; asked where they are installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        if "stock.rule" not in cls.env or "purchase.requisition" not in cls.env:
            raise SkipTest("needs purchase_stock and purchase_requisition")
        cls.set_up_screening()

    def test_alternatives(self):
        """The wizard of alternative requests confirms with a key in the context."""
        order, other = self.create_order(self.held_vendor), self.create_order(self.clean_vendor)
        order.alternative_po_ids = order | other
        wizard = self.env["purchase.requisition.alternative.warning"].create(
            {"po_ids": [Command.set(order.ids)], "alternative_po_ids": [Command.set(other.ids)]}
        )
        wizard.action_keep_alternatives()
        self.assertEqual(order.state, "to approve")

    def test_reordering(self):
        """What Inventory orders by itself is a held draft; no receipt comes of it."""
        product = self.env["product.product"].create(
            {
                "name": "Reordered camera",
                "is_storable": True,
                "taxes_id": False,
                "supplier_taxes_id": False,
                "seller_ids": [Command.create({"partner_id": self.held_vendor.id, "price": 5})],
            }
        )
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": product.id,
                "warehouse_id": warehouse.id,
                "location_id": warehouse.lot_stock_id.id,
                "product_min_qty": 5,
                "product_max_qty": 10,
                "route_id": warehouse.buy_pull_id.route_id.id,
            }
        )
        self.env["stock.rule"].run_scheduler()
        order = self.env["purchase.order.line"].search([("product_id", "=", product.id)]).order_id
        self.assertEqual((order.state, order.screening_state), ("draft", "held"))
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        self.assertFalse(order.picking_ids)
