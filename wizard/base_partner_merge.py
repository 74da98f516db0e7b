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
        self._screening_refuse_merge(partners)
        before = [[partner.id, partner.display_name] for partner in partners]
        hits = partners.screening_hit_ids
        snapshots = {hit.id: hit._get_snapshot() for hit in hits}
        result = super()._merge(partner_ids, dst_partner, extra_checks)
        kept = partners.exists()
        gone = set(snapshots) - set(hits.exists().ids)
        if len(kept) < len(partners):
            self.env["screening.event"]._log_event(
                "merge",
                kept,
                self.env._("Contacts merged"),
                {
                    "from": before,
                    "into": [[partner.id, partner.display_name] for partner in kept],
                    # Where both had a hit on one listed party, core's SQL leaves one of them.
                    "hits": [snapshots[number] for number in sorted(gone)],
                },
            )
            kept._screening_concerned()._screening_after_change()
            # Hits came along by SQL, also where screening finds nothing new.
            self.env["screening.case"]._refresh(kept)
        return result

    def _screening_refuse_merge(self, partners):
        """Nobody who may be a restricted party, or stands under one, leaves it by a merge."""
        gate = self.env["screening.gate"]
        chains = {partner: gate._chain_of(partner) for partner in partners}
        hits = gate._find_hits(partners.union(*chains.values()))
        # Two contacts of one held firm may be one person: they stay under the same parents.
        same_parents = len({hits.partner_id & chain for chain in chains.values()}) == 1
        if len(partners) < 2 or not hits or (same_parents and not hits.partner_id & partners):
            return
        hit = hits.filtered(lambda hit: hit.partner_id in partners)[:1] or hits[:1]
        raise UserError(
            self.env._(
                "“%(contact)s” cannot be merged: it may be a restricted party (%(list)s)."
                " Compliance decides that first; contacts that are a listed party stay apart.",
                contact=hit.partner_id.display_name,
                list=hit.list_id.name,
            )
        )
