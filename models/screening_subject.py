# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

#: What screening a contact looks at.
_READ = ("partner_id", "state", "stamp", "fingerprint", "matcher_version", "error")


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
        domain = [("partner_id", "in", partners.ids)]
        subjects = self.sudo().search_fetch(domain, _READ)
        if len(subjects) == len(partners):
            return {subject.partner_id: subject for subject in subjects}
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
            ),
            # Somebody else made it at this moment: begin again and see it.
            log_exceptions=False,
        )
        self.invalidate_model()
        subjects = self.sudo().search_fetch(domain, _READ)
        return {subject.partner_id: subject for subject in subjects}

    def _get_checks(self):
        """What was compared when these contacts were last screened, and what was found."""
        return [
            {
                "partner": [subject.partner_id.id, subject.partner_id.display_name],
                "facts": subject.facts,
                "fingerprint": subject.fingerprint or "",
                "matcher": subject.matcher_version or "",
                "screened_at": fields.Datetime.to_string(subject.screened_at)
                if subject.screened_at
                else "",
                "outcome": subject.state,
                "hits": [
                    hit._get_snapshot()
                    for hit in subject.partner_id.screening_hit_ids
                    if hit.state != "closed"
                ],
            }
            for subject in self.sudo()
        ]
