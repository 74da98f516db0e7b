# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL

from .. import engine
from ..engine import index_sql

DELTA_BATCH = 5_000


class ScreeningSubjectDelta(models.Model):
    """After an update only those are looked at again whom its changes may concern.

    Each contact keeps the keys under which it was looked up. Who shares no key with anything that
    came, changed or went cannot match otherwise than before: it is marked as up to date, by SQL.
    The others are compared with what changed (``screening_subject_changes``).
    """

    _inherit = "screening.subject"

    def init(self):
        """The keys are asked in SQL only; an array takes a tenth of a table of rows."""
        self.env.cr.execute(
            "ALTER TABLE screening_subject ADD COLUMN IF NOT EXISTS keys int4[],"
            " ADD COLUMN IF NOT EXISTS border int8"
        )

    @api.model
    def _get_full_stamp(self):
        """Number of the last update after which all are screened again.

        Either it was the first of all, or its keys are forgotten: a long transaction may commit a
        screening against an edition that everybody else is past.
        """
        [(last,)] = self.env.execute_query(
            SQL(
                "SELECT COALESCE(MAX(applied_seq), 0) FROM screening_list_update"
                " WHERE rescreen_all OR keys_forgotten"
            )
        )
        return last

    @api.model
    def _advance_unconcerned(self, after_id, limit=DELTA_BATCH):
        """Mark the next contacts as up to date that no update since concerns.

        :param after_id: begin after this subject
        :return: (last subject looked at or 0 at the end, number marked)
        """
        stamp = self.env["screening.list"]._get_stamp()
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "WITH batch AS ("
                "  SELECT s.id, s.stamp, s.keys FROM screening_subject s"
                "   WHERE s.id > %(after)s AND %(behind)s"
                "   ORDER BY s.id LIMIT %(limit)s FOR UPDATE SKIP LOCKED"
                "), concerned AS ("
                "  SELECT DISTINCT b.id FROM batch b CROSS JOIN unnest(b.keys) k(key)"
                "    JOIN screening_changed_key c ON c.key = k.key AND c.seq > b.stamp"
                "), moved AS ("
                "  UPDATE screening_subject s SET stamp = %(stamp)s FROM batch b"
                "   WHERE s.id = b.id AND b.id NOT IN (SELECT id FROM concerned) RETURNING s.id"
                ")"
                " SELECT (SELECT COALESCE(MAX(id), 0) FROM batch), (SELECT COUNT(*) FROM moved)",
                after=after_id,
                behind=self._sql_behind(stamp),
                stamp=stamp,
                limit=limit,
            ),
            log_exceptions=False,
        )
        [(last, moved)] = self.env.cr.fetchall()
        self.invalidate_model(["stamp"])
        if moved:
            text = self.env._(
                "%(count)s contacts share no word with what list update %(stamp)s changed",
                count=moved,
                stamp=stamp,
            )
            self._log_advanced(text, after_id, last, moved)
        return last, moved

    @api.model
    def _sql_behind(self, stamp):
        """Whether a subject ``s`` was screened well, but against an edition before this update.

        What changed since then is known, so it need not be screened as if nothing were.
        """
        return SQL(
            "s.stamp >= %s AND s.stamp < %s AND s.error IS NULL"
            " AND s.matcher_version = %s AND s.keys IS NOT NULL",
            max(0, self._get_full_stamp()),
            stamp,
            engine.MATCHER_VERSION,
        )

    @api.model
    def _log_advanced(self, text, first, last, count):
        """Write down that so many contacts between two numbers are up to date, and why."""
        self.env["screening.event"]._log_event(
            "batch_check",
            self.browse(),
            text,
            {
                "from": first,
                "to": last,
                "count": count,
                "matcher": engine.MATCHER_VERSION,
                "editions": self.env["screening.list"]._get_loaded()._get_editions(),
            },
        )

    @api.model
    def _forget_changed_keys(self):
        """Drop the keys of updates that every contact is past, and remember that they are gone."""
        [(oldest,)] = self.env.execute_query(
            SQL("SELECT COALESCE(MIN(stamp), 0) FROM screening_subject WHERE stamp >= 0")
        )
        done = (
            self.env["screening.list.update"]
            .sudo()
            .search(
                [
                    ("applied_seq", ">", 0),
                    ("applied_seq", "<=", oldest),
                    ("keys_forgotten", "=", False),
                ]
            )
        )
        if done:
            done._sealed().write({"keys_forgotten": True})
            self.env.cr.execute("DELETE FROM screening_changed_key WHERE seq <= %s", [oldest])
            self.env.cr.execute(index_sql.DROP_CHANGED, {"updates": done.ids})
