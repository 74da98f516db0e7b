# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a licence exemption is limited to is not deleted: with no limit left it would cover all."""

from odoo import api, models
from odoo.exceptions import UserError


def _refuse_if_named(records, field):
    env = records.env
    exemption = env["screening.exemption"].sudo().search([(field, "in", records.ids)], limit=1)
    if exemption:
        raise UserError(
            env._(
                "“%(record)s” is named by the licence exemption %(exemption)s and is kept.",
                record=(exemption[field] & records.sudo())[0].display_name,
                exemption=exemption.name,
            )
        )


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_exempted(self):
        _refuse_if_named(self, "partner_id")


class ProductProduct(models.Model):
    _inherit = "product.product"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_exempted(self):
        _refuse_if_named(self, "product_ids")


class ProductCategory(models.Model):
    _inherit = "product.category"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_exempted(self):
        _refuse_if_named(self, "category_ids")


class PurchaseOrder(models.Model):
    """Kept is an order that somebody tried to confirm under a hold, or that used an exemption."""

    _inherit = "purchase.order"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_exempted(self):
        _refuse_if_named(self, "order_ids")

    @api.ondelete(at_uninstall=False)
    def _unlink_except_evidence(self):
        """Until its period is over and the audit trail says nothing of it any more."""
        mine = [("order_id", "in", self.ids)]
        kept = self.env["screening.hold"].sudo().search([*mine, ("parked", "=", True)]).order_id
        for model in ("screening.exemption.tick", "screening.exemption.use"):
            kept |= self.env[model].sudo().search(mine).order_id
        told = self.env["screening.event"].sudo()
        for order in kept:
            if told.search_count([("res_model", "=", self._name), ("res_ref", "=", order.id)], 1):
                raise UserError(
                    self.env._(
                        "“%s” was held by the screening, or used a licence exemption: what was"
                        " found and decided about it is kept. Leave it cancelled.",
                        order.display_name,
                    )
                )
        # Holds that nobody ran into go too; PostgreSQL's cascade would leave their remarks behind.
        self.env["screening.hold"].sudo().search(mine)._sealed().unlink()
