# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .screening_sealed import SEAL

#: Who an order deals with. Each with its parent chain.
PARTY_FIELDS = ("partner_id", "dest_address_id")
#: The vendor's own portal user must not read that it is suspected.
INTERNAL = "base.group_user"


class PurchaseOrder(models.Model):
    """What screening asks and shows on an order. The gate itself is in ``purchase_order.py``, when
    it is asked anew in ``purchase_order_refresh.py``."""

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
    screening_passed = fields.Char(
        readonly=True,
        copy=False,
        groups=INTERNAL,
        help="Vendor, delivery address, company and currency that were let through.",
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
            shown = order._screening_can_be_asked() and order._screening_shown_state()
            order.screening_state = shown or False

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
            if not order._screening_can_be_asked():
                continue
            if not order._origin:
                # Whoever types an order names any number as a party; the verdict is asked in sudo.
                for name in PARTY_FIELDS:
                    order[name]._origin.check_access("read")
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

    def _screening_can_be_asked(self):
        """Not while somebody who types has emptied one of these."""
        return bool(self.partner_id and self.company_id)

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

    def _screening_was_parked(self):
        return bool(self.sudo()._origin.screening_hold_ids.filtered("parked"))

    def _screening_open_requests(self, verdict):
        return (
            self.env["screening.exemption"]
            .sudo()
            .search(
                [
                    # A draft asks nobody: whoever left it must not keep the buyer from asking.
                    ("state", "=", "requested"),
                    ("company_id", "=", verdict.company.id),
                    ("hit_ids", "in", verdict.holding.ids),
                ],
                limit=1,
            )
            if verdict.holding
            else False
        )
