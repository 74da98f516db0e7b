# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

import pytz

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError

from .screening_exemption_basis import BASES, EXCEPTION_CODES, REQUIRED

#: What the record says; frozen once it is approved.
CONTENT_FIELDS = (
    "company_id",
    "partner_id",
    "hit_ids",
    "order_ids",
    "basis",
    "number",
    "authority",
    "issue_date",
    "start_date",
    "expiry_date",
    "amount_ceiling",
    "currency_id",
    "exception_code",
    "justification",
    "conditions",
    "riders",
    "attachment_ids",
    "request_reason",
)


class ScreeningExemption(models.Model):
    """The record that lifts a hold for a party, a company, a time and an amount.

    It is never edited once approved, and nobody approves what they requested, created or wrote.
    """

    _name = "screening.exemption"
    _inherit = ["screening.sealed", "mail.thread", "mail.activity.mixin"]
    _description = "Licence Exemption"
    _order = "id desc"
    _check_company_auto = True
    _sealed_fields = (
        "name",
        "state",
        "requester_id",
        "author_ids",
        "approver_id",
        "approved_at",
        "closed_reason",
        "amount_used",
        "use_ids",
        "was_expired",
    )

    name = fields.Char(string="Reference", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("requested", "Requested"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("suspended", "Suspended"),
            ("revoked", "Revoked"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        tracking=True,
    )
    validity = fields.Selection(
        [
            ("none", "Not in force"),
            ("future", "Not yet valid"),
            ("valid", "In force"),
            ("expired", "Expired"),
            ("exhausted", "Exhausted"),
        ],
        compute="_compute_validity",
        help="Computed from state, dates and what is used up.",
    )
    company_id = fields.Many2one(
        "res.company", required=True, index=True, default=lambda self: self.env.company
    )
    partner_id = fields.Many2one("res.partner", string="Vendor", required=True, index=True)
    hit_ids = fields.Many2many(
        "screening.hit",
        "screening_exemption_hit_rel",
        "exemption_id",
        "hit_id",
        string="Listed Parties",
        copy=False,
    )
    order_ids = fields.Many2many(
        "purchase.order",
        "screening_exemption_order_rel",
        "exemption_id",
        "order_id",
        string="Only for Orders",
        copy=False,
        help="Empty: any order to the vendor in this company.",
    )
    basis = fields.Selection(BASES, tracking=True)
    number = fields.Char(string="Licence Number", tracking=True)
    authority = fields.Char()
    issue_date = fields.Date()
    start_date = fields.Date(string="Valid From", default=fields.Date.context_today)
    expiry_date = fields.Date(string="Valid Until", tracking=True, help="Valid to the end of this day.")
    amount_ceiling = fields.Monetary(string="Ceiling", tracking=True, help="Total value of orders it covers; 0 for no ceiling.")
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    amount_used = fields.Monetary(string="Used", readonly=True, copy=False)
    amount_left = fields.Monetary(string="Left", compute="_compute_amount_left")
    exception_code = fields.Selection(
        EXCEPTION_CODES,
        string="Licence Exception",
        help="Normally not available for Entity List parties (§744.16(b)); quote the entry.",
    )
    justification = fields.Text(string="Quotation or Justification")
    conditions = fields.Text(help="Binding.")
    riders = fields.Text(help="Notices of the authority: not binding, but you know them.")
    attachment_ids = fields.Many2many("ir.attachment", string="Documents", copy=False)
    request_reason = fields.Text(string="Reason of the Request")
    requester_id = fields.Many2one("res.users", readonly=True, copy=False)
    author_ids = fields.Many2many(
        "res.users", "screening_exemption_author_rel", string="Written By", readonly=True, copy=False
    )
    approver_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    closed_reason = fields.Text(string="Why Refused, Suspended or Revoked", readonly=True, copy=False)
    use_ids = fields.One2many("screening.exemption.use", "exemption_id", string="Uses")
    was_expired = fields.Boolean(readonly=True, copy=False)

    _ceiling_positive = models.Constraint("CHECK(amount_ceiling >= 0)", "A ceiling is not negative.")

    # ---- computes and checks ------------------------------------------------

    @api.depends("amount_ceiling", "amount_used")
    def _compute_amount_left(self):
        for record in self:
            record.amount_left = record.amount_ceiling - record.amount_used if record.amount_ceiling else 0.0

    @api.depends("state", "start_date", "expiry_date", "amount_ceiling", "amount_used")
    def _compute_validity(self):
        for record in self:
            today = record._today()
            if record.state != "approved":
                record.validity = "none"
            elif record.start_date and record.start_date > today:
                record.validity = "future"
            elif record.expiry_date and record.expiry_date < today:
                record.validity = "expired"
            elif record.amount_ceiling and record.currency_id.compare_amounts(record.amount_used, record.amount_ceiling) >= 0:
                record.validity = "exhausted"
            else:
                record.validity = "valid"

    def _today(self):
        """Today where the company is: a licence ends at midnight in its time zone."""
        zone = pytz.timezone(self.company_id.partner_id.tz or "UTC")
        return datetime.now(zone).date()

    @api.constrains("start_date", "expiry_date", "issue_date")
    def _check_dates(self):
        for record in self:
            if record.start_date and record.expiry_date and record.expiry_date < record.start_date:
                raise ValidationError(self.env._("Valid Until is before Valid From."))
            if record.issue_date and record.expiry_date and record.expiry_date < record.issue_date:
                raise ValidationError(self.env._("Valid Until is before the issue date."))

    @api.constrains("partner_id", "hit_ids")
    def _check_hits(self):
        for record in self:
            family = self.env["screening.gate"]._chain_of(record.partner_id)
            strangers = record.hit_ids.filtered(
                lambda hit: hit.partner_id not in family
                and hit.partner_id.commercial_partner_id != record.partner_id.commercial_partner_id
            )
            if strangers:
                raise ValidationError(
                    self.env._(
                        "“%(hit)s” is not a hit of “%(vendor)s”.",
                        hit=strangers[0].display_name,
                        vendor=record.partner_id.display_name,
                    )
                )

    # ---- writing ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._sealed().write(
                {
                    "name": self.env["ir.sequence"].sudo().next_by_code("screening.exemption") or "/",
                    "author_ids": [fields.Command.link(self.env.uid)],
                }
            )
            record._log(self.env._("recorded"))
        return records

    def write(self, vals):
        content = set(vals) & set(CONTENT_FIELDS)
        if content and not self._is_sealed_call():
            frozen = self.filtered(lambda record: record.state not in ("draft", "requested"))
            if frozen:
                raise UserError(
                    self.env._(
                        "“%(name)s” is %(state)s and is not edited any more. Record a new licence exemption.",
                        name=frozen[0].name,
                        state=dict(self._fields["state"]._description_selection(self.env))[frozen[0].state],
                    )
                )
        result = super().write(vals)
        if content and not self._is_sealed_call():
            self._sealed().write({"author_ids": [fields.Command.link(self.env.uid)]})
            for record in self:
                record._log(self.env._("edited"))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        if any(record.state != "draft" for record in self):
            raise UserError(self.env._("Only a draft is deleted; a requested exemption is refused or revoked."))

    # ---- actions ------------------------------------------------------------

    def action_submit(self):
        """Ask for approval. The one who submits cannot approve."""
        self._check_group("group_compliance")
        for record in self:
            record._expect_state("draft", "refused")
            if not record.hit_ids:
                raise UserError(self.env._("Say which listed parties “%s” covers.", record.name))
            record._submit()
        return True

    def _submit(self):
        """Common end of a buyer's and of compliance's request."""
        self._sealed().write({"state": "requested", "requester_id": self.env.uid, "closed_reason": False})
        self._log(self.env._("requested"))
        if self.env.user.has_group("restricted_party_screening.group_compliance"):
            self._confirm_hits()
        self._ask_approval()

    def _confirm_hits(self):
        """To record an exemption from a hit is to say that it is the same party."""
        undecided = self.hit_ids.filtered(lambda hit: hit.state == "open")
        if undecided:
            undecided.with_env(self.env(su=False))._decide(
                "same", self.env._("Licence exemption %s recorded", self.name)
            )

    def action_approve(self):
        """Put the exemption in force: by a manager who neither requested, created nor wrote it.

        :raises AccessError: when the user may not approve, or not this one
        :raises UserError: when what its basis asks for is missing
        """
        self._check_group("group_compliance_manager")
        for record in self:
            record._expect_state("requested", "suspended")
            people = record.create_uid | record.requester_id | record.author_ids
            if self.env.user in people:
                raise AccessError(
                    self.env._(
                        "You requested or wrote “%s”. Another compliance manager approves it.", record.name
                    )
                )
            record._check_complete()
            record._sealed().write(
                {
                    "state": "approved",
                    "approver_id": self.env.uid,
                    "approved_at": fields.Datetime.now(),
                    "closed_reason": False,
                    "was_expired": False,
                }
            )
            record._confirm_hits()
            record._log(self.env._("approved"))
            record._tell_requester(self.env._("approved"))
            record._refresh_orders()
        return True

    def action_refuse(self, reason=None):
        """Refuse a request. :param reason: told to the requester; a form asks for it when missing"""
        return self._close("refused", ("requested",), reason)

    def action_suspend(self, reason=None):
        """Suspend until approved again. :param reason: why; a form asks for it when missing"""
        return self._close("suspended", ("approved",), reason)

    def action_revoke(self, reason=None):
        """End it for good. :param reason: why; a form asks for it when missing"""
        return self._close("revoked", ("approved", "suspended"), reason)

    def _close(self, state, allowed, reason):
        self._check_group("group_compliance_manager")
        for record in self:
            record._expect_state(*allowed)
        if reason is None:
            return {
                "type": "ir.actions.act_window",
                "name": dict(self._fields["state"]._description_selection(self.env))[state],
                "res_model": "screening.exemption.close",
                "view_mode": "form",
                "target": "new",
                "context": {"default_exemption_ids": [fields.Command.set(self.ids)], "default_state": state},
            }
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Give the reason."))
        label = dict(self._fields["state"]._description_selection(self.env))[state]
        for record in self:
            record._sealed().write({"state": state, "closed_reason": reason.strip()})
            record._log(label, reason.strip())
            record._tell_requester(label, reason.strip())
            record._refresh_orders()
        return True

    # ---- helpers ------------------------------------------------------------

    def _check_group(self, group):
        if not self.env.user.has_group(f"restricted_party_screening.{group}"):
            raise AccessError(self.env._("Your rights in Restricted Party Screening do not allow this."))
        self.check_access("write")

    def _expect_state(self, *states):
        self.ensure_one()
        self.lock_for_update(allow_referencing=True)
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(name)s” is %(state)s; this asks for: %(expected)s.",
                    name=self.name,
                    state=labels[self.state],
                    expected=", ".join(labels[state] for state in states),
                )
            )

    def _check_complete(self):
        self.ensure_one()
        missing = [] if self.basis else ["basis"]
        missing += [name for name in REQUIRED.get(self.basis, ()) if not self[name]]
        missing += [] if self.hit_ids else ["hit_ids"]
        if missing:
            labels = self.fields_get(missing, ["string"])
            raise UserError(
                self.env._(
                    "“%(name)s” lacks: %(fields)s.",
                    name=self.name,
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )
        if self.expiry_date and self.expiry_date < self._today():
            raise UserError(self.env._("“%s” has expired already.", self.name))

    def _ask_approval(self):
        record = self.sudo().with_context(mail_activity_automation_skip=False)
        responsible = self.env["screening.policy"]._get_responsible(self.company_id)
        for user in responsible - self.env.user:
            record.activity_schedule(
                "restricted_party_screening.mail_activity_exemption",
                user_id=user.id,
                summary=self.env._("Licence exemption %s is requested", self.name),
                note=self.request_reason or "",
            )

    def _tell_requester(self, what, reason=""):
        record = self.sudo()
        record.activity_feedback(["restricted_party_screening.mail_activity_exemption"], feedback=what)
        body = self.env._("Licence exemption %(name)s: %(what)s.", name=self.name, what=what)
        if reason:
            body += " " + self.env._("Reason: %s", reason)
        record.message_post(
            body=body,
            subtype_xmlid="mail.mt_note",
            partner_ids=record.requester_id.partner_id.ids,
        )

    def _refresh_orders(self):
        self.env["purchase.order"]._screening_refresh_partners(self.sudo().hit_ids.partner_id | self.partner_id)

    def _log(self, what, reason=""):
        record = self.sudo()
        self.env["screening.event"]._log_event(
            "exemption",
            record,
            self.env._("Licence exemption %(name)s: %(what)s", name=record.name, what=what),
            {**record._get_snapshot(), "close_reason": reason},
            record.company_id,
        )

    def _get_snapshot(self):
        self.ensure_one()
        snapshot = {
            name: str(self[name] or "")
            for name in CONTENT_FIELDS
            if self._fields[name].type in ("char", "text", "selection", "date")
        }
        return {
            **snapshot,
            "state": self.state,
            "company": self.company_id.name,
            "vendor": [self.partner_id.id, self.partner_id.display_name],
            "parties": [[hit.list_id.code, hit.party_uid, hit.listed_name] for hit in self.hit_ids],
            "orders": self.order_ids.mapped("name"),
            "ceiling": [self.amount_ceiling, self.currency_id.name],
            "requester": self.requester_id.login or "",
            "authors": sorted(self.author_ids.mapped("login")),
            "approver": self.approver_id.login or "",
            "attachments": [[item.name, item.checksum] for item in self.attachment_ids],
        }
