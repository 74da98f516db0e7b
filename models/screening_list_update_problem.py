# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from pathlib import PurePath
from urllib.parse import quote

from odoo import fields, models

from ..lists.spreadsheet import to_csv
from .screening_input import expect_one


class ScreeningListUpdateProblem(models.Model):
    """A record that was not taken in, with the row and what to do."""

    _name = "screening.list.update.problem"
    _inherit = "screening.sealed"
    _description = "Unreadable Record"
    _order = "row, id"

    update_id = fields.Many2one(
        "screening.list.update", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [("unreadable", "Unreadable"), ("merged", "Said twice")], required=True, readonly=True
    )
    row = fields.Integer(readonly=True)
    reason = fields.Char(readonly=True)
    excerpt = fields.Char(readonly=True)


class ScreeningListUpdateProblems(models.Model):
    """The records that were not taken, to look through or to send to whoever wrote them."""

    _inherit = "screening.list.update"

    problem_ids = fields.One2many(
        "screening.list.update.problem", "update_id", readonly=True, copy=False
    )
    problem_count = fields.Integer(string="Unreadable", readonly=True, copy=False)
    merged_count = fields.Integer(string="Said Twice", readonly=True, copy=False)
    problem_file = fields.Binary(compute="_compute_problem_file", string="Records Not Taken (CSV)")

    def _compute_problem_file(self):
        kinds = dict(self.problem_ids._fields["kind"]._description_selection(self.env))
        header = [self.env._("Row"), self.env._("Kind"), self.env._("Reason"), self.env._("Text")]
        for update in self:
            rows = [
                (problem.row, kinds[problem.kind], problem.reason or "", problem.excerpt or "")
                for problem in update.problem_ids
            ]
            update.problem_file = base64.b64encode(to_csv(header, rows)) if rows else False

    def action_view_problems(self):
        """The records that were not taken, in a list that can be searched and exported."""
        expect_one(self)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Records Not Taken"),
            "res_model": "screening.list.update.problem",
            "view_mode": "list",
            "domain": [("update_id", "=", self.id)],
        }

    def action_download_problems(self):
        """The records that were not taken, as a CSV file."""
        expect_one(self)
        name = f"{PurePath(self.filename or 'list').stem}_not_taken.csv"
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content?model={self._name}&id={self.id}&field=problem_file"
            f"&filename={quote(name)}&download=true",
            "target": "download",
        }
