# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from contextlib import suppress

from odoo import api, models
from odoo.exceptions import AccessError

from .screening_sealed import SEAL

#: What a file says, and what is said of it.
CONTENT = {"datas", "raw", "db_datas", "store_fname", "checksum", "file_size", "index_content"}
CONTENT |= {"name", "description", "mimetype"}
#: Where it hangs.
PLACE = {"res_model", "res_id", "res_field"}
#: What turns it into a link to something else, or shows it to everybody.
DOORS = {"type", "url", "public", "access_token"}


class IrAttachment(models.Model):
    """Files of applied updates, requested exemptions, decided hits and legal holds are evidence."""

    _inherit = "ir.attachment"

    @api.model_create_multi
    def create(self, vals_list):
        files = super().create(vals_list)
        files._screening_refuse_second_file()
        return files

    def write(self, vals):
        # Less open than it was, it may always become.
        opened = {name for name in DOORS & set(vals) if vals[name] or name in ("type", "url")}
        if opened or (CONTENT | PLACE) & set(vals):
            self._screening_refuse_if_evidence()
        result = super().write(vals)
        if PLACE & set(vals):
            self._screening_refuse_second_file()
        return result

    def unlink(self):
        self._screening_refuse_if_evidence()
        return super().unlink()

    def generate_access_token(self):
        """Mails link to large files: by a word that is drawn, never by a given one."""
        sealed = self.with_context(screening_seal=SEAL)
        return super(IrAttachment, sealed).generate_access_token()

    def _migrate(self):
        """The same content goes to another storage."""
        return super(IrAttachment, self.with_context(screening_seal=SEAL))._migrate()

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
        for name in self._screening_kept_by():
            raise AccessError(self.env._("This file belongs to “%s” and is kept as it is.", name))

    def _screening_refuse_second_file(self):
        """A field has one file. A second one in the same place could be read in its stead."""
        for item in self.sudo().filtered("res_field"):
            if not (item.res_model or "").startswith("screening."):
                continue
            item._screening_refuse_if_evidence()
            place = [(name, "=", item[name]) for name in sorted(PLACE)]
            if self.sudo().search_count(place, limit=2) > 1:
                raise AccessError(self.env._("This field has a file already."))

    def _screening_kept_by(self):
        """Names of what these files are evidence of: they hang on it, or are its documents."""
        files = self.sudo().grouped("res_model")

        def ids_of(model):
            return [number for number in files.get(model, self.browse()).mapped("res_id") if number]

        def owners(model):
            return self.env[model].sudo().browse(ids_of(model)).exists()

        exemptions = self.env["screening.exemption"].sudo()
        named = exemptions.search([("attachment_ids", "in", self.ids)])
        hits = owners("screening.hit")
        hits |= owners("screening.case").partner_id.screening_hit_ids
        # Also what was decided once and is asked again.
        steps = self.env["screening.decision.log"].sudo().search([("hit_id", "in", hits.ids)])
        records = [
            *owners("screening.list.update").filtered(
                lambda update: update.state in ("applied", "rolled_back")
            ),
            *(named | owners("screening.exemption")).filtered(
                lambda record: record.state != "draft"
            ),
            *(hits.filtered("decision") | steps.hit_id),
            *owners("screening.decision.log"),
            *owners("screening.legal.hold"),
        ]
        names = [record.display_name for record in records]
        for model in ("screening.hit", "screening.case"):
            # PostgreSQL deletes hits with their contact; whether they were decided, nobody knows.
            if set(ids_of(model)) - set(owners(model).ids):
                names.append(self.env._("a contact that was deleted"))
        return names
