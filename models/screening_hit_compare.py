# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, fields, models

from .. import engine
from .screening_facts import facts_to_json

SHOWN_NAMES = 12
SHOWN_ADDRESSES = 6


class ScreeningHitCompare(models.Model):
    """Contact and listed party side by side, field by field. All that is shown is escaped."""

    _inherit = "screening.hit"

    comparison = fields.Html(compute="_compute_comparison", sanitize=False)
    weak_points = fields.Html(compute="_compute_comparison", sanitize=False)
    restriction = fields.Html(compute="_compute_comparison", sanitize=False)
    change_table = fields.Html(compute="_compute_change_table", sanitize=False)

    @api.depends("evidence", "partner_id", "party_id")
    @api.depends_context("lang")
    def _compute_comparison(self):
        wording = self.env["screening.wording"]
        for hit in self:
            hit.comparison = hit._comparison_html()
            points = hit.sudo().against.split("\n") if hit.sudo().against else []
            hit.weak_points = (
                Markup("<ul class='mb-0'>%s</ul>")
                % Markup("").join(Markup("<li>%s</li>") % point for point in points)
                if points
                else False
            )
            hit.restriction = Markup("").join(wording._program_html(hit.list_id)) or False

    def _comparison_html(self):
        self.ensure_one()
        if not self.partner_id:
            return False
        subject, listed = self._both_facts()
        party = self.sudo().party_id
        compared = self._compare_facts()
        words = (self.evidence or {}).get("words") or []
        own = [word["subject"] for word in words]
        theirs = [word["listed"] for word in words]
        kinds = dict(party._fields["party_type"]._description_selection(self.env))
        listed_names = sorted(
            listed.names, key=lambda name: (name.text != self.matched_name, name.kind != "primary")
        )
        rows = [
            (
                self.env._("Name"),
                [self._marked(name.text, own) for name in subject.names],
                [
                    self._marked(name.text, theirs) + self._kind_note(name)
                    for name in listed_names[:SHOWN_NAMES]
                ]
                + self._more(len(listed_names) - SHOWN_NAMES),
                compared["name"],
            ),
            (
                self.env._("Kind"),
                [kinds.get(subject.party_type, "")],
                [kinds.get(party.party_type or listed.party_type, "")],
                compared["kind"],
            ),
            (
                self.env._("Country"),
                [self._countries(subject)],
                [self._countries(listed)],
                compared["country"],
            ),
            (
                self.env._("Address"),
                [address.text for address in subject.addresses],
                [address.text for address in listed.addresses[:SHOWN_ADDRESSES]]
                + self._more(len(listed.addresses) - SHOWN_ADDRESSES),
                compared["address"],
            ),
            (
                self.env._("Numbers"),
                [f"{item.kind} {item.number}" for item in subject.identifiers],
                [f"{item.kind} {item.number}" for item in listed.identifiers[:SHOWN_ADDRESSES]],
                compared["numbers"],
            ),
        ]
        body = Markup("").join(
            Markup(
                "<tr><th class='text-muted fw-normal'>%s</th><td>%s</td><td>%s</td><td>%s</td></tr>"
            )
            % (label, self._lines(left), self._lines(right), self._answer_chip(answer))
            for label, left, right, answer in rows
        )
        return Markup(
            "<div class='table-responsive'>"
            "<table class='table align-top mb-0 o_screening_comparison'><thead><tr>"
            "<th style='width:9%%'></th><th style='width:38%%'>%s</th>"
            "<th style='width:42%%'>%s</th><th style='width:11%%'></th>"
            "</tr></thead><tbody>%s</tbody></table></div>"
        ) % (
            self.env._("Contact"),
            self.env._("Listed party (%s)", self.list_id.name),
            body,
        )

    @api.model
    def _lines(self, values):
        values = [value for value in values if value]
        if not values:
            return Markup("<span class='text-muted'>–</span>")
        return Markup("").join(Markup("<div>%s</div>") % value for value in values)

    def _more(self, count):
        return [self.env._("and %s more", count)] if count > 0 else []

    @api.model
    def _marked(self, name, words):
        """A name with the words marked that agreed."""
        parts, place = [], 0
        for start, end in engine.spans(name, words):
            parts += [
                Markup("%s") % name[place:start],
                Markup("<mark class='px-0 fw-bold'>%s</mark>") % name[start:end],
            ]
            place = end
        return Markup("").join([*parts, Markup("%s") % name[place:]])

    def _kind_note(self, name):
        notes = {
            "alias": self.env._("also known as"),
            "weak": self.env._("weak alias"),
            "former": self.env._("formerly"),
            "house": self.env._("our own alias"),
        }
        note = notes.get(name.kind)
        return Markup(" <small class='text-muted'>%s</small>") % note if note else Markup("")

    @api.model
    def _countries(self, facts):
        countries = self.env["res.country"].search([("code", "in", facts.countries)])
        names = {country.code: country.name for country in countries}
        return ", ".join(f"{names.get(code, code)} ({code})" for code in facts.countries)

    # ---- what changed since it was decided ----------------------------------

    def _changes_since_decision(self):
        """Field by field, what either side says otherwise than when it was decided."""
        before = self.decided_facts or {}
        if not before:
            return []
        now = dict(zip(("subject", "listed"), self._both_facts(), strict=True))
        changes = []
        for side in ("subject", "listed"):
            old = self._facts_as_texts(before.get(side) or {})
            new = self._facts_as_texts(facts_to_json(now[side]))
            changes += [
                {"side": side, "field": key, "before": old[key], "after": new[key]}
                for key in old
                if sorted(old[key]) != sorted(new[key])
            ]
        return changes

    @api.model
    def _facts_as_texts(self, facts):
        return {
            "names": [name[0] for name in facts.get("names", [])],
            "kind": [facts["type"]] if facts.get("type") else [],
            "countries": list(facts.get("countries", [])),
            "addresses": [address["text"] for address in facts.get("addresses", [])],
            "numbers": [" ".join(map(str, item[:2])) for item in facts.get("identifiers", [])],
        }

    @api.depends("changes")
    @api.depends_context("lang")
    def _compute_change_table(self):
        sides = {"subject": self.env._("Contact"), "listed": self.env._("Listed party")}
        labels = {
            "names": self.env._("Names"),
            "kind": self.env._("Kind"),
            "countries": self.env._("Country"),
            "addresses": self.env._("Address"),
            "numbers": self.env._("Numbers"),
        }
        kind = self.env["screening.party"]._fields["party_type"]
        kinds = dict(kind._description_selection(self.env))

        def only(change, one, other):
            values = [value for value in change[one] if value not in change[other]]
            known = kinds if change["field"] == "kind" else {}
            return self._lines([known.get(value, value) for value in values])

        for hit in self:
            rows = [
                Markup("<tr><td>%s: %s</td><td>%s</td><td>%s</td></tr>")
                % (
                    sides[change["side"]],
                    labels[change["field"]],
                    only(change, "before", "after"),
                    only(change, "after", "before"),
                )
                for change in hit.changes or []
            ]
            hit.change_table = (
                Markup(
                    "<table class='table table-sm mb-0'><thead><tr><th>%s</th><th>%s</th>"
                    "<th>%s</th></tr></thead><tbody>%s</tbody></table>"
                )
                % (
                    self.env._("What changed"),
                    self.env._("Before"),
                    self.env._("After"),
                    Markup("").join(rows),
                )
                if rows
                else False
            )
