# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import UserError

from .screening_room import lacks_room, said_clearly, sentence

_logger = logging.getLogger(__name__)

#: A file up to this size (bytes) is read at once, a larger one in the background.
MAX_AT_ONCE = 1_000_000
#: So often a reading is begun again that ended in nothing: its server died, or ended it.
MAX_TRIES = 3
AT_BEGINNING = {"records_read": 0, "reading_percent": 0}


class ReadingStopped(Exception):
    """An administrator stopped the reading, or removed the update."""


class ScreeningListUpdateBackground(models.Model):
    """Reading large files in the background: no browser waits, and what a crash left is redone."""

    _inherit = "screening.list.update"

    read_tries = fields.Integer(readonly=True, copy=False)
    reading_percent = fields.Integer(readonly=True, copy=False, string="Read So Far")

    def action_read_or_queue(self):
        """The form's button: a small file is read at once, a large one in the background."""
        self._check_admin()
        for update in self:
            if update.state not in ("draft", "failed"):
                raise UserError(self.env._("“%s” was read already.", update.name))
            with said_clearly(self.env):
                update._pack_files()
                update._read_or_queue()
        return True

    def _read_or_queue(self):
        if len(self._file_data()) <= MAX_AT_ONCE:
            self._read_file()
        else:
            self._queue()

    def _queue(self):
        self._sealed().write({**AT_BEGINNING, "state": "queued", "error": False, "read_tries": 0})
        self._wake_reader()

    def _wake_reader(self):
        self.env.ref("restricted_party_screening.ir_cron_read").sudo()._trigger()

    def action_refresh(self):
        """The form's button: shows how far the reading is; a form does not look by itself."""
        return True

    def action_stop(self):
        """Take a file that waits to be read, or is being read, out of the queue again.

        A worker that is reading it notices with its next batch and leaves nothing behind.
        """
        self._check_admin()
        for update in self:
            if update.state not in ("queued", "reading"):
                raise UserError(self.env._("“%s” is not being read.", update.name))
            update._forget_reading()
            update._sealed().write({**AT_BEGINNING, "state": "draft"})
        return True

    @api.model
    def _cron_read(self):
        """Read what is queued, committing batch by batch; what a crash left is begun again.

        Only one worker runs this cron at a time, so whatever is *being read* now is such a rest.
        """
        commit = self.env["ir.cron"]._commit_progress
        waiting = self.sudo().search([("state", "in", ("queued", "reading"))], order="id")
        commit(remaining=len(waiting))
        for update in waiting:
            update._read_in_background(commit)
            if not commit(1):
                break

    def _read_in_background(self, commit):
        """Read one file; whatever becomes of it, those behind it are read."""

        def progress(count, percent):
            self._expect_reading()
            self._sealed().write({"records_read": count, "reading_percent": percent})
            commit(0)

        try:
            if not self._begin_reading():
                return
            commit(0)
            self._read_file(progress, self._expect_reading)
            self.env.flush_all()
        except (ReadingStopped, psycopg2.extensions.TransactionRollbackError) as error:
            # Stopped, or somebody wrote what this read: what is still to be read is begun again.
            _logger.info("Reading update %s ended: %s", self.id, type(error).__name__)
            self.env.cr.rollback()
            self.env.invalidate_all()
            if self.exists() and self.state in ("queued", "reading"):
                self._wake_reader()
            return
        except Exception as error:
            if not lacks_room(error):
                _logger.exception("Reading update %s failed", self.id)
            self.env.cr.rollback()
            self.env.invalidate_all()
            if not self.exists():
                return
            self._forget_reading()
            text = sentence(self.env, error) if lacks_room(error) else repr(error)[:500]
            self._sealed().write({"state": "failed", "error": text})
        self._tell_uploader()
        if self.env["screening.source"].sudo().search_count([("update_id", "=", self.id)], limit=1):
            self.env["screening.source"]._wake_cron()

    def _expect_reading(self):
        """Hold the row before it is written: whoever stopped the reading wrote it, too."""
        self.env.cr.execute(
            "SELECT state FROM screening_list_update WHERE id = %s FOR NO KEY UPDATE",
            [self.id],
            log_exceptions=False,
        )
        if self.env.cr.fetchone() != ("reading",):
            raise ReadingStopped

    def _begin_reading(self):
        """Mark it as being read. :return: False when it is stopped, or was begun too often"""
        self.invalidate_recordset()
        if not self.exists() or self.state not in ("queued", "reading"):
            return False
        tries = self.read_tries + 1
        if tries > MAX_TRIES:
            self._forget_reading()
            self._sealed().write(
                {
                    "state": "failed",
                    "error": self.env._(
                        "Reading was broken off %s times: the server died of it or ended it"
                        " (limit-time-real-cron, limit-memory-hard). Read it again, or import it on"
                        " the command line.",
                        MAX_TRIES,
                    ),
                }
            )
            self._tell_uploader()
            return False
        self._sealed().write({**AT_BEGINNING, "state": "reading", "read_tries": tries})
        return True

    def _tell_uploader(self):
        user = self.create_uid
        text = (
            self.env._("“%s” is read: look at what would change.", self.name)
            if self.state == "read"
            else self.env._("“%(name)s” was refused: %(why)s", name=self.name, why=self.error)
        )
        self._notify(user, "info" if self.state == "read" else "danger", text)

    def _notify(self, user, kind, text):
        """Tell a user who is logged in, whatever page is open."""
        # Accounting's notification: the stock one has no button that opens what it is about.
        user._bus_send(
            "account_notification",
            {
                "type": kind,
                "title": self.env._("List update"),
                "message": text,
                "sticky": True,
                "action_button": {
                    "name": self.env._("Open"),
                    "action_name": self.env._("List Updates"),
                    "model": self._name,
                    "res_ids": self.ids,
                },
            },
        )
