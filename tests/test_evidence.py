import json
import re

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, TransactionCase, tagged
from odoo.tools import mute_logger

from ..engine import chain
from .common import HIKVISION, ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestEvidence(ScreeningMixin, TransactionCase):
    """What is proved years later: from events alone, and by running the check again."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def collect(self, kind, number, user=None, **values):
        evidence = self.env["screening.evidence"].with_user(user or self.compliance)
        return evidence.collect(kind, number, **values)

    def approved_order(self):
        self.create_exemption(conditions="Sealed media only")
        order = self.create_order(self.held_vendor)
        self.env["screening.exemption.checklist"].with_user(self.buyer).create(
            {"order_id": order.id}
        ).action_confirm_all()
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        return order

    def last_check(self, partner):
        return self.env["screening.event"].search(
            [("kind", "=", "partner_check"), ("res_ref", "=", partner.id)], limit=1
        )

    def test_of_an_order(self):
        order = self.approved_order()
        evidence = self.collect("order", order.id, replay=True)
        kinds = {row["content"]["kind"] for row in evidence["events"]}
        self.assertLessEqual(
            {"partner_check", "order_check", "decision", "exemption", "use", "hold_start"}, kinds
        )
        [check] = [
            row["details"] for row in evidence["events"] if row["content"]["kind"] == "order_check"
        ]
        self.assertIn("D1234567", json.dumps(evidence["events"]))
        self.assertIn("licence exemption covers", check["wording"])
        self.assertEqual(check["settings"]["sensitivity"], "standard")
        self.assertEqual(check["hits"][0]["decided_by"], "rps_compliance")
        [edition] = [item for item in evidence["editions"] if item["list"] == "EL"]
        self.assertEqual(
            (edition["file"], len(edition["file_sha256"])), ("el.csv", 64), "which file it was"
        )
        self.assertTrue(evidence["intact"])
        self.assertEqual({again["result"] for again in evidence["replays"]}, {"same"})
        head = self.env.ref("restricted_party_screening.screening_chain_main")
        self.assertEqual(evidence["chain"]["head"], head.last_hash)

    def test_rows_prove_themselves(self):
        """Whoever holds the JSON computes each hash, and a changed row is seen."""
        order = self.approved_order()
        evidence = json.loads(json.dumps(self.collect("order", order.id)))
        for row in evidence["events"]:
            self.assertEqual(chain.content_hash(row["content"]), row["content_hash"])
            self.assertTrue(row["seq"] and row["chain_hash"])
        event = self.last_check(self.held_vendor)
        self.env.cr.execute(
            "UPDATE screening_event SET payload = replace(payload, 'CN', 'NL') WHERE id = %s",
            [event.id],
        )
        self.env.invalidate_all()
        self.assertFalse(self.collect("order", order.id)["intact"])

    def test_of_a_contact_over_a_period(self):
        self.approved_order()
        evidence = self.collect("contact", self.held_vendor.id)
        self.assertIn("order_check", {row["content"]["kind"] for row in evidence["events"]})
        for row in evidence["events"]:
            self.assertIn(str(self.held_vendor.id), json.dumps(row["content"]))
        with self.assertRaisesRegex(UserError, "nothing"):
            self.collect("contact", self.held_vendor.id, date_to="2019-01-01")
        self.assertEqual(
            len(self.collect("contact", self.held_vendor.id, date_from="2019-01-01")["events"]),
            len(evidence["events"]),
        )

    def test_a_deleted_contact_stays_readable(self):
        vendor = self.create_vendor("Zhejiang Dahua Technology Co., Ltd.", "CN")
        vendor.screening_hit_ids.with_user(self.compliance).action_set_not_same("another street")
        number, name = vendor.id, vendor.display_name
        vendor.unlink()
        evidence = self.collect("contact", number, replay=True)
        self.assertEqual(evidence["about"]["name"], name)
        self.assertIn("another street", json.dumps(evidence["events"]))
        self.assertEqual({again["result"] for again in evidence["replays"]}, {"same"})

    def test_a_merged_contact_stays_readable(self):
        twin = self.create_vendor("Acme Office Supplies", "DE")
        number = twin.id
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(
            [twin.id, self.clean_vendor.id], self.clean_vendor
        )
        self.assertFalse(twin.exists())
        for asked in (number, self.clean_vendor.id):
            events = self.collect("contact", asked)["events"]
            checked = {
                row["content"]["record"][1]
                for row in events
                if row["content"]["kind"] == "partner_check"
            }
            self.assertIn(number, checked)

    def test_replay_against_the_lists_of_then(self):
        """What was listed only later is not found; what ended since is found still."""
        event = self.last_check(self.held_vendor)
        self.assertEqual(self.replay(event)["result"], "same")
        later = self.create_vendor("Lumen Photonics Institute", "CN")
        clean = self.last_check(later)
        self.import_list(
            csl_file([("EL", "Lumen Photonics Institute", {}), ("EL", "Somebody Else Ltd", {})])
        )
        self.assertFalse(
            self.env["screening.party"].search([("name", "=", HIKVISION), ("in_force", "=", True)])
        )
        later.action_screen()
        self.assertEqual(later.screening_state, "review")
        for then in (event, clean):
            self.assertEqual(self.replay(then)["result"], "same", then.summary)
        now = self.last_check(later)
        self.assertNotEqual(now, clean)
        self.assertEqual(self.replay(now)["result"], "same")
        self.assertEqual(self.replay(now)["hits_then"], 1)

    def replay(self, event):
        [outcome] = self.env["screening.replay"]._replay(event)
        return outcome

    def test_replay_says_what_differs(self):
        event = self.last_check(self.held_vendor)
        payload = json.loads(event.payload)
        best = payload["hits"][0]
        for values, says in (
            ({"score": best["score"] - 1}, "score"),
            ({"party_uid": "other"}, "not found now"),
        ):
            payload["hits"][0] = {**best, **values}
            self.rewrite(event, payload)
            outcome = self.replay(event)
            self.assertEqual(outcome["result"], "differs")
            self.assertIn(says, "; ".join(outcome["says"]))

    def test_replay_of_an_older_matcher(self):
        """It says which version checked; equal is equal, and what differs is said."""
        event = self.last_check(self.held_vendor)
        payload = json.loads(event.payload)
        hits = [{**hit, "matcher": "0"} for hit in payload["hits"]]
        self.rewrite(event, {**payload, "matcher": "0", "hits": hits})
        outcome = self.replay(event)
        self.assertEqual((outcome["result"], outcome["matcher_then"]), ("same", "0"))
        self.assertIn("version 0 of the matcher", outcome["says"][0])
        hits[0]["score"] -= 1
        self.rewrite(event, {**payload, "matcher": "0", "hits": hits})
        outcome = self.replay(event)
        self.assertEqual((outcome["result"], len(outcome["says"])), ("differs", 2))

    def test_evidence_of_an_older_matcher_stays_readable(self):
        """Whatever shape another version gave it."""
        event = self.last_check(self.held_vendor)
        payload = json.loads(event.payload)
        report = self.env["report.restricted_party_screening.evidence"]
        for evidence in ({"version": "0", "tokens": ["HIKVISION"]}, {}, ["HIKVISION"], "HIKVISION"):
            hits = [{**payload["hits"][0], "evidence": evidence}]
            self.rewrite(event, {**payload, "hits": hits})
            page = report._page(self.collect("check", event.id, replay=True))
            html = self.env["ir.qweb"]._render(
                "restricted_party_screening.evidence_checks", {"page": page}
            )
            self.assertIn("Hikvision", html)
            self.assertTrue(not evidence or "HIKVISION" in html)

    def test_replay_looks_at_what_the_check_looked_at(self):
        """With more alike parties than are compared, those that were compared are again.

        Parties that came since push none of them out, and parties that ended since stay in.
        """
        names = [f"Polar Optics Works {number}" for number in range(440)]
        more = [f"Polar Optics Works {number} Beta" for number in range(80)]
        lists = self.env["screening.list"].create({"name": "Ours", "code": "OURS", "own": True})
        self.import_list("\n".join(["name", *names]).encode(), own_list=lists)
        vendor = self.create_vendor("Polar Optics Works")
        event = self.last_check(vendor)
        found = len(event._payload()["hits"])
        self.assertTrue(0 < found < len(names), found)
        self.assertEqual(event._payload()["settings"]["candidates"], 50)
        self.assertEqual(self.replay(event)["result"], "same", self.replay(event)["says"])
        self.import_list("\n".join(["name", *more, *names[220:]]).encode(), own_list=lists)
        outcome = self.replay(event)
        self.assertEqual((outcome["result"], outcome["hits_then"]), ("same", found), outcome)

    def test_replay_against_an_edition_that_was_deleted(self):
        event = self.last_check(self.held_vendor)
        self.hit.list_id._sealed().kept_from = self.hit.list_id.edition + 1
        outcome = self.replay(event)
        self.assertEqual(outcome["result"], "impossible")
        self.assertIn("deleted after their retention period: EL", outcome["says"][0])

    def rewrite(self, event, payload):
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE screening_event SET payload = %s WHERE id = %s",
            [json.dumps(payload), event.id],
        )
        event.invalidate_recordset()

    def test_replay_of_a_typed_check(self):
        self.env["screening.party"].with_user(self.buyer).screen(
            [{"name": "Hikvision Digital Technology", "country": "CN"}, {"name": "Acme Paper"}]
        )
        event = self.env["screening.event"].search([("kind", "=", "try_check")], limit=1)
        outcomes = self.env["screening.replay"]._replay(event)
        self.assertEqual([outcome["result"] for outcome in outcomes], ["same", "same"])
        self.assertTrue(outcomes[0]["hits_then"])

    def test_only_compliance(self):
        order = self.approved_order()
        for user in (self.buyer, self.accountant, self.list_admin):
            with self.assertRaises(AccessError):
                self.collect("order", order.id, user=user)
        with self.assertRaises(UserError):
            self.collect("database", 1)

    def test_another_companys_order(self):
        """Events of a company one does not belong to are not read through the report."""
        order = self.approved_order()
        other = self.env["res.company"].create({"name": "Other"})
        self.manager_2.write({"company_ids": [Command.set(other.ids)], "company_id": other.id})
        with self.assertRaises(UserError):
            self.collect("order", order.id, user=self.manager_2)


@tagged("post_install", "-at_install")
class TestEvidenceWire(ScreeningMixin, HttpCase):
    """As a page and as a file, over the wire."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.order = cls.create_order(cls.held_vendor)
        cls.order.button_confirm()

    def ask(self, user, **values):
        return (
            self.env["screening.evidence.print"]
            .with_user(user)
            .create({"kind": "order", "order_id": self.order.id, **values})
        )

    def test_json_and_page(self):
        wizard = self.ask(self.compliance)
        self.authenticate("rps_compliance", "rps_compliance")
        response = self.url_open(wizard.action_download()["url"])
        self.assertEqual(response.status_code, 200)
        self.assertIn("attachment", response.headers["Content-Disposition"])
        self.assertEqual(response.json()["about"]["name"], self.order.name)
        page = self.url_open(f"/report/html/restricted_party_screening.evidence/{wizard.id}").text
        for text in (
            self.order.name,
            "Hikvision",
            "the same result",
            "SHA-256",
            "This order is held",
        ):
            self.assertIn(text, page)

    def test_page_says_what_was_answered_and_allowed(self):
        """Questions before a decision, scope, limits and grounds of an exemption."""
        self.hit.with_user(self.compliance).action_set_same("it is", {"trade": "partly"})
        self.create_exemption(
            basis="exception_allowed",
            exception_code="TMP",
            justification="Shown at a fair, and taken back",
            entry_quotation="TMP is available",
            number=False,
            authority=False,
            amount_ceiling=12500,
            tolerance=5,
            order_ids=[Command.set(self.order.ids)],
            product_ids=[Command.set(self.product.ids)],
        )
        wizard = self.ask(self.compliance, replay=False)
        self.authenticate("rps_compliance", "rps_compliance")
        page = self.url_open(f"/report/html/restricted_party_screening.evidence/{wizard.id}").text
        currency = self.env.company.currency_id.name
        for text in (
            "Do both do the same business? Partly",
            "Licence exception expressly allowed by the entry; valid 2020-01-01",
            f"Ceiling: 12,500.00 {currency}",
            "Tolerance (%): 5",
            f"Only for Orders: {self.order.name}",
            f"Only Products: {self.product.display_name}",
            "Justification: Shown at a fair, and taken back",
            "TMP is available",
            f"Listed Parties: {HIKVISION} (EL)",
        ):
            self.assertIn(text, page)

    def test_words_are_as_they_were_shown(self):
        """Point by point, and with no marks of a conversion."""
        event = self.env["screening.event"].search(
            [("kind", "=", "hold_start"), ("res_ref", "=", self.order.id)]
        )
        lines = event._payload()["wording"].split("\n")
        self.assertIn("This order is held: a restricted party may be involved.", lines)
        self.assertTrue([line for line in lines if line.startswith("Buying: Not in itself")])
        self.assertNotRegex("".join(lines), r"[*<>]|&\w+;")

    def test_pdf(self):
        """A PDF where the server can make one; else it says so, and the page is there still."""
        wizard = self.ask(self.compliance)
        self.assertIn(self.order.name, wizard._filename())
        if content := self.print_pdf(wizard):
            self.assertEqual(content[:5], b"%PDF-")

    @mute_logger("odoo.addons.base.models.ir_actions_report")
    def test_pdf_without_style_sheets(self):
        """Until an admin has logged in, web.base.url may lead nowhere: it reads well still."""
        self.env["ir.config_parameter"].set_param("report.url", "http://127.0.0.1:9")
        if content := self.print_pdf(self.ask(self.compliance)):
            fonts = set(re.findall(rb"/(?:BaseFont|FontName) /([\w+-]+)", content))
            self.assertTrue(fonts)
            self.assertFalse([font for font in fonts if b"Serif" in font or b"Times" in font])

    def print_pdf(self, wizard):
        """The PDF; nothing where the server lacks the program for it, which it must say then."""
        report = self.env["ir.actions.report"].with_user(self.compliance)
        report = report.with_context(force_report_rendering=True)
        name = "restricted_party_screening.evidence"
        if report.get_wkhtmltopdf_state() not in ("ok", "upgrade"):
            with self.assertRaisesRegex(UserError, "(?i)wkhtmltopdf"):
                report._render_qweb_pdf(name, wizard.ids)
            return None
        content, kind = report._render_qweb_pdf(name, wizard.ids)
        self.assertEqual(kind, "pdf")
        return content

    def test_others_get_nothing(self):
        wizard = self.ask(self.compliance)
        urls = (
            f"/screening/evidence/{wizard.id}",
            f"/report/html/restricted_party_screening.evidence/{wizard.id}",
        )
        for login in ("rps_buyer", "rps_accountant", "rps_list_admin"):
            self.authenticate(login, login)
            for url in urls:
                with self.subTest(login=login, url=url):
                    response = self.url_open(url)
                    self.assertNotIn("Hikvision", response.text)
                    self.assertNotEqual(response.status_code, 200)
