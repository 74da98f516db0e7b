from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestExemption(ScreeningMixin, TransactionCase):
    """Licence exemptions: who, what for, how much, how long."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def park(self, price=100.0):
        order = self.create_order(self.held_vendor)
        order.order_line.price_unit = price
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        return order

    def test_the_way_of_an_order(self):
        """Request, complete, approve, confirm; use is booked; everything is an event."""
        order = self.park()
        wizard = (
            self.env["screening.exemption.request"]
            .with_user(self.buyer)
            .create({"order_id": order.id, "reason": "spare parts for the old site"})
        )
        self.assertIn("Hikvision", wizard.held_by)
        wizard.action_confirm()
        exemption = self.env["screening.exemption"].search([("hit_ids", "in", self.hit.ids)])
        self.assertEqual((exemption.state, exemption.requester_id), ("requested", self.buyer))
        self.assertTrue(exemption.activity_ids)
        self.assertEqual(self.hit.state, "open", "a buyer's request decides nothing")
        with self.assertRaises(UserError):
            exemption.with_user(self.manager).action_approve()
        exemption.with_user(self.compliance).write(
            {"basis": "no_ear_item", "justification": "nothing leaves us"}
        )
        exemption.with_user(self.manager).action_approve()
        self.assertEqual(self.hit.state, "same")
        self.assertEqual(order.screening_state, "exempted")
        self.assertEqual(order.state, "to approve")
        self.assertTrue(order.with_user(self.buyer).screening_can_confirm)
        self.assertIn(self.buyer, order.activity_ids.user_id)
        order.with_user(self.buyer).button_confirm()
        self.assertEqual(order.state, "purchase")
        self.assertEqual(exemption.use_ids.order_id, order)
        kinds = self.env["screening.event"].search([]).mapped("kind")
        for kind in ("hold_start", "hold_end", "exemption", "decision", "use", "order_check"):
            self.assertIn(kind, kinds)

    def test_amount_rule_of_core_still_holds(self):
        """A lifted hold gives the buyer no more than core's own rule allows."""
        self.env.company.write(
            {"po_double_validation": "two_step", "po_double_validation_amount": 50}
        )
        order = self.park(price=1000.0)
        self.create_exemption()
        self.assertFalse(order.with_user(self.buyer).screening_can_confirm)
        order.with_user(self.buyer).button_confirm()
        self.assertEqual(order.state, "to approve")
        order.with_user(self.purchase_manager).button_approve()
        self.assertEqual(order.state, "purchase")

    def test_nobody_approves_their_own(self):
        """Neither the creator, nor the requester, nor who wrote a field of it."""
        exemption = self.create_exemption(approve=False)
        with self.assertRaises(AccessError):
            exemption.with_user(self.compliance).action_approve()
        own = (
            self.env["screening.exemption"]
            .with_user(self.manager)
            .create(
                {
                    "partner_id": self.held_vendor.id,
                    "hit_ids": self.hit.ids,
                    "basis": "no_ear_item",
                    "justification": "none",
                }
            )
        )
        own.action_submit()
        with self.assertRaises(AccessError):
            own.action_approve()
        exemption.with_user(self.manager_2).write({"conditions": "sealed"})
        with self.assertRaises(AccessError):
            exemption.with_user(self.manager_2).action_approve()
        exemption.with_user(self.manager).action_approve()
        self.assertEqual(exemption.state, "approved")

    def test_states_cannot_be_written(self):
        exemption = self.create_exemption(approve=False)
        for user in (self.compliance, self.manager, self.env.ref("base.user_admin")):
            for values in (
                {"state": "approved"},
                {"approver_id": user.id},
                {"author_ids": [(5, 0, 0)]},
                {"requester_id": user.id},
                {"amount_used": 0.0},
            ):
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    exemption.with_user(user).write(values)
                with self.assertRaises(AccessError), self.env.cr.savepoint():
                    exemption.with_user(user).with_context(screening_seal=True).write(values)
        born = (
            self.env["screening.exemption"]
            .with_user(self.manager)
            .with_context(default_state="approved")
            .create({"partner_id": self.held_vendor.id, "hit_ids": self.hit.ids})
        )
        self.assertEqual(born.state, "draft")
        with self.assertRaises(AccessError):
            born.create({"partner_id": self.held_vendor.id, "state": "approved"})

    def test_what_the_licence_states_is_evidence(self):
        """Of its parties and the use: frozen, in the trail, and in the printed evidence."""
        exemption = self.create_exemption(end_users="Hikvision USA Inc.", end_use="repair")
        with self.assertRaises(AccessError):
            exemption.with_user(self.manager).end_use = "resale"
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        page = self.env["report.restricted_party_screening.evidence"]._page(
            self.env["screening.evidence"].with_user(self.compliance).collect("order", order.id)
        )
        html = self.env["ir.qweb"]._render(
            "restricted_party_screening.evidence_decisions", {"page": page}
        )
        for text in ("End Users: Hikvision USA Inc.", "Stated End Use: repair"):
            self.assertIn(text, " ".join(html.split()))

    def test_approved_is_never_edited(self):
        exemption = self.create_exemption()
        with self.assertRaises(UserError):
            exemption.with_user(self.compliance).write({"amount_ceiling": 10})
        with self.assertRaises(UserError):
            exemption.with_user(self.manager).write({"expiry_date": "2100-01-01"})
        with self.assertRaises(UserError):
            exemption.with_user(self.manager).unlink()

    def test_each_basis_asks_for_what_it_needs(self):
        for values, lacks in (
            ({"basis": False}, "Basis"),
            ({"number": False}, "Licence Number"),
            ({"expiry_date": False}, "Valid Until"),
            ({"basis": "exception_allowed"}, "Licence Exception"),
            ({"basis": "delisted"}, "Justification"),
            ({"basis": "ofac_specific", "authority": False}, "Authority"),
            ({"basis": "ofac_general"}, "Justification"),
        ):
            with self.subTest(lacks=lacks):
                # Whoever asks is told, and not only who is to approve what was changed since.
                with self.assertRaisesRegex(UserError, lacks), self.env.cr.savepoint():
                    self.create_exemption(approve=False, **values)
                exemption = self.create_exemption(approve=False)
                exemption.with_user(self.compliance).write(values)
                with self.assertRaisesRegex(UserError, lacks):
                    exemption.with_user(self.manager).action_approve()
        with self.assertRaises(ValidationError):
            self.create_exemption(approve=False, expiry_date="2019-01-01")

    def test_what_is_to_be_decided_again_is_said(self):
        """Also while it is in force: it covers only what somebody decided."""
        exemption = self.create_exemption()
        listed = f"{self.hit.listed_name} (EL)"
        self.assertEqual((exemption.listed_text, exemption.undecided_text), (listed, False))
        self.held_vendor.name = "Hangzhou Hikvision Digital"
        self.held_vendor.action_screen()
        self.assertEqual((self.hit.state, exemption.state), ("open", "approved"))
        self.assertEqual(exemption.undecided_text, listed)

    def test_refusal_tells_the_requester_why(self):
        exemption = self.create_exemption(approve=False)
        action = exemption.with_user(self.manager).action_refuse()
        self.assertEqual(action["res_model"], "screening.exemption.close")
        self.env["screening.exemption.close"].with_user(self.manager).create(
            {"exemption_ids": exemption.ids, "state": "refused", "reason": "no licence can be had"}
        ).action_confirm()
        self.assertEqual(exemption.state, "refused")
        message = exemption.message_ids.filtered(
            lambda m: "no licence can be had" in (m.body or "")
        )
        self.assertIn(self.compliance.partner_id, message.notified_partner_ids)

    def test_revoked_holds_again(self):
        """Open orders are held again, approved ones are flagged and stay as they are."""
        exemption = self.create_exemption()
        approved = self.create_order(self.held_vendor)
        approved.button_confirm()
        waiting = self.create_order(self.held_vendor)
        self.assertEqual(waiting.screening_state, "exempted")
        exemption.with_user(self.manager).action_revoke("authority withdrew it")
        self.assertEqual(waiting.screening_state, "held")
        waiting.button_confirm()
        self.assertEqual(waiting.state, "to approve")
        self.assertEqual((approved.state, approved.screening_state), ("purchase", "held"))
        self.assertTrue(self.hit.activity_ids)

    def test_a_draft_asks_nobody(self):
        """Somebody began to write one and left it: the buyer can still ask."""
        order = self.create_order(self.held_vendor)
        values = {"partner_id": self.held_vendor.id, "hit_ids": self.hit.ids}
        draft = self.env["screening.exemption"].with_user(self.compliance).create(values)
        self.assertEqual((draft.state, order.screening_exemption_requested), ("draft", False))
        self.env["screening.exemption.request"].with_user(self.buyer).create(
            {"order_id": order.id, "reason": "Spare cameras"}
        ).action_confirm()
        self.env.invalidate_all()
        self.assertTrue(order.screening_exemption_requested)

    def test_the_form_that_asks_why_says_what_it_does(self):
        exemption = self.create_exemption().with_user(self.manager)
        self.assertEqual(exemption.action_suspend()["name"], "Suspend")
        self.assertEqual(exemption.action_revoke()["name"], "Revoke")
        self.assertEqual(exemption.state, "approved")

    def test_suspended_and_approved_again(self):
        exemption = self.create_exemption()
        order = self.create_order(self.held_vendor)
        exemption.with_user(self.manager).action_suspend("inquiry")
        self.assertEqual(order.screening_state, "held")
        exemption.with_user(self.manager_2).action_approve()
        self.assertEqual(order.screening_state, "exempted")

    def test_expiry(self):
        """It ends at midnight of its last day, and then open orders are held again."""
        exemption = self.create_exemption(expiry_date=fields.Date.today())
        order = self.create_order(self.held_vendor)
        self.assertEqual(order.screening_state, "exempted")
        with freeze_time(fields.Datetime.add(fields.Datetime.now(), days=2)):
            self.env.invalidate_all()
            self.env["screening.exemption"]._cron_expire()
            self.assertEqual(exemption.validity, "expired")
            self.assertEqual(order.screening_state, "held")
            order.button_confirm()
            self.assertEqual(order.state, "to approve")

    def test_the_end_holds_again_with_an_activity(self):
        """Expiry by the minute's job, suspension and revocation at once: event and activity."""
        cron = self.env.ref("restricted_party_screening.ir_cron_expire")
        self.assertEqual((cron.interval_number, cron.interval_type), (1, "minutes"))

        def expire(_exemption):
            with self.enter_registry_test_mode():
                cron.method_direct_trigger()

        for what, end in (
            ("expired", expire),
            ("suspended", lambda item: item.with_user(self.manager).action_suspend("inquiry")),
            ("revoked", lambda item: item.with_user(self.manager).action_revoke("over")),
        ):
            with self.subTest(what=what), self.env.cr.savepoint() as savepoint:
                exemption = self.create_exemption(expiry_date=fields.Date.today())
                order = self.create_order(self.held_vendor)
                other = self.create_order(self.clean_vendor)
                self.assertEqual(order.screening_state, "exempted")
                with freeze_time(fields.Datetime.add(fields.Datetime.now(), days=2)):
                    self.env.invalidate_all()
                    end(exemption)
                    self.env.invalidate_all()
                    self.assertEqual(order.screening_state, "held")
                    self.assertEqual(other.screening_state, "no_match")
                    kinds = self.env["screening.event"].search([], limit=2).mapped("kind")
                    self.assertEqual(set(kinds), {"exemption", "hold_start"})
                    activity = exemption.activity_ids.filtered(
                        lambda item: item.user_id == self.compliance
                    )
                    self.assertIn(what, activity.summary)
                    self.assertIn(order.name, activity.note)
                    self.assertNotIn(other.name, activity.note)
                    told = len(exemption.activity_ids)
                    expire(exemption)
                    self.assertEqual(len(exemption.activity_ids), told, "once")
                savepoint.rollback()
                self.env.invalidate_all()

    def test_approved_again_settles_the_activity(self):
        exemption = self.create_exemption()
        self.create_order(self.held_vendor)
        exemption.with_user(self.manager).action_suspend("inquiry")
        self.assertTrue(exemption.activity_ids)
        exemption.with_user(self.manager_2).action_approve()
        self.assertFalse(exemption.activity_ids)

    def test_ceiling(self):
        """Reserved when approved, given back when cancelled, never overdrawn."""
        exemption = self.create_exemption(amount_ceiling=150)
        first = self.create_order(self.held_vendor)
        first.button_confirm()
        self.assertEqual((first.state, exemption.amount_used), ("purchase", 100))
        second = self.create_order(self.held_vendor)
        self.assertEqual(second.screening_state, "held")
        self.assertIn("ceiling", second.screening_message)
        second.button_confirm()
        self.assertEqual(second.state, "to approve")
        first.button_cancel()
        self.assertEqual(exemption.amount_used, 0)
        second.with_user(self.buyer).button_confirm()
        self.assertEqual((second.state, exemption.amount_used), ("purchase", 100))

    def two_rates(self):
        """A currency that was worth a thousandth of today's for all of 2020."""
        other = self.env["res.currency"].create({"name": "RPS", "symbol": "R"})
        self.env["res.currency.rate"].create(
            [
                {"currency_id": other.id, "name": "2020-01-01", "rate": 1000.0},
                {"currency_id": other.id, "name": "2021-01-01", "rate": 1.0},
                {"currency_id": other.id, "name": "2098-01-01", "rate": 1000.0},
            ]
        )
        return other

    def test_converted_at_the_orders_date(self):
        """Its own date, as it was when it was approved; correcting lines asks no other rate."""
        exemption = self.create_exemption(amount_ceiling=50)
        order = self.create_order(
            self.held_vendor, currency_id=self.two_rates().id, date_order="2020-06-01"
        )
        self.assertEqual(order.screening_state, "held")
        self.env.cr.execute(
            "UPDATE purchase_order SET create_date = '2020-05-01' WHERE id = %s", [order.id]
        )
        order.invalidate_recordset()
        order.button_confirm()
        self.assertEqual((order.state, exemption.amount_used), ("purchase", 0.1))
        self.assertEqual(str(exemption.use_ids.date), "2020-06-01")
        order.date_order = "2022-06-01"
        order.order_line.product_qty = 2
        self.assertEqual(exemption.amount_used, 0.2)

    def test_own_dates_choose_no_kinder_rate(self):
        """The buyer sets the order's date: none before it was made counts, and none to come."""
        other = self.two_rates()
        self.create_exemption(amount_ceiling=50)
        for date in ("2020-06-01", "2098-06-01"):
            order = self.create_order(self.held_vendor, currency_id=other.id, date_order=date)
            self.assertEqual(order.screening_state, "held")
            order.write({"date_approve": f"{date} 12:00:00"})
            order.button_confirm()
            self.assertEqual(order.state, "to approve")

    def test_lines_of_an_approved_order(self):
        exemption = self.create_exemption(amount_ceiling=150)
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        order.order_line.product_qty = 1.2
        self.assertEqual(exemption.amount_used, 120)
        with self.assertRaisesRegex(ValidationError, "does not suffice"), self.env.cr.savepoint():
            order.order_line.product_qty = 2
            self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "does not suffice"), self.env.cr.savepoint():
            order.write({"order_line": self.order_values(self.held_vendor)["order_line"]})

    def test_other_company_other_vendor(self):
        """An exemption covers its own company and its own vendor."""
        other = self.env["res.company"].create({"name": "Other"})
        self.create_exemption(company_id=self.env.company.id)
        verdict = self.env["screening.gate"]._ask(self.held_vendor, other)
        self.assertTrue(verdict.blocks)
        dahua = self.create_vendor("Zhejiang Dahua Technology Co., Ltd.", "CN")
        self.assertEqual(self.create_order(dahua).screening_state, "held")
        with self.assertRaises(ValidationError):
            self.create_exemption(partner_id=dahua.id)

    def test_only_for_an_order(self):
        order, other = self.create_order(self.held_vendor), self.create_order(self.held_vendor)
        self.create_exemption(order_ids=order.ids)
        self.assertEqual(order.screening_state, "exempted")
        self.assertEqual(other.screening_state, "held")

    def test_bad_requests(self):
        clean = self.create_order(self.clean_vendor)
        wizard = self.env["screening.exemption.request"].with_user(self.buyer)
        with self.assertRaisesRegex(UserError, "not held"):
            wizard.create({"order_id": clean.id, "reason": "x"}).action_confirm()
        held = self.create_order(self.held_vendor)
        with self.assertRaisesRegex(UserError, "reason"):
            wizard.create({"order_id": held.id, "reason": "  "}).action_confirm()
        wizard.create({"order_id": held.id, "reason": "needed"}).action_confirm()
        with self.assertRaisesRegex(UserError, "already"):
            wizard.create({"order_id": held.id, "reason": "needed"}).action_confirm()
