# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ..models.screening_input import expect_one

SHOWN = 10


class ScreeningEvidencePrint(models.TransientModel):
    """Asks of what evidence is wanted, and gives it on screen, on paper or as a file."""

    _name = "screening.evidence.print"
    _description = "Screening Evidence"

    kind = fields.Selection(
        [
            ("contact", "Vendor or other contact"),
            ("order", "Purchase order"),
            ("check", "One event of the audit trail"),
        ],
        string="Evidence Of",
        required=True,
        default="contact",
    )
    partner_id = fields.Many2one("res.partner", string="Contact")
    former = fields.Char(
        string="Or Its Former Name or Number",
        help="Of a contact that was deleted or merged into another, or of an order that was"
        " deleted.",
    )
    order_id = fields.Many2one("purchase.order")
    event_id = fields.Many2one("screening.event")
    date_from = fields.Date(string="From")
    date_to = fields.Date(string="To")
    replay = fields.Boolean(
        string="Run the Checks Again",
        default=True,
        help="Compares the facts of then with the lists of then once more, and says whether it"
        " comes out the same.",
    )

    @api.model
    def default_get(self, fields):
        """Opened from a record, it is about that record."""
        values = super().default_get(fields)
        model, number = self.env.context.get("active_model"), self.env.context.get("active_id")
        for kind, name, about in (
            ("contact", "partner_id", "res.partner"),
            ("order", "order_id", "purchase.order"),
            ("check", "event_id", "screening.event"),
        ):
            if model == about and number:
                values.update({"kind": kind, name: number})
        return values

    def action_show(self):
        """On the screen, to be printed from there."""
        return self._report("action_report_evidence_html")

    def action_print(self):
        """As PDF, where the server can make one."""
        return {**self._report("action_report_evidence_pdf"), "close_on_report_download": True}

    def action_download(self):
        """As JSON."""
        self._get_number()
        return {
            "type": "ir.actions.act_url",
            "url": f"/screening/evidence/{self.id}",
            "target": "download",
        }

    def _report(self, name):
        self._get_number()
        self.env["screening.event"]._seal_all()
        report = self.env.ref(f"restricted_party_screening.{name}")
        return report.report_action(self, config=False)

    def _get_number(self):
        expect_one(self)
        field = {"contact": "partner_id", "order": "order_id", "check": "event_id"}[self.kind]
        number = self[field].id
        if not number and self.kind != "check":
            number = self._find_former(self[field]._name)
        if not number:
            raise UserError(self.env._("Say of what the evidence is wanted."))
        return number

    def _find_former(self, model):
        """The number of what bore a name when something was recorded about it."""
        name = (self.former or "").strip()
        if not name or name.isdecimal():
            return int(name or 0)
        found = self.env["screening.event"]._read_group(
            [("res_model", "=", model), ("res_name", "ilike", name)],
            ["res_ref"],
            ["res_name:array_agg_distinct", "at:max"],
            order="at:max desc",
            limit=SHOWN + 1,
        )
        if not found:
            raise UserError(self.env._("The audit trail knows nothing of the name “%s”.", name))
        if len(found) > 1:
            lines = [
                f"{number}: {' / '.join(names)} ({format_date(self.env, last)})"
                for number, names, last in found[:SHOWN]
            ] + ["…"] * (len(found) > SHOWN)
            raise UserError(
                self.env._("Several bore such a name. Give the number:\n%s", "\n".join(lines))
            )
        return found[0][0]

    def _collect(self):
        return self.env["screening.evidence"].collect(
            self.kind, self._get_number(), self.date_from, self.date_to, self.replay
        )

    def _filename(self):
        record = self.order_id if self.kind == "order" else self.partner_id
        name = record.display_name if self.kind != "check" and record else self._get_number()
        return "screening-evidence-" + (re.sub(r"[^\w-]+", "-", str(name)).strip("-") or "record")
