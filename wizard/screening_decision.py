# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.screening_hit_answers import QUESTION_KEYS
from ..models.screening_input import expect_one

DECISIONS = [
    ("not_same", "Not the same party"),
    ("same", "Same party"),
    ("escalate", "Escalate"),
    ("reopen", "Reopen"),
]


def _answer(label_key):
    return fields.Selection(
        [
            ("agrees", "Agrees"),
            ("partly", "Partly"),
            ("differs", "Differs"),
            ("unknown", "Not known"),
        ],
        compute="_compute_answers",
        store=True,
        readonly=False,
        string=label_key,
    )


class ScreeningDecision(models.TransientModel):
    """Decide hits: one, several, or a contact's whole case, with one reason."""

    _name = "screening.decision"
    _description = "Decide Hits"

    hit_ids = fields.Many2many("screening.hit", string="Hits", required=True)
    case_id = fields.Many2one(
        "screening.case", help="The case that is open; the next one opens after the decision."
    )
    scope = fields.Selection(
        [
            ("case", "These hits and those that follow them"),
            ("party", "All open hits with these listed parties, of all contacts"),
            ("vendor", "All open hits of these contacts, on all lists"),
            ("hits", "These hits only"),
        ],
        default="case",
        required=True,
    )
    decision = fields.Selection(DECISIONS, required=True)
    reason = fields.Text(required=True)
    until = fields.Date(help="Asked again after this day; empty: as long as nothing changes.")
    user_id = fields.Many2one("res.users", string="Escalate To")
    allowed_user_ids = fields.Many2many("res.users", compute="_compute_allowed_user_ids")
    due_date = fields.Date(
        string="Due", default=lambda self: fields.Date.add(fields.Date.context_today(self), days=2)
    )
    partner_ids = fields.Many2many("res.partner", compute="_compute_partner_ids")
    covered_ids = fields.Many2many(
        "screening.hit", compute="_compute_covered_ids", string="Decided With It"
    )
    covered_count = fields.Integer(compute="_compute_covered_ids")
    single_id = fields.Many2one("screening.hit", compute="_compute_single_id")
    list_text = fields.Html(related="single_id.restriction")
    conclusion = fields.Char(compute="_compute_conclusion")
    needs_second = fields.Boolean(compute="_compute_covered_ids")
    answer_kind = _answer("Same kind of party: company, person, vessel?")
    answer_name = _answer("All of the listed name, or a part?")
    answer_country = _answer("Same country?")
    answer_address = _answer("Same address?")
    answer_numbers = _answer("Same numbers, dates, other data?")
    answer_trade = _answer("Same business?")

    @api.depends("hit_ids")
    def _compute_partner_ids(self):
        for wizard in self:
            wizard.partner_ids = wizard.hit_ids.partner_id

    def _compute_allowed_user_ids(self):
        group = self.env.ref("restricted_party_screening.group_compliance").sudo()
        for wizard in self:
            wizard.allowed_user_ids = group.all_user_ids.filtered(
                lambda user: user.active and not user.share
            )

    @api.depends("hit_ids", "scope", "decision")
    def _compute_covered_ids(self):
        for wizard in self:
            hits = wizard._get_hits()
            wizard.covered_ids = hits
            wizard.covered_count = len(hits)
            wizard.needs_second = wizard.decision == "not_same" and bool(
                hits._origin._needing_second()
            )

    @api.depends("hit_ids")
    def _compute_single_id(self):
        """The questions are about one pair; several hits keep what their facts say."""
        for wizard in self:
            leaders = wizard.hit_ids._origin.filtered(lambda hit: not hit.leader_id)
            single = leaders or wizard.hit_ids._origin
            wizard.single_id = single if len(single) == 1 else False

    @api.depends("single_id")
    def _compute_answers(self):
        for wizard in self:
            facts = wizard.single_id._compare_facts() if wizard.single_id else {}
            for key in QUESTION_KEYS:
                wizard[f"answer_{key}"] = facts.get(key, False)

    @api.depends(*(f"answer_{key}" for key in QUESTION_KEYS), "single_id", "decision")
    def _compute_conclusion(self):
        for wizard in self:
            answers = list(wizard._get_answers().values())
            agree = answers.count("agrees")
            differ = answers.count("differs")
            if not answers:
                wizard.conclusion = False
            elif agree >= 3 and agree > differ:
                wizard.conclusion = self.env._(
                    "%(agree)s answers agree, %(differ)s differ: several similarities. Treat it as"
                    " a true match, or escalate.",
                    agree=agree,
                    differ=differ,
                )
            else:
                wizard.conclusion = self.env._(
                    "%(agree)s answers agree, %(differ)s differ.", agree=agree, differ=differ
                )

    def _decide(self, hits, answers):
        if not hits:
            return
        if self.decision == "same":
            hits.action_set_same(self.reason, answers)
        else:
            hits.action_set_not_same(self.reason, answers, self.until)

    def _get_answers(self):
        self.ensure_one()
        if not self.single_id:
            return {}
        return {key: self[f"answer_{key}"] for key in QUESTION_KEYS if self[f"answer_{key}"]}

    def _get_hits(self):
        """Followers share a *not the same*; under a *same party* they just keep following."""
        hits = self.hit_ids
        if self.decision == "reopen":
            return hits
        open_hits = [("state", "=", "open"), ("counts", "=", True)]
        if self.scope == "party":
            for hit in self.hit_ids:
                hits |= hit.search(
                    [
                        *open_hits,
                        ("list_id", "=", hit.list_id.id),
                        ("party_uid", "=", hit.party_uid),
                    ]
                )
        elif self.scope == "vendor":
            hits |= hits.search([*open_hits, ("partner_id", "in", hits.partner_id.ids)])
        if self.scope != "hits" and self.decision == "not_same":
            hits |= hits.follower_ids.filtered(lambda hit: hit.state == "open")
        return hits

    def action_confirm(self):
        """Do what was chosen, with one reason, and open the next case of the queue."""
        expect_one(self)
        hits = self._get_hits()
        if not hits:
            raise UserError(self.env._("Choose at least one hit."))
        cases = self.env["screening.case"]
        queue = cases._queue_ids() if self.case_id else []
        if self.decision in ("same", "not_same"):
            # The questions were answered for one pair; the others keep what their facts say.
            single = self.single_id & hits
            self._decide(single, self._get_answers())
            self._decide(hits - single, None)
        elif self.decision == "escalate":
            hits.action_escalate(self.user_id.id, self.due_date, self.reason)
        else:
            hits.action_reopen(self.reason)
        if self.case_id and self.decision != "reopen":
            return cases._open_following(self.case_id, self.single_id, queue)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
