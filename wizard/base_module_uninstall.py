# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from ..models.screening_export import MODULE


class BaseModuleUninstall(models.TransientModel):
    """Says what goes, and what is left, before screening is uninstalled."""

    _inherit = "base.module.uninstall"

    screening_removed = fields.Text(compute="_compute_screening_removed")

    @api.depends("module_ids")
    def _compute_screening_removed(self):
        for wizard in self:
            concerned = MODULE in wizard._get_modules().mapped("name")
            wizard.screening_removed = wizard._screening_say_what_goes() if concerned else False

    def _screening_say_what_goes(self):
        def count(model, *domain):
            return self.env[model].sudo().search_count(list(domain))

        held = ("state", "=", "active")
        return self.env._(
            "Orders to restricted parties will no longer be held: %(holds)s are held now.\n"
            "Removed: %(events)s events of the audit trail, %(hits)s hits with their decisions,"
            " %(exemptions)s licence exemptions, %(parties)s listed parties, and all documents"
            " attached to them.\n"
            "Kept: one file with all of it, screening-evidence-….zip, under Settings > Technical >"
            " Attachments. It can be read, and its audit trail verified, without Odoo. Where it"
            " cannot be stored, nothing is uninstalled.",
            holds=count("screening.hold", held),
            events=count("screening.event"),
            hits=count("screening.hit"),
            exemptions=count("screening.exemption"),
            parties=count("screening.party"),
        )

    def action_screening_export(self):
        """Make the file now, before anything is removed."""
        return self.env["screening.export"].action_export()
