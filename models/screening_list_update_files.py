# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
from pathlib import PurePath

from odoo import fields, models

from .. import lists


class ScreeningListUpdateFiles(models.Model):
    """A list that comes as several files (OFAC's CSV set) is kept as one archive of them."""

    _inherit = "screening.list.update"

    more_file_ids = fields.Many2many(
        "ir.attachment",
        "screening_list_update_file_rel",
        "update_id",
        "attachment_id",
        string="Further Files of the Same Set",
        copy=False,
        help="For a list that is published as several files: beside OFAC's sdn.csv its add.csv,"
        " alt.csv and sdn_comments.csv.",
    )
    file_list = fields.Text(
        string="Files", readonly=True, copy=False, help="Name, size and SHA-256 of each."
    )

    def _create_from_files(self, files, own):
        """An update of one file, or of the files of one set.

        :param files: name and content of each
        :param own: the company's own list they are for; empty for official ones
        """
        values = self._values_of_files(files)
        return self._sealed().create({**values, "list_id": own.id}).with_env(self.env)

    def _values_of_files(self, files):
        if len(files) == 1:
            [(name, content)] = files
            listed = False
        else:
            name = f"{PurePath(files[0][0]).stem}.zip"
            content = lists.pack(files)
            listed = lists.describe(files)
        return {"file": base64.b64encode(content), "filename": name, "file_list": listed}

    def _pack_files(self):
        """Put all files of a set into one, with the caller's own rights to each of them."""
        self.ensure_one()
        attachments = self.more_file_ids
        if not attachments:
            return
        files = [(self.filename or "list", self._file_data())] if self.file else []
        files += [(item.name, item.raw or b"") for item in attachments.sorted("id")]
        self._sealed().write(
            {**self._values_of_files(files), "more_file_ids": [fields.Command.clear()]}
        )
        # What was uploaded here for this alone is in the archive now.
        attachments.filtered(
            lambda item: item.res_model == self._name and item.res_id in (0, self.id)
        ).unlink()
