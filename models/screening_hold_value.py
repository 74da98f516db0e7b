# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ScreeningHoldValue(models.Model):
    """What is held, as money that can be summed up over companies."""

    _inherit = "screening.hold"

    company_currency_id = fields.Many2one(
        related="company_id.currency_id", string="Company's Currency"
    )
    order_value = fields.Monetary(
        related="order_id.amount_total_cc",
        string="Held Value",
        currency_field="company_currency_id",
        help="Total of the order in the company's currency.",
    )
