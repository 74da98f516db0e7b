# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class StockPicking(models.Model):
    """A transfer says what its lines are asked; the check itself hangs on the lines."""

    _name = "stock.picking"
    _inherit = ["stock.picking", "screening.flight"]

    def _screening_flight_move(self):
        """The first line that concerns a vendor."""
        return self.move_ids.filtered(
            lambda move: move.state != "cancel" and move._screening_action()
        )[:1]

    def _screening_action(self):
        return self._screening_flight_move()._screening_action() if self.move_ids else None

    def _screening_flight_parties(self):
        return self._screening_flight_move()._screening_flight_parties()

    def _screening_flight_requests(self):
        return self._screening_flight_move()._screening_flight_requests()

    def _screening_flight_done(self):
        return self.state in ("done", "cancel")

    @api.model_create_multi
    def create(self, vals_list):
        pickings = super().create(vals_list)
        pickings._screening_flight_prepare()
        return pickings

    def write(self, vals):
        result = super().write(vals)
        if "partner_id" in vals:
            self._screening_flight_prepare()
        return result
