# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import io
import logging

from odoo import api, fields, models
from odoo.exceptions import UserError

from .. import lists
from ..engine import index_sql
from .screening_intake import Intake

_logger = logging.getLogger(__name__)

MAX_PROBLEMS = 10_000
#: A file up to this size (bytes) is read at once, a larger one in the background.
MAX_AT_ONCE = 1_000_000


class ScreeningListUpdateReading(models.Model):
    """Reading: a file becomes rows not in force, counts, guards, and who would be touched."""

    _inherit = "screening.list.update"

    def action_read(self):
        """Read the file into rows not in force and count what would change.

        A file that cannot be taken as a whole leaves the update *refused* with its reason;
        records that cannot be read are listed with row and reason.

        :raises UserError: when it was read already, or is being read
        """
        self._check_admin()
        for update in self:
            if update.state not in ("draft", "failed"):
                raise UserError(self.env._("“%s” was read already.", update.name))
            update._pack_files()
            update._read_file()
        return True

    def action_read_or_queue(self):
        """The form's button: a small file is read at once, a large one in the background."""
        self._check_admin()
        for update in self:
            if update.state not in ("draft", "failed"):
                raise UserError(self.env._("“%s” was read already.", update.name))
            update._pack_files()
            update._read_or_queue()
        return True

    def _read_or_queue(self):
        if len(self._file_data()) <= MAX_AT_ONCE:
            self._read_file()
            return
        self._sealed().write({"state": "queued", "error": False, "records_read": 0})
        self.env.ref("restricted_party_screening.ir_cron_read").sudo()._trigger()

    @api.model
    def _cron_read(self):
        """Read what is queued, committing batch by batch; what a crash left is begun again.

        Only one worker runs this cron at a time, so whatever is *being read* now is such a rest.
        """
        commit = self.env["ir.cron"]._commit_progress
        waiting = self.sudo().search([("state", "in", ("queued", "reading"))], order="id")
        commit(remaining=len(waiting))
        for update in waiting:
            update._sealed().write({"state": "reading", "records_read": 0, "reading_percent": 0})
            commit(0)

            def progress(count, percent, update=update):
                update._sealed().write({"records_read": count, "reading_percent": percent})
                commit(0)

            try:
                update._read_file(progress)
            except Exception as error:
                # One file must not keep those behind it from being read.
                _logger.exception("Reading %s failed", update.display_name)
                self.env.cr.rollback()
                self.env.invalidate_all()
                update._forget_reading()
                update._sealed().write({"state": "failed", "error": repr(error)[:500]})
            update._tell_uploader()
            if not commit(1):
                break

    reading_percent = fields.Integer(readonly=True, copy=False, string="Read So Far")

    def _tell_uploader(self):
        user = self.create_uid
        text = (
            self.env._("“%s” is read: look at what would change.", self.name)
            if self.state == "read"
            else self.env._("“%(name)s” was refused: %(why)s", name=self.name, why=self.error)
        )
        user._bus_send(
            "simple_notification",
            {
                "type": "info" if self.state == "read" else "danger",
                "title": self.env._("List update"),
                "message": text,
                "sticky": True,
            },
        )

    # ---- the file -----------------------------------------------------------

    def _file_data(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _read_file(self, progress=None):
        """Read the file.

        :param progress: called now and then with the number of listed parties and the share of the
            file that is read, in percent; it may commit, so a failure has to clean up by itself
        """
        data = self._file_data()
        values = {
            "file_sha256": hashlib.sha256(data).hexdigest(),
            "state": "failed",
            "error": False,
            "fault": False,
        }
        self._forget_reading()
        try:
            if progress:
                values |= self._read_stream(io.BytesIO(data), progress)
            else:
                with self.env.cr.savepoint():
                    values |= self._read_stream(io.BytesIO(data))
        except (lists.ListFormatError, UnicodeError) as error:
            self._forget_reading()
            values["error"] = self._error_text(error)
            values["fault"] = getattr(error, "fault", "") or False
            self.env["screening.event"]._log_event(
                "update",
                self,
                self.env._(
                    "“%(name)s” refused: %(reason)s", name=self.name, reason=values["error"]
                ),
                {"sha256": values["file_sha256"]},
            )
        self._sealed().write(values)
        if self.state == "read":
            self._note_feeds()
            self._check_guards()
            self._preview_effects()

    def _error_text(self, error):
        if isinstance(error, UnicodeError):
            return self.env._("The file holds characters that are none: it is damaged.")
        if error.row:
            return self.env._("Row %(row)s: %(reason)s", row=error.row, reason=error.reason)
        return error.reason

    def _note_feeds(self):
        """Say where a list comes from another feed than before."""
        titles = {feed.code: feed.title for feed in lists.FORMATS}
        notes = [self.notes] if self.notes else []
        for line in self.line_ids:
            before = line.list_id.update_id.format
            if before and before != self.format:
                notes.append(
                    self.env._(
                        "%(list)s came from another feed before: %(before)s. Decisions stay where"
                        " names, addresses and numbers are the same in both.",
                        list=line.list_id.name,
                        before=titles.get(before, before),
                    )
                )
        if notes:
            self._sealed().write({"notes": "\n".join(notes)})

    def _forget_reading(self):
        """Undo an earlier reading of this update: its rows were never in force."""
        self.env.flush_all()
        self.env.cr.execute(
            "DELETE FROM screening_party WHERE update_id = %s AND NOT in_force", [self.id]
        )
        self.env.cr.execute(index_sql.DROP_STAGED, {"update": self.id})
        for records in (self.line_ids, self.problem_ids, self.guard_ids, self.effect_ids):
            if records:
                records._sealed().unlink()

    def _read_stream(self, stream, progress=lambda count, percent: None):
        if "empty" in self._accepted_faults():
            return self._read_as_empty()
        known = self.env["screening.list"].sudo().search([("active", "in", (True, False))])
        by_code = {record.code: record for record in known}
        if self.list_id:
            by_code[""] = self.list_id.sudo()
        reading = lists.read(
            stream, self.filename or "", self.list_id.code or "", self._accepted_faults()
        )
        size, furthest = len(stream.getbuffer()), 0

        def tell(count):
            # Some files are read more than once, or in another order: it never goes back.
            nonlocal furthest
            furthest = max(furthest, min(99, 100 * stream.tell() // size))
            progress(count, furthest)

        intake = Intake(self, by_code, tell)
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
            "complete": reading.complete,
            "stated_edition": reading.edition,
            "notes": "\n".join(reading.summary.notes),
            "lacking": reading.summary.lacking or False,
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
                    "removed_ids": count.gone,
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
