# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _screening_open_documents(self):
        """Receipts and returns that are still to be validated."""
        states = dict(self.env["stock.picking"]._fields["state"]._description_selection(self.env))
        pickings = self.sudo().picking_ids.filtered(lambda p: p.state not in ("done", "cancel"))
        return [
            *(f"{picking.display_name} ({states[picking.state]})" for picking in pickings),
            *super()._screening_open_documents(),
        ]
