# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, models

from .. import engine
from .screening_templates import TEMPLATES

SHOWN_HITS = 3
#: What a context can ask to be shown beside a contact's name.
BESIDE_NAMES = (
    "show_address",
    "show_email",
    "show_vat",
    "partner_show_db_id",
    "formatted_display_name",
)
COLOURS = {
    "held": "danger",
    "warning": "warning",
    "exempted": "success",
    "information": "info",
    "not_screened": "warning",
}


class ScreeningWording(models.AbstractModel):
    """What users read about a verdict. It says what a program restricts, for whom, and no more."""

    _name = "screening.wording"
    _description = "Screening Wording"

    # ---- evidence -----------------------------------------------------------

    @api.model
    def _explain(self, evidence):
        """One sentence: why a name matched."""
        return engine.explain.sentence(evidence, self._translate) if evidence else ""

    @api.model
    def _explain_against(self, evidence):
        """What speaks against a match, a line each."""
        return "\n".join(engine.explain.weak_points(evidence, self._translate)) if evidence else ""

    @api.model
    def _translate(self, template):
        return self.env._(TEMPLATES[template]) if template in TEMPLATES else template

    # ---- verdict ------------------------------------------------------------

    @api.model
    def _reason(self, verdict):
        """Plain text: who holds, for the audit trail and activities."""
        lines = [
            self.env._(
                "Possible match with %(list)s: “%(contact)s” ~ “%(listed)s”",
                list=hit.list_id.name,
                contact=self._contact_name(hit.partner_id),
                listed=hit.listed_name,
            )
            if hit.state == "open"
            else self.env._(
                "%(list)s: “%(contact)s” is “%(listed)s”, and no licence exemption covers it",
                list=hit.list_id.name,
                contact=self._contact_name(hit.partner_id),
                listed=hit.listed_name,
            )
            for hit in verdict.holding[:SHOWN_HITS]
        ]
        rest = len(verdict.holding) - SHOWN_HITS
        if rest > 0:
            lines.append(self.env._("and %s more", rest))
        lines += [
            self.env._(
                "%(name)s does not suffice: %(missing)s",
                name=exemption.name,
                missing=shortfall.text,
            )
            for exemption, shortfall in verdict.exceeded.values()
        ]
        lines += self._not_screened_lines(verdict)
        return "\n".join(lines)

    @api.model
    def _not_screened_lines(self, verdict):
        lines = []
        if verdict.no_list:
            lines.append(self.env._("Not screened: no list that holds orders is loaded."))
        elif verdict.unscreened:
            lines.append(
                self.env._(
                    "Not screened: %s. Screening failed; ask the list administrator.",
                    ", ".join(map(self._contact_name, verdict.unscreened)),
                )
            )
        return lines

    @api.model
    def _refusal(self, order, verdict):
        """Why an approval is refused, by whom it is held, and what to do."""
        if self._is_outsider():
            return self._to_outsider(order)
        return self.env._(
            "“%(order)s” is held and cannot be approved.\n%(reason)s\n"
            "What to do: ask for a licence exemption on the order, or ask compliance (%(people)s)"
            " to decide the match.",
            order=order.name or self.env._("New order"),
            reason=self._reason(verdict),
            people=self._people(verdict.company),
        )

    @api.model
    def _is_outsider(self):
        """Whether the one who reads is not one of our people: the vendor, on the portal."""
        return not self.env.user._is_internal()

    @api.model
    def _to_outsider(self, record):
        """What the vendor reads in place of a refusal: not that it is suspected."""
        return self.env._("“%s” cannot go on now. Please ask us.", record.sudo().display_name)

    @api.model
    def _contact_name(self, partner):
        """A contact's name alone: forms ask, by context, for address and number beside it."""
        return partner.with_context(**dict.fromkeys(BESIDE_NAMES, False)).display_name

    @api.model
    def _people(self, company):
        users = self.env["screening.policy"]._get_responsible(company)
        return ", ".join(users[:3].mapped("name")) or self.env._("nobody is set as responsible")
