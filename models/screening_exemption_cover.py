# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.fields import Domain


class ScreeningExemptionCover(models.Model):
    """Which exemption covers a hit for an order."""

    _inherit = "screening.exemption"

    @api.model
    def _find_cover(self, hit, company, request=None):
        """The exemption that covers a confirmed hit in a company.

        :param request: :class:`~.screening_request.Request`; without it no limit is asked for
        :return: (exemption or empty, :class:`~.screening_request.Shortfall` of the nearest one;
            ``None`` when it suffices)
        """
        best, best_shortfall = self.browse(), None
        for record in self.sudo().search(self._cover_domain(hit, company), order="expiry_date, id"):
            if not record._is_in_time():
                continue
            if record.order_ids and (not request or request.order._origin not in record.order_ids):
                continue
            shortfall = record._get_shortfall(request) if request else None
            if not shortfall:
                return record, None
            if not best or shortfall.rank < best_shortfall.rank:
                best, best_shortfall = record, shortfall
        return best, best_shortfall

    @api.model
    def _cover_domain(self, hit, company):
        owner = hit.partner_id.commercial_partner_id
        same_party = Domain("list_id", "=", hit.list_id.id) & Domain(
            "party_uid", "=", hit.party_uid
        )
        return (
            Domain("state", "=", "approved")
            & Domain("superseded_by_id", "=", False)
            & Domain("company_id", "=", company.id)
            & Domain.OR(
                (
                    Domain("hit_ids", "in", hit.ids),
                    Domain("reach", "=", "party") & Domain("hit_ids", "any", same_party),
                    Domain("reach", "=", "vendor")
                    & Domain("hit_ids.list_id", "in", hit.list_id.ids)
                    & Domain("partner_id.commercial_partner_id", "=", owner.id),
                )
            )
        )
