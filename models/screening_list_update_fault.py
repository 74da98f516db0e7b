# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import UserError

from .screening_guard import GUARDS, OF_THE_FILE
from .screening_input import is_number


class ScreeningListUpdateFault(models.Model):
    """A file that was refused as a whole, and what somebody who answers for it takes of it."""

    _inherit = "screening.list.update"

    fault = fields.Selection(
        [(code, label) for code, label in GUARDS if code in OF_THE_FILE],
        readonly=True,
        copy=False,
        help="Why the file was refused, where part of it may be taken for a reason.",
    )
    accepted = fields.Json(
        readonly=True, copy=False, help="Faults that somebody answers for: who, why, and which."
    )

    def _accept_fault(self, reason, list_id):
        """Note who answers for what; the file is read as far as it goes the next time.

        :param list_id: of an empty file, the list that it says is empty
        """
        lists = self.env["screening.list"]
        record = lists.browse(list_id if is_number(list_id) else 0).exists() or self.list_id
        if self.fault == "empty" and not record:
            raise UserError(self.env._("Say which list is empty now."))
        entry = {
            "fault": self.fault,
            "reason": reason,
            "user": self.env.uid,
            "message": self.error,
            "list": record.id if self.fault == "empty" else False,
        }
        self.env["screening.event"]._log_event(
            "update",
            self,
            self.env._("“%s” is taken as far as it goes", self.name),
            {
                "fault": self.fault,
                "reason": reason,
                "message": self.error,
                "list": record.code if self.fault == "empty" else "",
                "sha256": self.file_sha256,
            },
        )
        self._sealed().write({"accepted": [*(self.accepted or []), entry]})

    def _accepted_faults(self):
        return [entry["fault"] for entry in self.accepted or []]

    def _accepted_guards(self):
        """The faults that were accepted, as values of guards that are overridden already."""
        return [
            {
                "code": entry["fault"],
                "list_id": entry["list"],
                "message": entry["message"],
                "override_reason": entry["reason"],
                "override_user_id": entry["user"],
            }
            for entry in self.accepted or []
        ]

    def _read_as_empty(self):
        """An empty file says that a list has no party any more."""
        [list_id] = [entry["list"] for entry in self.accepted if entry["fault"] == "empty"]
        record = self.env["screening.list"].sudo().browse(list_id)
        gone = self.env["screening.party"].search(
            [("list_id", "=", record.id), ("in_force", "=", True)]
        )
        self.env["screening.list.update.line"]._sealed().create(
            {
                "update_id": self.id,
                "list_id": record.id,
                "base_edition": record.edition,
                "removed": len(gone),
                "closing_ids": gone.ids,
                "removed_ids": gone.ids,
            }
        )
        return {
            "state": "read",
            "format": record.update_id.format,
            "format_title": self.env._("Empty file"),
            "complete": True,
        }
