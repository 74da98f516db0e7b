import json
import xmlrpc.client

from odoo import fields
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ScreeningMixin

CONTEXT = {
    "skip_screening": True,
    "screening_seal": True,
    "tracking_disable": True,
    "install_mode": True,
}


@tagged("post_install", "-at_install")
class TestGateWire(ScreeningMixin, HttpCase):
    """The refusals again, as real users over XML-RPC, JSON-2 and the web client's own RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    # ---- three wires --------------------------------------------------------

    # Odoo logs each refusal as a warning; here refusals are what is asked for.

    @mute_logger("odoo.http")
    def over_json2(self, user, model, method, **arguments):
        key = (
            self.env["res.users.apikeys"]
            .with_user(user)
            ._generate("rpc", "test", fields.Datetime.add(fields.Datetime.now(), days=1))
        )
        response = self.url_open(
            f"/json/2/{model}/{method}",
            data=json.dumps(arguments),
            headers={"Authorization": f"Bearer {key}", "Content-Type": "application/json"},
        )
        answer = response.json()
        if response.status_code != 200:
            return response.status_code, answer["message"]
        return 200, answer

    @mute_logger("odoo.http", "odoo.addons.rpc.controllers.xmlrpc")
    def over_xmlrpc(self, user, model, method, *arguments, **keywords):
        try:
            answer = self.xmlrpc_object.execute_kw(
                self.env.cr.dbname, user.id, user.login, model, method, list(arguments), keywords
            )
        except xmlrpc.client.Fault as fault:
            return 422, fault.faultString
        return 200, answer

    @mute_logger("odoo.http")
    def over_web(self, user, model, method, *arguments, **keywords):
        self.authenticate(user.login, user.login)
        response = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps(
                {
                    "params": {
                        "model": model,
                        "method": method,
                        "args": arguments,
                        "kwargs": keywords,
                    }
                }
            ),
            headers={"Content-Type": "application/json"},
        ).json()
        if "error" in response:
            return 422, response["error"]["data"]["message"]
        return 200, response["result"]

    # ---- the doors ----------------------------------------------------------

    def attempts(self, order, approved):
        """(method, arguments) of each door that takes an RPC call."""
        values = {
            "partner_id": self.held_vendor.id,
            "order_line": [
                [0, 0, {"product_id": self.product.id, "product_qty": 1, "price_unit": 1}]
            ],
        }
        rows = [[str(self.held_vendor.id), "purchase", str(self.product.id), "1"]]
        columns = ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/product_qty"]
        return [
            ("button_approve", [order.ids], {}),
            ("write", [order.ids, {"state": "purchase"}], {}),
            ("web_save", [order.ids, {"state": "purchase"}], {"specification": {}}),
            ("create", [[{**values, "state": "purchase"}]], {}),
            ("create", [[values]], {"context": {"default_state": "purchase"}}),
            ("copy", [order.ids, {"state": "purchase"}], {}),
            ("load", [columns, rows], {}),
            ("write", [approved.ids, {"partner_id": self.held_vendor.id}], {}),
            ("write", [approved.ids, {"partner_id": self.contact.id}], {}),
            ("write", [approved.ids, {"dest_address_id": self.held_vendor.id}], {}),
        ]

    def assert_nothing_passes(self, user, call):
        order = self.create_order(self.held_vendor, self.purchase_manager)
        approved = self.create_order(self.clean_vendor, self.purchase_manager)
        approved.button_confirm()
        approved_before = self.env["purchase.order"].search_count([("state", "=", "purchase")])
        for method, arguments, keywords in self.attempts(order, approved):
            for context in ({}, CONTEXT):
                keywords = {**keywords, "context": {**keywords.get("context", {}), **context}}
                with self.subTest(method=method, context=bool(context), user=user.login):
                    status, answer = call(user, "purchase.order", method, *arguments, **keywords)
                    self.env.invalidate_all()
                    if method == "load" and status == 200:
                        self.assertFalse(answer["ids"])
                        answer = answer["messages"][0]["message"]
                    else:
                        self.assertNotEqual(status, 200)
                    if user != self.accountant:
                        self.assertRegex(answer, "held|group|Purchase")
                    self.assertEqual(order.state, "draft")
                    self.assertEqual(approved.partner_id, self.clean_vendor)
                    self.assertEqual(
                        self.env["purchase.order"].search_count([("state", "=", "purchase")]),
                        approved_before,
                    )

    def test_xmlrpc(self):
        for user in (self.buyer, self.purchase_manager, self.accountant):
            self.assert_nothing_passes(user, self.over_xmlrpc)

    def test_web_client(self):
        for user in (self.buyer, self.purchase_manager):
            self.assert_nothing_passes(user, self.over_web)

    def test_json2(self):
        """/json/2 names its arguments; the same doors, and confirm parks."""
        order = self.create_order(self.held_vendor)
        context = {"context": CONTEXT}
        for method, arguments in (
            ("button_approve", {"ids": order.ids}),
            ("write", {"ids": order.ids, "vals": {"state": "purchase"}}),
            ("copy", {"ids": order.ids, "default": {"state": "purchase"}}),
            (
                "create",
                {"vals_list": [{"partner_id": self.held_vendor.id, "state": "purchase"}]},
            ),
        ):
            status, message = self.over_json2(
                self.purchase_manager, "purchase.order", method, **arguments, **context
            )
            self.assertEqual(status, 422, method)
            self.assertIn("held", message)
        status, _answer = self.over_json2(
            self.purchase_manager, "purchase.order", "button_confirm", ids=order.ids, **context
        )
        self.assertEqual(status, 200)
        self.env.invalidate_all()
        self.assertEqual(order.state, "to approve")

    def test_private_parts_are_private(self):
        """What the addon does inside is not to be called from outside."""
        for model, method in (
            ("screening.hit", "_decide"),
            ("screening.hit", "_sealed"),
            ("screening.event", "_log_event"),
            ("screening.gate", "_ask"),
            ("screening.matcher", "_screen_partners"),
            ("screening.exemption", "_submit"),
            ("screening.subject", "_set_screened"),
        ):
            status, _message = self.over_json2(self.manager, model, method, ids=[])
            self.assertIn(status, (403, 404), f"{model}.{method}")

    def test_screen_over_json2(self):
        """The public API answers any screening user."""
        status, answer = self.over_json2(
            self.buyer,
            "screening.party",
            "screen",
            parties=[
                {"name": "Hangzhou Hikvision", "country": "CN"},
                {"name": "Acme Office Supplies GmbH"},
            ],
        )
        self.assertEqual(status, 200)
        self.assertEqual([len(hits) > 0 for hits in answer], [True, False])
        hit = answer[0][0]
        for key in ("list", "party_id", "matched_name", "score", "level", "evidence"):
            self.assertIn(key, hit)
        for bad in (
            None,
            "x",
            [5],
            [{}],
            [{"name": 5}],
            [{"name": "x", "country": "China"}],
            [{"nome": "x"}],
        ):
            status, _message = self.over_json2(self.buyer, "screening.party", "screen", parties=bad)
            self.assertEqual(status, 422, bad)
