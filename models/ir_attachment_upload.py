# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, models
from odoo.exceptions import UserError

OURS = "screening."
LIST_FILE = "screening.list.update"
#: Content that a browser runs rather than shows, whoever uploaded it.
RUNS = re.compile(r"ht|xml(?!formats)|svg|script|flash", re.IGNORECASE)
MIB = 1 << 20
#: System parameters with their defaults, in MiB.
LIMITS = {"max_list_file_mb": 256, "max_document_mb": 25, "max_waiting_mb": 2048}
#: States of updates whose files are of no use to anybody but who uploaded them.
WAITING = ("draft", "queued", "reading", "read", "failed")


class IrAttachment(models.Model):
    """What is uploaded to screening records never runs in a browser, and has an end."""

    _inherit = "ir.attachment"

    def _check_contents(self, values):
        values = super()._check_contents(values)
        model = values.get("res_model") or self[:1].sudo().res_model or ""
        if str(model).startswith(OURS):
            # Lists and licences may well be HTML or XML: they are kept, and not served as such.
            if model == LIST_FILE:
                # Nor is all of a list's text put into the index of attachments.
                values["mimetype"] = "application/octet-stream"
            elif RUNS.search(values.get("mimetype") or ""):
                values["mimetype"] = "text/plain"
            content = values.get("raw")
            if content is None and values.get("datas"):
                size = len(values["datas"]) * 3 // 4
            else:
                size = len(content or b"")
            self._screening_check_size(model, size)
        return values

    def write(self, vals):
        if str(vals.get("res_model")).startswith(OURS) and "mimetype" not in vals:
            # Moved here from a record where an administrator's HTML is let be.
            for item in self.sudo().filtered(lambda item: RUNS.search(item.mimetype or "")):
                super(IrAttachment, item).write({"mimetype": "text/plain"})
        return super().write(vals)

    @api.model
    def _screening_check_size(self, model, size):
        """:raises UserError: when a file is too large, or too many wait that nobody applied"""
        limit = self._screening_limit(
            "max_list_file_mb" if model == LIST_FILE else "max_document_mb"
        )
        if size > limit * MIB:
            raise UserError(
                self.env._(
                    "The file has %(size)s MiB, and %(limit)s are allowed here.",
                    size=f"{size / MIB:.1f}",
                    limit=limit,
                )
            )
        if model == LIST_FILE and size:
            waiting = self._screening_waiting()
            limit = self._screening_limit("max_waiting_mb")
            if waiting + size > limit * MIB:
                raise UserError(
                    self.env._(
                        "List files that nobody applied take %(size)s MiB of the %(limit)s that are"
                        " allowed. Delete updates that are not needed first.",
                        size=f"{waiting / MIB:.1f}",
                        limit=limit,
                    )
                )

    @api.model
    def _screening_limit(self, name):
        text = (
            self.env["ir.config_parameter"].sudo().get_param(f"restricted_party_screening.{name}")
        )
        return int(text) if text and text.isdigit() else LIMITS[name]

    @api.model
    def _screening_waiting(self):
        """Bytes of the files of updates that are not, and were never, in force."""
        updates = self.env[LIST_FILE].sudo().search([("state", "in", WAITING)])
        [(size,)] = self.sudo()._read_group(
            [
                ("res_model", "=", LIST_FILE),
                ("res_id", "in", [*updates.ids, 0]),
                ("res_field", "in", (False, "file")),
            ],
            [],
            ["file_size:sum"],
        )
        return size or 0
