# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.restricted_party_screening.models.screening_list import FLIGHT_EFFECTS


class ScreeningList(models.Model):
    _inherit = "screening.list"

    default_effect_receive = fields.Selection(
        FLIGHT_EFFECTS,
        string="Receipt",
        default="off",
        required=True,
        help="What a hit on this list does when goods are received.",
    )
    default_effect_send = fields.Selection(
        FLIGHT_EFFECTS,
        string="Return, Goods Sent",
        default="off",
        required=True,
        help="What a hit on this list does when goods are returned or sent to a vendor.",
    )

    @api.model
    def _get_policy_fields(self):
        return (*super()._get_policy_fields(), "default_effect_receive", "default_effect_send")
