# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from bisect import bisect_right

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..engine import chain
from .screening_event import PURGED, ScreeningEvent
from .screening_rows import lock_rows

#: What is emptied in a row whose retention period is over. Its hashes stay, so that the rows
#: around it still follow from one another.
EMPTIED = tuple(name for name in ScreeningEvent._content_fields if name not in ("kind", "at"))


class LastPurge:
    """What the last deletion recorded: where the chain begins, and which rows are empty."""

    def __init__(self, details):
        base = details.get("base") or [0, ""]
        self._base = (base[0] or 0, base[1] or "")
        self._ranges = sorted(tuple(pair) for pair in details.get("emptied") or [])

    def is_base(self, seq, link):
        """Whether the chain begins after this row."""
        return self._base == (seq or 0, link or "")

    def has(self, seq):
        """Whether the content of this row was deleted."""
        place = bisect_right(self._ranges, (seq, float("inf")))
        return bool(place) and self._ranges[place - 1][1] >= seq


class ScreeningEventPurge(models.Model):
    """Deletes the content of rows whose retention period is over, and says so in the trail.

    A row in the middle keeps its hashes and its number. Rows at the beginning go altogether, and
    the chain's base moves behind them. What is gone is said by the event of the deletion itself,
    so that emptying another row, or moving the base, is found.
    """

    _inherit = "screening.event"

    @api.model
    def _purge(self, seqs, summary, details):
        """Delete what these rows say; which may go is for ``screening.retention`` to know.

        :param seqs: numbers of sealed rows
        :param summary: one sentence
        :param details: what was deleted besides rows, and why
        """
        self._seal_all()
        head = self._get_head()
        # The sealer and another deletion wait, or run again.
        lock_rows(head)
        head.invalidate_recordset()
        self._empty(seqs)
        base = self._move_base(head)
        self.env.invalidate_all()
        self._log_event(
            "purge",
            self.browse(),
            summary,
            {**details, "rows": len(seqs), "base": base, "emptied": self._get_emptied()},
        )
        self._seal_all()

    @api.model
    def _empty(self, seqs):
        self.env.cr.execute(
            SQL(
                "UPDATE screening_event SET kind = %s, summary = '', user_ref = 0, user_name = '',"
                " company_ref = 0, company_name = '', res_model = '', res_ref = 0, res_name = '',"
                " payload = '' WHERE seq = ANY(%s)",
                PURGED,
                list(seqs),
            )
        )

    @api.model
    def _move_base(self, head):
        """Delete the empty rows at the beginning; the base is what the next row follows from."""
        self.env.cr.execute(
            SQL(
                "WITH first AS (SELECT COALESCE(MIN(seq), %s) AS seq FROM screening_event"
                " WHERE seq > 0 AND kind != %s)"
                " DELETE FROM screening_event e USING first"
                " WHERE e.seq > 0 AND e.seq < first.seq RETURNING e.seq, e.chain_hash",
                head.last_seq + 1,
                PURGED,
            )
        )
        gone = self.env.cr.fetchall()
        if gone:
            seq, link = max(gone)
            head._sealed().write({"base_seq": seq, "base_hash": link})
        return [head.base_seq or 0, head.base_hash or ""]

    @api.model
    def _get_emptied(self):
        """The numbers of all empty rows, as [from, to]."""
        return [
            list(pair)
            for pair in self.env.execute_query(
                SQL(
                    "SELECT MIN(seq), MAX(seq) FROM ("
                    " SELECT seq, seq - ROW_NUMBER() OVER (ORDER BY seq) AS run"
                    " FROM screening_event WHERE seq > 0 AND kind = %s) AS rows"
                    " GROUP BY run ORDER BY 1",
                    PURGED,
                )
            )
        ]

    @api.model
    def _get_last_purge(self):
        """What the last deletion recorded; nothing deleted when there was none."""
        rows = self.env.execute_query(
            SQL("SELECT payload FROM screening_event WHERE kind = 'purge' ORDER BY id DESC LIMIT 1")
        )
        try:
            return LastPurge(json.loads(rows[0][0]) if rows else {})
        except (ValueError, TypeError, AttributeError):
            # It was tampered with: no row is excused, so the first one is named.
            return LastPurge({})

    @api.model
    def _expect_unbroken(self):
        """Nothing is deleted from a broken trail: what is left is needed to find out why."""
        result = self._verify()
        if not result["ok"]:
            raise UserError(self._say(result))
        return result["head"] or chain.GENESIS
