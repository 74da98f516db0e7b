# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools.misc import formatLang

from .screening_overview import Card, Number

SHOWN = 6


class ScreeningOverviewHolding(models.Model):
    """Cards about what is held, what lets go, and how old the lists are that say so."""

    _inherit = "screening.overview"

    @api.model
    def _show_money(self, amount):
        """An amount in whole units, as the user's language writes it."""
        currency = self.env.company.currency_id
        text = formatLang(self.env, amount or 0.0, digits=0)
        parts = (text, currency.symbol or currency.name)
        return "\N{NO-BREAK SPACE}".join(parts if currency.position == "after" else parts[::-1])

    def _card_held(self):
        holds = self.env["screening.hold"]
        active = [("state", "=", "active")]
        by_lists = holds._read_group(active, ["lists"], ["order_value:sum_currency"])

        parked = [*active, ("parked", "=", True)]
        [(value, count)] = holds._read_group(active, [], ["order_value:sum_currency", "__count"])

        def number(text, caption, domain):
            return Number(str(text), caption, "screening_hold_action", domain)

        return Card(
            [
                number(self._show_money(value), self.env._("held"), active),
                number(count, self.env._("orders held"), active),
                number(holds.search_count(parked), self.env._("of them to approve"), parked),
            ],
            [(lists or "–", round(value or 0), False) for lists, value in by_lists[:SHOWN]],
            self.env._("Held value now, by list"),
            "screening_hold_action_figures",
        )

    def _card_exemptions(self):
        exemptions = self.env["screening.exemption"]
        force = exemptions._domain_in_force()
        limited = [*force, ("amount_ceiling", ">", 0)]
        [(left,)] = exemptions._read_group(limited, [], ["amount_left:sum_currency"])
        rows = exemptions._read_group(
            limited,
            ["partner_id"],
            ["amount_left:sum_currency", "amount_ceiling:sum_currency"],
        )
        rows.sort(key=lambda row: row[1])

        def count(caption, domain):
            text = str(exemptions.search_count(domain))
            return Number(text, caption, "screening_exemption_action", domain)

        return Card(
            [
                Number(
                    self._show_money(left),
                    self.env._("left under ceilings"),
                    "screening_exemption_action",
                    limited,
                ),
                count(self.env._("in force"), force),
                count(self.env._("end within 60 days"), exemptions._domain_ending(60)),
            ],
            [
                (vendor.sudo().display_name[:14], round(left), left <= ceiling / 10)
                for vendor, left, ceiling in rows[:SHOWN]
            ],
            self.env._("What is left, those with least first"),
            "screening_exemption_action_figures",
        )

    def _card_lists(self):
        loaded = self.env["screening.list"].search([("edition", ">", 0)])
        stale = loaded.filtered("is_stale")
        effects = self.env["screening.case"]._strictest_effects()
        missing = self.env["screening.list"].search([("edition", "=", 0)])
        missing = missing.filtered(lambda record: effects.get(record.id) == "hold")

        def number(caption, records):
            domain = [("id", "in", records.ids)]
            return Number(str(len(records)), caption, "screening_list_action", domain)

        oldest = loaded.sorted("age_days", reverse=True)
        return Card(
            [
                number(self.env._("in force"), loaded),
                number(self.env._("too old"), stale),
                number(self.env._("that hold, not loaded"), missing),
            ],
            [(record.code, record.age_days, record in stale) for record in oldest[: 2 * SHOWN]],
            self.env._("Days since each list was the newest"),
            "screening_list_action_figures",
        )
