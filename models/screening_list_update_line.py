# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models

from ..engine import index_sql
from .screening_input import expect_one


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
    removed_ids = fields.Json(
        string="Removed Rows", readonly=True, help="Those of them that no row takes the place of."
    )
    edition = fields.Integer(
        readonly=True, help="The edition this update made; 0 until it is applied."
    )

    def action_view_new(self):
        """The parties that are added or changed, with what changed."""
        expect_one(self)
        return self._view_parties(
            self.env._("Added and changed: %s", self.list_id.name),
            [("update_id", "=", self.update_id.id), ("list_id", "=", self.list_id.id)],
        )

    def action_view_removed(self):
        """The parties that are removed."""
        expect_one(self)
        return self._view_parties(
            self.env._("Removed: %s", self.list_id.name), [("id", "in", self.removed_ids or [])]
        )

    def _view_parties(self, name, domain):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "screening.party",
            "views": [
                (
                    self.env.ref("restricted_party_screening.screening_party_view_list_change").id,
                    "list",
                ),
                (False, "form"),
            ],
            "domain": domain,
        }

    def _switch_edition(self, now):
        self.ensure_one()
        record = self.list_id
        values = {"edition_date": now, "update_id": self.update_id.id}
        edition = record.edition
        if self.added or self.changed or self.removed or not record.edition:
            edition = record.edition + 1
            values["edition"] = edition
            self.env.cr.execute(
                "UPDATE screening_party SET in_force = false, edition_to = %s WHERE id = ANY(%s)",
                [edition, self.closing_ids or []],
            )
            self.env.cr.execute(index_sql.TAKE_OUT, {"parties": self.closing_ids or []})
            self.env.cr.execute(
                "UPDATE screening_party SET in_force = true, edition_from = %s"
                " WHERE update_id = %s AND list_id = %s",
                [edition, self.update_id.id, record.id],
            )
        record._sealed().write(values)
        self._sealed().write({"edition": edition})
