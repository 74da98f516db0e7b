from odoo.tests import HttpCase, tagged

from .common import ScreeningMixin
from .wire import Refused, WireMixin

CONTEXT = {
    "skip_screening": True,
    "screening_seal": True,
    "tracking_disable": True,
    "install_mode": True,
}


@tagged("post_install", "-at_install")
class TestGateWire(WireMixin, ScreeningMixin, HttpCase):
    """The refusals again, as real users over XML-RPC, JSON-2 and the web client's own RPC."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def refusal(self, call, user, model, method, ids=None, **named):
        """How a call is refused; one that is not refused fails."""
        try:  # `assertRaises` of Odoo would put back what the call did
            call(user, model, method, ids, **named)
        except Refused as refusal:
            return refusal
        self.fail(f"{method} passed")

    def attempts(self, order, approved):
        """(method, ids, arguments) of each door that takes an RPC call."""
        values = {
            "partner_id": self.held_vendor.id,
            "order_line": [
                [0, 0, {"product_id": self.product.id, "product_qty": 1, "price_unit": 1}]
            ],
        }
        rows = [[str(self.held_vendor.id), "purchase", str(self.product.id), "1"]]
        columns = ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/product_qty"]
        approve = {"vals": {"state": "purchase"}}
        return [
            ("button_approve", order.ids, {}),
            ("write", order.ids, approve),
            ("web_save", order.ids, {**approve, "specification": {}}),
            ("create", None, {"vals_list": [{**values, "state": "purchase"}]}),
            ("create", None, {"vals_list": [values], "context": {"default_state": "purchase"}}),
            ("copy", order.ids, {"default": {"state": "purchase"}}),
            ("load", None, {"fields": columns, "data": rows}),
            ("write", approved.ids, {"vals": {"partner_id": self.held_vendor.id}}),
            ("write", approved.ids, {"vals": {"partner_id": self.contact.id}}),
            ("write", approved.ids, {"vals": {"dest_address_id": self.held_vendor.id}}),
        ]

    def message(self, call, user, method, ids, named):
        """Why a call on orders comes to nothing; an import says so without a refusal."""
        if method != "load":
            return self.refusal(call, user, "purchase.order", method, ids, **named).message
        answer = call(user, "purchase.order", method, ids, **named)
        self.assertFalse(answer["ids"])
        return answer["messages"][0]["message"]

    def assert_nothing_passes(self, user, call):
        order = self.create_order(self.held_vendor, self.purchase_manager)
        approved = self.create_order(self.clean_vendor, self.purchase_manager)
        approved.button_confirm()
        approved_before = self.env["purchase.order"].search_count([("state", "=", "purchase")])
        for method, ids, named in self.attempts(order, approved):
            for context in ({}, CONTEXT):
                named = {**named, "context": {**named.get("context", {}), **context}}
                with self.subTest(method=method, context=bool(context), user=user.login):
                    message = self.message(call, user, method, ids, named)
                    self.env.invalidate_all()
                    if user != self.accountant:
                        self.assertRegex(message, "held|group|Purchase")
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
        for method, ids, named in (
            ("button_approve", order.ids, {}),
            ("write", order.ids, {"vals": {"state": "purchase"}}),
            ("copy", order.ids, {"default": {"state": "purchase"}}),
            (
                "create",
                None,
                {"vals_list": [{"partner_id": self.held_vendor.id, "state": "purchase"}]},
            ),
        ):
            refusal = self.refusal(
                self.over_json2,
                self.purchase_manager,
                "purchase.order",
                method,
                ids,
                **named,
                context=CONTEXT,
            )
            self.assertIn(refusal.kind, ("UserError", "ValidationError"), method)
            self.assertIn("held", refusal.message)
        self.over_json2(
            self.purchase_manager, "purchase.order", "button_confirm", order.ids, context=CONTEXT
        )
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
            refusal = self.refusal(self.over_json2, self.manager, model, method, [])
            self.assertIn(refusal.kind, ("AccessError", "NotFound"), f"{model}.{method}")

    def test_screen_over_json2(self):
        """The public API answers any screening user."""
        answer = self.over_json2(
            self.buyer,
            "screening.party",
            "screen",
            parties=[
                {"name": "Hangzhou Hikvision", "country": "CN"},
                {"name": "Acme Office Supplies GmbH"},
            ],
        )
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
            screen = ("screening.party", "screen")
            refusal = self.refusal(self.over_json2, self.buyer, *screen, parties=bad)
            self.assertIn(refusal.kind, ("UserError", "ValidationError"), bad)
