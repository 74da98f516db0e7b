from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestOutcomes(ScreeningMixin, TransactionCase):
    """Second person, end dates, escalation, bulk, and what changed since."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.case = cls.env["screening.case"].search([("partner_id", "=", cls.held_vendor.id)])

    def want_second(self):
        self.env["screening.policy"].create(
            {"company_id": self.env.company.id, "second_person": True}
        )
        self.assertEqual(self.hit.level, "strong")

    def test_second_person(self):
        self.want_second()
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        hit = self.hit.with_user(self.compliance)
        hit.action_set_not_same("another firm")
        self.assertEqual((self.hit.state, self.case.state), ("open", "second"))
        self.assertEqual(order.screening_state, "held", "a proposal frees nothing")
        self.assertIn(self.manager, self.case.activity_ids.user_id)
        hit.action_set_not_same("another firm, really")
        self.assertEqual(self.hit.state, "open", "twice the same person is one person")
        with self.assertRaises(AccessError):
            hit.action_confirm_proposal()
        with self.assertRaises(AccessError):
            hit.write({"proposed_by_id": self.manager.id})
        with self.assertRaises(AccessError):
            hit.sudo().write({"state": "not_same", "decision": "not_same"})
        self.hit.with_user(self.manager).action_confirm_proposal()
        self.assertEqual(self.hit.state, "not_same")
        self.assertEqual(order.screening_state, "reviewed")
        self.assertIn(self.compliance.name, self.hit.reason)
        self.assertIn(self.manager.name, self.hit.reason)
        self.assertFalse(self.case.activity_ids)

    def test_proposal_dies_with_the_facts(self):
        self.want_second()
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.held_vendor.write({"city": "Shenzhen", "street": "1 New Road"})
        self.assertFalse(self.hit.proposed_by_id)
        self.assertEqual(self.case.state, "open")
        with self.assertRaises(UserError):
            self.hit.with_user(self.manager).action_confirm_proposal()

    def test_second_person_is_for_strong_matches(self):
        self.want_second()
        self.hit._sealed().write({"level": "possible"})
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.assertEqual(self.hit.state, "not_same")

    def test_until(self):
        order = self.create_order(self.held_vendor)
        today = fields.Date.today()
        for until in ("yesterday", 7, fields.Date.subtract(today, days=1)):
            with self.assertRaises(UserError):
                self.hit.with_user(self.compliance).action_set_not_same("no", until=until)
        self.hit.with_user(self.compliance).action_set_not_same("for now", until=today)
        self.assertEqual(order.screening_state, "reviewed")
        self.hit._sealed().write({"valid_until": fields.Date.subtract(today, days=1)})
        self.assertTrue(order._screening_verdict().blocks, "the gate waits for no cron")
        self.env["screening.hit"]._cron_end_decisions()
        self.assertEqual((self.hit.state, self.case.state), ("open", "open"))
        self.assertEqual(order.screening_state, "held")

    def test_escalate(self):
        due = fields.Date.add(fields.Date.today(), days=3)
        hit = self.hit.with_user(self.compliance)
        with self.assertRaises(UserError):
            hit.action_escalate(self.buyer.id, due, "please look")
        with self.assertRaises(UserError):
            hit.action_escalate(self.manager.id, False, "please look")
        with self.assertRaises(AccessError):
            self.hit.with_user(self.buyer).action_escalate(self.manager.id, due, "please look")
        hit.action_escalate(self.manager.id, due, "please look")
        self.assertEqual((self.case.state, self.case.escalated_to_id), ("escalated", self.manager))
        activity = self.case.activity_ids
        self.assertEqual((activity.user_id, activity.date_deadline), (self.manager, due))
        self.assertEqual(self.case.question, "please look")
        cases = self.env["screening.case"]
        self.assertNotIn(self.case.id, cases.with_user(self.compliance)._queue_ids())
        self.assertIn(self.case.id, cases.with_user(self.manager)._queue_ids())
        self.hit.with_user(self.manager).action_set_not_same("another firm")
        self.assertEqual(self.case.state, "not_same")
        self.assertFalse(self.case.activity_ids)

    def test_what_changed_is_said(self):
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        before = self.held_vendor.name
        self.held_vendor.name = "Hangzhou Hikvision Digital Technology"
        self.assertEqual(self.case.state, "open")
        self.assertEqual(
            self.hit.changes,
            [
                {
                    "side": "subject",
                    "field": "names",
                    "before": [before],
                    "after": ["Hangzhou Hikvision Digital Technology"],
                }
            ],
        )
        self.assertIn("Hangzhou Hikvision Digital Technology", self.hit.change_table)
        self.hit.with_user(self.compliance).action_set_not_same("still another firm")
        changed = self.entity_list.replace(b'"Hikvision"', b'"Hikvision; Hik Security"')
        self.import_list(changed, "changed.csv")
        self.held_vendor.action_screen()
        [change] = self.hit.changes
        self.assertEqual((change["side"], change["field"]), ("listed", "names"))
        self.assertIn("Hik Security", self.hit.change_table)
        self.assertEqual((self.hit.state, self.case.state), ("open", "open"))
        self.hit.with_user(self.compliance).action_set_not_same("still another firm")
        self.held_vendor.is_company = False
        self.assertIn("kind", [change["field"] for change in self.hit.changes])
        self.assertIn("Organisation", self.hit.change_table)  # as users read it

    def test_asked_again_or_not(self):
        """Not after rescreening all, the same list, another phone; after name or country it is."""
        subjects = self.env["screening.subject"]
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        subjects._mark_all_outdated()
        for _done, _total in subjects._rescreen():
            pass
        self.import_list(self.entity_list, "again.csv")
        for _done, _total in subjects._rescreen():
            pass
        self.held_vendor.phone = "+86 571 1234"
        self.assertEqual((self.hit.state, self.case.state), ("not_same", "not_same"))
        self.held_vendor.country_id = self.env.ref("base.de")
        self.assertEqual(self.case.state, "open")
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.held_vendor.name = "Hangzhou Hikvision Digital Technology"
        self.assertEqual(self.case.state, "open")

    def test_bulk_by_listed_party(self):
        vendors = [self.create_vendor(f"{self.held_vendor.name} {n}", "CN") for n in range(3)]
        wizard = (
            self.env["screening.decision"]
            .with_user(self.compliance)
            .create(
                {
                    "hit_ids": self.hit.ids,
                    "decision": "not_same",
                    "scope": "party",
                    "reason": "resellers of our own group",
                    "answer_trade": "differs",
                }
            )
        )
        self.assertGreaterEqual(wizard.covered_count, 4)
        wizard.action_confirm()
        for vendor in vendors:
            self.assertEqual(vendor.screening_state, "no_match")
        said = [
            log.hit_id
            for log in self.env["screening.decision.log"].search([("outcome", "=", "not_same")])
            if log.answers.get("answered", {}).get("trade") == "differs"
        ]
        self.assertEqual(said, [self.hit], "the questions were answered for one pair")

    def test_comparison_is_escaped_and_marked(self):
        vendor = self.create_vendor("<b>Hikvision</b> Digital <script>x</script>", "CN")
        hit = self.env["screening.hit"].search([("partner_id", "=", vendor.id)], limit=1)
        self.assertIn("<mark class='px-0 fw-bold'>Hikvision</mark>", hit.comparison)
        self.assertNotIn("<script>", hit.comparison)
        self.assertIn("&lt;script&gt;", hit.comparison)

    def test_answers_are_checked(self):
        for answers in ({"shoe size": "agrees"}, {"name": "maybe"}, [1]):
            with self.assertRaises(UserError):
                self.hit.with_user(self.compliance).action_set_same("yes", answers)

    def test_proposal_is_taken_back_from_the_case(self):
        self.want_second()
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        action = self.case.with_user(self.compliance).action_reopen()
        wizard = self.env["screening.decision"].with_user(self.compliance)
        wizard = wizard.with_context(**action["context"]).create({"reason": "too early"})
        wizard.action_confirm()
        self.assertEqual((self.case.state, self.hit.proposed_by_id.id), ("open", False))

    def test_what_is_not_decided_is_not_reopened(self):
        with self.assertRaises(UserError):
            self.hit.with_user(self.compliance).action_reopen("new papers")

    def test_history_is_kept(self):
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.hit.with_user(self.compliance).action_reopen("new papers")
        logs = self.env["screening.decision.log"].search([("hit_id", "=", self.hit.id)])
        self.assertEqual(logs.mapped("outcome"), ["reopened", "not_same"])
        for user in (self.compliance, self.manager):
            with self.assertRaises(AccessError):
                logs.with_user(user).write({"reason": "x"})
            with self.assertRaises(AccessError):
                logs.with_user(user).unlink()
        name = self.held_vendor.display_name
        self.held_vendor.unlink()
        self.assertEqual(set(logs.mapped("contact")), {name})
