from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestExemptionVersion(ScreeningMixin, TransactionCase):
    """A change of an approved exemption is a new version, approved by another."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def new_version(self, exemption, **values):
        action = exemption.with_user(self.compliance).action_new_version()
        draft = self.env["screening.exemption"].browse(action["res_id"])
        draft.with_user(self.compliance).write(values)
        return draft

    def test_supersedes_with_what_is_used(self):
        old = self.create_exemption(amount_ceiling=150)
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        new = self.new_version(old, amount_ceiling=250)
        self.assertEqual((new.version, new.number, new.hit_ids), (2, old.number, old.hit_ids))
        waiting = self.create_order(self.held_vendor)
        self.assertEqual(waiting.screening_state, "held", "a draft covers nothing")
        new.with_user(self.compliance).action_submit()
        with self.assertRaises(AccessError):
            new.with_user(self.compliance).action_approve()
        new.with_user(self.manager).action_approve()
        self.assertEqual((old.validity, old.superseded_by_id), ("superseded", new))
        self.assertEqual((old.amount_used, new.amount_used, new.amount_left), (0, 100, 150))
        self.assertEqual(old.use_ids.state, "moved")
        self.assertEqual(waiting.screening_state, "exempted")
        order.button_cancel()
        self.assertEqual((old.amount_used, new.amount_used), (0, 0))

    def test_superseded_covers_nothing(self):
        """Nor does it come back when the new version ends."""
        old = self.create_exemption()
        order = self.create_order(self.held_vendor)
        new = self.new_version(old)
        new.with_user(self.compliance).action_submit()
        new.with_user(self.manager).action_approve()
        self.assertEqual(order.screening_state, "exempted")
        new.with_user(self.manager).action_revoke("withdrawn")
        self.assertEqual(order.screening_state, "held")
        for call in (
            lambda: old.with_user(self.manager).action_revoke("x"),
            lambda: old.with_user(self.manager).action_suspend("x"),
            lambda: old.with_user(self.compliance).action_new_version(),
        ):
            with self.assertRaisesRegex(UserError, "superseded"):
                call()

    def test_one_new_version_at_a_time(self):
        old = self.create_exemption()
        self.new_version(old)
        with self.assertRaisesRegex(UserError, "already"):
            self.new_version(old)

    def test_not_below_what_is_used(self):
        old = self.create_exemption(amount_ceiling=150)
        self.create_order(self.held_vendor).button_confirm()
        new = self.new_version(old, amount_ceiling=99)
        new.with_user(self.compliance).action_submit()
        with self.assertRaisesRegex(UserError, "use"), self.env.cr.savepoint():
            new.with_user(self.manager).action_approve()
        self.assertEqual(old.amount_used, 100)

    def test_nobody_approves_their_own_by_a_detour(self):
        """Neither a copy by another, nor asking again by another, washes the author off."""
        mine = (
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
        copied = mine.with_user(self.compliance).copy()
        copied.with_user(self.compliance).hit_ids = self.hit
        copied.with_user(self.compliance).action_submit()
        with self.assertRaises(AccessError):
            copied.with_user(self.manager).action_approve()
        asked = self.create_exemption(approve=False)
        asked.with_user(self.manager_2).action_refuse("incomplete")
        asked.with_user(self.manager).action_submit()
        asked.with_user(self.manager_2).action_refuse("still incomplete")
        asked.with_user(self.compliance).action_submit()
        with self.assertRaises(AccessError):
            asked.with_user(self.manager).action_approve()

    def test_version_cannot_be_written(self):
        old, other = self.create_exemption(), self.create_exemption(number="D7654321")
        for values in ({"superseded_by_id": other.id}, {"previous_id": other.id}):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                old.with_user(self.manager).write(values)
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            old.with_user(self.manager).create(
                {"partner_id": self.held_vendor.id, "previous_id": old.id}
            )
