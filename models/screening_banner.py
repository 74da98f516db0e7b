# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import html
import re

from markupsafe import Markup, escape

from odoo import api, fields, models

SHOWN_HITS = 3
COLOURS = {
    "held": "danger",
    "warning": "warning",
    "exempted": "success",
    "information": "info",
    "not_screened": "warning",
}


def as_text(banner):
    """The words of a banner, each paragraph and point on a line of its own."""
    lines = re.sub(r"<(br|p|div|ul|li|h\d)\b[^>]*>|</(p|div|ul|li|h\d)>", "\n", str(banner))
    words = html.unescape(re.sub(r"<[^>]+>", "", lines))
    return "\n".join(filter(None, (" ".join(line.split()) for line in words.split("\n"))))


class ScreeningBanner(models.AbstractModel):
    """The HTML above an order and in its mail composer."""

    _inherit = "screening.wording"

    @api.model
    def _banner(self, verdict, order):
        """HTML above an order; empty when there is nothing to say."""
        state = verdict.state
        if state not in COLOURS:
            return False
        parts = [Markup("<h5 class='alert-heading'>%s</h5>") % self._title(verdict, order)]
        shown = verdict.holding or verdict.warning or verdict.information
        parts += [self._hit_html(hit) for hit in shown[:SHOWN_HITS]]
        if len(shown) > SHOWN_HITS:
            parts.append(Markup("<p>%s</p>") % self.env._("and %s more", len(shown) - SHOWN_HITS))
        for line in self._not_screened_lines(verdict):
            parts.append(Markup("<p>%s</p>") % line)
        for exemption, shortfall in verdict.exceeded.values():
            parts.append(
                Markup("<p>%s</p>")
                % self.env._(
                    "Licence exemption %(name)s does not suffice: %(missing)s.",
                    name=exemption.name,
                    missing=shortfall.text,
                )
            )
        parts += self._program_html(shown.list_id)
        parts += self._cover_html(verdict)
        if verdict.blocks and order.state in ("draft", "sent", "to approve"):
            parts.append(Markup("<p class='mb-0'>%s</p>") % self._what_to_do(verdict, order))
        if verdict.stale:
            parts.append(
                Markup("<p class='mb-0'>%s</p>")
                % self.env._(
                    "Older than its limit: %s.", ", ".join(verdict.stale.mapped("display_name"))
                )
            )
        return Markup("<div class='alert alert-%s mb-0' role='alert'>%s</div>") % (
            COLOURS[state],
            Markup("").join(parts),
        )

    @api.model
    def _title(self, verdict, order):
        if verdict.observe and verdict.would_block:
            return self.env._(
                "Possible restricted party. This company only observes: the order is not held."
            )
        if verdict.blocks and order.state == "purchase":
            return self.env._("This approved order would be held now.")
        if verdict.blocks and verdict.identified:
            return self.env._("This order is held: a listed party is involved.")
        if verdict.blocks:
            return (
                self.env._("This order is held: a restricted party may be involved.")
                if verdict.holding
                else (self.env._("This order is held: it could not be screened."))
            )
        return {
            "exempted": self.env._("A licence exemption covers this order."),
            "warning": self.env._("A restricted party may be involved. The order is not held."),
            "information": self.env._(
                "For information: a listed party may be involved. The order is not held."
            ),
            "not_screened": self.env._("This order was not screened."),
        }[verdict.state]

    @api.model
    def _what_to_do(self, verdict, order):
        people = self._people(verdict.company)
        if not verdict.holding:
            return self.env._("Ask the list administrator or compliance (%s).", people)
        if verdict.identified:
            if order.state == "to approve":
                text = self.env._("The order waits until a licence exemption covers it.")
            else:
                text = self.env._(
                    "You can go on: confirming parks the order until a licence exemption covers it."
                )
            return f"{text} {self.env._('Compliance: %s.', people)}"
        if order.state == "to approve":
            return self.env._(
                "The order waits until compliance (%s) decides the match or a licence exemption"
                " covers it.",
                people,
            )
        return self.env._(
            "You can go on: confirming parks the order until compliance (%s) decides the match or a"
            " licence exemption covers it.",
            people,
        )

    @api.model
    def _hit_html(self, hit):
        if hit.state == "same":
            text = self.env._(
                "“%s”: decided as the same party by compliance", self._contact_name(hit.partner_id)
            )
        else:
            text = hit.explanation or ""
        # The explanation names both spellings; here stands what the vendor may be.
        return Markup("<p class='mb-1'><b>%s: %s</b><br/><span>%s</span>%s</p>") % (
            hit.list_id.name
            if hit.state == "same"
            else self.env._("Possible match with %s", hit.list_id.name),
            hit.listed_name,
            text,
            Markup("<br/><small>%s</small>") % hit.party_citation if hit.party_citation else "",
        )

    @api.model
    def _program_html(self, lists):
        """What each program restricts for a buyer, once a program."""
        parts = []
        for record in lists:
            rows = [
                (self.env._("Buying"), record.text_buy),
                (self.env._("Paying"), record.text_pay),
                (self.env._("Sending"), record.text_send),
                (self.env._("Importing"), record.text_import),
                (self.env._("Using"), record.text_use),
            ]
            items = Markup("").join(
                Markup("<li><b>%s:</b> %s</li>") % (label, text) for label, text in rows if text
            )
            if items:
                parts.append(
                    Markup("<p class='mb-0'>%s</p><ul class='mb-1'>%s</ul>")
                    % (self.env._("What %s restricts:", record.name), items)
                )
        return parts

    @api.model
    def _cover_html(self, verdict):
        parts = []
        for hit, exemption in verdict.covered.items():
            text = self.env._(
                "%(listed)s (%(list)s): licence exemption %(name)s",
                listed=hit.listed_name,
                list=hit.list_id.code,
                name=exemption.name,
            )
            if exemption.expiry_date:
                text += self.env._(", valid until %s", fields.Date.to_string(exemption.expiry_date))
            if exemption.amount_ceiling:
                text += self.env._(
                    ", left: %s", exemption.currency_id.format(exemption.amount_left)
                )
            if exemption.quantity_ceiling:
                text += self.env._(
                    ", left: %(quantity)s %(unit)s",
                    quantity=f"{exemption.quantity_left:g}",
                    unit=exemption.quantity_uom_id.name,
                )
            parts.append(Markup("<p class='mb-1'>%s</p>") % text)
        for exemption in dict.fromkeys(
            [*verdict.covered.values(), *(e for e, _s in verdict.exceeded.values())]
        ):
            for label, text in (
                (self.env._("Conditions (binding):"), exemption.conditions),
                (self.env._("Riders (for your knowledge):"), exemption.riders),
            ):
                if text:
                    parts.append(
                        Markup("<p class='mb-1' style='white-space: pre-line'><b>%s</b> %s</p>")
                        % (label, text)
                    )
        return parts

    @api.model
    def _shown(self, verdict, order):
        """The words shown above an order, as text for the audit trail."""
        banner = self._banner(verdict, order)
        return as_text(banner) if banner else self._checked(verdict) or ""

    @api.model
    def _checked(self, verdict):
        """What was looked through, for orders without a match."""
        if verdict.state != "no_match":
            return False
        return self._nothing_found(verdict.lists)

    @api.model
    def _nothing_found(self, lists):
        """No match, in which editions of which lists: silence alone would say nothing."""
        editions = ", ".join(
            f"{record.code} {record.edition} ({fields.Date.to_string(record.edition_date)})"
            for record in lists
        )
        return self.env._("No match found in %s.", editions)

    @api.model
    def _send_notice(self, orders):
        """What must not be sent without a licence, for the composer of a held order."""
        parts = []
        for order in orders:
            verdict = order._screening_verdict()
            lists = verdict.holding.list_id | self.env["screening.list"].sudo().concat(
                *(hit.list_id for hit in verdict.covered)
            )
            texts = [record.text_send for record in lists if record.text_send]
            if texts:
                parts.append(
                    Markup("<p class='mb-1'><b>%s</b></p><ul class='mb-0'>%s</ul>")
                    % (
                        self.env._(
                            "%s may involve a restricted party. Before you send anything:",
                            order.name,
                        ),
                        Markup("").join(Markup("<li>%s</li>") % escape(text) for text in texts),
                    )
                )
        return Markup("").join(parts) or False
