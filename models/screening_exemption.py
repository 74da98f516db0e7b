# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .screening_exemption_basis import BASES, EXCEPTION_CODES

#: What the record says; frozen once it is approved.
CONTENT_FIELDS = (
    "company_id",
    "partner_id",
    "hit_ids",
    "reach",
    "order_ids",
    "product_ids",
    "category_ids",
    "eccns",
    "basis",
    "number",
    "authority",
    "applicant",
    "purchaser",
    "intermediate_consignees",
    "ultimate_consignee",
    "end_users",
    "end_use",
    "issue_date",
    "start_date",
    "expiry_date",
    "amount_ceiling",
    "currency_id",
    "quantity_ceiling",
    "quantity_uom_id",
    "tolerance",
    "exception_code",
    "justification",
    "entry_quotation",
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
        "quantity_used",
        "use_ids",
        "tick_ids",
        "previous_id",
        "superseded_by_id",
        "was_expired",
        "was_started",
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
        ondelete="restrict",
        help="Empty: any order to the vendor in this company.",
    )
    basis = fields.Selection(BASES, tracking=True)
    number = fields.Char(string="Licence Number", tracking=True)
    authority = fields.Char()
    issue_date = fields.Date()
    start_date = fields.Date(string="Valid From", default=fields.Date.context_today)
    expiry_date = fields.Date(
        string="Valid Until", tracking=True, help="Valid to the end of this day."
    )
    amount_ceiling = fields.Monetary(
        string="Ceiling", tracking=True, help="Total value of orders it covers; 0 for no ceiling."
    )
    currency_id = fields.Many2one(
        "res.currency", required=True, default=lambda self: self.env.company.currency_id
    )
    amount_used = fields.Monetary(string="Used", readonly=True, copy=False)
    amount_left = fields.Monetary(string="Left", compute="_compute_amount_left", store=True)
    exception_code = fields.Selection(
        EXCEPTION_CODES,
        string="Licence Exception",
        help="Normally not available for Entity List parties (§744.16(b)); quote the entry.",
    )
    justification = fields.Text()
    entry_quotation = fields.Text(
        string="Quotation from the Entry",
        help="The words of the list's entry that leave this open. §744.16(b): no licence exception"
        " is available for Entity List parties but where the entry says so.",
    )
    conditions = fields.Text(
        help="Binding; one a line. Each is confirmed for each order before it is covered."
    )
    riders = fields.Text(help="Notices of the authority: not binding, but you know them.")
    attachment_ids = fields.Many2many("ir.attachment", string="Documents", copy=False)
    request_reason = fields.Text(string="Reason of the Request")
    requester_id = fields.Many2one("res.users", readonly=True, copy=False)
    author_ids = fields.Many2many(
        "res.users",
        "screening_exemption_author_rel",
        string="Written By",
        readonly=True,
        copy=False,
    )
    approver_id = fields.Many2one("res.users", readonly=True, copy=False)
    approved_at = fields.Datetime(readonly=True, copy=False)
    closed_reason = fields.Text(
        string="Why Refused, Suspended or Revoked", readonly=True, copy=False
    )
    use_ids = fields.One2many("screening.exemption.use", "exemption_id", string="Uses")
    was_expired = fields.Boolean(readonly=True, copy=False)
    was_started = fields.Boolean(readonly=True, copy=False)

    _ceiling_positive = models.Constraint(
        "CHECK(amount_ceiling >= 0)", "A ceiling is not negative."
    )

    # ---- computes and checks ------------------------------------------------

    @api.depends("amount_ceiling", "amount_used")
    def _compute_amount_left(self):
        for record in self:
            record.amount_left = (
                record.amount_ceiling - record.amount_used if record.amount_ceiling else 0.0
            )

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
            owner = record.partner_id.commercial_partner_id
            strangers = record.hit_ids.filtered(
                lambda hit, family=family, owner=owner: (
                    hit.partner_id not in family and hit.partner_id.commercial_partner_id != owner
                )
            )
            if strangers:
                raise ValidationError(
                    self.env._(
                        "“%(hit)s” is not a hit of “%(vendor)s”.",
                        hit=strangers[0].display_name,
                        vendor=record.partner_id.display_name,
                    )
                )
