# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from odoo.tests import HttpCase, tagged

from .common import ScreeningMixin, csl_file
from .wire import WireMixin


@tagged("post_install", "-at_install")
class TestRescreenWire(WireMixin, ScreeningMixin, HttpCase):
    """Between an update and the background that screens for it there is no window.

    Nothing here runs the background: what is asked over the wire is all that happens.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.vendor = cls.create_vendor("Brilliant Bearings Oy", "FI")
        cls.listed = (
            csl_file([("EL", "Brilliant Bearings Oy", {})]) + cls.entity_list.split(b"\n", 1)[1]
        )

    def call(self, user, records, method, **named):
        self.over_json2(user, records._name, method, records.ids, **named)
        self.env.invalidate_all()

    def confirm(self, order):
        self.call(self.buyer, order, "button_confirm")
        return order.state

    def outdated(self):
        subjects = self.env["screening.subject"]
        return subjects.search_count(subjects._domain_outdated())

    def test_listed_since_the_order_was_made(self):
        order = self.create_order(self.vendor)
        update = self.import_list(self.listed, apply=False)
        self.call(self.list_admin, update, "action_apply")
        self.assertEqual(order.screening_state, "no_match", "nobody has looked yet")
        self.assertTrue(self.outdated())
        self.assertEqual(self.confirm(order), "to approve")
        self.assertEqual(order.screening_state, "held")
        case = self.env["screening.case"].search([("partner_id", "=", self.vendor.id)])
        self.assertEqual(case.state, "open", "it is in the queue")

    def test_listed_and_approved_by_a_write(self):
        """Not by the button alone: whoever writes the state is checked against the new list."""
        order = self.create_order(self.vendor)
        self.import_list(self.listed)
        key = self.key_of(self.buyer)
        with self.assertLogs("odoo.http", "WARNING"):
            answer = self.url_open(
                "/json/2/purchase.order/write",
                data=json.dumps({"ids": order.ids, "vals": {"state": "purchase"}}),
                headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
            )
        self.assertEqual(answer.status_code, 422)
        self.env.invalidate_all()
        self.assertEqual(order.state, "draft")

    def test_rolled_back_since_the_order_was_held(self):
        order = self.create_order(self.vendor)
        update = self.import_list(self.listed)
        self.assertEqual(self.confirm(order), "to approve")
        self.call(self.list_admin, update, "action_roll_back", reason="published in error")
        self.assertTrue(self.outdated())
        self.assertEqual(self.confirm(order), "purchase")
        self.assertEqual(order.screening_state, "no_match")

    def test_unlisted_since_the_order_was_held(self):
        """The list drops the party: the next press of the same button goes through."""
        self.import_list(self.listed)
        order = self.create_order(self.vendor)
        self.assertEqual(self.confirm(order), "to approve")
        update = self.import_list(self.entity_list, apply=False)
        update.action_override("an old file, for a test")
        self.call(self.list_admin, update, "action_apply")
        self.assertEqual(self.confirm(order), "purchase")
