# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .screening_input import read_reason


class ScreeningRetentionPurge(models.AbstractModel):
    """Deletes what may go, in one transaction, with an event that says so."""

    _inherit = "screening.retention"

    @api.model
    def purge(self, reason):
        """Delete what is past its retention period and under no legal hold, in all companies.

        :param reason: why now, for the audit trail
        :return: number of rows of the audit trail that were deleted
        :raises AccessError: when the user is not both system administrator and compliance manager
        :raises UserError: when nothing may go, or the audit trail is broken
        """
        self._check_may_purge()
        reason = read_reason(self.env, reason)
        events = self.env["screening.event"].sudo()
        events._seal_all()
        head = events._expect_unbroken()
        due = self._find_due()
        if not due:
            raise UserError(self._say_nothing_due(due))
        said = self.sudo()._delete_records(due)
        events._purge(
            due.rows,
            self.env._(
                "Deleted after retention: %(rows)s rows of the audit trail,"
                " %(exemptions)s licence exemptions, %(decisions)s decisions",
                rows=len(due.rows),
                exemptions=len(due.exemptions),
                decisions=len(due.decisions),
            ),
            {
                **said,
                "reason": reason,
                "head_before": head,
                "periods": self._get_periods(),
                "kept_by_holds": {hold.name: count for hold, count in due.held.items()},
            },
        )
        return len(due.rows)

    def _check_may_purge(self):
        user = self.env.user
        if not (
            user.has_group("base.group_system")
            and user.has_group("restricted_party_screening.group_compliance_manager")
        ):
            raise AccessError(
                self.env._(
                    "It concerns all companies: only a system administrator who is a compliance"
                    " manager deletes what is past its retention period."
                )
            )

    @api.model
    def _say_nothing_due(self, due):
        if due.held:
            return self.env._(
                "Nothing may be deleted: legal holds keep what is past its retention period (%s).",
                ", ".join(hold.name for hold in due.held),
            )
        oldest = self.env["screening.event"].sudo().search([], order="at, id", limit=1).at
        return self.env._(
            "Nothing is past its retention period. The oldest row of the audit trail is of"
            " %(day)s; the periods are those of the lists.",
            day=fields.Date.to_string(oldest) if oldest else "-",
        )

    @api.model
    def _get_preview(self):
        """:return: whether anything would be deleted now, and what, as lines of text"""
        due = self._find_due()
        if not due:
            return False, self._say_nothing_due(due)
        lines = [
            self.env._("Rows of the audit trail: %s", len(due.rows)),
            self.env._("Licence exemptions: %s", ", ".join(due.exemptions.mapped("name")) or "0"),
            self.env._("Decisions: %s", len(due.decisions)),
            *(
                self.env._("%(list)s: editions before %(edition)s", list=record.name, edition=kept)
                for record, kept in due.editions.items()
            ),
            *(
                self.env._("Kept by the legal hold “%(hold)s”: %(count)s", hold=hold.name, count=n)
                for hold, n in due.held.items()
            ),
        ]
        return True, "\n".join(lines)
