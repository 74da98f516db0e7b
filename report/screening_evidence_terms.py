# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..engine import chain

#: What a snapshot of a licence exemption holds as text, shown where it says something.
TEXTS = ("exception_code", "justification", "entry_quotation", "eccns")
#: What it holds as a list of names.
NAMES = {"order_ids": "orders", "product_ids": "products", "category_ids": "categories"}


class ScreeningEvidenceTerms(models.AbstractModel):
    """What a licence exemption allowed, and how the questions before a decision were answered."""

    _inherit = "report.restricted_party_screening.evidence"

    @api.model
    def _page(self, evidence):
        return {**super()._page(evidence), "terms": self._terms, "answers": self._answers}

    @api.model
    def _terms(self, details):
        """Scope, limits and grounds of an exemption as (label, text); none of other events."""
        if "parties" not in details or "basis" not in details:
            return []
        model = self.env["screening.exemption"]
        names = ["hit_ids", "amount_ceiling", "quantity_ceiling", "tolerance", "attachment_ids"]
        labels = {
            name: field["string"]
            for name, field in model.fields_get([*names, *TEXTS, *NAMES], ["string"]).items()
        }
        amount, currency = details.get("ceiling") or [0, ""]
        quantity, unit = details.get("quantity") or [0, ""]
        tolerance = details.get("tolerance")
        terms = [
            ("hit_ids", ", ".join(f"{party[2]} ({party[0]})" for party in details["parties"])),
            *((name, ", ".join(details.get(key) or [])) for name, key in NAMES.items()),
            ("amount_ceiling", f"{amount:,.2f} {currency}" if amount else ""),
            ("quantity_ceiling", f"{quantity:g} {unit}" if quantity else ""),
            ("tolerance", f"{tolerance:g}" if tolerance else ""),
            *((name, details.get(name) or "") for name in TEXTS),
            ("attachment_ids", ", ".join(item[0] for item in details.get("attachments") or [])),
        ]
        return [(labels[name], text) for name, text in terms if text]

    @api.model
    def _answers(self, details):
        """The questions that were asked before a decision, each with its answer."""
        answers = details.get("answers") or {}
        try:
            given, compared = answers.get("answered") or {}, answers.get("compared") or {}
            asked = self.env["screening.hit"]._question_labels()
            said = self.env["screening.hit"]._answer_labels()
            return [
                (question, said[given.get(key) or compared[key]])
                for key, question in asked.items()
                if given.get(key) or compared.get(key)
            ]
        except (KeyError, TypeError, AttributeError):
            return [("", chain.canonical(answers))]  # of another version: as it was recorded
