# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError


class ScreeningListAsOf(models.Model):
    """What a list said at a past moment. Rows are versioned, so no copies are needed for it."""

    _inherit = "screening.list"

    def parties_as_of(self, moment):
        """Listed parties as this list said them at a past moment.

        :param moment: datetime in UTC, or its text as Odoo writes it
        :return: screening.party records; empty when no edition was in force then
        """
        if len(self) != 1:
            raise UserError(self.env._("Choose one list."))
        try:
            moment = fields.Datetime.to_datetime(moment)
        except (ValueError, TypeError):
            moment = None
        if not moment:
            raise UserError(self.env._("Give a moment such as 2019-10-09 12:00:00."))
        line = self._get_line_as_of(moment)
        if self._was_purged(line):
            raise UserError(
                self.env._("What this list said then was deleted after its retention period.")
            )
        parties = self.env["screening.party"]
        return parties.search(line._get_party_domain()) if line else parties

    def _get_line_as_of(self, moment):
        """What one update did to this list that was in force at a moment; none before the first."""
        self.ensure_one()
        return (
            self.env["screening.list.update.line"]
            .sudo()
            .search(
                [
                    ("list_id", "=", self.id),
                    ("edition", ">", 0),
                    ("update_id.applied_at", "<=", moment),
                ],
                order="edition desc, id desc",
                limit=1,
            )
        )

    def _was_purged(self, line):
        """Whether what this list said with an update is gone after its retention period."""
        return bool(self.kept_from and line.edition < self.kept_from)


class ScreeningListUpdateLineAsOf(models.Model):
    """The edition that one update made of one list, with what proves it."""

    _inherit = "screening.list.update.line"

    applied_at = fields.Datetime(related="update_id.applied_at", string="In Force From")
    file_sha256 = fields.Char(related="update_id.file_sha256")

    def _get_party_domain(self):
        """The listed parties as this edition says them."""
        self.ensure_one()
        return [
            ("list_id", "=", self.list_id.id),
            ("edition_from", ">", 0),
            ("edition_from", "<=", self.edition),
            "|",
            ("edition_to", "=", 0),
            ("edition_to", ">", self.edition),
        ]
