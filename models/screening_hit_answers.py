# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..engine.addresses import words_of_address
from .screening_facts import facts_from_json, facts_from_partner

#: Share of the words of the shorter address from which two addresses agree, or partly do.
ADDRESS_AGREES, ADDRESS_PARTLY = 0.6, 0.25
QUESTION_KEYS = ("kind", "name", "country", "address", "numbers", "trade")
ANSWER_KEYS = ("agrees", "partly", "differs", "unknown")
COLOURS = {"agrees": "danger", "partly": "warning", "differs": "success", "unknown": "secondary"}


class ScreeningHitAnswers(models.Model):
    """The questions by which a false hit is told from a true one, in the order that OFAC advises.

    Which list it is stands above them; then the kind of party, how much of the name agrees, and
    what else is known of both. What stored facts can tell is filled in; a person may know better.
    Both are kept with the decision.
    """

    _inherit = "screening.hit"

    answers_html = fields.Html(compute="_compute_answers_html", sanitize=False, string="Questions")
    proposed_html = fields.Html(compute="_compute_answers_html", sanitize=False)

    @api.depends("answers", "proposed_answers")
    @api.depends_context("lang")
    def _compute_answers_html(self):
        for hit in self:
            hit.answers_html = self._answers_as_html(hit.answers)
            hit.proposed_html = self._answers_as_html(hit.proposed_answers)

    @api.model
    def _question_labels(self):
        return {
            "kind": self.env._("Is it the same kind of party: company, person, vessel?"),
            "name": self.env._("Does all of the listed name agree, or only a part?"),
            "country": self.env._("Is the country the same?"),
            "address": self.env._("Is the address the same?"),
            "numbers": self.env._("Are numbers, dates or other data the same?"),
            "trade": self.env._("Do both do the same business?"),
        }

    @api.model
    def _answer_labels(self):
        return {
            "agrees": self.env._("Agrees"),
            "partly": self.env._("Partly"),
            "differs": self.env._("Differs"),
            "unknown": self.env._("Not known"),
        }

    @api.model
    def _read_answers(self, answers):
        """Answers as they may come in over RPC. :raises UserError: when they are no answers"""
        if not answers:
            return {}
        known = isinstance(answers, dict) and all(
            key in QUESTION_KEYS and value in ANSWER_KEYS for key, value in answers.items()
        )
        if not known:
            raise UserError(
                self.env._(
                    "Answers are for %(questions)s, each one of %(answers)s.",
                    questions=", ".join(QUESTION_KEYS),
                    answers=", ".join(ANSWER_KEYS),
                )
            )
        return dict(answers)

    def _compared_answers(self, answers):
        """What a person answered beside what the stored facts say."""
        return {"answered": answers, "compared": self._compare_facts()}

    def _both_facts(self):
        self.ensure_one()
        hit = self.sudo()
        return facts_from_partner(hit.partner_id), facts_from_json(hit.party_id.facts)

    def _compare_facts(self):
        """What the stored facts answer to each question."""
        self.ensure_one()
        evidence = self.evidence or {}
        subject, listed = self._both_facts()
        found = dict.fromkeys(QUESTION_KEYS, "unknown")
        if subject.party_type and listed.party_type:
            found["kind"] = "agrees" if subject.party_type == listed.party_type else "differs"
        left = bool(evidence.get("missing_subject")) or bool(evidence.get("missing_listed"))
        if evidence.get("words"):
            found["name"] = "partly" if left else "agrees"
        found["country"] = {"agree": "agrees", "differ": "differs"}.get(
            evidence.get("country"), "unknown"
        )
        found["address"] = self._compare_addresses(subject, listed, "address" in evidence)
        if "identifier" in evidence:
            found["numbers"] = "agrees"
        elif subject.identifiers and listed.identifiers:
            found["numbers"] = "differs"
        return found

    @api.model
    def _compare_addresses(self, subject, listed, same):
        if same:
            return "agrees"
        own = [set(words_of_address(address.text)) for address in subject.addresses]
        theirs = [set(words_of_address(address.text)) for address in listed.addresses]
        shares = [
            len(left & right) / min(len(left), len(right))
            for left in own
            for right in theirs
            if left and right
        ]
        if not shares:
            return "unknown"
        best = max(shares)
        if best >= ADDRESS_AGREES:
            return "agrees"
        return "partly" if best >= ADDRESS_PARTLY else "differs"

    @api.model
    def _answer_chip(self, answer):
        return Markup("<span class='badge rounded-pill text-bg-%s'>%s</span>") % (
            COLOURS[answer],
            self._answer_labels()[answer],
        )

    @api.model
    def _answers_as_html(self, answers):
        """Questions with their answers, for reading."""
        answers = answers or {}
        given, compared = answers.get("answered") or {}, answers.get("compared") or {}
        labels = self._question_labels()
        rows = [
            Markup("<tr><td>%s</td><td>%s</td><td class='text-muted'>%s</td></tr>")
            % (
                labels[key],
                self._answer_chip(given.get(key) or compared[key]),
                ""
                if given.get(key, compared.get(key)) == compared.get(key)
                else self.env._("facts: %s", self._answer_labels()[compared[key]]),
            )
            for key in QUESTION_KEYS
            if compared.get(key)
        ]
        if not rows:
            return False
        return Markup("<table class='table table-sm mb-0'>%s</table>") % Markup("").join(rows)
