from odoo.exceptions import AccessError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestPolicy(ScreeningMixin, TransactionCase):
    """What a list does, per company; switching holding on or off is an event."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def test_effects(self):
        entity_list = self.hit.list_id
        # Another list that holds stays loaded; without any the order would be held as not screened.
        self.import_list(csl_file([("SDN", "Rosoboronexport OAO", {})]), "sdn.csv")
        policy = (
            self.env["screening.policy"]
            .with_user(self.manager)
            .create({"company_id": self.env.company.id})
        )
        order = self.create_order(self.held_vendor)
        for effect, state in (
            ("warn", "warning"),
            ("inform", "information"),
            ("off", "no_match"),
            ("hold", "held"),
        ):
            policy.write(
                {
                    "line_ids": [
                        Command.clear(),
                        Command.create({"list_id": entity_list.id, "effect": effect}),
                    ]
                }
            )
            self.assertEqual(order.screening_state, state, effect)

    def test_defaults(self):
        """UVL warns, CMIC informs."""
        self.import_list(
            csl_file(
                [
                    ("UVL", "Wonderful Widgets Trading", {}),
                    ("CMIC", "Splendid Aerospace Holding", {}),
                ]
            )
        )
        for name, state in (
            ("Wonderful Widgets Trading", "warning"),
            ("Splendid Aerospace Holding", "information"),
        ):
            order = self.create_order(self.create_vendor(name))
            self.assertEqual(order.screening_state, state)
            order.button_confirm()
            self.assertEqual(order.state, "purchase")

    def test_observe_then_hold_again(self):
        policy = (
            self.env["screening.policy"]
            .with_user(self.manager)
            .create({"company_id": self.env.company.id, "mode": "observe"})
        )
        order = self.create_order(self.held_vendor)
        self.assertEqual(order.screening_state, "warning")
        policy.mode = "hold"
        self.assertEqual(order.screening_state, "held")
        events = self.env["screening.event"].search([("kind", "=", "policy")])
        self.assertIn('"observe"', events[0].payload)

    def test_only_managers_set_it(self):
        for user in (self.buyer, self.purchase_manager, self.compliance, self.list_admin):
            with self.assertRaises(AccessError):
                self.env["screening.policy"].with_user(user).create(
                    {"company_id": self.env.company.id}
                )

    def test_texts_translated_are_an_event(self):
        """The dialog of translations writes past the model's own `write`."""
        entity_list = self.hit.list_id.with_user(self.list_admin)
        before = self.env["screening.event"].search_count([])
        entity_list.update_field_translations("text_buy", {"en_US": "Buy what you like."})
        self.assertEqual(entity_list.text_buy, "Buy what you like.")
        event = self.env["screening.event"].search([], limit=1)
        self.assertEqual(self.env["screening.event"].search_count([]), before + 1)
        self.assertIn("Buy what you like.", event.payload)
        self.assertEqual(event.user_ref, self.list_admin.id)

    def test_unscreened_may_warn(self):
        self.env["screening.policy"].create(
            {"company_id": self.env.company.id, "unscreened": "warn"}
        )
        self.env["screening.list"].search([]).sudo()._sealed().write({"edition": 0})
        order = self.create_order(self.clean_vendor)
        self.assertEqual(order.screening_state, "not_screened")
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
