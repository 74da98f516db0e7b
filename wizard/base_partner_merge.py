# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class BasePartnerMergeAutomaticWizard(models.TransientModel):
    _inherit = "base.partner.merge.automatic.wizard"

    def _merge(self, partner_ids, dst_partner=None, extra_checks=True):
        """Core merges by SQL, past every constraint: a held vendor must not vanish into another."""
        partners = self.env["res.partner"].sudo().browse(partner_ids).exists()
        self.env["screening.subject"].sudo()._meet(partners)
        hits = (
            self.env["screening.hit"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", partners.ids),
                    ("state", "in", ("open", "same")),
                    ("counts", "=", True),
                ],
                limit=1,
            )
        )
        if hits and len(partners) > 1:
            raise UserError(
                self.env._(
                    "“%(contact)s” cannot be merged: it may be a restricted party (%(list)s)."
                    " Compliance decides that first; contacts that are a listed party stay apart.",
                    contact=hits.partner_id.display_name,
                    list=hits.list_id.name,
                )
            )
        before = [[partner.id, partner.display_name] for partner in partners]
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        kept = partners.exists()
        if len(kept) < len(partners):
            self.env["screening.event"]._log_event(
                "merge",
                kept,
                self.env._("Contacts merged"),
                {
                    "from": before,
                    "into": [[partner.id, partner.display_name] for partner in kept],
                },
            )
            kept._screening_concerned()._screening_after_change()
        return result
