# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import models


class PurchaseOrderLedger(models.Model):
    """What an approved order takes from licence exemptions, and gives back."""

    _inherit = "purchase.order"

    def _screening_reserve(self, verdict):
        self.ensure_one()
        order = self.sudo()
        exemptions = self.env["screening.exemption"].sudo().browse()
        for exemption in verdict.covered.values():
            exemptions |= exemption
        stale = order.screening_use_ids.filtered(lambda use: use.state == "reserved")
        (stale.exemption_id - exemptions)._release(order)
        if exemptions:
            exemptions._reserve(order._screening_request())
        if order.screening_alarm:
            order._screening_set_alarm(False)
            order.activity_feedback(["restricted_party_screening.mail_activity_alarm"])
        self.env["screening.event"]._log_event(
            "order_check",
            order,
            self.env._(
                "“%(order)s” approved: %(state)s",
                order=order.name,
                state=dict(self._fields["screening_state"]._description_selection(self.env))[
                    verdict.state
                ],
            ),
            {
                "state": verdict.state,
                "order": order._screening_checked_parties(),
                "parties": [[p.id, p.display_name] for p in order._screening_partners()],
                "amount": [order.amount_untaxed, order.currency_id.name],
                "covered": {
                    hit.listed_name: exemption.name for hit, exemption in verdict.covered.items()
                },
                "hits": [
                    hit._get_snapshot()
                    for hit in [
                        *verdict.covered,
                        *verdict.warning,
                        *verdict.information,
                        *verdict.reviewed,
                        *verdict.holding,
                    ]
                ],
                "checks": self.env["screening.subject"]
                .sudo()
                .search([("partner_id", "in", order._screening_partners().ids)])
                ._get_checks(),
                "settings": self.env["screening.matcher"]._get_settings(),
                "wording": self.env["screening.wording"]._shown(verdict, order),
                "observe": verdict.observe,
                # All that are loaded: the checks of the parties were made against them.
                "editions": self.env["screening.list"]._get_loaded()._get_editions(),
            },
            order.company_id,
        )

    def _screening_release(self):
        order = self.sudo()
        uses = order.screening_use_ids.filtered(lambda use: use.state == "reserved")
        uses.exemption_id._release(order)

    def _screening_rebook(self):
        """Correct what approved orders reserve after their lines changed."""
        for order in self.sudo().exists().filtered(lambda order: order.state == "purchase"):
            uses = order.screening_use_ids.filtered(lambda use: use.state == "reserved")
            if uses:
                uses.exemption_id._reserve(order._screening_request())
