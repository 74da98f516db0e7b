# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import hashlib
import io

from odoo import models
from odoo.exceptions import UserError

from .. import lists
from ..engine import index_sql
from .screening_intake import Intake
from .screening_room import said_clearly
from .screening_rows import lock_rows

MAX_PROBLEMS = 10_000


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
        # Who reads the same file at this moment comes first: this one begins again, and sees it.
        lock_rows(self)
        for update in self:
            if update.state not in ("draft", "failed"):
                raise UserError(self.env._("“%s” was read already.", update.name))
            with said_clearly(self.env):
                update._pack_files()
                update._read_file()
        return True

    # ---- the file -----------------------------------------------------------

    def _file_data(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _check_stored(self, data):
        """A disk that is full or lost files must not pass for a publisher's empty list."""
        stored = (
            self.env["ir.attachment"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "=", self.id),
                    ("res_field", "=", "file"),
                ],
                limit=1,
            )
        )
        if stored and stored.checksum != hashlib.sha1(data).hexdigest():  # noqa: S324
            raise lists.ListFormatError(
                self.env._(
                    "the server's disk no longer holds the file as it was uploaded."
                    " Upload it again."
                )
            )

    def _read_file(self, progress=None, expect=lambda: None):
        """Read the file.

        :param progress: called now and then with the number of listed parties and the share of the
            file that is read, in percent; it may commit, so a failure has to clean up by itself
        :param expect: raises when the outcome is not wanted any more
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
            self._check_stored(data)
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
        expect()
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
            raise lists.ListFormatError(self.env._("No listed party was found in the file."))
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
