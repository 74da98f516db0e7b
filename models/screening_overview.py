# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.tools import format_date

from .screening_input import expect_one

#: Months that the bars of a card go back.
MONTHS = 6
KINDS = [
    ("queue", "To decide"),
    ("hits", "Hits over time"),
    ("time", "Time to decide"),
    ("held", "Held value"),
    ("exemptions", "Licence exemptions"),
    ("alarms", "False alarms"),
    ("lists", "Age of lists"),
]


@dataclass(frozen=True)
class Number:
    """One number of a card, and the records that it counts."""

    text: str
    caption: str
    action: str
    domain: list


@dataclass(frozen=True)
class Card:
    """What a card shows.

    :param numbers: three of them, the most important first
    :param bars: (label, value, whether it stands out)
    :param unit: what the bars show
    :param figures: action with the graph and the pivot of the same facts
    """

    numbers: list
    bars: list
    unit: str
    figures: str


class ScreeningOverview(models.Model):
    """The managers' dashboard: one card a question, computed when it is looked at.

    Each number is counted with the rights and in the companies of who looks, and opens the
    records it counts.
    """

    _name = "screening.overview"
    _description = "Overview of Screening"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    kind = fields.Selection(KINDS, required=True)
    number_1 = fields.Char(compute="_compute_card")
    number_2 = fields.Char(compute="_compute_card")
    number_3 = fields.Char(compute="_compute_card")
    caption_1 = fields.Char(compute="_compute_card")
    caption_2 = fields.Char(compute="_compute_card")
    caption_3 = fields.Char(compute="_compute_card")
    has_bars = fields.Boolean(compute="_compute_card")
    unit = fields.Char(compute="_compute_card")
    bars = fields.Text(compute="_compute_card")

    @api.depends("kind")
    @api.depends_context("uid", "lang", "company", "allowed_company_ids")
    def _compute_card(self):
        for record in self:
            card = record._get_card()
            for place, number in enumerate(card.numbers, start=1):
                record[f"number_{place}"] = number.text
                record[f"caption_{place}"] = number.caption
            record.has_bars = any(value for _label, value, _stands_out in card.bars)
            record.unit = card.unit
            record.bars = json.dumps(
                [
                    {
                        "key": card.unit,
                        "values": [
                            {
                                "label": label,
                                "value": value,
                                "type": "future" if stands_out else "past",
                            }
                            for label, value, stands_out in card.bars
                        ],
                    }
                ]
            )

    def _get_card(self):
        self.ensure_one()
        return getattr(self, f"_card_{self.kind}")()

    # ---- what a click opens -------------------------------------------------

    def action_open_1(self):
        """Open the records of the first number."""
        return self._open_number(0)

    def action_open_2(self):
        """Open the records of the second number."""
        return self._open_number(1)

    def action_open_3(self):
        """Open the records of the third number."""
        return self._open_number(2)

    def action_graph(self):
        """Open the graph of these facts."""
        expect_one(self)
        return self._open(self._get_card().figures, "graph")

    def action_pivot(self):
        """Open the pivot of these facts."""
        expect_one(self)
        return self._open(self._get_card().figures, "pivot")

    def action_decide_next(self):
        """Open the first case of the queue."""
        return self.env["screening.case"].action_start()

    def _open_number(self, place):
        expect_one(self)
        number = self._get_card().numbers[place]
        action = self._open(number.action, "list")
        return dict(action, name=number.caption, domain=number.domain, context={})

    @api.model
    def _open(self, action, mode):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            f"restricted_party_screening.{action}"
        )
        action["views"] = sorted(action["views"], key=lambda view: view[1] != mode)
        return action

    # ---- common to the cards ------------------------------------------------

    @api.model
    def _days_ago(self, days):
        return fields.Datetime.subtract(fields.Datetime.now(), days=days)

    @api.model
    def _by_month(self, model, domain, date, aggregate="__count"):
        """Bars of the last months, those without anything too."""
        first = fields.Date.today().replace(day=1)
        months = [fields.Date.subtract(first, months=back) for back in range(MONTHS - 1, -1, -1)]
        rows = self.env[model]._read_group(
            [*domain, (date, ">=", fields.Datetime.to_datetime(months[0]))],
            [f"{date}:month"],
            [aggregate],
        )
        values = {fields.Date.to_date(month): value for month, value in rows}
        return [
            (
                format_date(self.env, month, date_format="MMM"),
                round(values.get(month) or 0, 1),
                month == first,
            )
            for month in months
        ]
