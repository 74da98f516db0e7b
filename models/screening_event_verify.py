# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import AccessError
from odoo.tools import SQL

from ..engine import chain
from .screening_event import PURGED
from .screening_event_purge import EMPTIED
from .screening_rows import lock_rows

#: Rows in memory at a time.
FETCH = 2000

#: Read by a cursor of the server's, so that memory stays constant, in the order of an index.
_COLUMNS = (
    "id, seq, chain_hash, content_hash, kind, at, summary, user_ref, user_name,"
    " company_ref, company_name, res_model, res_ref, res_name, payload"
)
_SEALED = SQL(f"SELECT {_COLUMNS} FROM screening_event WHERE seq > 0 ORDER BY seq")  # noqa: S608
_UNSEALED = SQL(
    f"SELECT {_COLUMNS} FROM screening_event"  # noqa: S608
    " WHERE seq IS NULL OR seq = 0 ORDER BY id"
)


class ScreeningEventVerify(models.Model):
    """Proves that the trail is as it was written, from the menu, the command line and nightly."""

    _inherit = "screening.event"

    @api.model
    def _verify(self):
        """Recompute the whole chain, with constant memory.

        :return: dict with ``ok``, ``sealed``, ``unsealed``, ``head`` and, when broken,
            ``broken_id``, ``broken_seq`` and ``reason`` of the first bad row
        """
        self.flush_model()
        head = self._get_head()
        link, seq = head.base_hash or chain.GENESIS, head.base_seq
        gone = self._get_last_purge()
        if not gone.is_base(head.base_seq, head.base_hash):
            reason = self.env._("the chain does not begin where the last deletion left it")
            return self._broken(0, seq + 1, reason, seq, link)
        for row in self._read_rows(_SEALED):
            reason = self._find_fault(row, seq, link, gone)
            if reason:
                return self._broken(row["id"], row["seq"], reason, seq, link)
            link, seq = row["chain_hash"], seq + 1
        if head.last_seq != seq or (head.last_hash or chain.GENESIS) != link:
            reason = self.env._("rows at the end of the chain are missing")
            return self._broken(0, seq + 1, reason, seq, link)
        unsealed = 0
        for row in self._read_rows(_UNSEALED):
            if chain.content_hash(self._hashed_content(row)) != row["content_hash"]:
                reason = self.env._("its content does not match its own hash")
                return self._broken(row["id"], 0, reason, seq, link)
            unsealed += 1
        sealed = seq - head.base_seq
        return {"ok": True, "sealed": sealed, "unsealed": unsealed, "head": link, "reason": ""}

    @api.model
    def _find_fault(self, row, seq, link, gone):
        """What is wrong with a row that should follow row ``seq``, which ends in ``link``."""
        if row["seq"] != seq + 1:
            return self.env._("row %(seq)s of the chain is missing", seq=seq + 1)
        if row["kind"] == PURGED:
            if not gone.has(row["seq"]) or any(row[name] for name in EMPTIED):
                return self.env._("its content was deleted, and no deletion says so")
        elif chain.content_hash(self._hashed_content(row)) != row["content_hash"]:
            return self.env._("its content does not match its own hash")
        if chain.link_hash(link, row["content_hash"] or "") != row["chain_hash"]:
            return self.env._("it does not follow from the row before")
        return ""

    @api.model
    def _broken(self, event_id, seq, reason, good, link):
        return {
            "ok": False,
            "sealed": good,
            "unsealed": 0,
            "head": link,
            "broken_id": event_id,
            "broken_seq": seq,
            "reason": reason,
        }

    @api.model
    def _read_rows(self, query):
        cr = self.env.cr
        cr.execute(SQL("DECLARE screening_verify NO SCROLL CURSOR FOR %s", query))
        try:
            while True:
                cr.execute("FETCH %s FROM screening_verify", [FETCH])
                rows = cr.dictfetchall()
                yield from rows
                if len(rows) < FETCH:
                    return
        finally:
            cr.execute("CLOSE screening_verify")

    @api.model
    def _verify_and_note(self):
        """Seal, verify, keep the outcome on the chain's head, and raise the alarm when broken."""
        head = self._get_head()
        # At once: a sealer in between would have all of it verified again, only to write it down.
        lock_rows(head)
        self._seal_all()
        result = self._verify()
        head.sudo(False)._note_verification(result, self._say(result))
        return result

    @api.model
    def _say(self, result):
        if result["ok"]:
            return self.env._(
                "The audit trail is unbroken: %(sealed)s rows sealed, %(unsealed)s not sealed yet."
                " Head: %(head)s",
                **{key: result[key] for key in ("sealed", "unsealed", "head")},
            )
        return self.env._(
            "The audit trail is broken at row %(seq)s (event %(id)s): %(reason)s.",
            seq=result["broken_seq"],
            id=result["broken_id"],
            reason=result["reason"],
        )

    @api.model
    def _cron_verify(self):
        """Every night; a broken trail is an activity for each compliance manager."""
        self.env["screening.subject"]._safely(self._verify_and_note)

    def action_verify(self):
        """Seal what is open, verify the whole chain and say the outcome.

        :raises AccessError: when the user is not of compliance
        """
        if not (
            self.env.user.has_group("restricted_party_screening.group_compliance")
            or self.env.user.has_group("restricted_party_screening.group_list_admin")
        ):
            raise AccessError(self.env._("Only compliance verifies the audit trail."))
        result = self._verify_and_note()
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success" if result["ok"] else "danger",
                "title": self.env._("Audit trail"),
                "message": self._say(result),
                "sticky": True,
            },
        }
