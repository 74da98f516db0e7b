# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ScreeningClassification(models.Model):
    """Export control classification of a product.

    A record of its own and not a field of the product: who may edit products must not choose by
    it which licence exemption covers an order.
    """

    _name = "screening.classification"
    _description = "Export Classification"
    _rec_name = "product_tmpl_id"
    _order = "eccn, id"

    product_tmpl_id = fields.Many2one(
        "product.template", string="Product", required=True, ondelete="cascade"
    )
    eccn = fields.Char(
        string="ECCN", required=True, help="Such as 5A992.c, or EAR99 when no number fits."
    )
    source = fields.Char(help="Who classified it: the manufacturer, a ruling, yourself.")

    _product_uniq = models.Constraint(
        "UNIQUE(product_tmpl_id)", "This product is classified already."
    )

    @api.constrains("eccn")
    def _check_eccn(self):
        for record in self:
            if not re.fullmatch(r"EAR99|[0-9][A-E][0-9]{3}(\.[A-Z0-9.]+)?", record.eccn):
                raise ValidationError(
                    self.env._("“%s” is not an ECCN such as 5A992.c or EAR99.", record.eccn)
                )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create([self._capitals(vals) for vals in vals_list])
        records._log(self.env._("classified"))
        return records

    def write(self, vals):
        result = super().write(self._capitals(vals))
        self._log(self.env._("classified anew"))
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_log(self):
        self._log(self.env._("no longer classified"))

    def _capitals(self, vals):
        eccn = vals.get("eccn")
        return {**vals, "eccn": eccn.strip().upper()} if isinstance(eccn, str) else vals

    def _log(self, what):
        for record in self:
            self.env["screening.event"]._log_event(
                "policy",
                record,
                self.env._(
                    "“%(product)s” %(what)s: %(eccn)s",
                    product=record.product_tmpl_id.display_name,
                    what=what,
                    eccn=record.eccn,
                ),
                {"eccn": record.eccn, "source": record.source or ""},
            )


class ProductTemplate(models.Model):
    _inherit = "product.template"

    screening_classification_ids = fields.One2many(
        "screening.classification", "product_tmpl_id", groups="base.group_user", copy=False
    )
    screening_eccn = fields.Char(
        string="ECCN", compute="_compute_screening_eccn", groups="base.group_user"
    )

    @api.depends("screening_classification_ids.eccn")
    def _compute_screening_eccn(self):
        for template in self:
            template.screening_eccn = template.sudo().screening_classification_ids.eccn
