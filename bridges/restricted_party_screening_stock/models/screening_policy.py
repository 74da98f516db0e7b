# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from odoo.addons.restricted_party_screening.models.screening_list import FLIGHT_EFFECTS


class ScreeningPolicyLine(models.Model):
    _inherit = "screening.policy.line"

    effect_receive = fields.Selection(
        FLIGHT_EFFECTS, string="Receipt", help="Empty: what the list itself says."
    )
    effect_send = fields.Selection(
        FLIGHT_EFFECTS, string="Return, Goods Sent", help="Empty: what the list itself says."
    )

    @api.model
    def _get_actions(self):
        return {**super()._get_actions(), "receive": "effect_receive", "send": "effect_send"}
