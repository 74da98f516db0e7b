from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestEvent(ScreeningMixin, TransactionCase):
    """The audit trail: append-only, sealed, and it says where it was broken."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.events = cls.env["screening.event"]
        for number in range(8):
            cls.create_vendor(f"Paper Mill {number} Oy", "FI")

    def seal(self):
        while self.events._seal_batch(limit=7):
            pass

    def test_append_only(self):
        event = self.events.search([], limit=1)
        for call in (
            lambda: event.write({"summary": "other"}),
            lambda: event.sudo().write({"seq": 1}),
            lambda: event.unlink(),
            lambda: event.copy(),
            lambda: self.events.create({"kind": "decision", "summary": "forged"}),
            lambda: (
                self.events.sudo()
                .with_context(screening_seal=True)
                .create({"kind": "decision", "summary": "forged"})
            ),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                call()

    def test_details_are_read_line_by_line(self):
        event = self.events.search([("kind", "=", "partner_check")], limit=1)
        self.assertIn('\n  "matcher": ', event.payload_lines)
        self.assertNotIn("\n", event.payload)
        self.env.cr.execute("UPDATE screening_event SET payload = '{x' WHERE id = %s", [event.id])
        self.env.invalidate_all()
        self.assertEqual(event.payload_lines, "{x")

    def test_verifies(self):
        self.seal()
        result = self.events._verify()
        self.assertTrue(result["ok"], result)
        self.assertGreater(result["sealed"], 5)
        self.assertEqual(result["unsealed"], 0)
        self.hit.with_user(self.compliance).action_set_same("it is")
        self.assertGreater(self.events._verify()["unsealed"], 0)
        action = self.events.with_user(self.compliance).action_verify()
        self.assertEqual(action["params"]["type"], "success")
        with self.assertRaises(UserError):
            self.events.with_user(self.buyer).action_verify()

    def test_finds_each_kind_of_break(self):
        """Changed content, changed hash, a missing row, a missing tail, a changed unsealed row."""
        self.seal()
        self.hit.with_user(self.compliance).action_set_same("it is")
        unsealed = self.events.search([("seq", "in", [False, 0])], limit=1)
        victim = self.events.search([("seq", "=", 3)])
        last = self.events.search([("seq", ">", 0)], order="seq desc", limit=1)
        for statement, parameter, reason in (
            ("UPDATE screening_event SET summary = 'x' WHERE id = %s", victim.id, "content"),
            ("UPDATE screening_event SET payload = '{}' WHERE id = %s", victim.id, "content"),
            ("UPDATE screening_event SET user_name = 'x' WHERE id = %s", victim.id, "content"),
            ("UPDATE screening_event SET chain_hash = 'x' WHERE id = %s", victim.id, "follow"),
            ("DELETE FROM screening_event WHERE id = %s", victim.id, "missing"),
            ("DELETE FROM screening_event WHERE id = %s", last.id, "end of the chain"),
            ("UPDATE screening_event SET summary = 'x' WHERE id = %s", unsealed.id, "content"),
        ):
            with self.subTest(statement=statement):
                with self.env.cr.savepoint() as savepoint:
                    self.env.flush_all()
                    self.env.cr.execute(statement, [parameter])
                    result = self.events._verify()
                    savepoint.rollback()
                self.env.invalidate_all()
                self.assertFalse(result["ok"])
                self.assertIn(reason, result["reason"])
        self.assertTrue(self.events._verify()["ok"])

    def test_nightly_alarm(self):
        """A broken trail is an activity for each manager, once; mended, it goes."""
        head = self.env.ref("restricted_party_screening.screening_chain_main")
        self.events._cron_verify()
        self.assertTrue(head.verified_ok)
        self.assertFalse(head.activity_ids)
        victim = self.events.search([("seq", "=", 3)])
        self.env.cr.execute("UPDATE screening_event SET summary = 'x' WHERE id = %s", [victim.id])
        self.env.invalidate_all()
        for _night in range(2):
            self.events._cron_verify()
        self.assertFalse(head.verified_ok)
        self.assertIn("row 3", head.verified_text)
        told = head.activity_ids.user_id
        self.assertLessEqual(self.manager | self.manager_2, told)
        self.assertEqual(len(head.activity_ids), len(told))
        self.assertIn("row 3", head.activity_ids[0].note)
        self.env.cr.execute(
            "UPDATE screening_event SET summary = %s WHERE id = %s", [victim.summary, victim.id]
        )
        with self.assertRaises(AccessError):
            head.with_user(self.manager).write({"verified_ok": True})

    def test_nightly_all_clear_is_kept(self):
        cron = self.env.ref("restricted_party_screening.ir_cron_verify")
        self.assertTrue(cron.active)
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        head = self.env.ref("restricted_party_screening.screening_chain_main")
        self.assertIn(head.last_hash, head.verified_text)
