# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine import index_sql
from .screening_facts import facts_from_json
from .screening_input import expect_one, read_reason
from .screening_party_writer import CONTENT_COLUMNS, PartyWriter
from .screening_room import said_clearly


class ScreeningListUpdateApplying(models.Model):
    """Apply and roll back: each one short transaction that switches editions."""

    _inherit = "screening.list.update"

    rolls_back_id = fields.Many2one("screening.list.update", readonly=True, copy=False)
    rolled_back_id = fields.Many2one(
        "screening.list.update", string="Rolled Back By", readonly=True, copy=False
    )

    kept_text = fields.Text(
        compute="_compute_kept_text", help="Which lists a roll-back of this update leaves alone."
    )

    def _compute_kept_text(self):
        for update in self:
            first = update.line_ids.filtered(lambda line: not line.base_edition and line.added)
            update.kept_text = bool(first) and self.env._(
                "First editions stay in force, because there is nothing before them: %s.",
                ", ".join(first.list_id.mapped("code")),
            )

    def action_apply(self):
        """Put what was read in force, in one short transaction.

        :raises UserError: when it was not read, a list changed since, or a guard speaks against it
        """
        self._check_admin()
        for update in self:
            with said_clearly(self.env):
                update._apply()
        self.env["screening.subject"]._trigger()
        return True

    def _apply(self):
        self._lock_lists()
        if self.state != "read":
            raise UserError(
                self.env._("“%s” is not read, so there is nothing to apply.", self.name)
            )
        self._raise_if_guarded()
        moved = self.line_ids.filtered(lambda line: line.base_edition != line.list_id.edition)
        if moved:
            raise UserError(
                self.env._(
                    "%s changed since this file was read. Upload it again.",
                    moved[0].list_id.display_name,
                )
            )
        self._switch()
        self._log_applied(self.env._("“%s” applied", self.name))

    def action_roll_back(self, reason=None):
        """Put back what the lists said before this update, as a new edition.

        :param reason: why, for the audit trail; a form asks for it when missing
        :raises UserError: when it was not applied, or a list was updated since
        """
        self._check_admin()
        expect_one(self)
        if reason is None:
            return self._ask_reason("roll_back")
        reason = read_reason(self.env, reason)
        with said_clearly(self.env):
            self._roll_back(reason)
        self.env["screening.subject"]._trigger()
        return True

    def _roll_back(self, reason):
        self._lock_lists()
        self._expect_last()
        before = self._get_updates_before()
        back = self._sealed().create(
            {
                "filename": self.env._(
                    "Roll back of %(name)s to %(before)s",
                    name=self.name,
                    before=", ".join(before.mapped("name")),
                ),
                "state": "read",
                "rolls_back_id": self.id,
                # What is in force again came in another file than the one that is taken back.
                "format": before[:1].format,
                "format_title": before[:1].format_title,
                "file_sha256": ", ".join(filter(None, before.mapped("file_sha256"))),
                "complete": True,
            }
        )
        for line in self._lines_to_roll_back():
            back._restore(line)
        PartyWriter(back).stage()
        back._switch()
        self._sealed().write({"state": "rolled_back", "rolled_back_id": back.id})
        back._log_applied(
            self.env._("“%s” rolled back", self.name), reason=reason, rolled_back=self.id
        )

    # ---- helpers ------------------------------------------------------------

    def _lock_lists(self):
        """All lists, not only these: what a check is stamped with must grow one at a time."""
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT id FROM screening_list ORDER BY id FOR UPDATE", log_exceptions=False
        )
        self.invalidate_recordset()

    def _switch(self):
        """Switch the editions of these lines and remember what that may change for contacts."""
        now = fields.Datetime.now()
        lines = self.line_ids.filtered(lambda line: line.added or line.changed or line.removed)
        seq = self._get_last_applied_id() + 1 if lines else 0
        # Nothing was known before the first list of all: whoever was looked at is looked at again.
        first = bool(lines) and not self.env["screening.list"]._has_any_edition()
        closing = [row for line in lines for row in line.closing_ids or []]
        changed = {"update": self.id, "parties": closing, "seq": seq, "place": -self.id}
        if lines and not first:
            self.env.cr.execute(index_sql.NOTE_CHANGED, changed)
        for line in self.line_ids:
            line._switch_edition(now)
        if lines:
            self.env.cr.execute(index_sql.DROP_EMPTY)
            self.env.cr.execute(index_sql.PUT_IN_FORCE, {"update": self.id, "place": 0})
            self.env.cr.execute(index_sql.ANALYZE)
            if not first:
                for statement in index_sql.KEEP_CHANGED:
                    self.env.cr.execute(statement, changed)
        self.env.cr.execute(index_sql.DROP_STAGED, {"update": self.id})
        self._sealed().write(
            {
                "state": "applied",
                "applied_at": now,
                "applied_by_id": self.env.uid,
                "applied_seq": seq,
                "rescreen_all": first,
            }
        )
        self.env["screening.party"].invalidate_model()

    def _log_applied(self, summary, **more):
        self.env["screening.event"]._log_event(
            "update",
            self,
            summary,
            {
                "sha256": self.file_sha256,
                "files": self.file_list or self.filename or "",
                "format": self.format,
                "stated_edition": self.stated_edition,
                "lists": {
                    line.list_id.code: [
                        line.list_id.edition,
                        line.added,
                        line.changed,
                        line.removed,
                    ]
                    for line in self.line_ids
                },
                "unreadable": self.problem_count,
                "overridden": [[guard.code, guard.override_reason] for guard in self.guard_ids],
                **more,
            },
        )

    def _expect_last(self):
        """Only what is in force now can be taken back."""
        if self.state != "applied" or not self.applied_seq:
            raise UserError(
                self.env._(
                    "“%s” is not applied or changed nothing: nothing to roll back.", self.name
                )
            )
        for line in self.line_ids:
            if line.list_id.edition != line.edition:
                raise UserError(
                    self.env._(
                        "%s was updated since; roll back the later update first.",
                        line.list_id.display_name,
                    )
                )
        if not self._lines_to_roll_back():
            raise UserError(
                self.env._(
                    "This is the first edition of %s: before it there is nothing.",
                    self.line_ids[:1].list_id.display_name,
                )
            )

    def _lines_to_roll_back(self):
        """What changed a list that was there before: nothing comes before a first edition."""
        return self.line_ids.filtered(
            lambda line: line.base_edition and (line.added or line.changed or line.removed)
        )

    def _get_updates_before(self):
        """The updates that made what a roll-back of this one puts in force again."""
        before = self.browse()
        for line in self._lines_to_roll_back():
            lines = self.env["screening.list.update.line"].sudo()
            made = [("list_id", "=", line.list_id.id), ("edition", "=", line.base_edition)]
            before |= lines.search(made, order="id desc", limit=1).update_id
        return before

    def _restore(self, line):
        """Write the rows that a line ended again, as rows of this update."""
        columns = SQL(", ").join(SQL.identifier(name) for name in CONTENT_COLUMNS)
        ended = self.env.execute_query(
            SQL(
                "SELECT id, facts, %s FROM screening_party WHERE id = ANY(%s) ORDER BY id",
                columns,
                line.closing_ids or [],
            )
        )
        came = dict(
            self.env.execute_query(
                SQL(
                    "SELECT uid, id FROM screening_party"
                    " WHERE update_id = %s AND list_id = %s AND in_force",
                    line.update_id.id,
                    line.list_id.id,
                )
            )
        )
        uid_place = CONTENT_COLUMNS.index("uid")
        rows = [
            (values, facts_from_json(facts), came.get(values[uid_place]))
            for _id, facts, *values in ended
        ]
        PartyWriter(self).write_parties(rows)
        changed = sum(previous is not None for _values, _facts, previous in rows)
        self.env["screening.list.update.line"]._sealed().create(
            {
                "update_id": self.id,
                "list_id": line.list_id.id,
                "base_edition": line.list_id.edition,
                "added": len(rows) - changed,
                "changed": changed,
                "removed": len(came) - changed,
                "unchanged": line.unchanged,
                "closing_ids": list(came.values()),
                "removed_ids": [
                    row
                    for uid, row in came.items()
                    if uid not in {values[uid_place] for values, _facts, _previous in rows}
                ],
            }
        )
