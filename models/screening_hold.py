# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .screening_input import expect_one
from .screening_text import text_to_html


class ScreeningHold(models.Model):
    """An order that may not be approved, since when, and why. Kept after it is lifted."""

    _name = "screening.hold"
    _inherit = ["screening.sealed", "mail.thread", "mail.activity.mixin"]
    _description = "Order Hold"
    _order = "id desc"
    _rec_name = "order_id"
    _sealed_fields = (
        "order_id",
        "company_id",
        "partner_id",
        "state",
        "parked",
        "reason",
        "lists",
        "hit_ids",
        "lifted_at",
        "lifted_why",
    )

    order_id = fields.Many2one(
        "purchase.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    order_state = fields.Selection(related="order_id.state", string="Order State")
    order_user_id = fields.Many2one(related="order_id.user_id", string="Buyer")
    order_amount = fields.Monetary(related="order_id.amount_total", string="Amount")
    currency_id = fields.Many2one(related="order_id.currency_id")
    company_id = fields.Many2one("res.company", required=True, readonly=True, index=True)
    partner_id = fields.Many2one("res.partner", string="Vendor", readonly=True)
    state = fields.Selection(
        [("active", "Held"), ("lifted", "Lifted")], required=True, readonly=True
    )
    parked = fields.Boolean(
        readonly=True, help="Somebody asked to confirm the order; it waits in To Approve."
    )
    reason = fields.Text(readonly=True)
    lists = fields.Char(readonly=True)
    hit_ids = fields.Many2many("screening.hit", string="Hits", readonly=True)
    lifted_at = fields.Datetime(readonly=True)
    lifted_why = fields.Char(readonly=True)

    _active_uniq = models.UniqueIndex("(order_id) WHERE state = 'active'")

    def action_open_order(self):
        """Open the order that is held."""
        expect_one(self)
        return self.order_id.get_formview_action()

    def action_record_exemption(self):
        """Open a new licence exemption for what holds this order."""
        expect_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Licence Exemption"),
            "res_model": "screening.exemption",
            "view_mode": "form",
            "context": {
                "default_partner_id": self.hit_ids[:1].partner_id.id or self.partner_id.id,
                "default_company_id": self.company_id.id,
                "default_hit_ids": [fields.Command.set(self.hit_ids.ids)],
                "default_currency_id": self.currency_id.id,
            },
        }

    @api.model
    def _sync(self, order, verdict):
        """Make the stored hold of one open order what the verdict says."""
        hold = self.sudo().search([("order_id", "=", order.id), ("state", "=", "active")])
        blocked = verdict.blocks and order.state in ("draft", "sent", "to approve")
        if blocked:
            wording = self.env["screening.wording"]
            values = {
                "reason": wording._reason(verdict),
                "lists": ", ".join(sorted(set(verdict.holding.list_id.mapped("code")))),
                "partner_id": order.partner_id.id,
                "company_id": order.company_id.id,
                "parked": order.state == "to approve",
                "hit_ids": [fields.Command.set(verdict.holding.ids)],
            }
            if not hold:
                hold = self._sealed().create(dict(values, order_id=order.id, state="active"))
                hold._log("hold_start", self.env._("“%s” is held", order.name), verdict)
            else:
                hold._store(values)
            if hold.parked:
                hold._ask_compliance()
        elif hold:
            hold._lift(order, verdict)

    def _store(self, values):
        """Write what differs, so that nobody waits for a row that stays as it is."""
        hits = set(values.pop("hit_ids")[0][2])
        fresh = {
            name: value
            for name, value in values.items()
            if self._fields[name].convert_to_write(self[name], self) != value
        }
        if hits != set(self.hit_ids.ids):
            fresh["hit_ids"] = [fields.Command.set(sorted(hits))]
        if fresh:
            self._sealed().write(fresh)

    def _lift(self, order, verdict):
        cancelled = order.state == "cancel"
        why = self.env._("order cancelled") if cancelled else self._why_lifted(verdict)
        was_parked = self.parked
        self._sealed().write(
            {"state": "lifted", "lifted_at": fields.Datetime.now(), "lifted_why": why}
        )
        self._log(
            "hold_end",
            self.env._("“%(order)s” is no longer held: %(why)s", order=order.name, why=why),
            verdict,
        )
        self.sudo().activity_feedback(
            ["restricted_party_screening.mail_activity_hold"], feedback=why
        )
        if was_parked and order.state == "to approve":
            self._tell_buyer(order, why)

    def _why_lifted(self, verdict):
        if verdict.covered:
            names = ", ".join(sorted({exemption.name for exemption in verdict.covered.values()}))
            return self.env._("licence exemption %s", names)
        if verdict.observe and verdict.would_block:
            return self.env._("the company only observes")
        if verdict.reviewed:
            return self.env._("hits decided as not the same party")
        return self.env._("no match that holds")

    def _log(self, kind, summary, verdict):
        self.env["screening.event"]._log_event(
            kind,
            self.order_id,
            summary,
            {
                "vendor": [self.partner_id.id, self.partner_id.display_name],
                "reason": self.reason or "",
                "wording": self.env["screening.wording"]._shown(verdict, self.order_id),
                "settings": self.env["screening.matcher"]._get_settings(),
                "hits": [hit._get_snapshot() for hit in verdict.holding],
                "covered": {
                    hit.listed_name: exemption.name for hit, exemption in verdict.covered.items()
                },
                "editions": verdict.lists._get_editions(),
            },
            self.company_id,
        )

    def _ask_compliance(self):
        """One activity for each person responsible, once per hold."""
        hold = self.sudo().with_context(mail_activity_automation_skip=False)
        if hold.activity_ids:
            return
        for user in self.env["screening.policy"]._get_responsible(self.company_id):
            hold.activity_schedule(
                "restricted_party_screening.mail_activity_hold",
                user_id=user.id,
                summary=self.env._("Order %s is held", hold.order_id.name),
                note=text_to_html(hold.reason),
            )

    def _tell_buyer(self, order, why):
        order = order.sudo().with_context(mail_activity_automation_skip=False)
        body = self.env._("The hold on this order is lifted (%s). You can confirm it again.", why)
        buyer = order.user_id
        order.message_post(
            body=body,
            message_type="notification",
            # A note: followers may include the vendor, who must not read it.
            subtype_xmlid="mail.mt_note",
            partner_ids=buyer.partner_id.ids,
        )
        if buyer:
            order.activity_schedule(
                "restricted_party_screening.mail_activity_lifted",
                user_id=buyer.id,
                summary=self.env._("Hold lifted: confirm the order"),
            )
