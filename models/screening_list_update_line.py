# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from ..engine import index_sql


class ScreeningListUpdateLine(models.Model):
    """What one update does to one list."""

    _name = "screening.list.update.line"
    _inherit = "screening.sealed"
    _description = "List Update per List"
    _order = "update_id, list_id"

    update_id = fields.Many2one(
        "screening.list.update", required=True, readonly=True, ondelete="cascade", index=True
    )
    list_id = fields.Many2one("screening.list", required=True, readonly=True)
    base_edition = fields.Integer(readonly=True)
    added = fields.Integer(readonly=True)
    changed = fields.Integer(readonly=True)
    removed = fields.Integer(readonly=True)
    unchanged = fields.Integer(readonly=True)
    closing_ids = fields.Json(readonly=True, help="Rows this update ends.")

    def _switch_edition(self, now):
        self.ensure_one()
        record = self.list_id
        values = {"edition_date": now, "update_id": self.update_id.id}
        if self.added or self.changed or self.removed or not record.edition:
            edition = record.edition + 1
            values["edition"] = edition
            self.env.cr.execute(
                "UPDATE screening_party SET in_force = false, edition_to = %s WHERE id = ANY(%s)",
                [edition, self.closing_ids or []],
            )
            self.env.cr.execute(index_sql.DELETE_KEYS_OF_PARTIES, [self.closing_ids or []])
            self.env.cr.execute(
                "UPDATE screening_party SET in_force = true, edition_from = %s"
                " WHERE update_id = %s AND list_id = %s",
                [edition, self.update_id.id, record.id],
            )
        record._sealed().write(values)


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
