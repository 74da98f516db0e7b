# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ScreeningExemption(models.Model):
    """Documents of a licence exemption are read by whoever reads the exemption.

    The form uploads them before the exemption has a number, and Odoo lets nobody but the one who
    uploaded such a file read it: not even who is to approve.
    """

    _inherit = "screening.exemption"

    @api.model_create_multi
    def create(self, vals_list):
        exemptions = super().create(vals_list)
        exemptions._adopt_documents()
        return exemptions

    def write(self, vals):
        result = super().write(vals)
        if "attachment_ids" in vals:
            self._adopt_documents()
        return result

    def _adopt_documents(self):
        """Hang files that were just uploaded here on the exemption; nobody else's."""
        for exemption in self:
            exemption.sudo().attachment_ids.filtered(
                lambda item: (
                    not item.res_id
                    and item.res_model in (False, self._name)
                    and item.create_uid == self.env.user
                )
            ).write({"res_model": self._name, "res_id": exemption.id})
