# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class ScreeningDecision(models.TransientModel):
    """Decide hits: one, several, or a contact's whole case, with one reason."""

    _name = "screening.decision"
    _description = "Decide Hits"

    hit_ids = fields.Many2many("screening.hit", string="Hits", required=True)
    scope = fields.Selection(
        [("case", "These hits and those that follow them"), ("hits", "These hits only")],
        default="case",
        required=True,
    )
    decision = fields.Selection(
        [("not_same", "Not the same party"), ("same", "Same party")], required=True
    )
    reason = fields.Text(required=True)
    partner_ids = fields.Many2many("res.partner", compute="_compute_partner_ids")
    covered_ids = fields.Many2many(
        "screening.hit", compute="_compute_covered_ids", string="Decided With It"
    )

    @api.depends("hit_ids")
    def _compute_partner_ids(self):
        for wizard in self:
            wizard.partner_ids = wizard.hit_ids.partner_id

    @api.depends("hit_ids", "scope", "decision")
    def _compute_covered_ids(self):
        for wizard in self:
            wizard.covered_ids = wizard._get_hits()

    def _get_hits(self):
        """Followers share a *not the same*; under a *same party* they just keep following."""
        hits = self.hit_ids
        if self.scope == "case" and self.decision == "not_same":
            hits |= hits.follower_ids.filtered(lambda hit: hit.state == "open")
        return hits

    def action_confirm(self):
        self.ensure_one()
        hits = self._get_hits()
        if not hits:
            raise UserError(self.env._("Choose at least one hit."))
        if self.decision == "same":
            hits.action_set_same(self.reason)
        else:
            hits.action_set_not_same(self.reason)
        return {"type": "ir.actions.client", "tag": "soft_reload"}
