# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models


class ScreeningChain(models.Model):
    """The head of the audit trail's hash chain; one row, which only the sealer locks."""

    _name = "screening.chain"
    _inherit = "screening.sealed"
    _description = "Audit Trail Head"

    name = fields.Char(required=True, readonly=True)
    last_seq = fields.Integer(readonly=True)
    last_hash = fields.Char(readonly=True)

    @api.model
    def _create_main(self):
        """Make the one head, at installation."""
        xmlid = "restricted_party_screening.screening_chain_main"
        if not self.env.ref(xmlid, raise_if_not_found=False):
            head = self._sealed().create({"name": "Audit trail"})
            self.env["ir.model.data"]._update_xmlids(
                [{"xml_id": xmlid, "record": head, "noupdate": True}]
            )
