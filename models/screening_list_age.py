# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class ScreeningListAge(models.Model):
    """How old each list is: days since its edition came, or was last seen to be the newest."""

    _inherit = "screening.list"

    age_days = fields.Integer(
        string="Age (days)",
        compute="_compute_age_days",
        aggregator="max",
        help="Days since the edition in force was applied, or its source was last seen to hold"
        " nothing newer.",
    )

    @api.depends("edition", "edition_date", "confirmed_date")
    def _compute_age_days(self):
        now = fields.Datetime.now()
        for record in self:
            dates = [date for date in (record.edition_date, record.confirmed_date) if date]
            record.age_days = (now - max(dates)).days if record.edition and dates else 0

    def _field_to_sql(self, alias, field_expr, query=None):
        """Charts sum it up in the database, where a list without an edition has no age at all."""
        if field_expr != "age_days":
            return super()._field_to_sql(alias, field_expr, query)
        return SQL(
            "CASE WHEN %(edition)s > 0 THEN"
            " EXTRACT(DAY FROM %(now)s - GREATEST(%(since)s, %(confirmed)s))::integer END",
            edition=self._field_to_sql(alias, "edition", query),
            now=fields.Datetime.now(),
            since=self._field_to_sql(alias, "edition_date", query),
            confirmed=self._field_to_sql(alias, "confirmed_date", query),
        )
