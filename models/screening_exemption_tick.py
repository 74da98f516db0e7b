# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models


class ScreeningExemptionConditions(models.Model):
    """The binding conditions of an exemption, each confirmed for each order."""

    _inherit = "screening.exemption"

    tick_ids = fields.One2many("screening.exemption.tick", "exemption_id", readonly=True)

    def _get_conditions(self):
        """The conditions, one a line of the text."""
        lines = (line.strip() for line in (self.conditions or "").splitlines())
        return list(dict.fromkeys(line for line in lines if line))

    def _get_unticked(self, order):
        """Conditions that nobody confirmed for this order yet."""
        ticked = set(
            self.tick_ids.filtered(lambda tick: tick.order_id == order).mapped("condition")
        )
        return [line for line in self._get_conditions() if line not in ticked]

    def _tick(self, order, conditions):
        """Confirm conditions for an order, in the name of the acting user."""
        self.ensure_one()
        record = self.sudo()
        fresh = [line for line in record._get_unticked(order) if line in conditions]
        if not fresh:
            return
        self.env["screening.exemption.tick"]._sealed().create(
            [
                {
                    "exemption_id": self.id,
                    "order_id": order.id,
                    "condition": line,
                    "user_id": self.env.uid,
                    "at": fields.Datetime.now(),
                }
                for line in fresh
            ]
        )
        record.invalidate_recordset(["tick_ids"])
        self.env["screening.event"]._log_event(
            "exemption",
            record,
            self.env._(
                "Licence exemption %(name)s: conditions confirmed for %(order)s",
                name=record.name,
                order=order.name,
            ),
            {
                "vendor": [record.partner_id.id, record.partner_id.display_name],
                "order": [order.id, order.name],
                "confirmed": fresh,
            },
            record.company_id,
        )


class ScreeningExemptionTick(models.Model):
    """One condition confirmed for one order: by whom and when."""

    _name = "screening.exemption.tick"
    _inherit = "screening.sealed"
    _description = "Confirmed Condition"
    _order = "id"
    _rec_name = "condition"

    exemption_id = fields.Many2one(
        "screening.exemption", required=True, readonly=True, index=True, ondelete="restrict"
    )
    order_id = fields.Many2one(
        "purchase.order", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="exemption_id.company_id", store=True)
    condition = fields.Char(required=True, readonly=True)
    user_id = fields.Many2one("res.users", string="Confirmed By", readonly=True)
    at = fields.Datetime(string="When", readonly=True)

    # Of the hash: a long text does not fit into an index.
    _once_uniq = models.UniqueIndex(
        "(exemption_id, order_id, md5(condition))", "A condition is confirmed once for an order."
    )
