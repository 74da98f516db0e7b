# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import re

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .screening_exemption_basis import ENTITY_LIST
from .screening_request import Shortfall

REACHES = [
    ("hits", "This vendor as these listed parties"),
    ("party", "These listed parties, whichever contact they are"),
    ("vendor", "This vendor on these lists"),
]


def split_eccns(text):
    """Classification numbers of a text, in capitals."""
    return [part for part in re.split(r"[\s,;]+", (text or "").upper()) if part]


class ScreeningExemptionScope(models.Model):
    """What an exemption is limited to besides party and time: goods, quantity, value."""

    _inherit = "screening.exemption"

    reach = fields.Selection(
        REACHES,
        string="Covers",
        default="hits",
        required=True,
        help="Each hit must have been decided as the same party before anything covers it.",
    )
    product_ids = fields.Many2many(
        "product.product", string="Only Products", ondelete="restrict", help="Empty: any goods."
    )
    category_ids = fields.Many2many(
        "product.category",
        string="Only Product Categories",
        ondelete="restrict",
        help="With all categories below them.",
    )
    eccns = fields.Char(
        string="Only ECCNs",
        help="Classification numbers with commas between, such as 5A992, EAR99. A number covers"
        " its paragraphs: 5A992 covers 5A992.c.",
    )
    quantity_ceiling = fields.Float(
        string="Quantity", help="Total of the goods it covers; 0 for no limit."
    )
    quantity_uom_id = fields.Many2one("uom.uom", string="Unit", ondelete="restrict")
    quantity_used = fields.Float(readonly=True, copy=False)
    quantity_left = fields.Float(compute="_compute_quantity_left")
    tolerance = fields.Float(
        string="Tolerance (%)",
        help="How far the last order may go over value and quantity, where the authority allows"
        " it. Nothing is left of it once the whole is used.",
    )
    on_entity_list = fields.Boolean(compute="_compute_on_entity_list")

    _quantity_positive = models.Constraint(
        "CHECK(quantity_ceiling >= 0)", "A quantity is not negative."
    )
    _tolerance_range = models.Constraint(
        "CHECK(tolerance >= 0 AND tolerance <= 100)", "A tolerance is between 0 and 100 %."
    )

    @api.depends("quantity_ceiling", "quantity_used")
    def _compute_quantity_left(self):
        for record in self:
            record.quantity_left = max(0.0, record.quantity_ceiling - record.quantity_used)

    @api.depends("hit_ids.list_id.code")
    def _compute_on_entity_list(self):
        for record in self:
            record.on_entity_list = ENTITY_LIST in record.hit_ids.list_id.mapped("code")

    @api.constrains("quantity_ceiling", "quantity_uom_id")
    def _check_quantity(self):
        for record in self:
            if record.quantity_ceiling and not record.quantity_uom_id:
                raise ValidationError(self.env._("Say in which unit the quantity is counted."))

    # ---- what is missing ----------------------------------------------------

    def _get_shortfall(self, request):
        """What this exemption lacks to cover a request; ``None`` when it suffices."""
        self.ensure_one()
        stranger = self._find_outside_scope(request)
        if stranger:
            return Shortfall(4, "scope", stranger)
        own = self.use_ids.filtered(lambda use: use.state == "reserved" and request.owns(use))
        if self.amount_ceiling:
            used = self.amount_used - sum(own.mapped("amount"))
            over = self._over(used, self._convert(request), self.amount_ceiling)
            if self.currency_id.compare_amounts(over, 0.0) > 0:
                shown = self.currency_id.format(over)
                text = (
                    self.env._("%s over its ceiling and its tolerance", shown)
                    if self.tolerance and used < self.amount_ceiling
                    else self.env._("%s over its ceiling", shown)
                )
                return Shortfall(2, "value", text)
        if self.quantity_ceiling:
            used = self.quantity_used - sum(own.mapped("quantity"))
            over = self._over(used, self._count(request), self.quantity_ceiling)
            if self.quantity_uom_id.compare(over, 0.0) > 0:
                shown = f"{self.quantity_uom_id.round(over):g} {self.quantity_uom_id.name}"
                text = (
                    self.env._("%s over its quantity and its tolerance", shown)
                    if self.tolerance and used < self.quantity_ceiling
                    else self.env._("%s over its quantity", shown)
                )
                return Shortfall(3, "quantity", text)
        unticked = self._get_unticked(request.order._origin) if request.order else ()
        if unticked:
            text = self.env._("conditions to confirm for this order: %s", "; ".join(unticked))
            return Shortfall(1, "conditions", text)
        return None

    def _over(self, used, asked, ceiling):
        """By how much a claim exceeds what is left.

        A tolerance belongs to the order that uses the rest up; once all is used there is none.
        """
        limit = ceiling * (1 + self.tolerance / 100) if used < ceiling else ceiling
        return used + asked - limit

    def _convert(self, request):
        # Less than nothing takes nothing: a credit must not make room under a ceiling.
        return request.currency._convert(
            max(0.0, request.amount), self.currency_id, self.company_id, request.date
        )

    def _count(self, request):
        """What a request takes of the quantity, in the exemption's unit."""
        if not self.quantity_ceiling:
            return 0.0
        return sum(
            line.uom._compute_quantity(max(0.0, line.quantity), self.quantity_uom_id, round=False)
            for line in request.lines or ()
        )

    def _find_outside_scope(self, request):
        """One phrase on the first line that it is not about; empty when there is none."""
        limited = self.product_ids or self.category_ids or split_eccns(self.eccns)
        if not limited and not self.quantity_ceiling:
            return ""
        if request.lines is None:
            return self.env._("it is limited to certain goods")
        for line in request.lines:
            name = line.product.display_name or self.env._("a line without a product")
            if limited and not self._is_about(line.product):
                return self.env._("%s is not among the goods it is limited to", name)
            if self.quantity_ceiling and not (
                line.uom and line.uom._has_common_reference(self.quantity_uom_id)
            ):
                return self.env._(
                    "%(product)s is not counted in %(unit)s",
                    product=name,
                    unit=self.quantity_uom_id.name,
                )
        return ""

    def _is_about(self, product):
        if product in self.product_ids:
            return True
        above = {int(part) for part in (product.categ_id.parent_path or "").split("/") if part}
        if above & set(self.category_ids.ids):
            return True
        own = product.product_tmpl_id.screening_eccn or ""
        return any(
            own == eccn or own.startswith(f"{eccn}.") for eccn in split_eccns(self.eccns) if own
        )
