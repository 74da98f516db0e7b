# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from .screening_exemption import CONTENT_FIELDS

#: A refused one is corrected and asked for again.
EDITABLE = ("draft", "requested", "refused")


class ScreeningExemptionRecord(models.Model):
    """Who wrote what: every change is an event, and ends with the approval."""

    _inherit = "screening.exemption"

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        for record in records:
            record._sealed().write(
                {
                    "name": self.env["ir.sequence"].sudo().next_by_code("screening.exemption")
                    or "/",
                    "author_ids": [fields.Command.link(self.env.uid)],
                }
            )
            record._log(self.env._("recorded"))
        return records

    def write(self, vals):
        content = set(vals) & set(CONTENT_FIELDS)
        if content and not self._is_sealed_call():
            frozen = self.filtered(lambda record: record.state not in EDITABLE)
            if frozen:
                raise AccessError(
                    self.env._(
                        "“%(name)s” is %(state)s and is not edited any more."
                        " Make a new version of it.",
                        name=frozen[0].name,
                        state=dict(self._fields["state"]._description_selection(self.env))[
                            frozen[0].state
                        ],
                    )
                )
        result = super().write(vals)
        if content and not self._is_sealed_call():
            self._sealed().write({"author_ids": [fields.Command.link(self.env.uid)]})
            for record in self:
                record._log(self.env._("edited"))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        if any(record.state != "draft" for record in self) and not self._is_sealed_call():
            raise AccessError(
                self.env._("Only a draft is deleted; a requested exemption is refused or revoked.")
            )

    def _log(self, what, reason=""):
        record = self.sudo()
        self.env["screening.event"]._log_event(
            "exemption",
            record,
            self.env._("Licence exemption %(name)s: %(what)s", name=record.name, what=what),
            {**record._get_snapshot(), "close_reason": reason},
            record.company_id,
        )

    def _get_snapshot(self):
        self.ensure_one()
        snapshot = {
            name: str(self[name] or "")
            for name in CONTENT_FIELDS
            if self._fields[name].type in ("char", "text", "selection", "date")
        }
        return {
            **snapshot,
            "state": self.state,
            "company": self.company_id.name,
            "vendor": [self.partner_id.id, self.partner_id.display_name],
            "parties": [[hit.list_id.code, hit.party_uid, hit.listed_name] for hit in self.hit_ids],
            "orders": self.order_ids.mapped("name"),
            "ceiling": [self.amount_ceiling, self.currency_id.name],
            "quantity": [self.quantity_ceiling, self.quantity_uom_id.name or ""],
            "tolerance": self.tolerance,
            "products": self.product_ids.mapped("display_name"),
            "categories": self.category_ids.mapped("complete_name"),
            "version": self.version,
            "previous": self.previous_id.name or "",
            "requester": self.requester_id.login or "",
            "authors": sorted(self.author_ids.mapped("login")),
            "approver": self.approver_id.login or "",
            "attachments": [[item.name, item.checksum] for item in self.attachment_ids],
        }
