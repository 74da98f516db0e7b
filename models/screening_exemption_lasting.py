# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class ScreeningExemptionLasting(models.Model):
    """Which exemptions are in force, and which of them end soon."""

    _inherit = "screening.exemption"

    @api.model
    def _domain_in_force(self):
        """Approved, begun, not over, and with something left of the value."""
        today = fields.Date.today()
        # "= 0" would pass over those that never had a ceiling, which are null.
        unlimited = Domain("amount_ceiling", "=", False)
        return list(
            Domain("state", "=", "approved")
            & Domain("superseded_by_id", "=", False)
            & (Domain("start_date", "=", False) | Domain("start_date", "<=", today))
            & (Domain("expiry_date", "=", False) | Domain("expiry_date", ">=", today))
            & (unlimited | Domain("amount_left", ">", 0))
        )

    @api.model
    def _domain_ending(self, days):
        """Those in force that end within so many days."""
        last = fields.Date.add(fields.Date.today(), days=days)
        return [*self._domain_in_force(), ("expiry_date", "<=", last)]
