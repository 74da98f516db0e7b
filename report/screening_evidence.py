# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from ..engine import chain

LICENCE_FIELDS = (
    "applicant",
    "purchaser",
    "intermediate_consignees",
    "ultimate_consignee",
    "end_users",
    "end_use",
    "riders",
)


class ScreeningEvidenceReport(models.AbstractModel):
    """Evidence in the order in which an auditor asks for it."""

    _name = "report.restricted_party_screening.evidence"
    _description = "Screening Evidence Report"

    @api.model
    def _get_report_values(self, docids, data=None):
        wizards = self.env["screening.evidence.print"].browse(docids)
        wizards.check_access("read")
        return {
            "doc_ids": docids,
            "doc_model": wizards._name,
            "docs": wizards,
            "pages": [self._page(wizard._collect()) for wizard in wizards],
        }

    @api.model
    def _page(self, evidence):
        sections = {"checks": [], "decisions": [], "exemptions": [], "holds": []}
        for row in evidence["events"]:
            name = self._section_of(row["content"]["kind"], row["details"])
            if name:
                sections[name].append(row)
        labels = self.env["screening.event"].fields_get(["kind"])["kind"]["selection"]
        return {
            **evidence,
            **sections,
            "kinds": dict(labels),
            "sentence": self._sentence,
            "weak": self._weak_points,
            "findings": self._findings,
            "licence_fields": self._licence_fields,
            "unsealed": sum(not row["seq"] for row in evidence["events"]),
            "choices": self._choices(),
        }

    @api.model
    def _sentence(self, evidence):
        """Why it matched; as it was recorded where another version of the matcher put it so."""
        try:
            return self.env["screening.wording"]._explain(evidence)
        except (KeyError, TypeError, ValueError, AttributeError):
            return chain.canonical(evidence) if isinstance(evidence, dict) else str(evidence)

    @api.model
    def _weak_points(self, evidence):
        try:
            return self.env["screening.wording"]._explain_against(evidence)
        except (KeyError, TypeError, ValueError, AttributeError):
            return ""  # what was recorded stands whole beside it

    @api.model
    def _section_of(self, kind, details):
        if kind in ("partner_check", "try_check", "order_check"):
            return "checks"
        if kind in ("decision", "decision_reopened", "hit_closed"):
            return "decisions"
        if kind in ("exemption", "use"):
            return "exemptions"
        return "holds" if details.get("wording") or details.get("reason") else ""

    @api.model
    def _findings(self, details):
        """The parties of a check with what was compared and what was found of each."""
        if details.get("checks"):
            return details["checks"]
        return [details] if details.get("facts") else []

    @api.model
    def _licence_fields(self, details):
        """What a licence states of its parties and the use, with labels; what is empty left out."""
        names = [name for name in LICENCE_FIELDS if details.get(name)]
        labels = self.env["screening.exemption"].fields_get(names, ["string"]) if names else {}
        return [(labels[name]["string"], details[name]) for name in names]

    @api.model
    def _choices(self):
        """Labels of the keys that snapshots hold."""
        choices = {}
        for model, name in (
            ("screening.hit", "state"),
            ("screening.hit", "level"),
            ("screening.subject", "state"),
            ("screening.exemption", "state"),
            ("screening.exemption", "basis"),
            ("screening.sensitivity", "step"),
        ):
            choices.update(self.env[model]._fields[name]._description_selection(self.env))
        return choices
