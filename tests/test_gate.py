from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin

HOSTILE_CONTEXT = {
    "skip_screening": True,
    "screening_seal": True,
    "bypass": True,
    "tracking_disable": True,
    "install_mode": True,
    "mail_activity_automation_skip": True,
    "active_test": False,
}


@tagged("post_install", "-at_install", "rps_doors")
class TestGate(ScreeningMixin, TransactionCase):
    """No way into an approved order past a hold. Each row of the table of entry points."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def assert_refused(self, call, *args, **kwargs):
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            call(*args, **kwargs)

    def test_confirm_parks(self):
        """Confirming a held order parks it; nothing is approved."""
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        self.assertEqual(order.screening_state, "held")
        self.assertFalse(order.date_approve)

    def test_confirm_parks_for_manager(self):
        """A purchase manager's own right to approve does not help."""
        order = self.create_order(self.held_vendor, self.purchase_manager)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")

    def test_approve_is_refused(self):
        """The button says who holds it, on a draft, a parked and a cancelled order."""
        for state in ("draft", "to approve", "cancel"):
            order = self.create_order(self.held_vendor, self.purchase_manager)
            order.write({"state": state})
            self.assert_refused(order.button_approve)
            self.assert_refused(order.button_approve, force=True)

    def test_write_state_is_refused(self):
        """Direct writes, whoever asks, in whatever context, sudo or not."""
        order = self.create_order(self.held_vendor)
        for user in (
            self.buyer,
            self.purchase_manager,
            self.accountant,
            self.env.ref("base.user_admin"),
        ):
            as_user = order.with_user(user)
            self.assert_refused(as_user.write, {"state": "purchase"})
            self.assert_refused(
                as_user.with_context(**HOSTILE_CONTEXT).write, {"state": "purchase"}
            )
        self.assert_refused(order.sudo().write, {"state": "purchase"})

    def test_birth_in_approval_is_refused(self):
        """create, default_state in the context, copy with a state."""
        orders = self.env["purchase.order"].with_user(self.buyer)
        values = self.order_values(self.held_vendor)
        self.assert_refused(orders.create, {**values, "state": "purchase"})
        self.assert_refused(orders.with_context(default_state="purchase").create, values)
        order = self.create_order(self.held_vendor)
        self.assert_refused(order.copy, {"state": "purchase"})
        self.assert_refused(order.with_context(**HOSTILE_CONTEXT).copy, {"state": "purchase"})

    def test_plain_copy_is_a_draft_without_exemption(self):
        exemption = self.create_exemption()
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        copy = order.copy()
        self.assertEqual(copy.state, "draft")
        self.assertFalse(copy.screening_use_ids)
        self.assertEqual(exemption.use_ids.order_id, order)

    def test_import_is_refused(self):
        """load() answers with a message and creates nothing."""
        result = (
            self.env["purchase.order"]
            .with_user(self.buyer)
            .load(
                ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/product_qty"],
                [[str(self.held_vendor.id), "purchase", str(self.product.id), "1"]],
            )
        )
        self.assertFalse(result["ids"])
        self.assertIn("held", result["messages"][0]["message"])

    def test_swapping_the_vendor_of_an_approved_order(self):
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assert_refused(order.write, {"partner_id": self.held_vendor.id})
        self.assert_refused(order.write, {"partner_id": self.contact.id})
        self.assert_refused(order.write, {"dest_address_id": self.held_vendor.id})
        self.assert_refused(order.write, {"dest_address_id": self.contact.id})

    def test_contact_and_delivery_address_are_screened(self):
        """A contact of the held firm, and goods sent to it, hold as the firm itself does."""
        for values in (
            {"partner_id": self.contact.id},
            {"partner_id": self.clean_vendor.id, "dest_address_id": self.held_vendor.id},
        ):
            order = self.create_order(self.clean_vendor)
            order.write(values)
            order.button_confirm()
            self.assertEqual(order.state, "to approve", values)
            self.assert_refused(order.write, {"state": "purchase"})

    def test_never_screened_vendor(self):
        """Whoever stands on an order is screened, vendor or not, screened before or not."""
        stranger = self.env["res.partner"].create(
            {"name": "Zhejiang Dahua Technology Co., Ltd.", "is_company": True}
        )
        self.assertFalse(stranger.sudo().screening_subject_ids)
        order = self.create_order(stranger)
        self.assertEqual(order.screening_state, "held")
        self.assert_refused(order.write, {"state": "purchase"})

    def test_bulk_confirm(self):
        """Ten orders at once: the clean ones go through, the held ones are parked."""
        orders = self.env["purchase.order"].with_user(self.buyer)
        for number in range(10):
            orders |= self.create_order(self.held_vendor if number % 3 == 0 else self.clean_vendor)
        orders.button_confirm()
        states = [order.state for order in orders]
        self.assertEqual(states.count("purchase"), 6)
        self.assertEqual(states.count("to approve"), 4)
        self.assertEqual(
            set(orders.filtered(lambda o: o.state == "to approve").partner_id), {self.held_vendor}
        )

    def test_through_another_record(self):
        """Lines moved by a command into an order that is born approved."""
        line = self.create_order(self.held_vendor).order_line
        self.assert_refused(
            self.env["purchase.order"].with_user(self.buyer).create,
            {
                **self.order_values(self.held_vendor),
                "state": "purchase",
                "order_line": [Command.set(line.ids)],
            },
        )

    def test_server_action(self):
        """A server action that writes the state."""
        order = self.create_order(self.held_vendor)
        action = self.env["ir.actions.server"].create(
            {
                "name": "Approve everything",
                "model_id": self.env.ref("purchase.model_purchase_order").id,
                "state": "code",
                "code": "records.write({'state': 'purchase'})",
            }
        )
        context = {"active_model": "purchase.order", "active_ids": order.ids, "active_id": order.id}
        self.assert_refused(action.with_context(**context).run)

    def test_draft_again_then_confirm(self):
        """Cancelled, set to draft and confirmed again: asked anew."""
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        order.button_cancel()
        order.button_draft()
        order.write({"partner_id": self.held_vendor.id})
        order.button_confirm()
        self.assertEqual(order.state, "to approve")

    def test_rename_after_screening(self):
        """A vendor renamed to something harmless, confirmed, renamed back: the hold stays."""
        order = self.create_order(self.held_vendor)
        self.held_vendor.with_user(self.buyer).write({"name": "Harmless Paper GmbH"})
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        self.assert_refused(order.write, {"state": "purchase"})
        self.assertTrue(self.hit.vendor_changed)

    def test_becoming_listed_by_a_rename(self):
        """A clean vendor renamed to a listed name holds its open orders."""
        order = self.create_order(self.clean_vendor)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.assertEqual(order.screening_state, "held")
        order.button_confirm()
        self.assertEqual(order.state, "to approve")

    def test_new_parent(self):
        """Put under a listed parent, a clean vendor's orders are held."""
        order = self.create_order(self.clean_vendor)
        self.clean_vendor.write({"parent_id": self.held_vendor.id})
        self.assertEqual(order.screening_state, "held")
        self.assert_refused(order.write, {"state": "purchase"})

    def test_merge_is_refused(self):
        """Core merges by SQL; a vendor that is held is not merged away, in either direction."""
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        for target in (self.clean_vendor, self.held_vendor):
            with self.assertRaisesRegex(UserError, "cannot be merged"):
                wizard._merge((self.held_vendor | self.clean_vendor).ids, target)
        self.assertTrue(self.held_vendor.exists())

    def test_what_is_shown_cannot_be_written(self):
        """Nobody writes the state shown, the holds or the evidence."""
        order = self.create_order(self.held_vendor)
        for values in ({"screening_state": "no_match"}, {"screening_hold_ids": [Command.clear()]}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                order.write(values)
            with self.assertRaises(UserError), self.env.cr.savepoint():
                order.sudo().write(values)
        for values in ({"state": "not_same"}, {"decision": "not_same"}, {"score": 1}):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                self.hit.sudo().with_context(screening_seal=True).write(values)
        with self.assertRaises(UserError), self.env.cr.savepoint():
            self.hit.sudo().unlink()

    def test_observe_holds_nothing(self):
        """In observe mode the constraint lets go and the order says what would be."""
        self.env["screening.policy"].create({"company_id": self.env.company.id, "mode": "observe"})
        order = self.create_order(self.held_vendor)
        self.assertEqual(order.screening_state, "warning")
        self.assertIn("observes", order.screening_message)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_no_list_loaded(self):
        """Without a list that holds, nothing is screened, and that holds."""
        self.env["screening.list"].search([]).sudo()._sealed().write({"edition": 0})
        order = self.create_order(self.clean_vendor)
        self.assertEqual(order.screening_state, "held")
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        self.assert_refused(order.write, {"state": "purchase"})
