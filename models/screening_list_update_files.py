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

    def _pack_files(self):
        """Put all files of a set into one, with the reader's own rights to each of them."""
        self.ensure_one()
        attachments = self.more_file_ids
        if not attachments:
            return
        files = [(self.filename or "list", self._file_data())] if self.file else []
        files += [(item.name, item.raw or b"") for item in attachments.sorted("id")]
        if len(files) == 1:
            [(name, content)] = files
            listed = False
        else:
            name = f"{PurePath(files[0][0]).stem}.zip"
            content = lists.pack(files)
            listed = lists.describe(files)
        self._sealed().write(
            {
                "file": base64.b64encode(content),
                "filename": name,
                "file_list": listed,
                "more_file_ids": [fields.Command.clear()],
            }
        )
        # What was uploaded here for this alone is in the archive now.
        attachments.filtered(
            lambda item: item.res_model == self._name and item.res_id in (0, self.id)
        ).unlink()
