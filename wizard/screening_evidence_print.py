# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models
from odoo.exceptions import UserError


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
    partner_number = fields.Integer(
        string="Or Its Number", help="Of a contact that was deleted or merged into another."
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
        self.ensure_one()
        number = {
            "contact": self.partner_id.id or self.partner_number,
            "order": self.order_id.id,
            "check": self.event_id.id,
        }[self.kind]
        if not number:
            raise UserError(self.env._("Say of what the evidence is wanted."))
        return number

    def _collect(self):
        return self.env["screening.evidence"].collect(
            self.kind, self._get_number(), self.date_from, self.date_to, self.replay
        )

    def _filename(self):
        record = self.order_id if self.kind == "order" else self.partner_id
        name = record.display_name if self.kind != "check" and record else self._get_number()
        return "screening-evidence-" + (re.sub(r"[^\w-]+", "-", str(name)).strip("-") or "record")
