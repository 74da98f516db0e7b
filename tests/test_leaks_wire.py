# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import HttpCase, new_test_user, tagged

from .common import ScreeningMixin
from .wire import Refused, WireMixin

#: What belongs to compliance alone.
COMPLIANCE_ONLY = (
    "screening.hit",
    "screening.case",
    "screening.subject",
    "screening.exemption",
    "screening.event",
    "screening.policy",
    "screening.policy.line",
    "screening.decision.log",
    "screening.chain",
)
#: What is each company's own, and a field to group it by.
OF_A_COMPANY = {
    "screening.policy": "mode",
    "screening.policy.line": "list_id",
    "screening.exemption": "state",
    "screening.exemption.use": "state",
    "screening.exemption.tick": "user_id",
    "screening.hold": "state",
    "screening.event": "kind",
}
#: A word that only compliance wrote or may read.
SECRET = "rosebud"
SUSPICION = "(?i)screening|restricted party|entity list|compliance|hikvision digital technology"


@tagged("post_install", "-at_install")
class TestLeaksWire(WireMixin, ScreeningMixin, HttpCase):
    """What people are not to know does not come out by search, groups, names, errors, mail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.env["screening.policy"].create(
            {
                "company_id": cls.env.company.id,
                "line_ids": [Command.create({"list_id": cls.hit.list_id.id, "effect": "hold"})],
            }
        )
        cls.order = cls.create_order(cls.held_vendor)
        cls.order.button_confirm()
        cls.other_order = cls.create_order(cls.held_vendor)
        cls.other_order.button_confirm()
        cls.exemption = cls.create_exemption(
            number=SECRET, order_ids=[Command.set(cls.other_order.ids)]
        )
        cls.other_order.button_confirm()

    def search(self, user, model, domain, names=("id",)):
        return self.over_web(
            user,
            model,
            "web_search_read",
            domain=domain,
            specification={name: {} for name in names},
        )["records"]

    def assert_no_right(self, call, *arguments, **named):
        with self.assertRaises(Refused) as caught:
            call(*arguments, **named)
        self.assertIn(caught.exception.kind, ("AccessError", "UserError", "ValueError"))
        self.assertNotIn(SECRET, caught.exception.message)

    # ---- buyers -------------------------------------------------------------

    def test_buyer_reads_nothing_of_compliance(self):
        """Not by search, by name, in groups, nor by exporting."""
        for model in COMPLIANCE_ONLY:
            calls = (
                ("web_search_read", {"domain": [], "specification": {"id": {}}}),
                ("search_read", {"domain": []}),
                ("search_count", {"domain": []}),
                ("name_search", {"name": "Hik"}),
                ("web_name_search", {"name": "Hik", "specification": {"display_name": {}}}),
                ("web_read_group", {"domain": [], "groupby": ["create_uid"], "aggregates": []}),
                (
                    "formatted_read_group",
                    {"domain": [], "groupby": ["create_uid"], "aggregates": ["__count"]},
                ),
            )
            for method, arguments in calls:
                with self.subTest(model=model, method=method):
                    self.assert_no_right(self.over_web, self.buyer, model, method, **arguments)
            ids = self.env[model].sudo().search([], limit=1).ids
            for method in ("read", "export_data"):
                with self.subTest(model=model, method=method):
                    self.assert_no_right(
                        self.over_web,
                        self.buyer,
                        model,
                        method,
                        ids,
                        **{"fields" if method == "read" else "fields_to_export": ["id"]},
                    )

    def test_buyer_searches_no_case_by_a_detour(self):
        """From contacts, orders and holds along relations to what compliance wrote."""
        for model, path in (
            ("res.partner", "screening_hit_ids.reason"),
            ("res.partner", "screening_hit_ids.state"),
            ("res.partner", "screening_subject_ids.state"),
            ("purchase.order", "partner_id.screening_hit_ids.score"),
            ("purchase.order", "screening_hold_ids.hit_ids.reason"),
            ("purchase.order", "screening_use_ids.exemption_id.number"),
            ("screening.hold", "hit_ids.reason"),
            ("screening.hold", "hit_ids.state"),
            ("screening.exemption.use", "exemption_id.number"),
        ):
            for operator, value in (("ilike", SECRET), ("!=", False)):
                with self.subTest(model=model, path=path, operator=operator):
                    self.assert_no_right(
                        self.over_web,
                        self.buyer,
                        model,
                        "search_count",
                        domain=[(path, operator, value)],
                    )
            with self.subTest(model=model, path=path, group=True):
                self.assert_no_right(
                    self.over_web,
                    self.buyer,
                    model,
                    "formatted_read_group",
                    domain=[],
                    groupby=[path],
                    aggregates=["__count"],
                )

    def test_buyer_sees_the_hold_and_no_more(self):
        names = ["screening_state", "screening_message", "screening_hold_ids"]
        [order] = self.search(self.buyer, "purchase.order", [("id", "=", self.order.id)], names)
        self.assertEqual(order["screening_state"], "held")
        self.assertIn("Entity List", order["screening_message"])
        self.assertNotIn(SECRET, order["screening_message"])
        [hold] = self.search(
            self.buyer, "screening.hold", [("order_id", "=", self.order.id)], ["lists", "reason"]
        )
        self.assertEqual(hold["lists"], "EL")
        self.assertNotIn(SECRET, str(hold))
        for name in ("screening_hit_ids", "screening_hit_count"):
            self.assert_no_right(
                self.over_web,
                self.buyer,
                "res.partner",
                "read",
                self.held_vendor.ids,
                fields=[name],
            )

    def test_messages_activities_and_files_of_compliance(self):
        """They are found by those who may read the record they hang on."""
        document = self.env["ir.attachment"].create(
            {
                "name": f"{SECRET}.txt",
                "raw": SECRET.encode(),
                "res_model": "screening.exemption",
                "res_id": self.exemption.id,
            }
        )
        self.exemption.message_post(body=SECRET)
        self.hit.activity_schedule("mail.mail_activity_data_todo", note=SECRET)
        for model, name in (
            ("mail.message", "body"),
            ("mail.activity", "note"),
            ("ir.attachment", "name"),
        ):
            found = self.search(self.buyer, model, [(name, "ilike", SECRET)], [name])
            self.assertEqual(found, [], model)
            self.assertTrue(self.search(self.manager, model, [(name, "ilike", SECRET)], [name]))
        for user in (self.buyer, self.accountant, None):
            for route in (f"/web/content/{document.id}", f"/web/image/{document.id}"):
                answer = self.get(user, route)
                self.assertNotIn(SECRET, answer.text)
        self.assertEqual(self.get(self.manager, f"/web/content/{document.id}").text, SECRET)

    # ---- companies ------------------------------------------------------------

    def test_other_company_finds_nothing(self):
        """By search, names, groups and numbers of records that are known."""
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.manager_2
        stranger.write(
            {
                "company_ids": [Command.set(other.ids)],
                "company_id": other.id,
                "group_ids": [Command.link(self.env.ref("purchase.group_purchase_manager").id)],
            }
        )
        for model, group in OF_A_COMPANY.items():
            name = "company_ref" if model == "screening.event" else "company_id"
            domain = [(name, "=", self.env.company.id)]
            records = self.env[model].sudo().search(domain, limit=1)
            with self.subTest(model=model):
                self.assertEqual(self.search(stranger, model, domain), [])
                self.assertEqual(
                    self.over_web(
                        stranger,
                        model,
                        "formatted_read_group",
                        domain=domain,
                        groupby=[group],
                        aggregates=["__count"],
                    ),
                    [],
                )
                self.assertFalse(
                    self.over_web(stranger, model, "name_search", name="", domain=domain)
                )
                if model == "screening.exemption.tick":
                    continue
                self.assertTrue(records)
                self.assert_no_right(self.over_web, stranger, model, "read", records.ids)
                outside = {"allowed_company_ids": [other.id, self.env.company.id]}
                self.assert_no_right(
                    self.over_web, stranger, model, "search_count", domain=[], context=outside
                )
        self.assert_no_right(
            self.over_web,
            stranger,
            "screening.exemption",
            "action_revoke",
            self.exemption.ids,
            reason="not mine",
        )
        self.assert_no_right(self.over_web, stranger, "purchase.order", "read", self.order.ids)

    def test_other_company_reads_nothing_by_forms(self):
        """What a form shows of an order or contact is worked out in sudo: for whom it is theirs."""
        conditioned = self.create_order(self.held_vendor)
        self.exemption.with_user(self.manager).action_revoke("over")
        self.create_exemption(conditions=SECRET)
        other = self.env["res.company"].create({"name": "Other"})
        private = self.create_vendor(
            "Hangzhou Hikvision Digital Technology", "CN", company_id=self.env.company.id
        )
        bank = self.env["res.partner.bank"].create(
            {"acc_number": "NL91ABNA0417164300", "partner_id": private.id}
        )
        self.hit.list_id.default_effect_pay = "hold"
        stranger = self.purchase_manager
        stranger.write(
            {
                "company_ids": [Command.set(other.ids)],
                "company_id": other.id,
                "group_ids": [Command.link(self.env.ref("account.group_account_invoice").id)],
            }
        )
        model, values = "screening.exemption.checklist", {"order_id": conditioned.id}
        line = {"fields": {"condition": {}}}
        shown = {"order_id": {}, "riders": {}, "line_ids": line}
        self.assert_no_right(self.over_web, stranger, model, "create", vals_list=[values])
        named = {"values": values, "field_names": ["order_id"], "fields_spec": shown}
        self.assert_no_right(self.over_web, stranger, model, "onchange", [], **named)
        for model, values, message in (
            (
                "purchase.order",
                {"partner_id": self.clean_vendor.id, "dest_address_id": private.id},
                "screening_message",
            ),
            (
                "account.payment",
                {"payment_type": "outbound", "partner_bank_id": bank.id},
                "screening_flight_message",
            ),
        ):
            named = {
                "values": values,
                "field_names": list(values),
                "fields_spec": {message: {}, **{name: {} for name in values}},
            }
            with self.subTest(model=model):
                self.assert_no_right(self.over_web, stranger, model, "onchange", [], **named)

    def test_other_company_sees_shared_hits_without_orders(self):
        """Who a contact is, is shared; what another company orders from it is not."""
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.manager_2
        stranger.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        [hit] = self.search(
            stranger, "screening.hit", [("id", "=", self.hit.id)], ["listed_name", "state"]
        )
        self.assertIn("Hikvision", hit["listed_name"])
        case = self.env["screening.case"].search([("partner_id", "=", self.held_vendor.id)])
        names = ["open_order_count", "open_order_value", "order_count"]
        seen = self.over_web(stranger, "screening.case", "read", case.ids, fields=names)
        self.assertFalse(any(seen[0][name] for name in names), seen)

    # ---- the vendor -----------------------------------------------------------

    def test_vendor_sees_no_suspicion(self):
        """On the portal, by its link, in what is sent to it, nor in an answer to a call."""
        portal = new_test_user(self.env, "rps_vendor", "base.group_portal")
        portal.partner_id.parent_id = self.held_vendor
        order = self.order.sudo()
        order.message_subscribe(portal.partner_id.ids)
        token = order._portal_ensure_token()
        pages = ["/my/purchase", "/my/rfq", f"/my/purchase/{order.id}"]
        pages += [f"/my/purchase/{order.id}?access_token={token}"]
        pages += [f"/my/purchase/{order.id}?access_token={token}&report_type=html"]
        for user in (portal, None):
            for page in pages:
                self.assertNotRegex(self.get(user, page).text, SUSPICION)
        fields = self.over_web(portal, "purchase.order", "fields_get")
        self.assertFalse([name for name in fields if name.startswith("screening")])
        messages = self.over_route(
            portal,
            "/mail/thread/messages",
            thread_model="purchase.order",
            thread_id=order.id,
        )
        self.assertNotRegex(str(messages), SUSPICION)
        for name in ("screening_state", "screening_message", "screening_hold_ids"):
            self.assert_no_right(
                self.over_web, portal, "purchase.order", "read", order.ids, fields=[name]
            )
            self.assert_no_right(
                self.over_web,
                portal,
                "purchase.order",
                "search_count",
                domain=[(name, "!=", False)],
            )
        for method in ("button_confirm", "button_approve"):
            try:
                said = self.over_web(portal, "purchase.order", method, order.ids)
            except Refused as refusal:
                said = refusal.message
            self.assertNotRegex(str(said), SUSPICION)
            self.assertEqual(order.state, "to approve")

    def test_refusals_to_the_vendor_tell_nothing(self):
        """Should a page of Odoo's confirm an order or post a bill for a vendor, in sudo."""
        portal = new_test_user(self.env, "rps_vendor", "base.group_portal")
        order = self.order.with_user(portal).sudo()
        with self.assertRaises(ValidationError) as caught:
            order.write({"state": "purchase"})
        self.assertNotRegex(str(caught.exception), SUSPICION)
        verdict = order._screening_verdict()
        bill = self.env["account.move"].with_user(portal).sudo().new({"move_type": "in_invoice"})
        text = self.env["screening.wording"].with_user(portal)._flight_refusal(bill, verdict)
        self.assertNotRegex(text, SUSPICION)

    def test_mail_to_the_vendor(self):
        """The request that is sent says nothing of the hold its sender is warned of."""
        order = self.create_order(self.held_vendor)
        action = order.action_rfq_send()
        composer = (
            self.env["mail.compose.message"]
            .with_user(self.buyer)
            .with_context(**action["context"])
            .create({})
        )
        self.assertIn("restricted", str(composer.screening_notice))
        composer.action_send_mail()
        mails = self.env["mail.mail"].sudo().search([("res_id", "=", order.id)])
        for text in (*mails.mapped("body_html"), *order.sudo().message_ids.mapped("body")):
            self.assertNotRegex(str(text), "(?i)screening|restricted party|entity list")
