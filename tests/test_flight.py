# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, TransactionCase, new_test_user, tagged

from .common import FlightMixin, ScreeningMixin
from .test_gate import HOSTILE_CONTEXT


@tagged("post_install", "-at_install", "rps_doors")
class TestFlight(FlightMixin, ScreeningMixin, TransactionCase):
    """What follows an approved order: bills and payments, by policy."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.set_up_accounting()
        cls.entity = cls.hit.list_id

    def assert_held(self, call, *args, **kwargs):
        with self.assertRaisesRegex(ValidationError, "is held"), self.env.cr.savepoint():
            call(*args, **kwargs)

    # ---- bills --------------------------------------------------------------

    def test_off_holds_nothing(self):
        """The Entity List restricts neither bills nor payments, and says nothing of them."""
        bill = self.create_bill(self.held_vendor)
        self.assertFalse(bill.screening_flight_message)
        bill.action_post()
        self.assertEqual(bill.state, "posted")

    def test_bill_without_an_order_is_held(self):
        self.entity.default_effect_bill = "hold"
        for kind in ("in_invoice", "in_refund", "in_receipt"):
            bill = self.create_bill(self.held_vendor, move_type=kind)
            self.assertIn("is held", bill.screening_flight_message)
            self.assert_held(bill.action_post)
            self.assert_held(bill.with_context(**HOSTILE_CONTEXT).action_post)
            self.assert_held(bill.sudo().write, {"state": "posted"})
            self.assertEqual(bill.state, "draft")
        clean = self.create_bill(self.clean_vendor)
        clean.action_post()
        self.assertEqual(clean.state, "posted")
        with self.assertRaises(UserError), self.env.cr.savepoint():
            clean.write({"partner_id": self.held_vendor.id})
        clean.button_draft()
        clean.partner_id = self.held_vendor
        self.assert_held(clean.action_post)

    def test_refusal_tells_the_truth(self):
        self.entity.default_effect_bill = "hold"
        bill = self.create_bill(self.held_vendor)
        with self.assertRaises(ValidationError) as caught:
            bill.action_post()
        text = str(caught.exception)
        self.assertIn("bookkeeping", text)
        self.assertIn("Not in itself restricted by the EAR.", text)
        self.assertNotIn("prohibited", text)

    def test_sales_are_left_alone(self):
        self.entity.default_effect_bill = "hold"
        invoice = self.create_bill(self.held_vendor, move_type="out_invoice")
        invoice.action_post()
        self.assertEqual(invoice.state, "posted")

    def test_warning_lets_go_and_is_recorded(self):
        self.entity.default_effect_bill = "warn"
        bill = self.create_bill(self.held_vendor)
        self.assertIn("is not held", bill.screening_flight_message)
        bill.action_post()
        event = self.env["screening.event"].search([("kind", "=", "flight_check")], limit=1)
        self.assertEqual((event.res_model, event.res_ref), ("account.move", bill.id))

    def test_exemption_covers_a_bill_up_to_its_ceiling(self):
        """One exemption, one ceiling: for orders, and for bills that have none."""
        self.entity.default_effect_bill = "hold"
        exemption = self.create_exemption(amount_ceiling=150)
        first, second = (self.create_bill(self.held_vendor) for _number in range(2))
        first.action_post()
        self.assertEqual(exemption.amount_used, 100)
        self.assert_held(second.action_post)
        first.button_draft()
        self.assertEqual(exemption.amount_used, 0)
        second.action_post()
        self.assertEqual(exemption.amount_used, 100)

    def test_bill_of_an_order_takes_no_more_than_the_order(self):
        self.entity.default_effect_bill = "hold"
        exemption = self.create_exemption(amount_ceiling=100)
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.assertEqual((order.state, exemption.amount_used), ("purchase", 100))
        bill = self.create_order_bill(order)
        bill.invoice_line_ids.price_unit = 5000
        self.assert_held(bill.action_post)
        bill.invoice_line_ids.price_unit = 100
        bill.action_post()
        self.assertEqual((bill.state, exemption.amount_used), ("posted", 100))

    def test_order_of_a_listed_vendor_under_another_name(self):
        """The bill of an order is about the order's vendor, whoever stands on the bill."""
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        bill = self.create_order_bill(order)
        self.entity.default_effect_bill = "hold"
        self.clean_vendor.write({"name": "Yitu Technologies"})
        bill.partner_id = self.create_vendor("Sunny Side Up Ltd", "GB")
        self.assert_held(bill.action_post)

    def test_policy_of_the_company_comes_first(self):
        self.entity.default_effect_bill = "hold"
        policy = self.env["screening.policy"].create(
            {
                "company_id": self.env.company.id,
                "line_ids": [
                    Command.create({"list_id": self.entity.id, "effect_bill": "off"}),
                ],
            }
        )
        self.create_bill(self.held_vendor).action_post()
        policy.line_ids.effect_bill = "hold"
        self.assert_held(self.create_bill(self.held_vendor).action_post)
        policy.mode = "observe"
        self.create_bill(self.held_vendor).action_post()

    def test_policy_is_for_compliance_managers(self):
        for user in (self.list_admin, self.compliance, self.accountant):
            with self.assertRaises(AccessError):
                self.entity.with_user(user).write({"default_effect_pay": "off"})

    def test_drafts_are_screened_so_that_compliance_sees_the_hit(self):
        self.entity.default_effect_bill = "hold"
        stranger = self.env["res.partner"].create(
            {"name": "Zhejiang Dahua Technology Co., Ltd.", "is_company": True}
        )
        bill = self.create_bill(stranger)
        self.assertEqual(stranger.screening_state, "review")
        self.assert_held(bill.action_post)

    # ---- payments -----------------------------------------------------------

    def test_payment_is_held(self):
        self.entity.default_effect_pay = "hold"
        payment = self.create_payment(self.held_vendor)
        self.assert_held(payment.action_post)
        self.assert_held(payment.action_validate)
        for state in ("in_process", "paid"):
            self.assert_held(payment.with_context(**HOSTILE_CONTEXT).write, {"state": state})
            self.assert_held(payment.sudo().write, {"state": state})
            self.assert_held(self.create_payment, self.held_vendor, state=state)
        self.assertEqual(payment.state, "draft")

    def test_payment_to_a_held_party_by_another_name(self):
        """As a customer's refund, or onto the account of a held party."""
        self.entity.default_effect_pay = "hold"
        payment = self.create_payment(self.held_vendor, partner_type="customer")
        self.assert_held(payment.action_post)
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "NL91ABNA0417164300", "partner_id": self.held_vendor.id}
        )
        payment = self.create_payment(self.clean_vendor, partner_bank_id=bank.id)
        self.assertEqual(payment.partner_bank_id, bank)
        self.assert_held(payment.action_post)

    def test_registered_payment_is_not_turned(self):
        self.entity.default_effect_pay = "hold"
        payment = self.create_payment(self.clean_vendor)
        payment.action_post()
        self.assertIn(payment.state, ("in_process", "paid"))
        self.assert_held(payment.write, {"partner_id": self.held_vendor.id})

    def test_registered_payment_goes_on_when_its_vendor_becomes_listed(self):
        """The money left; that the bank reports it is not asked again."""
        self.entity.default_effect_pay = "hold"
        payment = self.create_payment(self.clean_vendor)
        payment.action_post()
        self.clean_vendor.write({"name": "Yitu Technologies"})
        payment.action_validate()
        self.assertEqual(payment.state, "paid")
        payment.action_draft()
        self.assert_held(payment.action_post)

    def test_nobody_says_that_a_payment_passed(self):
        payment = self.create_payment(self.held_vendor)
        with self.assertRaises(AccessError):
            payment.sudo().write({"screening_passed": payment._screening_key()})
        self.entity.default_effect_pay = "hold"
        self.env["ir.default"].set("account.payment", "screening_passed", payment._screening_key())
        payment = self.create_payment(self.held_vendor)
        self.assertFalse(payment.screening_passed)
        self.assert_held(payment.action_post)

    def test_register_payment_of_a_bill(self):
        bill = self.create_bill(self.held_vendor)
        bill.action_post()
        self.entity.default_effect_pay = "hold"
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=bill.ids)
            .create({})
        )
        self.assert_held(wizard.action_create_payments)
        exemption = self.create_exemption(amount_ceiling=100)
        wizard.action_create_payments()
        self.assertTrue(bill.matched_payment_ids or bill.payment_state != "not_paid")
        self.assertEqual(exemption.amount_used, 0)

    def test_entry_of_a_draft_payment_is_that_payment(self):
        self.entity.default_effect_pay = "hold"
        payment = self.create_payment(self.clean_vendor, outstanding_account_id=self.outstanding.id)
        payment.action_post()
        payment.action_draft()
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.assertEqual(payment.move_id.state, "draft")
        self.assert_held(payment.move_id.action_post)

    # ---- who learns of it ---------------------------------------------------

    def test_flagged_order_names_what_is_open(self):
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        bill = self.create_order_bill(order)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.assertEqual((order.state, order.screening_state), ("purchase", "held"))
        activity = self.env["mail.activity"].search(
            [("summary", "like", order.name), ("user_id", "=", self.compliance.id)]
        )
        self.assertEqual(len(activity), 1, self.env["mail.activity"].search([]).mapped("summary"))
        self.assertIn(bill.display_name, activity.note)
        event = self.env["screening.event"].search(
            [("kind", "=", "hold_start"), ("res_ref", "=", order.id)], limit=1
        )
        self.assertIn(bill.display_name, event.payload)

    def test_portal_user_reads_nothing(self):
        self.entity.default_effect_bill = "hold"
        portal = new_test_user(self.env, "rps_flight_portal", "base.group_portal")
        bill = self.create_bill(self.held_vendor)
        bill.message_subscribe(portal.partner_id.ids)
        with self.assertRaises(AccessError):
            bill.with_user(portal).read(["screening_flight_message"])

    def test_banner_while_it_is_typed(self):
        """Before a bill or a payment is saved, and for a contact that nobody screened yet."""
        self.entity.write({"default_effect_bill": "hold", "default_effect_pay": "hold"})
        stranger = self.env["res.partner"].create(
            {"name": "Zhejiang Dahua Technology Co., Ltd.", "is_company": True}
        )
        bill = Form(self.env["account.move"].with_context(default_move_type="in_invoice"))
        self.assertFalse(bill.screening_flight_message)
        bill.partner_id = stranger
        self.assertIn("is held", bill.screening_flight_message)
        bill.partner_id = self.clean_vendor
        self.assertFalse(bill.screening_flight_message)
        payment = Form(
            self.env["account.payment"].with_context(
                default_payment_type="outbound", default_partner_type="supplier"
            )
        )
        payment.partner_id = self.held_vendor
        self.assertIn("is held", payment.screening_flight_message)

    def test_clean_bills_cost_nothing_to_see(self):
        self.entity.write({"default_effect_bill": "hold", "default_effect_pay": "hold"})
        bill = self.create_bill(self.clean_vendor)
        self.assertFalse(bill.screening_flight_message)
        bill.action_post()
        payment = self.create_payment(self.clean_vendor, date=fields.Date.today())
        self.assertFalse(payment.screening_flight_message)
        payment.action_post()
