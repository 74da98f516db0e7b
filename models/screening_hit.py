# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.fields import Domain

from .screening_facts import facts_from_partner

#: What is kept of a proposal; all of it goes when it is decided or no longer fits.
PROPOSAL = (
    "proposed_by_id",
    "proposed_at",
    "proposed_reason",
    "proposed_answers",
    "proposed_until",
    "proposed_subject_fingerprint",
    "proposed_listed_fingerprint",
)

DECISIONS = [("not_same", "Not the same party"), ("same", "Same party")]


class ScreeningHit(models.Model):
    """A contact and a listed party that may be the same, and what compliance decided about it.

    A decision is about identity, so it holds for all companies. It is tied to the facts of
    both sides: when either changes it reopens, while both stay it is never asked again.
    """

    _name = "screening.hit"
    _inherit = ["screening.sealed", "mail.thread", "mail.activity.mixin"]
    _description = "Screening Hit"
    _order = "state_order, leader_id desc, score desc, id"
    _sealed_fields = (
        "partner_id",
        "list_id",
        "party_uid",
        "party_id",
        "listed_name",
        "matched_name",
        "matched_kind",
        "subject_name",
        "score",
        "level",
        "relation",
        "evidence",
        "matcher_version",
        "subject_fingerprint",
        "listed_fingerprint",
        "state",
        "state_order",
        "leader_id",
        "decision",
        "reason",
        "decided_by_id",
        "decided_at",
        "decided_subject_fingerprint",
        "decided_listed_fingerprint",
        "decided_facts",
        "valid_until",
        "answers",
        "changes",
        *PROPOSAL,
        "escalated_to_id",
        "escalation_due",
        "reopened",
        "vendor_changed",
        "opened_at",
        "follower_ids",
        "exemption_ids",
    )

    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="cascade"
    )
    list_id = fields.Many2one("screening.list", required=True, index=True)
    party_uid = fields.Char(required=True)
    party_id = fields.Many2one("screening.party", string="Listed Party", required=True, index=True)
    listed_name = fields.Char(required=True)
    matched_name = fields.Char(string="Spelling That Matched")
    matched_kind = fields.Char()
    subject_name = fields.Char(string="Contact's Spelling")
    score = fields.Integer(aggregator="max")
    level = fields.Selection([("strong", "Strong"), ("possible", "Possible")])
    relation = fields.Char()
    evidence = fields.Json()
    explanation = fields.Text(compute="_compute_explanation")
    against = fields.Text(string="What Speaks Against It", compute="_compute_explanation")
    counts = fields.Boolean(
        compute="_compute_counts",
        search="_search_counts",
        help="Its score reaches the sensitivity that is set, or a person decided it.",
    )
    matcher_version = fields.Char()
    subject_fingerprint = fields.Char()
    listed_fingerprint = fields.Char()
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("same", "Same party"),
            ("not_same", "Not the same party"),
            ("closed", "Closed"),
        ],
        default="open",
        required=True,
        index=True,
    )
    state_order = fields.Integer(default=0)
    leader_id = fields.Many2one(
        "screening.hit",
        string="Follows",
        help="The better hit of the same list and contact, whose decision this one follows.",
    )
    follower_ids = fields.One2many("screening.hit", "leader_id", string="Hits That Follow")
    decision = fields.Selection(DECISIONS, string="Last Decision")
    reason = fields.Text()
    decided_by_id = fields.Many2one("res.users")
    decided_at = fields.Datetime()
    decided_subject_fingerprint = fields.Char()
    decided_listed_fingerprint = fields.Char()
    decided_facts = fields.Json(help="Both sides as they were when it was decided.")
    answers = fields.Json(help="The questions of the false-hit steps, as they were answered.")
    valid_until = fields.Date(
        string="Decided Until",
        help="Asked again after this day; empty: as long as nothing changes.",
    )
    changes = fields.Json(help="What changed since the decision that was reopened.")
    proposed_by_id = fields.Many2one("res.users")
    proposed_at = fields.Datetime()
    proposed_reason = fields.Text()
    proposed_answers = fields.Json()
    proposed_until = fields.Date()
    proposed_subject_fingerprint = fields.Char()
    proposed_listed_fingerprint = fields.Char()
    escalated_to_id = fields.Many2one("res.users")
    escalation_due = fields.Date(string="Due")
    opened_at = fields.Datetime(string="To Decide Since", default=fields.Datetime.now)
    reopened = fields.Text(string="Why It Was Reopened")
    vendor_changed = fields.Boolean(
        help="The contact was changed and no longer matches; a person decides if that is right."
    )
    # For the screen that compares both sides.
    partner_country_id = fields.Many2one(
        related="partner_id.country_id", string="Contact's Country"
    )
    partner_address = fields.Char(compute="_compute_partner_address", string="Contact's Address")
    partner_vat = fields.Char(related="partner_id.vat", string="Contact's Tax ID")
    party_countries = fields.Char(related="party_id.country_codes", string="Listed Countries")
    party_addresses = fields.Text(related="party_id.address_text", string="Listed Addresses")
    party_requirement = fields.Text(related="party_id.license_requirement")
    party_policy = fields.Text(related="party_id.license_policy")
    party_citation = fields.Char(related="party_id.citation")
    exemption_ids = fields.Many2many(
        "screening.exemption", "screening_exemption_hit_rel", "hit_id", "exemption_id"
    )
    other_hit_ids = fields.Many2many(
        "screening.hit", compute="_compute_other_hit_ids", string="Other Hits"
    )
    order_ids = fields.Many2many("purchase.order", compute="_compute_order_ids", string="Orders")

    _key_uniq = models.Constraint(
        "UNIQUE(partner_id, list_id, party_uid)", "A contact and a listed party meet in one hit."
    )

    # ---- computes -----------------------------------------------------------

    @api.depends("partner_id", "listed_name", "list_id.code")
    def _compute_display_name(self):
        for hit in self:
            # A hit's contact may belong to a company that the reader does not see.
            contact = hit.sudo().partner_id.display_name
            hit.display_name = f"{contact} ~ {hit.listed_name} ({hit.list_id.code})"

    @api.depends("evidence")
    @api.depends_context("lang")
    def _compute_explanation(self):
        wording = self.env["screening.wording"]
        for hit in self:
            hit.explanation = wording._explain(hit.evidence)
            hit.against = wording._explain_against(hit.evidence)

    @api.depends("score", "decision", "vendor_changed")
    def _compute_counts(self):
        floor = self.env["screening.sensitivity"]._get_floor()
        for hit in self:
            hit.counts = hit.score >= floor or bool(hit.decision) or hit.vendor_changed

    def _search_counts(self, operator, value):
        if operator != "in":
            return NotImplemented
        floor = self.env["screening.sensitivity"]._get_floor()
        counting = (
            Domain("score", ">=", floor)
            | Domain("decision", "!=", False)
            | Domain("vendor_changed", "=", True)
        )
        return counting if True in value else ~counting

    def _compute_partner_address(self):
        for hit in self:
            addresses = facts_from_partner(hit.partner_id.sudo()).addresses
            hit.partner_address = addresses[0].text if addresses else False

    def _compute_other_hit_ids(self):
        by_partner = self.search(
            [("partner_id", "in", self.partner_id.ids), ("state", "!=", "closed")]
        ).grouped("partner_id")
        for hit in self:
            hit.other_hit_ids = by_partner.get(hit.partner_id, self.browse()) - hit

    def _compute_order_ids(self):
        orders = self.env["purchase.order"]
        for hit in self:
            hit.order_ids = orders.search(orders._screening_domain_of(hit.partner_id), limit=80)

    def _get_snapshot(self):
        """This hit as it is now, for the audit trail."""
        self.ensure_one()
        hit = self.sudo()
        return {
            "partner": [hit.partner_id.id, hit.partner_id.display_name],
            "list": hit.list_id.code,
            "edition": hit.list_id.edition,
            "party_uid": hit.party_uid,
            "listed_name": hit.listed_name,
            "matched_name": hit.matched_name or "",
            "subject_name": hit.subject_name or "",
            "score": hit.score,
            "level": hit.level or "",
            "state": hit.state,
            "decision": hit.decision or "",
            "reason": hit.reason or "",
            "decided_by": hit.decided_by_id.login or "",
            "decided_at": fields.Datetime.to_string(hit.decided_at) if hit.decided_at else "",
            "subject_fingerprint": hit.subject_fingerprint or "",
            "listed_fingerprint": hit.listed_fingerprint or "",
            "evidence": hit.evidence or {},
            "matcher": hit.matcher_version or "",
        }
