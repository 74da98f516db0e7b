# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class ScreeningListRetention(models.Model):
    """How long what concerns a list is kept, and from which edition on all of it is still here."""

    _inherit = "screening.list"

    retention_years = fields.Integer(
        string="Kept for (Years)",
        default=10,
        required=True,
        help="Events, decisions, licence exemptions and editions that concern this list are kept"
        " for so long. What concerns several lists is kept as long as the longest says."
        " EAR §762.6: 5 years from the end of the transaction; OFAC, 31 CFR 501.601: 10 years.",
    )
    kept_from = fields.Integer(
        string="Editions Kept from",
        readonly=True,
        help="What earlier editions said was deleted after its retention period.",
    )

    _retention_floor = models.Constraint(
        "CHECK(retention_years >= CASE WHEN own THEN 1 ELSE 5 END)",
        "Records about an official list are kept for five years at least, about one of your own"
        " for one.",
    )

    def write(self, vals):
        """What an authority published is not declared one's own, to be kept for a year only."""
        if vals.get("own"):
            published = self.filtered(lambda record: record.edition and not record.own)
            if published:
                raise UserError(
                    self.env._(
                        "“%s” was loaded as an authority's list and does not become your own.",
                        published[0].name,
                    )
                )
        return super().write(vals)

    @api.model
    def _get_policy_fields(self):
        return (*super()._get_policy_fields(), "retention_years")
