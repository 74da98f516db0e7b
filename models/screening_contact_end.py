# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import html2plaintext

from .screening_sealed import SEAL


class ResPartner(models.Model):
    """What was found and decided about a contact outlives it."""

    _inherit = "res.partner"

    def unlink(self):
        """Its hits and its case go; the audit trail and the log of decisions keep what they held.

        Files move to the last decision they were about, remarks into the audit trail.
        """
        self.check_access("unlink")
        # PostgreSQL would take their parent from those who stay, past every check.
        dying = self.sudo().with_context(active_test=False)
        staying = dying.search([("parent_id", "in", self.ids), ("id", "not in", self.ids)])
        staying._screening_refuse_detaching(False)
        hits = self.env["screening.hit"].sudo().search([("partner_id", "in", self.ids)])
        cases = self.env["screening.case"].sudo().search([("partner_id", "in", self.ids)])
        for hit in hits:
            case = cases.filtered(lambda case, hit=hit: case.partner_id == hit.partner_id)
            hit._screening_outlive(case)
        # Not left to PostgreSQL: activities and remarks would stay behind, about nothing.
        cases._sealed().unlink()
        hits._sealed().unlink()
        return super().unlink()


class ScreeningHit(models.Model):
    _inherit = "screening.hit"

    def _screening_outlive(self, case):
        """Say in the audit trail what ends, and save what hangs on it.

        :param case: the case of the same contact, in sudo
        """
        files = self.env["ir.attachment"].sudo()
        for record in (self, case):
            files |= files.search([("res_model", "=", record._name), ("res_id", "in", record.ids)])
        remarks = [*_remarks(self), *_remarks(case)]
        if self.state == "closed" and not files and not remarks:
            return
        self.env["screening.event"]._log_event(
            "hit_closed",
            self,
            self.env._("“%s” closed: its contact was deleted", self.display_name),
            {
                **self._get_snapshot(),
                "files": [[file.name, file.checksum] for file in files],
                "remarks": remarks,
            },
        )
        log = self.env["screening.decision.log"].sudo().search([("hit_id", "=", self.id)], limit=1)
        if log:
            place = {"res_model": log._name, "res_id": log.id}
            files.with_context(screening_seal=SEAL).write(place)


def _remarks(records):
    """What people wrote beside a record: ``[when, who, text]``."""
    return [
        [
            fields.Datetime.to_string(message.date),
            message.author_id.name or message.email_from or "",
            html2plaintext(message.body),
        ]
        for message in records.message_ids.sorted("id")
        if message.message_type == "comment"
    ]
