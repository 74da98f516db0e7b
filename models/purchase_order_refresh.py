# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .purchase_order_screening import PARTY_FIELDS
from .screening_sealed import SEAL

#: A change of one of them, or of the lines, is looked at at once.
WATCHED_FIELDS = ("state", "company_id", "amount_total", "currency_id", *PARTY_FIELDS)
SHOWN_FIELDS = ("screening_state", "screening_hold_ids", "screening_alarm", "screening_passed")


class PurchaseOrder(models.Model):
    """When an order is screened and its state and holds are brought up to date."""

    _inherit = "purchase.order"

    @api.model_create_multi
    def create(self, vals_list):
        self._screening_refuse_shown(vals_list)
        for vals in vals_list:
            # Said in full, so that no default of a user's own, or in the context, fills it.
            vals["screening_passed"] = False
        orders = super().create(vals_list)
        orders._screening_after_change()
        orders._screening_mark_unseen()
        return orders

    def write(self, vals):
        self._screening_refuse_shown([vals])
        watched = set(WATCHED_FIELDS) & set(vals)
        before = {order: order._screening_watched() for order in self.sudo()} if watched else {}
        result = super().write(vals)
        if "order_line" in vals:
            self._screening_after_change()
        elif watched:
            # Only where something did change: an automation that writes the same again and again
            # would go round in circles with what is computed here.
            self.filtered(
                lambda order: before[order.sudo()] != order._screening_watched()
            )._screening_after_change()
        if {"company_id", *PARTY_FIELDS} & set(vals):
            self._screening_mark_unseen()
        return result

    def _screening_watched(self):
        order = self.sudo()
        return [order[name] for name in WATCHED_FIELDS]

    def _screening_refuse_shown(self, vals_list):
        """What the screening shows is not for anybody to write."""
        if self.env.context.get("screening_seal") is SEAL:
            return
        for vals in vals_list:
            touched = [name for name in SHOWN_FIELDS if name in vals]
            if touched:
                raise AccessError(self.env._("“%s” is kept by the screening.", touched[0]))

    def _screening_after_change(self):
        for order in self:
            self.env["screening.gate"]._ensure_screened(order._screening_partners())
        self._screening_refresh()

    @api.model
    def _screening_domain_of(self, partners):
        """Orders that deal with any of the contacts, or with somebody under them."""
        family = (
            self.env["res.partner"]
            .sudo()
            .with_context(active_test=False)
            .search([("id", "child_of", partners.ids)])
        )
        return Domain.OR(Domain(name, "in", family.ids) for name in PARTY_FIELDS)

    @api.model
    def _screening_refresh_partners(self, partners):
        """After hits, decisions or exemptions of contacts changed: update their orders."""
        if partners:
            orders = self.sudo().search(
                self._screening_domain_of(partners) & Domain("state", "!=", "cancel")
            )
            orders._screening_refresh()
            self.env["screening.subject"]._look_again_at(partners)

    @api.model
    def _screening_refresh_companies(self, companies=None):
        """After policy changed: the open orders of these companies, or of all."""
        domain = Domain("state", "in", ("draft", "sent", "to approve"))
        if companies is not None:
            domain &= Domain("company_id", "in", companies.ids)
        orders = self.sudo().search(domain)
        orders._screening_refresh()
        self.env["screening.case"]._refresh_waiting()

    def _screening_refresh(self):
        """Recompute the state shown and the holds; tell people what changed for them."""
        orders = self.sudo()
        state_field = self._fields["screening_state"]
        before = {order: order.screening_state for order in orders}
        self.env.add_to_compute(state_field, orders)
        # Now: left pending it would be computed after the next change and hide that change.
        orders.mapped("screening_state")
        orders.invalidate_recordset(["screening_message", "screening_can_confirm"])
        for order in orders:
            verdict = order._screening_verdict()
            self.env["screening.hold"]._sync(order, verdict)
            newly_held = verdict.holding and verdict.blocks and before[order] not in ("held", False)
            if order.state == "purchase" and newly_held:
                order._screening_flag_approved(verdict)
            if order.state != "to approve":
                order.activity_feedback(["restricted_party_screening.mail_activity_lifted"])
        self.env["screening.case"]._refresh_orders(orders)

    # ---- meeting others -----------------------------------------------------

    def _screening_meet_parties(self):
        """Let an approval and a new hit, decision or revocation not pass each other unseen.

        Most approvals write an order that others see, and who finds a hit writes it too. Those
        that nobody sees yet under these parties must be met at the parties themselves.
        """
        self.ensure_one()
        subjects = self.env["screening.subject"].sudo()
        if self.id in self._screening_unseen():
            subjects._meet(self._screening_partners())
        else:
            subjects._hold_still(self._screening_partners())

    def _screening_unseen(self):
        """Orders that this transaction made, or gave other parties."""
        return self.env.cr.precommit.data.setdefault("screening_unseen_orders", set())

    def _screening_mark_unseen(self):
        self._screening_unseen().update(self.ids)
        for order in self:
            if order.state == "purchase":
                order._screening_meet_parties()
