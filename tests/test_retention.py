import json
from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import ScreeningMixin, csl_file, years_on

MANAGER = "restricted_party_screening.group_compliance_manager"


@tagged("post_install", "-at_install")
class TestRetention(ScreeningMixin, TransactionCase):
    """Evidence stays as long as its longest period, longer under a legal hold, then it may go."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.events = cls.env["screening.event"]
        cls.lists = cls.env["screening.list"].with_context(active_test=False).search([])
        cls.admin = new_test_user(cls.env, "rps_system", f"base.group_system,{MANAGER}")

    years_on = staticmethod(years_on)

    def purge(self, user=None, reason="the yearly deletion"):
        self.env.invalidate_all()
        self.env.flush_all()
        return self.env["screening.retention"].with_user(user or self.admin).purge(reason)

    def assert_unbroken(self):
        result = self.events._verify()
        self.assertTrue(result["ok"], result["reason"])
        return result

    def place_hold(self, **values):
        hold = self.env["screening.legal.hold"].with_user(self.manager)
        return hold.create({"name": "Inquiry", "reason": "letter of an authority", **values})

    def finished_order(self):
        """An order under an exemption, cancelled after it was approved: it is over."""
        exemption = self.create_exemption(expiry_date="2027-12-31", amount_ceiling=500)
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        order.button_cancel()
        return order, exemption

    def assert_over(self, order, over):
        self.events._seal_all()
        with self.years_on(30):
            self.env.invalidate_all()
            due = self.env["screening.retention"]._find_due()
        rows = self.events.search(
            [("res_model", "=", "purchase.order"), ("res_ref", "=", order.id)]
        )
        self.assertTrue(rows)
        self.assertEqual(set(rows.mapped("seq")) <= set(due.rows), over)
        self.assertEqual(bool(due.exemptions), over)

    def test_an_order_that_waits_for_its_bill_is_not_over(self):
        """Ended is what is received, billed and paid; until then no period begins."""
        self.product.sudo().purchase_method = "purchase"
        self.create_exemption(expiry_date="2027-12-31", amount_ceiling=5000)
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.assertEqual((order.state, order.invoice_status), ("purchase", "to invoice"))
        self.assert_over(order, False)
        order.sudo().button_cancel()
        self.assert_over(order, True)

    # ---- while a period runs ------------------------------------------------

    def test_nothing_goes_before_its_period(self):
        self.finished_order()
        for years in (0, 2, 4):
            with self.years_on(years), self.assertRaisesRegex(UserError, "Nothing is past"):
                self.purge()
        self.assert_unbroken()

    def test_the_longest_period_of_the_lists_counts(self):
        """A check against lists kept for five and for ten years is kept for ten."""
        self.import_list(csl_file([("SDN", "Somebody Blocked", {})]))
        vendor = self.create_vendor("Paper Mill Oy", "FI")
        event = self.events.search(
            [("kind", "=", "partner_check"), ("res_ref", "=", vendor.id)], limit=1
        )
        self.assertEqual({item["list"] for item in event._payload()["editions"]}, {"EL", "SDN"})
        rules = self.env["screening.retention"]._get_rules(
            fields.Datetime.now() + relativedelta(years=6)
        )
        self.assertTrue(rules.may_go(event.at, event.at, {"EL"}))
        self.assertFalse(rules.may_go(event.at, event.at, {"EL", "SDN"}))
        self.assertFalse(rules.may_go(event.at, event.at, {"EL", "no longer here"}))
        self.assertFalse(rules.may_go(event.at, event.at, set()))

    def test_periods_are_policy(self):
        entity_list = self.lists.filtered(lambda item: item.code == "EL")
        self.assertEqual(entity_list.retention_years, 5)
        self.assertEqual(self.lists.filtered(lambda item: item.code == "SDN").retention_years, 10)
        with self.assertRaises(AccessError):
            entity_list.with_user(self.list_admin).retention_years = 7
        entity_list.with_user(self.manager).retention_years = 7
        event = self.events.search([("kind", "=", "policy")], limit=1)
        self.assertEqual(event._payload()["after"], {"retention_years": 7})
        with self.assertRaisesRegex(Exception, "retention_floor"), self.env.cr.savepoint():
            entity_list.with_user(self.manager).retention_years = 4
            self.env.flush_all()
        with self.assertRaisesRegex(UserError, "an authority's list"):
            entity_list.with_user(self.list_admin).own = True

    def test_who_deletes(self):
        with self.years_on(11):
            for user in (self.buyer, self.compliance, self.manager, self.list_admin):
                with self.assertRaises(AccessError):
                    self.purge(user)
            with self.assertRaisesRegex(UserError, "reason"):
                self.purge(reason=" ")

    # ---- afterwards ---------------------------------------------------------

    def test_purge(self):
        """What is over goes, what still stands stays, and the trail verifies."""
        order, exemption = self.finished_order()
        attachment = self.env["ir.attachment"].create({"name": "licence.pdf", "raw": b"x"})
        exemption._sealed().attachment_ids = attachment
        name, number = exemption.name, order.id
        with self.years_on(12):
            fresh = self.create_vendor("Fresh Paper Oy", "FI")
            preview = self.env["screening.purge"].with_user(self.admin).create({"reason": "now"})
            self.assertIn(name, preview.preview)
            self.assertEqual(preview.action_confirm()["params"]["type"], "success")
            self.env.invalidate_all()
            self.assertFalse(exemption.exists() or attachment.exists())
            self.assertEqual(self.hit.state, "same")
            left = self.events.search([("kind", "!=", "purged")])
            self.assertFalse(left.filtered(lambda e: e.res_ref == number and e.kind != "decision"))
            decision = left.filtered(lambda e: e.kind == "decision")
            self.assertIn(self.hit.id, decision.mapped("res_ref"), "a decision in force stays")
            self.assertTrue(left.filtered(lambda e: e.res_ref == fresh.id))
            [event] = left.filtered(lambda e: e.kind == "purge")
            said = event._payload()
            self.assertIn(name, said["exemptions"])
            self.assertEqual(said["reason"], "now")
            head = self.env.ref("restricted_party_screening.screening_chain_main")
            self.assertEqual(said["base"], [head.base_seq, head.base_hash])
            self.assertGreater(head.base_seq, 0)
            emptied = self.events.search([("kind", "=", "purged")])
            self.assertTrue(emptied, "rows behind one that stays keep their hashes alone")
            self.assertEqual(set(emptied.mapped("payload")), {""})
            self.assert_unbroken()
            with self.assertRaisesRegex(UserError, "Nothing"):
                self.purge()

    def test_the_trail_verifies_after_each_deletion(self):
        """Year after year, with new rows between; the beginning of the chain moves on."""
        self.finished_order()
        head = self.env.ref("restricted_party_screening.screening_chain_main")
        bases = []
        for years in (11, 22, 33):
            with self.years_on(years):
                # An edition in force keeps the event that it was applied.
                self.import_list(csl_file([("EL", f"Listed in {years}", {})]))
                # No longer listed, so that no decision stands any more.
                self.env["screening.hit"].search([]).partner_id.action_screen()
                self.create_vendor(f"Paper Mill {years} Oy", "FI")
                self.purge()
                self.assert_unbroken()
                bases.append(head.base_seq)
                said = self.events.search([("kind", "=", "purge")], limit=1)._payload()
                self.assertGreater(said["rows"], 3)
        self.assertEqual(bases, sorted(bases))
        self.assertGreater(bases[0], 0)

    def test_tampering_after_a_deletion_is_found(self):
        self.finished_order()
        with self.years_on(12):
            self.purge()
        head = self.env.ref("restricted_party_screening.screening_chain_main")
        kept = self.events.search([("kind", "=", "decision")], limit=1)
        emptied = self.events.search([("kind", "=", "purged")], limit=1)
        self.assertTrue(kept and emptied and head.base_seq)
        forge = (
            "UPDATE screening_event SET kind = 'purged', summary = '', user_ref = 0,"
            " user_name = '', company_ref = 0, company_name = '', res_model = '', res_ref = 0,"
            " res_name = '', payload = '' WHERE id = %s"
        )
        for statement, parameters, row, reason in (
            ("UPDATE screening_chain SET base_seq = base_seq + 1", [], None, "does not begin"),
            ("UPDATE screening_chain SET base_seq = 0", [], 1, "does not begin"),
            ("UPDATE screening_chain SET base_hash = 'x'", [], None, "does not begin"),
            (forge, [kept.id], kept.seq, "no deletion says so"),
            (
                "UPDATE screening_event SET summary = 'x' WHERE id = %s",
                [emptied.id],
                emptied.seq,
                "no deletion says so",
            ),
            ("DELETE FROM screening_event WHERE id = %s", [emptied.id], None, "is missing"),
            (
                "UPDATE screening_event SET payload = replace(payload, 'yearly', 'x')"
                " WHERE kind = 'purge'",
                [],
                None,
                "its own hash",
            ),
            ("UPDATE screening_event SET payload = 'x' WHERE kind = 'purge'", [], None, "begin"),
        ):
            with self.subTest(statement=statement):
                with self.env.cr.savepoint() as savepoint:
                    self.env.flush_all()
                    self.env.cr.execute(statement, parameters)
                    self.env.invalidate_all()
                    result = self.events._verify()
                    savepoint.rollback()
                self.env.invalidate_all()
                self.assertFalse(result["ok"])
                self.assertIn(reason, result["reason"])
                if row:
                    self.assertEqual(result["broken_seq"], row)
        self.assert_unbroken()

    def test_rows_removed_with_the_base_moved_are_found(self):
        """Somebody deletes the first rows and moves the base as a deletion would."""
        self.finished_order()
        self.events._seal_all()
        link = self.events.search([("seq", "=", 3)]).chain_hash
        self.env.cr.execute("DELETE FROM screening_event WHERE seq BETWEEN 1 AND 3")
        self.env.cr.execute("UPDATE screening_chain SET base_seq = 3, base_hash = %s", [link])
        self.env.invalidate_all()
        result = self.events._verify()
        self.assertFalse(result["ok"])
        self.assertIn("does not begin", result["reason"])

    def test_nothing_is_deleted_from_a_broken_trail(self):
        self.finished_order()
        self.events._seal_all()
        self.env.cr.execute("UPDATE screening_event SET summary = 'x' WHERE seq = 3")
        with self.years_on(12), self.assertRaisesRegex(UserError, "broken at row 3"):
            self.purge()

    def test_editions(self):
        """What ended with an old edition goes with its file; the edition in force stays."""
        first = self.env["screening.list.update"].search([], limit=1)
        entity_list = self.lists.filtered(lambda item: item.code == "EL")
        second = self.import_list(csl_file([("EL", "Somebody Else Ltd", {})]))
        old = self.env["screening.party"].search([("edition_to", "=", 2)])
        self.held_vendor.action_screen()
        self.assertEqual(self.hit.state, "closed")
        self.assertIn(self.hit.party_id, old)
        then = fields.Datetime.now()
        self.place_hold(name="Of a later time", date_from="2090-01-01")
        with self.years_on(6):
            self.purge()
            self.env.invalidate_all()
            self.assertEqual(entity_list.kept_from, 2)
            self.assertFalse(self.hit.exists(), "a hit that closed then is old too")
            shown = self.env["screening.hit"].search([("party_id", "in", old.exists().ids)])
            self.assertEqual(old.exists(), shown.party_id, "what a hit shows stays with it")
            self.assertFalse(shown & self.hit)
            self.assertEqual((bool(first.file), bool(second.file)), (False, True))
            self.assertTrue(first.file_sha256)
            with self.assertRaisesRegex(UserError, "deleted after"):
                entity_list.parties_as_of(then - timedelta(days=365))

    # ---- legal hold ---------------------------------------------------------

    def test_a_hold_wins(self):
        order, exemption = self.finished_order()
        hold = self.place_hold(partner_id=self.held_vendor.id)
        with self.years_on(12):
            self.purge()
            self.env.invalidate_all()
            self.assertTrue(exemption.exists())
            kept = self.events.search([("res_model", "=", "purchase.order")])
            self.assertIn(order.id, kept.mapped("res_ref"))
            said = self.events.search([("kind", "=", "purge")])._payload()
            self.assertIn("Inquiry", said["kept_by_holds"])
            self.assert_unbroken()
            evidence = self.env["screening.evidence"].with_user(self.compliance)
            self.assertTrue(evidence.collect("order", order.id)["intact"])
            hold.with_user(self.manager).action_lift("the inquiry is closed")
            self.purge()
            self.env.invalidate_all()
            self.assertFalse(exemption.exists())
            self.assert_unbroken()

    def test_holds_of_a_party_of_a_period_of_all(self):
        order, exemption = self.finished_order()
        today = fields.Date.today()
        for values, keeps in (
            ({"party_id": self.hit.party_id.id}, True),
            ({"date_from": today, "date_to": today}, True),
            ({}, True),
            ({"date_to": today - timedelta(days=40)}, False),
            ({"date_from": today + timedelta(days=3650)}, False),
            ({"partner_id": self.clean_vendor.id}, False),
            ({"partner_id": self.held_vendor.id, "date_to": today - timedelta(days=40)}, False),
        ):
            with self.subTest(values=values), self.env.cr.savepoint() as savepoint:
                self.place_hold(**values)
                self.events._seal_all()
                with self.years_on(12):
                    due = self.env["screening.retention"]._find_due()
                    rows = self.events.search([("seq", "in", due.rows)])
                    gone = order.id in rows.filtered(lambda e: e.kind == "order_check").mapped(
                        "res_ref"
                    )
                    self.assertEqual((gone, exemption in due.exemptions), (not keeps,) * 2)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_hold_is_not_changed_nor_deleted(self):
        hold = self.place_hold(partner_id=self.held_vendor.id)
        for call in (
            lambda: hold.write({"partner_id": False}),
            lambda: hold.write({"date_to": "2000-01-01"}),
            lambda: hold.write({"state": "lifted"}),
            lambda: hold.unlink(),
            lambda: self.held_vendor.unlink(),
            lambda: self.place_hold(state="lifted"),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                call()
        for user in (self.compliance, self.buyer, self.list_admin):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                hold.with_user(user).action_lift("no")
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                self.env["screening.legal.hold"].with_user(user).create(
                    {"name": "x", "reason": "x"}
                )
        with self.assertRaisesRegex(UserError, "reason"):
            hold.with_user(self.manager).action_lift(" ")
        hold.with_user(self.manager).action_lift("over")
        said = self.events.search([("kind", "=", "retention")], limit=2)
        self.assertEqual(
            [json.loads(e.payload)["reason"] for e in said], ["over", "letter of an authority"]
        )

    def test_a_hold_follows_a_merged_contact(self):
        """What names a contact merged into the one under hold stays, and the other way round."""
        for into_held in (True, False):
            held = self.create_vendor(f"Acme Office Supplies {into_held}", "DE")
            twin = self.create_vendor(f"Acme Supplies {into_held}", "DE")
            numbers = {held.id, twin.id}
            self.place_hold(partner_id=held.id)
            kept = held if into_held else twin
            self.env["base.partner.merge.automatic.wizard"].create({})._merge(list(numbers), kept)
            self.assertEqual((held | twin).exists(), kept)
            with self.subTest(into_held=into_held), self.env.cr.savepoint() as savepoint:
                with self.years_on(12):
                    self.purge()
                    left = self.events.search([("kind", "=", "partner_check")])
                    self.assertLessEqual(numbers, set(left.mapped("res_ref")))
                savepoint.rollback()
                self.env.invalidate_all()
