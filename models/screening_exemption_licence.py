# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ScreeningExemptionLicence(models.Model):
    """What a licence says of its parties and of the use: it holds for these and no others."""

    _inherit = "screening.exemption"

    applicant = fields.Char(help="Whom the licence was given to, as it names them.")
    purchaser = fields.Char()
    intermediate_consignees = fields.Text(
        help="One a line; forwarding agents too, where the licence names them."
    )
    ultimate_consignee = fields.Char()
    end_users = fields.Text(help="One a line.")
    end_use = fields.Text(string="Stated End Use", help="As the application states it.")
