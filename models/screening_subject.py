# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.tools import SQL

from .. import engine

_logger = logging.getLogger(__name__)

BATCH = 200


class ScreeningSubject(models.Model):
    """When a contact was last screened, against what, and how it came out.

    It stands beside the contact, not on it: a buyer may write contacts, nobody writes this.
    """

    _name = "screening.subject"
    _inherit = "screening.sealed"
    _description = "Screened Contact"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="cascade")
    state = fields.Selection(
        [
            ("not_screened", "Not screened"),
            ("no_match", "No match found"),
            ("review", "To review"),
            ("confirmed", "Same party"),
        ],
        default="not_screened",
        required=True,
        readonly=True,
    )
    stamp = fields.Integer(
        readonly=True, help="Last list update applied when this contact was screened; -1: never."
    )
    fingerprint = fields.Char(readonly=True)
    facts = fields.Json(readonly=True, help="What was compared.")
    screened_at = fields.Datetime(readonly=True)
    matcher_version = fields.Char(readonly=True)
    error = fields.Char(readonly=True, help="Why screening failed, empty when it did not.")

    _partner_uniq = models.Constraint("UNIQUE(partner_id)", "A contact is screened as one.")
    _stamp_idx = models.Index("(stamp, id)")

    @api.model
    def _ensure(self, partners):
        """Subjects of contacts, made where missing, as ``{partner: subject}``."""
        self.flush_model()
        partners.flush_recordset(["name"])
        self.env.cr.execute(
            SQL(
                "INSERT INTO screening_subject (partner_id, state, stamp, create_uid, create_date)"
                " SELECT id, 'not_screened', -1, %s, now() AT TIME ZONE 'UTC' FROM res_partner"
                " WHERE id = ANY(%s) AND NOT EXISTS"
                " (SELECT FROM screening_subject s WHERE s.partner_id = res_partner.id)"
                " ON CONFLICT (partner_id) DO NOTHING",
                self.env.uid,
                partners.ids,
            )
        )
        self.invalidate_model()
        subjects = self.sudo().search([("partner_id", "in", partners.ids)])
        return {subject.partner_id: subject for subject in subjects}

    def _set_screened(self, stamp, fingerprint, facts, log, moved=False):
        """Store the outcome of a screening.

        :param moved: its hits changed, so the row is written whatever else stayed: who approves
            an order at the same time must notice
        :return: whether the outcome changed
        """
        self.ensure_one()
        before = (self.state, self.fingerprint)
        state = self._state_from_hits()
        values = {
            "state": state,
            "stamp": stamp,
            "fingerprint": fingerprint,
            "facts": facts,
            "matcher_version": engine.MATCHER_VERSION,
            "error": False,
        }
        changed = before != (state, fingerprint)
        if not changed and not moved and self.stamp == stamp:
            return False
        values["screened_at"] = fields.Datetime.now()
        self._sealed().write(values)
        if moved:
            self._meet(self.partner_id)
        if changed and log:
            hits = self.partner_id.sudo().screening_hit_ids.filtered(
                lambda hit: hit.state != "closed"
            )
            self.env["screening.event"]._log_event(
                "partner_check",
                self.partner_id,
                self.env._(
                    "Vendor check of “%(name)s”: %(outcome)s",
                    name=self.partner_id.display_name,
                    outcome=dict(self._fields["state"]._description_selection(self.env))[state],
                ),
                {
                    "facts": facts,
                    "fingerprint": fingerprint,
                    "matcher": engine.MATCHER_VERSION,
                    "outcome": state,
                    "hits": [hit._get_snapshot() for hit in hits],
                    "editions": self.env["screening.list"]._get_loaded()._get_editions(),
                },
            )
        return before[0] != state

    def _state_from_hits(self):
        hits = (
            self.env["screening.hit"]
            .sudo()
            .search(
                [
                    ("partner_id", "=", self.partner_id.id),
                    ("state", "!=", "closed"),
                    ("counts", "=", True),
                ]
            )
        )
        states = set(hits.filtered(lambda hit: not hit.leader_id).mapped("state"))
        if "open" in states:
            return "review"
        if "same" in states:
            return "confirmed"
        return (
            "no_match" if self.env["screening.list"].sudo()._has_any_edition() else "not_screened"
        )

    def _refresh_state(self):
        for subject in self:
            if subject.stamp >= 0:
                state = subject._state_from_hits()
                if state != subject.state:
                    subject._sealed().write({"state": state})
