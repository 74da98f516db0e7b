from odoo.tests import Form, TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestOrder(ScreeningMixin, TransactionCase):
    """What a buyer sees and is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def test_banner_before_saving(self):
        """Choosing the vendor shows list, listed name, why, and what the program restricts."""
        form = Form(self.env["purchase.order"].with_user(self.buyer))
        form.partner_id = self.held_vendor
        self.assertEqual(form.screening_state, "held")
        for text in (
            "BIS Entity List",
            "Hikvision Digital Technology Co., Ltd.",
            "Not in itself restricted",
            "licence",
        ):
            self.assertIn(text, form.screening_message)
        for text in ("prohibited", "cleared", "compliant"):
            self.assertNotIn(text, form.screening_message)
        form.partner_id = self.clean_vendor
        self.assertEqual(form.screening_state, "no_match")
        self.assertFalse(form.screening_message)

    def test_banner_while_a_field_is_empty(self):
        """Somebody empties the company, or the currency, before choosing another one."""
        order = self.create_order(self.held_vendor)
        spec = {"screening_message": {}, "screening_state": {}, "screening_can_confirm": {}}
        for name, state in (("company_id", False), ("currency_id", "held")):
            with self.subTest(name):
                values = order.onchange({name: False}, [name], {name: {}, **spec})["value"]
                self.assertEqual(values.get("screening_state", "held"), state)

    def test_banner_for_a_contact_never_screened(self):
        stranger = self.env["res.partner"].create({"name": "Yitu Technologies", "is_company": True})
        form = Form(self.env["purchase.order"].with_user(self.buyer))
        form.partner_id = stranger
        self.assertEqual(form.screening_state, "held")

    def test_clean_order_has_no_added_step(self):
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        self.assertEqual((order.state, order.screening_state), ("purchase", "no_match"))
        self.assertFalse(order.screening_message)
        self.assertFalse(order.screening_hold_ids)

    def test_hold_and_activity(self):
        """Parking makes one activity for each compliance user; confirming again none more."""
        self.env["screening.policy"].create(
            {"company_id": self.env.company.id, "responsible_id": self.compliance.id}
        )
        order = self.create_order(self.held_vendor)
        hold = order.screening_hold_ids
        self.assertEqual((hold.state, hold.parked), ("active", False))
        self.assertFalse(hold.activity_ids)
        order.with_context(mail_activity_automation_skip=True).button_confirm()
        self.assertTrue(hold.parked)
        self.assertEqual(hold.activity_ids.user_id, self.compliance)
        order.button_confirm()
        self.assertEqual(len(hold.activity_ids), 1)
        self.assertIn("Hikvision", hold.reason)

    def test_lifted_by_swapping_the_vendor(self):
        """The buyer is told, and confirms with the same button."""
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        order.with_user(self.purchase_manager).write({"partner_id": self.clean_vendor.id})
        self.assertEqual(order.screening_hold_ids.state, "lifted")
        self.assertIn(self.buyer, order.activity_ids.user_id)
        self.assertIn(self.buyer.partner_id, order.message_ids.notified_partner_ids)
        self.assertTrue(order.screening_can_confirm)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_lifted_by_a_decision(self):
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.assertEqual(order.screening_hold_ids.state, "lifted")
        self.assertTrue(order.screening_can_confirm)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_the_vendor_is_not_told(self):
        """A vendor that follows the order reads nothing of holds."""
        order = self.create_order(self.held_vendor)
        order.message_subscribe(self.held_vendor.ids)
        order.button_confirm()
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.assertNotIn(self.held_vendor, order.message_ids.notified_partner_ids)

    def test_composer_says_what_must_not_be_sent(self):
        def notice(order):
            action = order.with_user(self.buyer).action_rfq_send()
            return (
                self.env["mail.compose.message"]
                .with_user(self.buyer)
                .with_context(**action["context"])
                .create({})
                .screening_notice
            )

        self.assertIn("drawings", notice(self.create_order(self.held_vendor)))
        self.assertFalse(notice(self.create_order(self.clean_vendor)))

    def test_cancel_ends_the_hold(self):
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        order.button_cancel()
        self.assertEqual(order.screening_hold_ids.state, "lifted")
        self.assertFalse(order.activity_ids)
        order.button_draft()
        self.assertIn("active", order.screening_hold_ids.mapped("state"))
