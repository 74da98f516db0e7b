# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

OUTCOMES = [
    ("not_same", "Not the same party"),
    ("same", "Same party"),
    ("proposed", "Proposed: not the same party"),
    ("escalated", "Escalated"),
    ("reopened", "Reopened"),
]


class ScreeningDecisionLog(models.Model):
    """One step in the life of a hit, kept for good: figures are drawn from it.

    It holds texts and not only links, so that it can be read when contact or list are gone.
    """

    _name = "screening.decision.log"
    _inherit = "screening.sealed"
    _description = "Screening Decision"
    _order = "id desc"
    _rec_name = "contact"

    hit_id = fields.Many2one("screening.hit", readonly=True, index=True, ondelete="set null")
    partner_ref = fields.Integer(string="Contact ID", readonly=True, index=True, aggregator=None)
    contact = fields.Char(readonly=True)
    listed_name = fields.Char(string="Listed Party", readonly=True)
    list_id = fields.Many2one("screening.list", readonly=True, index=True, ondelete="restrict")
    level = fields.Selection([("strong", "Strong"), ("possible", "Possible")], readonly=True)
    score = fields.Integer(readonly=True, aggregator="avg")
    outcome = fields.Selection(OUTCOMES, required=True, readonly=True, index=True)
    reason = fields.Text(readonly=True)
    answers_html = fields.Html(string="Questions", compute="_compute_answers_html", sanitize=False)
    answers = fields.Json(readonly=True)
    file_ids = fields.Many2many(
        "ir.attachment",
        string="Files",
        compute="_compute_file_ids",
        help="What was attached to hit or case of a contact that was deleted since.",
    )
    until = fields.Date(readonly=True)
    user_id = fields.Many2one("res.users", string="By", readonly=True, ondelete="restrict")
    at = fields.Datetime(string="When", required=True, readonly=True, index=True)
    follows = fields.Boolean(
        readonly=True, help="The hit followed a better one of its list and was decided with it."
    )
    # No value where nothing was decided: a zero would count in averages.
    hours = fields.Float(string="Hours to Decide", readonly=True, aggregator="avg", digits=(16, 1))
    false_alarm = fields.Float(
        string="False Alarms (share)", readonly=True, aggregator="avg", digits=(16, 2)
    )

    def init(self):
        """At an upgrade: earlier versions wrote zeros where nothing was decided."""
        self.env.cr.execute(
            "UPDATE screening_decision_log SET hours = NULL, false_alarm = NULL"
            " WHERE outcome NOT IN ('same', 'not_same')"
            " AND (hours IS NOT NULL OR false_alarm IS NOT NULL)"
        )

    @api.model
    def _log(self, hit, outcome, reason, until=False, opened=False):
        """Add one step of a hit."""
        now = fields.Datetime.now()
        decided = outcome in ("same", "not_same")
        source = hit.sudo()
        figures = {}
        if decided:
            figures["false_alarm"] = float(outcome == "not_same")
        if decided and opened:
            figures["hours"] = (now - opened).total_seconds() / 3600
        return self._sealed().create(
            {
                **figures,
                "follows": bool(source.leader_id),
                "hit_id": hit.id,
                "partner_ref": source.partner_id.id,
                "contact": source.partner_id.display_name,
                "listed_name": source.listed_name,
                "list_id": source.list_id.id,
                "level": source.level,
                "score": source.score,
                "outcome": outcome,
                "reason": reason,
                "answers": source.answers if decided else source.proposed_answers or False,
                "until": until,
                "user_id": self.env.uid,
                "at": now,
            }
        )

    @api.depends_context("uid")
    def _compute_file_ids(self):
        files = self.env["ir.attachment"].search(
            [("res_model", "=", self._name), ("res_id", "in", self.ids)]
        )
        for entry in self:
            entry.file_ids = files.filtered(lambda file, entry=entry: file.res_id == entry.id)

    @api.depends("answers")
    @api.depends_context("lang")
    def _compute_answers_html(self):
        for entry in self:
            entry.answers_html = self.env["screening.hit"]._answers_as_html(entry.answers)
