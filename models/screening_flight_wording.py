# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from markupsafe import Markup

from odoo import api, models

from .screening_banner import COLOURS


class ScreeningFlightWording(models.AbstractModel):
    """What users read about bills, payments, receipts, returns: what a list restricts of them."""

    _inherit = "screening.wording"

    @api.model
    def _actions(self):
        """What each action is called, and what is truly said about restricting it.

        :return: ``{action: (name, sentence, fields of the list's texts)}``
        """
        return {
            "bill": (
                self.env._("Posting this bill"),
                self.env._(
                    "Posting a bill is bookkeeping. Your company's policy holds bills back where"
                    " this list matches, before they are paid."
                ),
                ("text_pay",),
            ),
            "pay": (
                self.env._("Registering this payment"),
                self.env._("Your company's policy holds payments back where this list matches."),
                ("text_pay",),
            ),
            "receive": (
                self.env._("Receiving these goods"),
                self.env._("Your company's policy holds receipts back where this list matches."),
                ("text_buy", "text_import"),
            ),
            "send": (
                self.env._("Sending these goods"),
                self.env._(
                    "Goods sent back to this party are sent to it like any others. Your company's"
                    " policy holds them where this list matches."
                ),
                ("text_send",),
            ),
        }

    @api.model
    def _restricts(self, lists, action):
        """What each list says about the action, a line each."""
        _name, _sentence, names = self._actions()[action]
        return [
            f"{record.name}: {record[name]}" for record in lists for name in names if record[name]
        ]

    @api.model
    def _says(self, action):
        """Begins what lists say: of paying a bill, not of posting it."""
        return {
            "bill": self.env._("About paying:"),
            "pay": self.env._("About paying:"),
            "receive": self.env._("About buying and importing:"),
            "send": self.env._("About sending:"),
        }[action]

    @api.model
    def _flight_refusal(self, record, verdict):
        if self._is_outsider():
            return self._to_outsider(record._screening_flight_record())
        action = record._screening_action()
        name, sentence, _names = self._actions()[action]
        lines = [
            self.env._(
                "%(action)s is held: “%(name)s”.",
                action=name,
                name=record._screening_flight_record().display_name,
            ),
            self._reason(verdict),
        ]
        if verdict.holding:
            restricts = self._restricts(verdict.holding.list_id, action)
            lines += [sentence, *([self._says(action), *restricts] if restricts else [])]
        people = self._people(verdict.company)
        lines.append(
            self.env._(
                "What to do: ask compliance (%s) to record a licence exemption that covers it.",
                people,
            )
            if verdict.identified
            else self.env._(
                "What to do: ask compliance (%s) to decide the match, or to record a licence"
                " exemption that covers it.",
                people,
            )
        )
        return "\n".join(line for line in lines if line)

    @api.model
    def _flight_passed(self, record, verdict):
        """One sentence for the audit trail."""
        name = self._actions()[record._screening_action()][0]
        states = dict(
            self.env["purchase.order"]._fields["screening_state"]._description_selection(self.env)
        )
        return self.env._(
            "“%(name)s”: %(action)s let through: %(state)s",
            name=record._screening_flight_record().display_name,
            action=name,
            state=states[verdict.state],
        )

    @api.model
    def _flight_banner(self, record, verdicts):
        """HTML above a bill, payment or transfer; empty when there is nothing to say."""
        verdict = next((v for v in verdicts if v.would_block), None) or next(
            (v for v in verdicts if v.warning), None
        )
        if not verdict or record._screening_flight_done():
            return False
        action = record._screening_action()
        name, sentence, _names = self._actions()[action]
        hits = verdict.holding or verdict.warning
        if verdict.blocks and verdict.identified:
            title = self.env._("%s is held: a listed party is involved.", name)
        elif verdict.blocks:
            title = self.env._("%s is held: a restricted party may be involved.", name)
        else:
            title = self.env._("A restricted party may be involved. %s is not held.", name)
        if not hits:
            title = self.env._("%s is held: the parties could not be screened.", name)
        parts = [Markup("<h5 class='alert-heading'>%s</h5>") % title]
        parts += [self._hit_html(hit) for hit in hits[:3]]
        if verdict.blocks and hits:
            parts.append(Markup("<p class='mb-1'>%s</p>") % sentence)
        items = [Markup("<li>%s</li>") % line for line in self._restricts(hits.list_id, action)]
        if items:
            parts.append(
                Markup("<p class='mb-0'>%s</p><ul class='mb-1'>%s</ul>")
                % (self._says(action), Markup("").join(items))
            )
        if verdict.blocks:
            people = self._people(verdict.company)
            waits = (
                self.env._("It waits until a licence exemption covers it. Compliance: %s.", people)
                if verdict.identified
                else self.env._(
                    "It waits until compliance (%s) decides the match or a licence exemption covers"
                    " it.",
                    people,
                )
            )
            parts.append(Markup("<p class='mb-0'>%s</p>") % waits)
        return Markup("<div class='alert alert-%s mb-0' role='alert'>%s</div>") % (
            COLOURS[verdict.state],
            Markup("").join(parts),
        )
