# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain


class ScreeningExemptionEnd(models.Model):
    """When an exemption ends, or begins: the open orders it covered learn it the same minute."""

    _inherit = "screening.exemption"

    @api.model
    def _cron_expire(self):
        """Hold again the open orders of exemptions whose time ran out, every minute."""
        # Midnight comes to some companies a day before others.
        soon = fields.Date.add(fields.Date.today(), days=1)
        approved = Domain("state", "=", "approved")
        ending = approved & Domain("was_expired", "=", False) & Domain("expiry_date", "<=", soon)
        for record in self.sudo().search(ending).filtered(lambda r: r.validity == "expired"):
            record._sealed().write({"was_expired": True})
            record._log(self.env._("expired"))
            record._tell_requester(self.env._("expired"))
            record._end_cover(self.env._("expired"))
        begun = approved & Domain("was_started", "=", False) & Domain("start_date", "<=", soon)
        for record in self.sudo().search(begun).filtered(lambda r: r.validity == "valid"):
            record._sealed().write({"was_started": True})
            record._refresh_orders()

    def _end_cover(self, what):
        """Hold the open orders it covered again; compliance gets an activity that names them.

        :param what: what happened to it, one word
        """
        for record in self.sudo():
            covered = record._get_open_orders().filtered(
                lambda order: order.screening_state == "exempted"
            )
            record._refresh_orders()
            held = covered.filtered(lambda order: order.screening_state == "held")
            if held:
                record._ask_about_held(what, held)

    def _ask_about_held(self, what, orders):
        record = self.with_context(mail_activity_automation_skip=False)
        for user in self.env["screening.policy"]._get_responsible(self.company_id):
            record.activity_schedule(
                "restricted_party_screening.mail_activity_exemption_ended",
                user_id=user.id,
                summary=self.env._(
                    "Licence exemption %(name)s %(what)s: open orders are held again",
                    name=self.name,
                    what=what.lower(),
                ),
                note=", ".join(orders.mapped("name")),
            )

    def _get_concerned_partners(self):
        """Contacts whose orders these exemptions may cover."""
        records = self.sudo()
        partners = records.hit_ids.partner_id | records.partner_id
        for hit in records.filtered(lambda record: record.reach == "party").hit_ids:
            partners |= hit.search(
                [("list_id", "=", hit.list_id.id), ("party_uid", "=", hit.party_uid)]
            ).partner_id
        return partners

    def _get_open_orders(self):
        orders = self.env["purchase.order"].sudo()
        return orders.search(
            orders._screening_domain_of(self._get_concerned_partners())
            & Domain("state", "in", ("draft", "sent", "to approve"))
            & Domain("company_id", "in", self.company_id.ids)
        )

    def _refresh_orders(self):
        self.env["purchase.order"]._screening_refresh_partners(self._get_concerned_partners())
