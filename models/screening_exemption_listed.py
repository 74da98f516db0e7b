# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models


class ScreeningExemptionListed(models.Model):
    """Which listed parties an exemption is for, and which of them it does not cover at present."""

    _inherit = "screening.exemption"

    listed_text = fields.Text(compute="_compute_listed_text", string="Listed As")
    undecided_text = fields.Char(
        compute="_compute_listed_text",
        help="An exemption covers what somebody decided to be the listed party. When contact or"
        " entry change, that is asked again, and holds until it is answered.",
    )

    @api.depends("hit_ids.state", "hit_ids.listed_name", "hit_ids.list_id.code")
    def _compute_listed_text(self):
        for record in self:
            undecided = record.hit_ids.filtered(lambda hit: hit.state == "open")
            record.listed_text = "\n".join(self._name_listed(record.hit_ids))
            record.undecided_text = ", ".join(self._name_listed(undecided)) or False

    @api.model
    def _name_listed(self, hits):
        return [f"{hit.listed_name} ({hit.list_id.code})" for hit in hits]
