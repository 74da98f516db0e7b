from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from .common import FlightMixin, ScreeningMixin


@tagged("post_install", "-at_install", "rps_doors")
class TestExemptionBilled(FlightMixin, ScreeningMixin, TransactionCase):
    """What is billed beyond an order counts on the exemption that covers the order."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.set_up_accounting()
        cls.exemption = cls.create_exemption(
            amount_ceiling=150,
            quantity_ceiling=3,
            quantity_uom_id=cls.env.ref("uom.product_uom_unit").id,
        )
        cls.order = cls.create_order(cls.held_vendor)
        cls.order.button_confirm()
        cls.bill = cls.create_order_bill(cls.order)

    def used(self):
        return self.exemption.amount_used, self.exemption.quantity_used

    def assert_too_much(self, text):
        with self.assertRaisesRegex(ValidationError, text), self.env.cr.savepoint():
            self.bill.action_post()
        self.assertEqual(self.bill.state, "draft")

    def test_no_more_than_ordered_changes_nothing(self):
        self.assertEqual(self.used(), (100, 1))
        self.bill.invoice_line_ids.price_unit = 80
        self.bill.action_post()
        self.assertEqual(self.used(), (100, 1))

    def test_value(self):
        """Also where policy leaves bills alone, as it does for the Entity List."""
        self.bill.invoice_line_ids.price_unit = 151
        self.assert_too_much("does not suffice.*1.00 over its ceiling")
        self.assertEqual(self.used(), (100, 1))
        self.bill.invoice_line_ids.price_unit = 140
        self.bill.action_post()
        self.assertEqual(self.used(), (140, 1))
        second = self.create_order(self.held_vendor, price=11)
        self.assertEqual(second.screening_state, "held", "what is billed is gone for others")
        self.bill.button_draft()
        self.assertEqual(self.used(), (100, 1))

    def test_quantity(self):
        self.bill.invoice_line_ids.write({"quantity": 4, "price_unit": 10})
        self.assert_too_much("1 Units over its quantity")
        dozen = self.env.ref("uom.product_uom_dozen")
        self.bill.invoice_line_ids.write({"quantity": 0.25, "product_uom_id": dozen.id})
        self.bill.action_post()
        self.assertEqual(self.used(), (100, 3))
        event = self.env["screening.event"].search([("kind", "=", "use")], limit=1)
        self.assertEqual(event._payload()["quantity_used"][0], 3)

    def test_lines_of_another_vendors_order(self):
        """They stand for nothing that was reserved on this exemption."""
        self.hit.list_id.default_effect_bill = "hold"
        other = self.create_order(self.clean_vendor, price=1)
        other.button_confirm()
        for expected in ("posted", "draft"):
            bill = self.create_bill(self.held_vendor, price=40)
            bill.invoice_line_ids.purchase_line_id = other.order_line
            if expected == "posted":
                bill.action_post()
                self.assertEqual(self.used(), (140, 2))
            else:
                with self.assertRaisesRegex(ValidationError, "is held"), self.env.cr.savepoint():
                    bill.action_post()
            self.assertEqual(bill.state, expected)

    def test_refund_gives_back(self):
        self.bill.invoice_line_ids.price_unit = 140
        self.bill.action_post()
        refund = self.bill._reverse_moves()
        refund.invoice_date = self.bill.invoice_date
        refund.action_post()
        self.assertEqual(self.used(), (100, 1), "the order stays what was ordered")

    def test_policy_that_holds_bills_says_so_first(self):
        self.hit.list_id.default_effect_bill = "hold"
        self.bill.invoice_line_ids.write({"quantity": 4, "price_unit": 10})
        self.assert_too_much("is held")
