# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging
from typing import NamedTuple

import psycopg2

from odoo import api, models
from odoo.tools import SQL

from .screening_facts import facts_from_json
from .screening_store_changes import ChangesStore
from .screening_subject_background import BATCH

_logger = logging.getLogger(__name__)


class ToCompare(NamedTuple):
    """A contact that is behind an update.

    :ivar id: of its subject
    :ivar stamp: number of the update it is at
    :ivar facts: what was compared, as JSON
    :ivar border: of its look-up then, see ``engine.border_of``
    :ivar met: it has hits
    """

    id: int
    stamp: int
    facts: dict
    border: int | None
    met: bool


class ScreeningSubjectChanges(models.Model):
    """Who shares a word with what an update changed is compared with that, not with all lists.

    Nothing moves for a contact that matches none of the parties that came or changed, has no hit on
    one that changed or went, and for which no other entry crosses the border of the look-up
    (``engine.border_after``): it is up to date. Any other is left to be screened, so that its hits,
    its case and its orders are what a screening of it gives at any time.
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
                SQL(
                    "UPDATE screening_subject s SET stamp = %s, border = v.border"
                    " FROM unnest(%s::int4[], %s::int8[]) AS v(id, border) WHERE s.id = v.id",
                    stamp,
                    list(unmoved),
                    list(unmoved.values()),
                )
            )
            self.invalidate_model(["stamp"])
            text = self.env._(
                "%(count)s contacts match nothing of what list update %(stamp)s changed",
                count=len(unmoved),
                stamp=stamp,
            )
            self._log_advanced(text, min(unmoved), max(unmoved), len(unmoved))
        return rows[-1].id, len(unmoved)

    @api.model
    def _lock_to_compare(self, after_id, stamp, limit):
        """The next contacts to compare, those of other workers skipped.

        A hit on a row that is not in force any more is on what changed or went.
        """
        self.env.flush_all()
        self.env.cr.execute(
            SQL(
                "SELECT s.id, s.stamp, s.facts, s.border, EXISTS (SELECT FROM screening_hit h"
                "     WHERE h.partner_id = s.partner_id AND h.state != 'closed')"
                "  FROM screening_subject s"
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
        return [ToCompare(*row) for row in self.env.cr.fetchall()]

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
            return {}

    @api.model
    def _find_unmoved(self, rows):
        """For whom nothing moves, with the border of their look-up from now on.

        They match nothing of what any update brought since, and no unchanged entry came within the
        border of their look-up or fell out of it.
        """
        updates = (
            self.env["screening.list.update"]
            .sudo()
            .search([("applied_seq", ">", min(row.stamp for row in rows))])
        )
        matcher = self.env["screening.matcher"]
        matcher._flush()
        store = ChangesStore(self.env, updates, rows)
        found = matcher._search([facts_from_json(row.facts) for row in rows], store=store)
        return {
            row.id: border
            for row, border, matches in zip(rows, store.borders, found, strict=True)
            if border is not None and not matches
        }
