# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models
from odoo.exceptions import ValidationError

from .screening_rows import lock_rows


class ScreeningExemptionBooking(models.Model):
    """The ledger: reserved when an order is approved, given back, corrected, never overdrawn."""

    _inherit = "screening.exemption"

    def _reserve(self, request):
        """Book an order's amount on these exemptions, in this transaction.

        What is booked is summed up on the row, whatever the amount, so two approvals in the same
        instant, or an approval and a revocation, meet there: the later one is run again by Odoo
        and sees what the first left.
        """
        self._lock_rows()
        for record in self.sudo():
            record.invalidate_recordset(["amount_used", "quantity_used", "use_ids"])
            amount, quantity = record._convert(request), record._count(request)
            use = record.use_ids.filtered(request.owns)
            reserved = use.state == "reserved"
            record._refuse_overdraft(request, use if reserved else None, amount, quantity)
            values = {"amount": amount, "quantity": quantity}
            if reserved and not use._differs(**values):
                continue
            if use:
                date = use.date if reserved else request.date
                use._sealed().write({**values, "state": "reserved", "date": date})
            else:
                record._create_use(request, values)
            record._book(request.record, self.env._("reserved"), record._show(**values))

    def _lock_rows(self):
        """Wait for whoever approves an order under these, or changes their state."""
        lock_rows(self)

    def _refuse_overdraft(self, request, reserved, amount, quantity):
        """:param reserved: what the order holds already; it may always shrink within the scope"""
        shortfall = self._get_shortfall(request)
        if not shortfall:
            return
        grows = not reserved or reserved._is_exceeded_by(amount, quantity)
        if grows or shortfall.kind == "scope":
            raise ValidationError(
                self.env._(
                    "Licence exemption %(name)s does not suffice for %(order)s: %(missing)s.",
                    name=self.name,
                    order=request.record.display_name,
                    missing=shortfall.text,
                )
            )

    def _create_use(self, request, values):
        return (
            self.env["screening.exemption.use"]
            ._sealed()
            .create(
                {
                    **values,
                    "exemption_id": self.id,
                    "order_id": request.order.id,
                    "move_id": request.bill.id if request.bill else False,
                    "state": "reserved",
                    "date": request.date,
                }
            )
        )

    def _release(self, source):
        """Give back what an order, or a bill without one, had reserved on these exemptions."""
        for record in self.sudo():
            use = record.use_ids.filtered(
                lambda use: source in (use.order_id, use.move_id) and use.state == "reserved"
            )
            if use:
                use._sealed().write({"state": "released"})
                taken = record._show(use.amount, use.quantity)
                record._book(source, self.env._("given back"), taken)

    def _show(self, amount, quantity):
        parts = [self.currency_id.format(amount)]
        if self.quantity_ceiling:
            parts.append(f"{quantity:g} {self.quantity_uom_id.name}")
        return ", ".join(parts)

    def _sum_up(self):
        """Write what the booked uses add up to."""
        reserved = self.use_ids.filtered(lambda use: use.state == "reserved")
        self._sealed().write(
            {
                "amount_used": sum(reserved.mapped("amount")),
                "quantity_used": sum(reserved.mapped("quantity")),
            }
        )

    def _book(self, source, what, amount):
        self._sum_up()
        if self.amount_ceiling or self.quantity_ceiling:
            # Other open orders may not fit any more, or fit again.
            self.env.cr.precommit.add(lambda: self.exists()._refresh_orders())
        self.env["screening.event"]._log_event(
            "use",
            self,
            self.env._(
                "%(name)s: %(amount)s %(what)s for %(order)s",
                name=self.name,
                amount=amount,
                what=what,
                order=source.display_name,
            ),
            {
                "order" if source._name == "purchase.order" else "bill": [source.id, source.name],
                "taken": amount,
                "used": [self.amount_used, self.currency_id.name],
                "ceiling": self.amount_ceiling,
                "quantity_used": [self.quantity_used, self.quantity_uom_id.name or ""],
                "quantity_ceiling": self.quantity_ceiling,
            },
            self.company_id,
        )
