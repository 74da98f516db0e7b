# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from .screening_facts import facts_from_json
from .screening_store import OdooStore
from .screening_subject_background import BATCH

_logger = logging.getLogger(__name__)


class ScreeningSubjectChanges(models.Model):
    """Who shares a word with what an update changed is compared with that, not with all lists.

    Nothing moves for a contact that matches none of the parties that came or changed, and has no
    hit on one that changed or went: it is up to date. Any other is left to be screened, so that
    its hits, its case and its orders are what a screening of it gives at any time.
    """

    _inherit = "screening.subject"

    @api.model
    def _compare_with_changes(self, after_id, limit=BATCH):
        """Compare the next contacts with what changed since they were screened.

        :param after_id: begin after this subject
        :return: (last subject looked at or 0 at the end, number for whom nothing moves)
        """
        stamp = self.env["screening.list"]._get_stamp()
        rows = self._lock_to_compare(after_id, stamp, limit)
        if not rows:
            return 0, 0
        unmoved = self._find_unmoved_safely(rows)
        if unmoved:
            self.env.cr.execute(
                SQL("UPDATE screening_subject SET stamp = %s WHERE id = ANY(%s)", stamp, unmoved)
            )
            self.invalidate_model(["stamp"])
            text = self.env._(
                "%(count)s contacts match nothing of what list update %(stamp)s changed",
                count=len(unmoved),
                stamp=stamp,
            )
            self._log_advanced(text, min(unmoved), max(unmoved), len(unmoved))
        return rows[-1][0], len(unmoved)

    @api.model
    def _lock_to_compare(self, after_id, stamp, limit):
        """Rows of (subject, number of the update it is at, facts), those of other workers skipped.

        A hit on a row that is not in force any more is on what changed or went.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT s.id, s.stamp, s.facts FROM screening_subject s"
                " WHERE s.id > %(after)s AND %(behind)s AND s.state != 'not_screened'"
                "   AND NOT EXISTS (SELECT FROM screening_hit h"
                "     JOIN screening_party p ON p.id = h.party_id AND NOT p.in_force"
                "     WHERE h.partner_id = s.partner_id AND h.state != 'closed')"
                " ORDER BY s.id LIMIT %(limit)s FOR NO KEY UPDATE OF s SKIP LOCKED",
                after=after_id,
                behind=self._sql_behind(stamp),
                limit=limit,
            ),
            log_exceptions=False,
        )
        return self.env.cr.fetchall()

    @api.model
    def _find_unmoved_safely(self, rows):
        """When comparing fails all are left to be screened, which says of whom and why it fails."""
        try:
            with self.env.cr.savepoint():
                return self._find_unmoved(rows)
        except psycopg2.OperationalError:
            raise  # a conflict with another transaction: the batch is run again
        except Exception:
            _logger.info("A batch could not be compared and is screened instead", exc_info=True)
            return []

    @api.model
    def _find_unmoved(self, rows):
        """Ids of those that match nothing of what any update brought since."""
        updates = (
            self.env["screening.list.update"]
            .sudo()
            .search([("applied_seq", ">", min(at for _id, at, _facts in rows))])
        )
        matcher = self.env["screening.matcher"]
        matcher._flush()
        left = {subject: (at, facts_from_json(facts)) for subject, at, facts in rows}
        for update in updates:
            behind = [subject for subject, (at, _facts) in left.items() if at < update.applied_seq]
            found = matcher._search(
                [left[subject][1] for subject in behind], store=OdooStore(self.env, -update.id)
            )
            for subject, matches in zip(behind, found, strict=True):
                if matches:
                    del left[subject]
        return list(left)
