# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import json

from odoo import api, fields, models
from odoo.tools import SQL

from ..engine import chain
from .screening_rows import try_lock_rows

SEAL_BATCH = 5000
#: Kind of a row of which only the hashes are left: its retention period is over.
PURGED = "purged"


class ScreeningEvent(models.Model):
    """One row of the audit trail: what happened, as a snapshot that no merge can rewrite.

    A row is inserted with the hash of its own content by the transaction that acts, which
    locks nothing. The sealer binds committed rows into one chain afterwards.
    """

    _name = "screening.event"
    _inherit = "screening.sealed"
    _description = "Screening Event"
    _order = "id desc"
    _rec_name = "summary"

    kind = fields.Selection(
        [
            ("partner_check", "Vendor check"),
            ("order_check", "Order check"),
            ("try_check", "Check typed by a user"),
            ("batch_check", "Background screening"),
            ("flight_check", "Bill, payment or transfer check"),
            ("baseline", "Orders approved before"),
            ("alarm", "Alarm"),
            ("hold_start", "Order held"),
            ("hold_end", "Hold lifted"),
            ("decision", "Decision on a hit"),
            ("decision_reopened", "Decision reopened"),
            ("hit_closed", "Hit closed"),
            ("exemption", "Licence exemption"),
            ("use", "Licence exemption used"),
            ("update", "List update"),
            ("source", "List source"),
            ("policy", "Policy"),
            ("merge", "Contacts merged"),
            ("retention", "Legal hold"),
            ("purge", "Deletion after retention"),
            (PURGED, "Deleted after retention"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    at = fields.Datetime(string="When", required=True, readonly=True)
    summary = fields.Char(required=True, readonly=True)
    user_ref = fields.Integer(string="User ID", readonly=True)
    user_name = fields.Char(string="User", readonly=True)
    company_ref = fields.Integer(string="Company ID", readonly=True, index=True)
    company_name = fields.Char(string="Company", readonly=True)
    res_model = fields.Char(string="Model", readonly=True)
    res_ref = fields.Integer(string="Record ID", readonly=True)
    res_name = fields.Char(string="Record", readonly=True)
    payload = fields.Text(string="Details", readonly=True)
    payload_lines = fields.Text(string="Details, Line by Line", compute="_compute_payload_lines")
    content_hash = fields.Char(readonly=True)
    seq = fields.Integer(string="Sealed as", readonly=True)
    chain_hash = fields.Char(readonly=True)

    #: What a row's own hash commits to.
    _content_fields = (
        "kind",
        "at",
        "summary",
        "user_ref",
        "user_name",
        "company_ref",
        "company_name",
        "res_model",
        "res_ref",
        "res_name",
        "payload",
    )
    _record_idx = models.Index("(res_model, res_ref)")
    _seq_uniq = models.UniqueIndex("(seq) WHERE seq > 0")
    _unsealed_idx = models.Index("(id) WHERE seq IS NULL OR seq = 0")

    @api.depends("payload")
    def _compute_payload_lines(self):
        """For reading; what is hashed is one line without blanks."""
        for event in self:
            try:
                details = json.loads(event.payload or "{}")
                event.payload_lines = json.dumps(details, indent=2, ensure_ascii=False)
            except ValueError:
                event.payload_lines = event.payload  # somebody tampered with it

    # ---- writing ------------------------------------------------------------

    @api.model
    def _log_event(self, kind, record, summary, payload=None, company=None):
        """Add one row to the trail; the only writer of it.

        :param kind: one of the field's keys
        :param record: the recordset (one or none) it is about
        :param summary: one translated sentence
        :param payload: JSON-able snapshot; no links that could be rewritten later
        :param company: company it concerns, none when it concerns all
        """
        user = self.env.user
        record = record[:1]
        vals = {
            "kind": kind,
            "at": fields.Datetime.now(),
            "summary": summary,
            "user_ref": user.id,
            "user_name": user.name,
            "company_ref": company.id if company else 0,
            "company_name": company.name if company else "",
            "res_model": record._name,
            "res_ref": record.id or 0,
            "res_name": record.display_name if record else "",
            "payload": chain.canonical(payload or {}),
        }
        vals["content_hash"] = chain.content_hash(self._hashed_content(vals))
        return self._sealed().create(vals)

    @api.model
    def _hashed_content(self, vals):
        return {
            "kind": vals["kind"],
            "at": fields.Datetime.to_string(vals["at"]),
            "summary": vals["summary"] or "",
            "user": [vals["user_ref"] or 0, vals["user_name"] or ""],
            "company": [vals["company_ref"] or 0, vals["company_name"] or ""],
            "record": [vals["res_model"] or "", vals["res_ref"] or 0, vals["res_name"] or ""],
            "payload": vals["payload"] or "",
        }

    # ---- sealing ------------------------------------------------------------

    @api.model
    def _get_head(self):
        """The one row that says where the chain ends."""
        return self.env.ref("restricted_party_screening.screening_chain_main").sudo()

    @api.model
    def _seal_batch(self, limit=SEAL_BATCH):
        """Bind committed, unsealed rows to the chain.

        :return: number of rows sealed; 0 when another transaction is sealing
        """
        head = try_lock_rows(self._get_head())
        if not head:
            return 0
        head.invalidate_recordset()
        self.flush_model()
        rows = self.env.execute_query(
            SQL(
                "SELECT id, content_hash FROM screening_event"
                " WHERE seq IS NULL OR seq = 0 ORDER BY id LIMIT %s",
                limit,
            )
        )
        if not rows:
            return 0
        seq, link = head.last_seq, head.last_hash or chain.GENESIS
        sealed = []
        for event_id, content in rows:
            seq += 1
            link = chain.link_hash(link, content or "")
            sealed.append((event_id, seq, link))
        self.env.cr.execute_values(
            "UPDATE screening_event e SET seq = v.seq, chain_hash = v.link"
            " FROM (VALUES %s) AS v(id, seq, link) WHERE e.id = v.id",
            sealed,
        )
        self.invalidate_model(["seq", "chain_hash"])
        head._sealed().write({"last_seq": seq, "last_hash": link})
        return len(rows)

    @api.model
    def _seal_all(self):
        """Seal what is open, unless Odoo serves a page with a cursor that only reads."""
        while not self.env.cr.readonly and self._seal_batch():
            pass

    @api.model
    def _cron_seal(self):
        """Seal what has been committed since the last run, batch by batch."""
        subjects = self.env["screening.subject"]
        while done := subjects._safely(self._seal_batch):
            remaining = self.sudo().search_count([("seq", "in", [False, 0])])
            if not self.env["ir.cron"]._commit_progress(done, remaining=remaining):
                break

    def _payload(self):
        self.ensure_one()
        return self._read_payload(self.payload)

    @api.model
    def _read_payload(self, text):
        return json.loads(text or "{}")
