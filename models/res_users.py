# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ResUsers(models.Model):
    _inherit = "res.users"

    screening_digest = fields.Boolean(
        string="Daily Screening Digest",
        default=True,
        help="A mail a day about new hits, held orders, ending exemptions and old lists. Nothing is"
        " sent on days without news.",
    )

    @property
    def SELF_READABLE_FIELDS(self):
        return [*super().SELF_READABLE_FIELDS, "screening_digest"]

    @property
    def SELF_WRITEABLE_FIELDS(self):
        return [*super().SELF_WRITEABLE_FIELDS, "screening_digest"]
