# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .screening_list import ScreeningList


class ScreeningSourceList(models.Model):
    """An edition is not old while its publisher is seen to publish nothing newer."""

    _inherit = "screening.list"
    _sealed_fields = (*ScreeningList._sealed_fields, "confirmed_date")

    confirmed_date = fields.Datetime(
        string="Still Newest On",
        readonly=True,
        help="When the list's source was last seen to hold the edition in force.",
    )

    @api.depends("confirmed_date")
    def _compute_is_stale(self):
        result = super()._compute_is_stale()
        now = fields.Datetime.now()
        for record in self.filtered("is_stale"):
            confirmed = record.confirmed_date
            record.is_stale = not confirmed or (now - confirmed).days > record.max_age_days
        return result
