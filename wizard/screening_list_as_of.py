# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import format_datetime


class ScreeningListAsOf(models.TransientModel):
    """Asks for a moment, says which editions were in force then, and opens what they said."""

    _name = "screening.list.as.of"
    _description = "Lists as of a Date"

    moment = fields.Datetime(string="As Of", required=True, default=fields.Datetime.now)
    list_ids = fields.Many2many(
        "screening.list",
        string="Lists",
        context={"active_test": False},
        help="Empty: all lists.",
    )
    line_ids = fields.Many2many(
        "screening.list.update.line",
        string="Editions in Force Then",
        compute="_compute_line_ids",
        help="Applied by this update, and not superseded until that moment.",
    )
    nothing_text = fields.Text(compute="_compute_line_ids")

    @api.depends("moment")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for wizard in self:
            wizard.display_name = self.env._("As of %s", format_datetime(self.env, wizard.moment))

    @api.depends("moment", "list_ids")
    def _compute_line_ids(self):
        for wizard in self:
            lines, without, purged = wizard._split_lists()
            wizard.line_ids = lines
            said = []
            if wizard._is_to_come():
                said.append(self.env._("That moment is still to come. Choose a past one."))
            if without:
                said.append(
                    self.env._("No edition was in force of: %s.", ", ".join(without.mapped("code")))
                )
            if purged:
                said.append(
                    self.env._(
                        "Deleted after its retention period is what was said then by: %s.",
                        ", ".join(purged.mapped("code")),
                    )
                )
            wizard.nothing_text = "\n".join(said)

    def _is_to_come(self):
        return bool(self.moment and self.moment > fields.Datetime.now())

    def _split_lists(self):
        """Lines of the editions in force then; lists without one; lists whose edition is gone."""
        everything = self.env["screening.list"].with_context(active_test=False)
        lines = self.env["screening.list.update.line"]
        without = purged = everything
        if not self.moment or self._is_to_come():
            return lines, without, purged
        for record in self.list_ids._origin or everything.search([], limit=1000):
            line = record._get_line_as_of(self.moment)
            if not line:
                without |= record
            elif record._was_purged(line):
                purged |= record
            else:
                lines |= line
        return lines, without, purged

    def action_show(self):
        """Open the listed parties as these editions said them."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.nothing_text)
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Listed Parties as of %s", format_datetime(self.env, self.moment)),
            "res_model": "screening.party",
            "views": [(False, "list"), (False, "form")],
            "domain": list(Domain.OR(Domain(line._get_party_domain()) for line in self.line_ids)),
        }
