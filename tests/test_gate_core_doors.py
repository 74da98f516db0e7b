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
