# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import UserError


class ResPartner(models.Model):
    """Another parent is no way out of a hold, nor into somebody else's exemption."""

    _inherit = "res.partner"

    def _screening_refuse_detaching(self, parent_id):
        """To leave a parent that may be a restricted party is no way out of a hold."""
        if self.env.user.has_group("restricted_party_screening.group_compliance"):
            return
        # Whatever is no whole number is no parent to Odoo, also where Python says that it is equal.
        parent_id = parent_id if type(parent_id) is int else False
        self._screening_refuse_joining(parent_id)
        leaving = self.sudo().filtered(lambda p: p.parent_id and p.parent_id.id != parent_id)
        if not leaving:
            return
        gate = self.env["screening.gate"]
        if hit := gate._find_hits(gate._chain_of(leaving.parent_id))[:1]:
            self._screening_refuse_move(
                leaving[0],
                self.env._(
                    "“%(contact)s” stays under “%(parent)s”, which may be a restricted party"
                    " (%(list)s). Compliance decides that first, or moves the contact.",
                    contact=leaving[0].display_name,
                    parent=leaving[0].parent_id.display_name,
                    list=hit.list_id.name,
                ),
            )

    def _screening_refuse_joining(self, parent_id):
        """Who is listed for itself does not move under a vendor whose exemption covers all there.

        Nobody would be asked: each hit of the vendor's contacts is covered once it is confirmed.
        """
        joining = self.sudo().filtered(lambda p: parent_id and p.parent_id.id != parent_id)
        hit = joining and self.env["screening.gate"]._find_hits(joining)[:1]
        if not hit:
            return
        parent = self.sudo().browse(parent_id)
        wide = [
            ("reach", "=", "vendor"),
            ("state", "in", ("draft", "requested", "approved", "suspended")),
            ("partner_id.commercial_partner_id", "=", parent.commercial_partner_id.id),
        ]
        if self.env["screening.exemption"].sudo().search_count(wide, limit=1):
            self._screening_refuse_move(
                joining[0],
                self.env._(
                    "“%(contact)s” may be a restricted party itself (%(list)s). Compliance decides"
                    " that first, or moves the contact under “%(parent)s”.",
                    contact=hit.partner_id.display_name,
                    list=hit.list_id.name,
                    parent=parent.display_name,
                ),
            )

    def _screening_refuse_move(self, contact, reason):
        """:raises UserError: with the reason, of which an outsider reads nothing"""
        wording = self.env["screening.wording"]
        raise UserError(wording._to_outsider(contact) if wording._is_outsider() else reason)
