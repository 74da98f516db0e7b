# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from contextlib import suppress

from odoo import models
from odoo.exceptions import AccessError

from .screening_sealed import SEAL

CONTENT = {"datas", "raw", "db_datas", "store_fname", "res_model", "res_id", "res_field", "name"}


class IrAttachment(models.Model):
    """Files of applied updates, requested exemptions, decided hits and legal holds are evidence."""

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
        for record in self._screening_kept():
            raise AccessError(
                self.env._("This file belongs to “%s” and is kept as it is.", record.display_name)
            )

    def _screening_kept(self):
        """Records that are evidence with these files: attached, or named as their documents."""
        files = self.sudo().grouped("res_model")

        def owners(model):
            mine = files.get(model, self.browse())
            return self.env[model].sudo().browse(mine.mapped("res_id")).exists()

        exemptions = self.env["screening.exemption"].sudo()
        named = exemptions.search([("attachment_ids", "in", self.ids)])
        hits = owners("screening.hit")
        hits |= owners("screening.case").partner_id.screening_hit_ids
        return [
            *owners("screening.list.update").filtered(
                lambda update: update.state in ("applied", "rolled_back")
            ),
            *(named | owners("screening.exemption")).filtered(
                lambda record: record.state != "draft"
            ),
            *hits.filtered("decision"),
            *owners("screening.decision.log"),
            *owners("screening.legal.hold"),
        ]
