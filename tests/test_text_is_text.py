# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import csv
import io
import json

from openpyxl import load_workbook

from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import FlightMixin, ScreeningMixin, csl_file
from .wire import WireMixin

TAG = "<img src=x onerror=alert(1)>"
EVIL = f"Evil {TAG} <b>Bold</b> Trading"
FORMULAS = ("=HYPERLINK(1)", "+1+cmd|' /C calc'!A0", "-2+3", "@SUM(1)", "\t=1")


@tagged("post_install", "-at_install")
class TestTextIsText(WireMixin, FlightMixin, ScreeningMixin, HttpCase):
    """Names in lists, names of vendors and reasons of people are shown as they are written.

    Neither does HTML in them become HTML, nor a formula one in a spreadsheet.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.set_up_accounting()
        rows = [("EL", EVIL, {"license_requirement": TAG, "license_policy": TAG})]
        rows += [("EL", f"{text} Formula Works", {}) for text in FORMULAS]
        more = csl_file(rows)
        cls.import_list(more + cls.entity_list.split(b"\n", 1)[1])
        cls.evil = cls.create_vendor(EVIL, "CN", street=TAG)
        cls.evil_hit = cls.evil.screening_hit_ids[:1]
        cls.hit.list_id.write({"default_effect_bill": "hold", "text_pay": TAG, "text_send": TAG})

    def assert_text(self, html, what):
        self.assertTrue(html, what)
        self.assertNotRegex(str(html), r"<img\b[^>]*onerror|<b>Bold", what)

    def html_of(self, records):
        """Each HTML field of records, as their form shows it."""
        for name, field in records._fields.items():
            if field.type == "html" and "screening" in (field._module or ""):
                for record in records:
                    if record[name]:
                        yield f"{records._name}.{name}", record[name]

    def test_banners_cases_and_forms(self):
        order = self.create_order(self.evil)
        order.button_confirm()
        bill = self.create_bill(self.evil)
        self.assertTrue(self.evil_hit)
        self.evil_hit.with_user(self.compliance).action_set_same(f"reason {TAG}")
        composer = self.env["mail.compose.message"].with_context(
            **order.action_rfq_send()["context"]
        )
        case = self.env["screening.case"].search([("partner_id", "=", self.evil.id)])
        shown = [
            *self.html_of(order.sudo()),
            *self.html_of(bill),
            *self.html_of(self.evil_hit),
            *self.html_of(case),
            *self.html_of(self.env["screening.decision.log"].search([])),
            *self.html_of(composer.create({})),
        ]
        names = {name for name, _html in shown}
        for name in (
            "purchase.order.screening_message",
            "account.move.screening_flight_message",
            "screening.hit.comparison",
            "mail.compose.message.screening_notice",
        ):
            self.assertIn(name, names)
        for name, html in shown:
            self.assert_text(html, name)

    def test_activities_and_messages(self):
        """What people are told, wherever: notes, chatter, mails."""
        order = self.create_order(self.evil)
        order.button_confirm()
        self.env["screening.exemption.request"].with_user(self.buyer).create(
            {"order_id": order.id, "reason": f"please {TAG}"}
        ).action_confirm()
        approved = self.create_order(self.clean_vendor)
        approved.button_confirm()
        self.clean_vendor.name = EVIL
        exemption = self.create_exemption(hits=self.evil_hit, approve=False)
        exemption.with_user(self.manager).action_refuse(f"no {TAG}")
        activities = self.env["mail.activity"].search([])
        notes = [note for note in activities.mapped("note") if "Evil" in (note or "")]
        self.assertGreater(len(notes), 1)
        for note in notes:
            self.assert_text(note, "activity")
        messages = self.env["mail.message"].search([("body", "like", "onerror")])
        self.assertTrue(messages)
        for body in messages.mapped("body"):
            self.assert_text(body, "message")
        for mail in self.env["mail.mail"].search([("body_html", "like", "onerror")]):
            self.assert_text(mail.body_html, "mail")

    def test_evidence_on_paper(self):
        self.evil_hit.with_user(self.compliance).action_set_same(f"reason {TAG}")
        wizard = (
            self.env["screening.evidence.print"]
            .with_user(self.compliance)
            .create({"kind": "contact", "partner_id": self.evil.id})
        )
        report = self.env["ir.actions.report"]
        name = (
            self.env["ir.actions.report"]
            .search([("model", "=", wizard._name)], limit=1)
            .report_name
        )
        html, _type = report._render_qweb_html(name, wizard.ids)
        self.assertIn("Evil", html.decode())
        self.assert_text(html.decode(), "evidence")

    # ---- spreadsheets ----------------------------------------------------------

    def export(self, kind, user, model, names, groupby=()):
        fields = [{"name": name, "label": name, "type": "char"} for name in names]
        data = {
            "model": model,
            "fields": fields,
            "ids": False,
            "domain": [("name", "ilike", "Formula Works")],
            "groupby": groupby,
            "import_compat": False,
            "context": {},
        }
        answer = self.over_form(user, f"/web/export/{kind}", data=json.dumps(data))
        self.assertEqual(answer.status_code, 200, answer.text[:300])
        return answer.content

    def test_exports_hold_no_formula(self):
        """As people export lists: listed parties and whatever is named after them."""
        user = self.manager
        user.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        parties = self.export("csv", user, "screening.party", ["name"])
        cells = [row[0] for row in csv.reader(io.StringIO(parties.decode()))][1:]
        self.assertEqual(len(cells), len(FORMULAS))
        for cell in cells:
            self.assertNotRegex(cell.strip(" "), r"^[=+\-@\t\r]")
        workbook = load_workbook(io.BytesIO(self.export("xlsx", user, "screening.party", ["name"])))
        values = [cell for row in workbook.active.iter_rows(min_row=2) for cell in row]
        self.assertEqual(len(values), len(FORMULAS))
        self.assertEqual({cell.data_type for cell in values}, {"s"})

    def test_groups_hold_no_formula(self):
        user = self.manager
        user.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        content = self.export("xlsx", user, "screening.party", ["name"], groupby=["name"])
        workbook = load_workbook(io.BytesIO(content))
        values = [cell for row in workbook.active.iter_rows() for cell in row if cell.value]
        self.assertGreater(len(values), 2 * len(FORMULAS))
        self.assertEqual({cell.data_type for cell in values}, {"s"})

    def test_other_exports_stay_as_they_are(self):
        user = self.purchase_manager
        user.group_ids = [Command.link(self.env.ref("base.group_allow_export").id)]
        self.create_vendor("@Formula Works", "DE")
        for kind in ("csv", "xlsx"):
            self.assertTrue(self.export(kind, user, "res.partner", ["name"]))
        self.assertIn('"@Formula', self.export("csv", user, "res.partner", ["name"]).decode())
