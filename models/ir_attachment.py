# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from contextlib import suppress

from odoo import models
from odoo.exceptions import AccessError

from .screening_sealed import SEAL

CONTENT = {"datas", "raw", "db_datas", "store_fname", "res_model", "res_id", "res_field", "name"}


class IrAttachment(models.Model):
    """Files of applied updates and of requested exemptions are evidence."""

    _inherit = "ir.attachment"

    def write(self, vals):
        if CONTENT & set(vals):
            self._screening_refuse_if_evidence()
        return super().write(vals)

    def unlink(self):
        self._screening_refuse_if_evidence()
        return super().unlink()

    def _file_write(self, bin_value, checksum):
        """Half a file on a full disk would keep the whole one out for ever: it "collides"."""
        try:
            return super()._file_write(bin_value, checksum)
        except OSError:
            with suppress(OSError):
                os.unlink(self._full_path(f"{checksum[:2]}/{checksum}"))
            raise

    def _screening_refuse_if_evidence(self):
        if self.env.context.get("screening_seal") is SEAL:
            return  # deleted with what it belongs to, after its retention period
        files = self.sudo().filtered(lambda item: item.res_model == "screening.list.update")
        updates = self.env["screening.list.update"].sudo().browse(files.mapped("res_id")).exists()
        kept = updates.filtered(lambda update: update.state in ("applied", "rolled_back"))
        exemptions = (
            self.env["screening.exemption"]
            .sudo()
            .search(
                [
                    ("attachment_ids", "in", self.ids),
                    ("state", "!=", "draft"),
                ],
                limit=1,
            )
        )
        for record in (*kept, *exemptions):
            raise AccessError(
                self.env._("This file belongs to “%s” and is kept as it is.", record.display_name)
            )
