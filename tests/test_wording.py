# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.tests import TransactionCase, tagged

from odoo.addons.restricted_party_screening.engine import explain
from odoo.addons.restricted_party_screening.models.screening_templates import TEMPLATES

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestWording(ScreeningMixin, TransactionCase):
    """What users read is true, and translatable."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def test_every_sentence_of_the_engine_is_translatable(self):
        """The engine's templates and those named for translation are the same."""
        texts = set()
        public = {name: value for name, value in vars(explain).items() if name[0] != "_"}
        for name, value in public.items():
            if name.isupper() and isinstance(value, str):
                texts.add(value)
            elif name.isupper() and isinstance(value, dict):
                texts.update(value.values())
        self.assertEqual(texts, set(TEMPLATES))

    def test_apps_say_what_it_is(self):
        """Not the README, which Odoo would take for another markup."""
        module = self.env.ref("base.module_restricted_party_screening")
        self.assertIn("Before you install it", module.description_html)
        self.assertNotIn("##", module.description_html)

    def test_no_false_words(self):
        """No list says *prohibited*, nothing says *cleared* or *compliant*."""
        for record in self.env["screening.list"].search([("active", "in", (True, False))]):
            texts = (record.text_buy, record.text_pay, record.text_send, record.text_import)
            for text in filter(None, texts):
                for word in ("prohibited", "cleared", "compliant"):
                    self.assertNotIn(word, text.lower(), record.code)

    def test_entity_list_does_not_forbid_buying(self):
        """BIS: listing does not create a prohibition on purchases."""
        entity_list = self.hit.list_id
        self.assertIn("Not in itself restricted", entity_list.text_buy)
        self.assertIn("licence may be needed", entity_list.text_send)

    def test_what_is_decided_is_not_said_to_wait_for_a_decision(self):
        """Once it is the listed party, only an exemption helps, and nothing *may* be."""
        order = self.create_order(self.held_vendor)

        def shown():
            self.env.invalidate_all()
            return str(self.env["screening.wording"]._banner(order._screening_verdict(), order))

        self.assertIn("a restricted party may be involved", shown())
        self.assertIn("decides the match or a licence exemption", shown())
        self.hit.with_user(self.compliance).action_set_same("the same registry")
        for state in ("draft", "to approve"):
            self.assertEqual(order.state, state)
            self.assertIn("a listed party is involved", shown())
            self.assertIn("until a licence exemption covers it. Compliance: ", shown())
            self.assertNotIn("decides the match", shown())
            order.button_confirm()
        self.assertEqual(order.state, "to approve")

    def test_a_contact_is_named_without_its_address(self):
        """Forms of bills and orders ask for address and tax number wherever a name is shown."""
        self.held_vendor.write({"street": "Qianmo Road 555", "vat": "CN123456"})
        self.hit.with_user(self.compliance).action_set_same("the same registry")
        order = self.create_order(self.held_vendor)
        asked = {"show_address": 1, "show_vat": True}
        wording = self.env["screening.wording"].with_context(**asked)
        verdict = order.with_context(**asked)._screening_verdict()
        for text in (wording._banner(verdict, order), wording._refusal(order, verdict)):
            self.assertIn(self.held_vendor.name, text)
            self.assertNotIn("Qianmo", text)
            self.assertNotIn("CN123456", text)

    def test_nothing_found_names_lists_and_dates(self):
        """Never a green tick for silence."""
        order = self.create_order(self.clean_vendor)
        checked = self.env["screening.wording"]._checked(order._screening_verdict())
        self.assertIn("No match found in EL", checked)
        self.assertIn(str(self.hit.list_id.edition_date.date()), checked)

    def test_stale_list_is_said(self):
        """A list older than its limit is said in the message and changes nobody's state."""
        self.env.cr.execute(
            "UPDATE screening_list SET edition_date = edition_date - interval '90 days'"
        )
        self.env.invalidate_all()
        self.assertTrue(self.hit.list_id.is_stale)
        order = self.create_order(self.held_vendor)
        self.assertIn("Older than its limit", order.screening_message)
        self.assertEqual(self.create_order(self.clean_vendor).screening_state, "no_match")
