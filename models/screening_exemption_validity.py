# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

import pytz

from odoo import api, fields, models


class ScreeningExemptionValidity(models.Model):
    """Whether an exemption is in force today: computed from state, dates and what is used."""

    _inherit = "screening.exemption"

    validity = fields.Selection(
        [
            ("none", "Not in force"),
            ("future", "Not yet valid"),
            ("valid", "In force"),
            ("expired", "Expired"),
            ("exhausted", "Exhausted"),
            ("superseded", "Superseded"),
        ],
        compute="_compute_validity",
        help="Computed from state, dates and what is used up.",
    )

    @api.depends(
        "state",
        "superseded_by_id",
        "start_date",
        "expiry_date",
        "amount_ceiling",
        "amount_used",
        "quantity_ceiling",
        "quantity_used",
    )
    def _compute_validity(self):
        for record in self:
            today = record._today()
            if record.superseded_by_id:
                record.validity = "superseded"
            elif record.state != "approved":
                record.validity = "none"
            elif record.start_date and record.start_date > today:
                record.validity = "future"
            elif record.expiry_date and record.expiry_date < today:
                record.validity = "expired"
            elif record._is_exhausted():
                record.validity = "exhausted"
            else:
                record.validity = "valid"

    def _is_exhausted(self):
        value = self.amount_ceiling and (
            self.currency_id.compare_amounts(self.amount_used, self.amount_ceiling) >= 0
        )
        quantity = self.quantity_ceiling and (
            self.quantity_uom_id.compare(self.quantity_used, self.quantity_ceiling) >= 0
        )
        return bool(value or quantity)

    def _today(self):
        """Today where the company is: a licence ends at midnight in its time zone."""
        zone = pytz.timezone(self.company_id.partner_id.tz or "UTC")
        return datetime.now(zone).date()

    def _is_in_time(self):
        today = self._today()
        early = self.start_date and self.start_date > today
        return not early and not (self.expiry_date and self.expiry_date < today)
