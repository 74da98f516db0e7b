from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from .. import engine
from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestSensitivity(ScreeningMixin, TransactionCase):
    """One setting of the database, filtered on reading: nobody is screened again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.setting = cls.env.ref("restricted_party_screening.screening_sensitivity_main")
        # A weak hit as the matcher might have stored it, whatever the matcher of today says.
        cls.hit._sealed().write({"score": engine.SENSITIVITIES["strict"] - 1, "level": "possible"})

    def test_filters_on_reading(self):
        order = self.create_order(self.held_vendor)
        self.assertEqual(order.screening_state, "held")
        screened = self.held_vendor.sudo().screening_subject_ids.screened_at
        self.setting.with_user(self.manager).step = "strict"
        self.assertEqual(order.screening_state, "no_match")
        self.assertEqual(self.held_vendor.screening_state, "no_match")
        self.assertFalse(self.held_vendor.with_user(self.compliance).screening_hit_count)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        self.setting.with_user(self.manager).step = "standard"
        self.assertEqual(order.screening_state, "held", "flagged, as after any change")
        self.assertEqual(self.held_vendor.screening_state, "review")
        self.assertEqual(self.held_vendor.sudo().screening_subject_ids.screened_at, screened)

    def test_what_was_decided_counts_at_every_step(self):
        self.hit.with_user(self.compliance).action_set_same("it is them")
        order = self.create_order(self.held_vendor)
        self.setting.step = "strict"
        self.assertEqual(order.screening_state, "held")

    def test_typed_names(self):
        """The public API answers at the step that is set."""
        party = self.env["screening.party"].with_user(self.buyer)
        typed = [{"name": "Yixin Technology Ceramics GmbH", "country": "DE"}]
        counts = []
        for step in ("strict", "standard", "broad"):
            self.setting.step = step
            floor = engine.SENSITIVITIES[step]
            [hits] = party.screen(typed)
            self.assertTrue(all(hit["score"] >= floor for hit in hits))
            counts.append(len(hits))
        self.assertEqual(counts, sorted(counts))

    def test_costs_are_shown_and_rights(self):
        for few, many in engine.ALARMS_PER_1000.values():
            self.assertIn(f"{few} raise an alarm", self.setting.costs)
            self.assertIn(f"{many} against all lists", self.setting.costs)
        self.setting.with_user(self.compliance).read(["step"])
        for user in (self.compliance, self.list_admin, self.buyer):
            with self.assertRaises(AccessError):
                self.setting.with_user(user).write({"step": "broad"})
        self.setting.with_user(self.manager).write({"step": "broad"})
        event = self.env["screening.event"].search([("kind", "=", "policy")], limit=1)
        self.assertIn("floor_after", event.payload)
