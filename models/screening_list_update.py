# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import io

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .. import lists
from ..engine import index_sql
from .screening_intake import Intake

MAX_PROBLEMS = 500


class ScreeningListUpdate(models.Model):
    """One file taken in for one or more lists: read, looked at, applied or refused."""

    _name = "screening.list.update"
    _inherit = "screening.sealed"
    _description = "List Update"
    _order = "id desc"
    _sealed_fields = (
        "state",
        "error",
        "file_sha256",
        "format",
        "format_title",
        "line_ids",
        "problem_ids",
        "problem_count",
        "merged_count",
        "rows",
        "applied_at",
        "applied_by_id",
        "applied_seq",
    )

    name = fields.Char(compute="_compute_name", store=True)
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    list_id = fields.Many2one(
        "screening.list",
        string="Own List",
        domain=[("own", "=", True)],
        help="Which list a file of the company's own is for. Official files say it themselves.",
    )
    state = fields.Selection(
        [
            ("draft", "Uploaded"),
            ("read", "Read"),
            ("applied", "Applied"),
            ("failed", "Refused"),
            ("superseded", "Superseded"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    error = fields.Text(readonly=True, copy=False)
    file_sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    format = fields.Char(string="Format's Code", readonly=True, copy=False)
    format_title = fields.Char(string="Format", readonly=True, copy=False)
    rows = fields.Integer(string="Records", readonly=True, copy=False)
    line_ids = fields.One2many("screening.list.update.line", "update_id", readonly=True, copy=False)
    problem_ids = fields.One2many(
        "screening.list.update.problem", "update_id", readonly=True, copy=False
    )
    problem_count = fields.Integer(string="Unreadable", readonly=True, copy=False)
    merged_count = fields.Integer(string="Said Twice", readonly=True, copy=False)
    applied_at = fields.Datetime(readonly=True, copy=False)
    applied_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    applied_seq = fields.Integer(readonly=True, copy=False)

    _applied_uniq = models.UniqueIndex("(applied_seq) WHERE applied_seq > 0")

    @api.depends("filename")
    def _compute_name(self):
        for update in self:
            update.name = update.filename or self.env._("List update")

    @api.model
    def _get_last_applied_id(self):
        """Number of the last update that changed a list: it grows, and never repeats."""
        self.flush_model(["applied_seq"])
        [(last,)] = self.env.execute_query(
            SQL("SELECT COALESCE(MAX(applied_seq), 0) FROM screening_list_update")
        )
        return last

    def write(self, vals):
        read = any(update.state not in ("draft", "failed") for update in self)
        if read and {"file", "filename", "list_id"} & set(vals) and not self._is_sealed_call():
            raise UserError(
                self.env._("This update was read already. Upload the file as a new one.")
            )
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        if any(update.state == "applied" for update in self):
            raise UserError(self.env._("An applied update is evidence and is not deleted."))

    # ---- actions ------------------------------------------------------------

    def action_read(self):
        """Read the file into rows not in force and count what would change.

        A file that cannot be taken as a whole leaves the update *refused* with its reason;
        records that cannot be read are listed with row and reason.
        """
        self._check_admin()
        for update in self:
            if update.state not in ("draft", "failed"):
                raise UserError(self.env._("“%s” was read already.", update.name))
            update._read_file()
        return True

    def _read_file(self):
        data = base64.b64decode(self.with_context(bin_size=False).file or b"")
        values = {
            "file_sha256": hashlib.sha256(data).hexdigest(),
            "state": "failed",
            "error": False,
        }
        self._forget_reading()
        try:
            with self.env.cr.savepoint():
                values |= self._read_stream(io.BytesIO(data))
        except lists.ListFormatError as error:
            values["error"] = (
                self.env._("Row %(row)s: %(reason)s", row=error.row, reason=error.reason)
                if error.row
                else error.reason
            )
            self.env["screening.event"]._log_event(
                "update",
                self,
                self.env._(
                    "“%(name)s” refused: %(reason)s", name=self.name, reason=values["error"]
                ),
                {"sha256": values["file_sha256"]},
            )
        self._sealed().write(values)

    def _forget_reading(self):
        """Undo an earlier reading of this update: its rows were never in force."""
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM screening_party WHERE update_id = %s AND NOT in_force", [self.id]
        )
        (self.line_ids._sealed() if self.line_ids else self.line_ids).unlink()
        (self.problem_ids._sealed() if self.problem_ids else self.problem_ids).unlink()

    def _read_stream(self, stream):
        known = self.env["screening.list"].sudo().search([("active", "in", (True, False))])
        by_code = {record.code: record for record in known}
        if self.list_id:
            by_code[""] = self.list_id.sudo()
        reading = lists.read(stream, self.filename or "", self.list_id.code or "")
        intake = Intake(self, by_code)
        intake.take(reading)
        self.env["screening.party"].invalidate_model()
        self.env["screening.party.entry"].invalidate_model()
        if not intake.counts:
            raise lists.ListFormatError(
                self.env._("no listed party was found in the file; the lists stay as they are.")
            )
        self._store_counts(intake)
        return {
            "state": "read",
            "format": reading.format,
            "format_title": reading.title,
            "rows": sum(c.added + c.changed + c.unchanged for c in intake.counts.values()),
            "problem_count": sum(problem[0] == "unreadable" for problem in intake.problems),
            "merged_count": sum(problem[0] == "merged" for problem in intake.problems),
        }

    def _store_counts(self, intake):
        self.env["screening.list.update.line"]._sealed().create(
            [
                {
                    "update_id": self.id,
                    "list_id": record.id,
                    "base_edition": record.edition,
                    "added": count.added,
                    "changed": count.changed,
                    "removed": count.removed,
                    "unchanged": count.unchanged,
                    "closing_ids": count.closing,
                }
                for record, count in intake.counts.items()
            ]
        )
        self.env["screening.list.update.problem"]._sealed().create(
            [
                {
                    "update_id": self.id,
                    "kind": kind,
                    "row": row,
                    "reason": reason,
                    "excerpt": excerpt,
                }
                for kind, row, reason, excerpt in intake.problems[:MAX_PROBLEMS]
            ]
        )

    def action_apply(self):
        """Put what was read in force, in one short transaction.

        :raises UserError: when it was not read, or a list changed since
        """
        self._check_admin()
        for update in self:
            update._apply()
        self.env["screening.subject"]._trigger()
        return True

    def _apply(self):
        self.env.flush_all()
        # All lists, not only these: what a check is stamped with must grow one at a time.
        self.env.cr.execute("SELECT id FROM screening_list ORDER BY id FOR UPDATE")
        self.invalidate_recordset()
        if self.state != "read":
            raise UserError(
                self.env._("“%s” is not read, so there is nothing to apply.", self.name)
            )
        moved = self.line_ids.filtered(lambda line: line.base_edition != line.list_id.edition)
        if moved:
            raise UserError(
                self.env._(
                    "%s changed since this file was read. Upload it again.",
                    moved[0].list_id.display_name,
                )
            )
        now = fields.Datetime.now()
        for line in self.line_ids:
            line._switch_edition(now)
        changes = bool(
            self.line_ids.filtered(lambda line: line.added or line.changed or line.removed)
        )
        self._sealed().write(
            {
                "state": "applied",
                "applied_at": now,
                "applied_by_id": self.env.uid,
                "applied_seq": self._get_last_applied_id() + 1 if changes else 0,
            }
        )
        if changes:
            self.env.cr.execute(index_sql.ANALYZE)
        self.env["screening.party"].invalidate_model()
        self.env["screening.event"]._log_event(
            "update",
            self,
            self.env._("“%s” applied", self.name),
            {
                "sha256": self.file_sha256,
                "format": self.format,
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
            },
        )

    def _check_admin(self):
        if not self.env.user.has_group("restricted_party_screening.group_list_admin"):
            raise AccessError(self.env._("Only a list administrator updates the lists."))
        self.check_access("write")
