# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError
from odoo.fields import Domain

from .screening_request import Request, RequestLine
from .screening_sealed import SEAL

#: Who an order deals with. Each with its parent chain.
PARTY_FIELDS = ("partner_id", "dest_address_id")
#: The vendor's own portal user must not read that it is suspected.
INTERNAL = "base.group_user"
#: A change of one of them, or of the lines, is looked at at once.
WATCHED_FIELDS = ("state", "company_id", "amount_total", "currency_id", *PARTY_FIELDS)
SHOWN_FIELDS = ("screening_state", "screening_hold_ids", "screening_alarm")


class PurchaseOrder(models.Model):
    """What screening asks and shows on an order; the gate itself is in ``purchase_order.py``."""

    _inherit = "purchase.order"

    screening_state = fields.Selection(
        [
            ("not_screened", "Not screened"),
            ("no_match", "No match found"),
            ("reviewed", "Reviewed"),
            ("information", "Information"),
            ("warning", "Warning"),
            ("held", "Held"),
            ("exempted", "Exempted"),
        ],
        string="Screening",
        compute="_compute_screening_state",
        store=True,
        copy=False,
        index="btree_not_null",
        groups=INTERNAL,
    )
    screening_message = fields.Html(
        compute="_compute_screening_message", sanitize=False, groups=INTERNAL
    )
    screening_hold_ids = fields.One2many(
        "screening.hold", "order_id", string="Holds", copy=False, groups=INTERNAL
    )
    screening_alarm = fields.Boolean(
        string="Approved Past the Gate",
        readonly=True,
        copy=False,
        groups=INTERNAL,
        help="It came to be approved without the check, by SQL or another program, and would be"
        " held.",
    )
    screening_use_ids = fields.One2many(
        "screening.exemption.use",
        "order_id",
        string="Exemption Uses",
        copy=False,
        groups=INTERNAL,
    )
    screening_checked = fields.Char(
        compute="_compute_screening_message", string="Screened Against", groups=INTERNAL
    )
    screening_exemption_requested = fields.Boolean(
        compute="_compute_screening_message", groups=INTERNAL
    )
    screening_can_confirm = fields.Boolean(compute="_compute_screening_message", groups=INTERNAL)
    screening_conditions_open = fields.Boolean(
        compute="_compute_screening_message", groups=INTERNAL
    )

    # ---- computes -----------------------------------------------------------

    @api.depends("partner_id", "dest_address_id", "company_id")
    def _compute_screening_state(self):
        for order in self:
            order.screening_state = order._screening_shown_state() if order.partner_id else False

    @api.depends(
        "partner_id", "dest_address_id", "company_id", "screening_state", "state", "amount_untaxed"
    )
    @api.depends_context("lang", "uid")
    def _compute_screening_message(self):
        wording = self.env["screening.wording"]
        for order in self:
            order.screening_message = False
            order.screening_checked = False
            order.screening_exemption_requested = False
            order.screening_can_confirm = False
            order.screening_conditions_open = False
            if not order.partner_id:
                continue
            verdict = order._screening_verdict()
            order.screening_message = wording._banner(verdict, order)
            order.screening_checked = wording._checked(verdict)
            order.screening_exemption_requested = bool(order._screening_open_requests(verdict))
            order.screening_conditions_open = any(
                shortfall.kind == "conditions" for _e, shortfall in verdict.exceeded.values()
            )
            order.screening_can_confirm = (
                order.state == "to approve"
                and not verdict.blocks
                and order._screening_was_parked()
                and order._approval_allowed()
            )

    # ---- the question -------------------------------------------------------

    def _screening_partners(self):
        self.ensure_one()
        gate = self.env["screening.gate"]
        partners = self.env["res.partner"].sudo()
        for name in PARTY_FIELDS:
            partners |= self[name].sudo()._origin
        return gate._chain_of(partners)

    def _screening_verdict(self, fresh=False):
        """May this order be approved?

        :param fresh: screen first whom the stored screening does not cover: other facts, other
            editions, another matcher. Without it an unsaved order is screened all the same.
        """
        self.ensure_one()
        order = self.sudo()
        partners = order._screening_partners()
        fresh = fresh or not order._origin
        if fresh:
            self.env["screening.gate"]._ensure_screened(partners)
        return self.env["screening.gate"]._ask(
            partners, order.company_id or self.env.company, order._screening_request(), fresh
        )

    def _screening_shown_state(self):
        """State of the verdict; an approved order shows as held for a match only."""
        verdict = self._screening_verdict()
        if self.state == "purchase" and verdict.state == "held" and not verdict.holding:
            return "not_screened"
        return verdict.state

    def _screening_request(self):
        self.ensure_one()
        order = self.sudo()
        # Not the order's own dates: who may write an order could choose a kinder rate by them.
        uses = order.screening_use_ids.filtered(lambda use: use.state == "reserved")
        return Request(
            order=order,
            amount=order.amount_untaxed,
            currency=order.currency_id
            or order.company_id.currency_id
            or self.env.company.currency_id,
            date=uses[:1].date or fields.Date.today(),
            lines=tuple(
                RequestLine(line.product_id, line.product_qty, line.product_uom_id)
                for line in order.order_line
                if not line.display_type
            ),
        )

    def _screening_checked_parties(self):
        """What an approval is tied to; the nightly check compares it with the audit trail."""
        order = self.sudo()
        return {
            "partner": order.partner_id.id,
            "address": order.dest_address_id.id or 0,
            "company": order.company_id.id,
        }

    def _screening_set_alarm(self, alarm):
        self.sudo().with_context(screening_seal=SEAL).write({"screening_alarm": alarm})

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

    def _screening_was_parked(self):
        return bool(self.sudo()._origin.screening_hold_ids.filtered("parked"))

    def _screening_open_requests(self, verdict):
        return (
            self.env["screening.exemption"]
            .sudo()
            .search(
                [
                    ("state", "in", ("draft", "requested")),
                    ("company_id", "=", verdict.company.id),
                    ("hit_ids", "in", verdict.holding.ids),
                ],
                limit=1,
            )
            if verdict.holding
            else False
        )

    # ---- writing ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        self._screening_refuse_shown(vals_list)
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

    def _screening_flag_approved(self, verdict):
        """An approved order is never changed behind people's backs; compliance is told."""
        order = self.with_context(mail_activity_automation_skip=False)
        reason = self.env["screening.wording"]._reason(verdict)
        still_open = self._screening_open_documents()
        if still_open:
            reason += "\n" + self.env._("Still open: %s", "; ".join(still_open))
        self.env["screening.event"]._log_event(
            "hold_start",
            order,
            self.env._("“%s” was approved before and would be held now", order.name),
            {"reason": reason, "hits": [hit._get_snapshot() for hit in verdict.holding]},
            order.company_id,
        )
        for hit in verdict.holding[:1]:
            hit = hit.sudo().with_context(mail_activity_automation_skip=False)
            for user in self.env["screening.policy"]._get_responsible(order.company_id):
                hit.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=self.env._("Approved order %s would be held now", order.name),
                    note=reason,
                )

    def _screening_open_documents(self):
        """What of an approved order still lies ahead, a line each: whom to ask to wait."""
        order = self.sudo()
        bills = order.invoice_ids.filtered(
            lambda bill: (
                bill.state == "draft"
                or (bill.state == "posted" and bill.payment_state not in ("paid", "reversed"))
            )
        )
        lines = [
            self.env._("bill %(name)s (%(state)s)", name=bill.display_name, state=label)
            for bill in bills
            for label in [self.env._("draft") if bill.state == "draft" else self.env._("not paid")]
        ]
        payments = bills.matched_payment_ids.filtered(
            lambda payment: payment.state in ("draft", "in_process")
        )
        lines += [self.env._("payment %s", payment.display_name) for payment in payments]
        if order.invoice_status == "to invoice":
            lines.append(self.env._("a bill to come"))
        return lines

    # ---- actions ------------------------------------------------------------

    def action_request_exemption(self):
        """Open the form in which a buyer asks for a licence exemption, with a reason."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Request Licence Exemption"),
            "res_model": "screening.exemption.request",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def action_confirm_conditions(self):
        """Open the checklist of conditions that bind this order's licence exemptions."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Conditions of the Licence Exemption"),
            "res_model": "screening.exemption.checklist",
            "view_mode": "form",
            "target": "new",
            "context": {"default_order_id": self.id},
        }

    def get_formview_id(self, access_uid=None):
        """Compliance without rights in purchasing gets a form that asks for none."""
        user = self.env["res.users"].browse(access_uid) if access_uid else self.env.user
        if user.has_group("restricted_party_screening.group_compliance") and not user.has_group(
            "purchase.group_purchase_user"
        ):
            return self.env.ref("restricted_party_screening.purchase_order_compliance_form").id
        return super().get_formview_id(access_uid=access_uid)

    def action_view_screening_holds(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Holds"),
            "res_model": "screening.hold",
            "view_mode": "list,form",
            "domain": [("order_id", "=", self.id)],
        }
