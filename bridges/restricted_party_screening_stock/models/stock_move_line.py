# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

#: What a quantity may change by when it goes from one unit to another and back.
TINY = 1e-6


class StockMoveLine(models.Model):
    """More on a transfer that is done is received or sent now, and asked like any other."""

    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._screening_moved().move_id._screening_flight_check()
        return lines

    def write(self, vals):
        before = {line: line.quantity_product_uom for line in self._screening_moved()}
        result = super().write(vals)
        grown = [
            line.id
            for line, quantity in before.items()
            if line.quantity_product_uom > quantity + TINY
        ]
        self.browse(grown).move_id._screening_flight_check()
        return result

    def _screening_moved(self):
        return self.filtered(lambda line: line.move_id.state == "done")
