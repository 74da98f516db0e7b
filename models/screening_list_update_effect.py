# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ScreeningListUpdateEffect(models.Model):
    """Somebody or something that an update would touch if it were applied now."""

    _name = "screening.list.update.effect"
    _inherit = "screening.sealed"
    _description = "Effect of a List Update"
    _order = "update_id, kind, score desc, id"

    update_id = fields.Many2one(
        "screening.list.update", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("1_hit", "Contact gets a hit"),
            ("2_hold", "Order would be held"),
            ("3_reopen", "Decision reopens"),
            ("4_close", "Hit closes"),
            ("5_free", "Order would be freed"),
            ("6_exemption", "Exemption's listed party changes"),
        ],
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True, ondelete="cascade")
    order_id = fields.Many2one("purchase.order", readonly=True, ondelete="cascade")
    exemption_id = fields.Many2one("screening.exemption", readonly=True, ondelete="cascade")
    list_id = fields.Many2one("screening.list", readonly=True)
    listed_name = fields.Char(readonly=True)
    score = fields.Integer(readonly=True)
