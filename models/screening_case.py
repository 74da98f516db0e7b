# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .screening_list import EFFECTS

LEVELS = [("strong", "Strong"), ("possible", "Possible")]
#: Upper bound in days of each age band of the queue.
AGES = [
    ("today", "Today"),
    ("week", "This week"),
    ("month", "Up to a month"),
    ("older", "Older than a month"),
]


class ScreeningCase(models.Model):
    """All hits of one contact, as one line of the queue that compliance works off.

    It says nothing of its own: hits, decisions, policies and orders are the facts, and each
    change of them brings it up to date in the same transaction.
    """

    _name = "screening.case"
    _inherit = ["screening.sealed", "mail.thread", "mail.activity.mixin"]
    _description = "Screening Case"
    _order = "risk desc, opened_at, id"
    _rec_name = "partner_id"
    _sealed_fields = (
        "partner_id",
        "state",
        "hit_id",
        "list_id",
        "list_ids",
        "company_ids",
        "level",
        "score",
        "effect",
        "hit_count",
        "held_count",
        "risk",
        "opened_at",
        "age",
        "escalated_to_id",
        "due_date",
    )

    partner_id = fields.Many2one(
        "res.partner", "Contact", required=True, index=True, ondelete="cascade"
    )
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("second", "Second person"),
            ("escalated", "Escalated"),
            ("same", "Same party"),
            ("not_same", "Not the same party"),
            ("closed", "Closed"),
        ],
        default="open",
        required=True,
        index=True,
    )
    hit_id = fields.Many2one("screening.hit", "To Decide Now", index=True, ondelete="set null")
    list_id = fields.Many2one("screening.list", "List of the Best Hit")
    list_ids = fields.Many2many("screening.list", string="Lists")
    company_ids = fields.Many2many("res.company", string="Companies With Open Orders")
    level = fields.Selection(LEVELS)
    score = fields.Integer(aggregator="max")
    effect = fields.Selection(EFFECTS, help="The strictest that a company has set.")
    hit_count = fields.Integer("Open Hits")
    held_count = fields.Integer("Open Orders of All Companies", groups="base.group_system")
    risk = fields.Integer(
        index=True,
        aggregator="max",
        help="Order of the queue: strength of the match, then effect of the list, then the value"
        " of the open orders.",
    )
    opened_at = fields.Datetime("To Decide Since")
    age = fields.Selection(AGES)
    escalated_to_id = fields.Many2one("res.users")
    due_date = fields.Date()

    partner_country_id = fields.Many2one(related="partner_id.country_id", string="Country")
    open_hit_ids = fields.Many2many("screening.hit", compute="_compute_hits")
    listed_name = fields.Char(related="hit_id.listed_name")
    explanation = fields.Text(related="hit_id.explanation")
    hit_score = fields.Integer(related="hit_id.score", string="Score of This Hit")
    comparison = fields.Html(related="hit_id.comparison")
    weak_points = fields.Html(related="hit_id.weak_points")
    restriction = fields.Html(related="hit_id.restriction")
    reopened = fields.Text(related="hit_id.reopened")
    change_table = fields.Html(related="hit_id.change_table")
    vendor_changed = fields.Boolean(related="hit_id.vendor_changed")
    proposed_by_id = fields.Many2one(related="hit_id.proposed_by_id")
    proposed_reason = fields.Text(related="hit_id.proposed_reason")
    proposed_html = fields.Html(related="hit_id.proposed_html")
    party_id = fields.Many2one(related="hit_id.party_id")
    party_requirement = fields.Text(related="hit_id.party_requirement")
    party_policy = fields.Text(related="hit_id.party_policy")
    party_citation = fields.Char(related="hit_id.party_citation")
    hit_ids = fields.One2many(related="partner_id.screening_hit_ids", string="All Hits")
    decision_ids = fields.Many2many(
        "screening.decision.log", compute="_compute_hits", string="Former Decisions"
    )
    question = fields.Text(
        compute="_compute_hits", help="What is asked of the person to whom it was escalated."
    )
    waiting_count = fields.Integer(compute="_compute_waiting_count", string="Cases in the Queue")

    _partner_uniq = models.Constraint("UNIQUE(partner_id)", "A contact has one case.")

    @api.depends("partner_id")
    def _compute_display_name(self):
        for case in self:
            # The contact may belong to a company that the reader does not see.
            case.display_name = case.sudo().partner_id.display_name

    def _compute_hits(self):
        hits = self.env["screening.hit"].search(
            [("partner_id", "in", self.partner_id.ids), ("counts", "=", True)]
        )
        by_partner = hits.grouped("partner_id")
        # Decisions about contacts that were merged into this one came along with their hits.
        logs = self.env["screening.decision.log"].search(
            [
                "|",
                ("partner_ref", "in", self.partner_id.ids),
                ("hit_id.partner_id", "in", self.partner_id.ids),
            ]
        )
        by_owner = {}
        for log in logs:
            for owner in {log.partner_ref, log.sudo().hit_id.partner_id.id}:
                by_owner[owner] = by_owner.get(owner, logs.browse()) | log
        for case in self:
            own = by_partner.get(case.partner_id, hits.browse())
            case.open_hit_ids = own.filtered(lambda hit: hit.state == "open")
            case.decision_ids = by_owner.get(case.partner_id.id, logs.browse())
            asked = case.decision_ids.filtered(lambda log: log.outcome == "escalated")
            case.question = asked[:1].reason if case.state == "escalated" else False

    def _compute_waiting_count(self):
        self.waiting_count = self.search_count(self._domain_waiting())

    @api.model
    def _domain_waiting(self):
        """Cases that ask for a person's decision."""
        return [("state", "in", ("open", "second", "escalated"))]
