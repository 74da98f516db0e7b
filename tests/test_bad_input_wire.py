# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from .common import ScreeningMixin
from .wire import Refused, WireMixin

#: What no parameter means, and some that some do.
ODD = (
    None,
    True,
    0,
    -1,
    1.5,
    2**31,
    2**70,
    float("inf"),
    "",
    "x",
    "a\x00b",
    "\ud800",
    "2025-02-30",
    "0000-00-00",
    "99999-01-01",
    "0001-01-01",
    "9999-12-31",
    [],
    [7],
    [[7, "x"]],
    [None],
    {},
    {"x": 1},
    {"7": [None]},
)
#: Answers that say what is wrong. Anything else is a traceback on the server.
CLEAR = {"UserError", "ValidationError", "AccessError", "MissingError"}


@tagged("post_install", "-at_install")
class TestBadInputWire(WireMixin, ScreeningMixin, HttpCase):
    """Whatever a program sends to the methods it may call, it is told what is wrong with it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.draft = cls.create_exemption(approve=False)
        cls.approved = cls.create_exemption(number="D7654321")
        cls.order = cls.create_order(cls.held_vendor)
        cls.legal_hold = (
            cls.env["screening.legal.hold"]
            .with_user(cls.manager)
            .create({"name": "Inquiry", "reason": "letter of an authority"})
        )
        cls.open_hit = cls.env["screening.hit"].search(
            [("partner_id", "=", cls.create_vendor("Dahua Technology", "CN").id)], limit=1
        )

    def setUp(self):
        super().setUp()
        self.key_of(self.manager_2)  # before the savepoints

    def methods(self):
        """``(model, method, ids, {parameter: what it would rightly be})``"""
        hit, draft, approved = self.open_hit.ids, self.draft.ids, self.approved.ids
        date = fields.Date.to_string(fields.Date.today())
        collect = {
            "kind": "order",
            "number": self.order.id,
            "date_from": date,
            "date_to": date,
            "replay": True,
        }
        party = {
            "name": "Hikvision",
            "country": "CN",
            "address": "Hangzhou",
            "vat": "NL1",
            "type": "entity",
        }
        return [
            ("screening.evidence", "collect", None, collect),
            ("screening.evidence", "collect", None, {**collect, "kind": "contact"}),
            ("screening.evidence", "collect", None, {**collect, "kind": "check"}),
            ("screening.retention", "purge", None, {"reason": "yearly"}),
            ("screening.legal.hold", "action_lift", self.legal_hold.ids, {"reason": "over"}),
            ("screening.exemption", "action_refuse", draft, {"reason": "no"}),
            ("screening.exemption", "action_suspend", approved, {"reason": "no"}),
            ("screening.exemption", "action_revoke", approved, {"reason": "no"}),
            ("screening.exemption", "action_submit", draft, {}),
            ("screening.exemption", "action_approve", draft, {}),
            ("screening.exemption", "action_new_version", approved, {}),
            (
                "screening.hit",
                "action_set_same",
                hit,
                {"reason": "it is", "answers": {"name": "agrees"}},
            ),
            (
                "screening.hit",
                "action_set_not_same",
                hit,
                {"reason": "it is not", "answers": {}, "until": "2090-01-01"},
            ),
            (
                "screening.hit",
                "action_escalate",
                hit,
                {"user_id": self.compliance.id, "due_date": "2090-01-01", "reason": "look"},
            ),
            ("screening.hit", "action_reopen", self.hit.ids, {"reason": "again"}),
            ("screening.hit", "action_confirm_proposal", hit, {}),
            ("screening.list", "parties_as_of", self.hit.list_id.ids, {"moment": date}),
            ("screening.event", "action_verify", None, {}),
            ("screening.party", "screen", None, {"parties": [party]}),
        ]

    @mute_logger("odoo.http", "odoo.sql_db")
    def ask(self, model, method, ids, named):
        """What is wrong with the answer, if anything."""
        savepoint = self.env.cr.savepoint()
        try:
            self.over_json2(self.manager_2, model, method, ids, **named)
        except Refused as refused:
            if refused.kind not in CLEAR or not refused.message:
                return str(refused)
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
        return ""

    def test_every_parameter(self):
        for model, method, ids, right in self.methods():
            for name in right:
                for odd in ODD:
                    with self.subTest(method=f"{model}.{method}", parameter=name, value=odd):
                        self.assertEqual(self.ask(model, method, ids, {**right, name: odd}), "")

    def buttons(self):
        """``(model, method)`` of what a form has one record for."""
        return [
            ("purchase.order", "action_request_exemption"),
            ("purchase.order", "action_confirm_conditions"),
            ("purchase.order", "action_view_screening_holds"),
            ("purchase.order", "get_formview_id"),
            ("res.partner", "action_screen"),
            ("res.partner", "action_view_screening_hits"),
            ("screening.case", "action_view_orders"),
            ("screening.case", "action_view_bills"),
            ("screening.case", "action_view_payments"),
            ("screening.case", "action_decide_same"),
            ("screening.case", "action_skip"),
            ("screening.case", "action_confirm_second"),
            ("screening.hold", "action_open_order"),
            ("screening.hold", "action_record_exemption"),
            ("screening.list.update", "action_roll_back"),
            ("screening.list.update", "action_override"),
            ("screening.list.update", "action_view_found"),
            ("screening.list.update", "action_view_problems"),
            ("screening.list.update", "action_download_problems"),
            ("screening.list.update.line", "action_view_new"),
            ("screening.list.update.line", "action_view_removed"),
            ("screening.overview", "action_open_1"),
            ("screening.overview", "action_graph"),
            ("screening.overview", "action_pivot"),
            ("screening.decision", "action_confirm"),
            ("screening.evidence.print", "action_show"),
            ("screening.evidence.print", "action_download"),
            ("screening.exemption.checklist", "action_confirm"),
            ("screening.exemption.close", "action_confirm"),
            ("screening.exemption.request", "action_confirm"),
            ("screening.legal.hold.lift", "action_confirm"),
            ("screening.list.update.reason", "action_confirm"),
            ("screening.purge", "action_confirm"),
            ("screening.try", "action_screen"),
        ]

    def test_buttons_pressed_on_none_or_many(self):
        groups = ("purchase.group_purchase_manager", "group_list_admin")
        for group in groups:
            name = group if "." in group else f"restricted_party_screening.{group}"
            self.manager_2.group_ids = [Command.link(self.env.ref(name).id)]
        for model, method in self.buttons():
            some = self.env[model].sudo().search([], limit=2).ids
            for ids in ([], [0], [None], [2**31 - 1], some, some[:1] * 2):
                with self.subTest(method=f"{model}.{method}", ids=ids):
                    self.assertEqual(self.ask(model, method, ids, {}), "")

    def test_who_opens_a_form(self):
        for odd in ODD:
            with self.subTest(access_uid=odd):
                model, named = "purchase.order", {"access_uid": odd}
                self.assertEqual(self.ask(model, "get_formview_id", self.order.ids, named), "")

    def test_values_of_no_known_kind(self):
        """What Odoo itself makes of them is its own affair; none of it breaks in this addon."""
        product = self.product.product_tmpl_id.id
        vendor = {"name": "Sunny Side Up Ltd", "supplier_rank": 1}
        manager = self.env.ref("base.group_partner_manager")
        self.manager_2.group_ids = [Command.link(manager.id)]
        for model, values in (
            ("screening.classification", {"product_tmpl_id": product, "eccn": 5}),
            ("screening.classification", {"product_tmpl_id": product, "eccn": [7]}),
            ("screening.classification", {"product_tmpl_id": product, "eccn": {"x": 1}}),
            ("res.partner", {**vendor, "parent_id": {}}),
        ):
            with self.subTest(model=model, values=values):
                self.assertEqual(self.ask(model, "create", None, {"vals_list": [values]}), "")
        attachments = self.env["ir.attachment"]
        for odd in (True, 5, [7], {"x": 1}):
            with self.subTest(res_model=odd):
                self.assertIn("mimetype", attachments._check_contents({"res_model": odd}))

    def test_evidence_that_is_nobodys(self):
        for number in (0, 2**31 - 1, 2**70):
            with self.subTest(number=number):
                answer = self.get(self.manager_2, f"/screening/evidence/{number}")
                self.assertEqual(answer.status_code, 404)

    def test_texts_that_fill_the_audit_trail(self):
        """What is typed and given as a reason is kept for ever, so it has an end."""
        long = "x" * 10_001
        for name in ("name", "address", "vat"):
            with self.assertRaisesRegex(Refused, "more than 10000"):
                self.over_json2(
                    self.manager_2, "screening.party", "screen", parties=[{"name": "x", name: long}]
                )
        wizard = self.env["screening.exemption.request"].with_user(self.buyer)
        request = wizard.create({"order_id": self.order.id, "reason": "x" * 20_001})
        with self.assertRaisesRegex(UserError, "at most 20000"):
            request.action_confirm()

    def test_parameters_of_parties(self):
        *_others, (model, method, ids, right) = self.methods()
        for name in right["parties"][0]:
            for odd in ODD:
                with self.subTest(parameter=name, value=odd):
                    parties = [{**right["parties"][0], name: odd}]
                    self.assertEqual(self.ask(model, method, ids, {"parties": parties}), "")

    def test_records_that_are_not_there(self):
        for model, method, ids, right in self.methods():
            if ids is not None:
                for wrong in ([2**31 - 1], []):
                    with self.subTest(method=f"{model}.{method}", ids=wrong):
                        self.assertEqual(self.ask(model, method, wrong, right), "")
