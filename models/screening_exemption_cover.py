# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, float_compare


class ScreeningExemptionCover(models.Model):
    """Which exemption covers what, and how much of it is used: the ledger's side."""

    _inherit = "screening.exemption"

    @api.model
    def _find_cover(self, hit, company, request=None):
        """The exemption that covers a confirmed hit in a company.

        :param request: :class:`~.screening_request.Request`; without it no limit is asked for
        :return: (exemption or empty, :class:`~.screening_request.Shortfall` of the nearest one;
            ``None`` when it suffices)
        """
        best, best_shortfall = self.browse(), None
        for record in self.sudo().search(self._cover_domain(hit, company), order="expiry_date, id"):
            if not record._is_in_time():
                continue
            if record.order_ids and (not request or request.order._origin not in record.order_ids):
                continue
            shortfall = record._get_shortfall(request) if request else None
            if not shortfall:
                return record, None
            if not best or shortfall.rank < best_shortfall.rank:
                best, best_shortfall = record, shortfall
        return best, best_shortfall

    @api.model
    def _cover_domain(self, hit, company):
        owner = hit.partner_id.commercial_partner_id
        same_party = Domain("list_id", "=", hit.list_id.id) & Domain(
            "party_uid", "=", hit.party_uid
        )
        return (
            Domain("state", "=", "approved")
            & Domain("superseded_by_id", "=", False)
            & Domain("company_id", "=", company.id)
            & Domain.OR(
                (
                    Domain("hit_ids", "in", hit.ids),
                    Domain("reach", "=", "party") & Domain("hit_ids", "any", same_party),
                    Domain("reach", "=", "vendor")
                    & Domain("hit_ids.list_id", "in", hit.list_id.ids)
                    & Domain("partner_id.commercial_partner_id", "=", owner.id),
                )
            )
        )

    def _is_in_time(self):
        today = self._today()
        early = self.start_date and self.start_date > today
        return not early and not (self.expiry_date and self.expiry_date < today)

    def _reserve(self, request):
        """Book an order's amount on these exemptions, in this transaction.

        The row is written whatever the amount, so two approvals in the same instant, or an
        approval and a revocation, meet there: the later one is run again by Odoo and sees what
        the first left.
        """
        self.flush_recordset()
        self._lock_rows()
        self.env.cr.execute(
            SQL(
                "UPDATE screening_exemption SET amount_used = amount_used WHERE id = ANY(%s)",
                self.ids,
            )
        )
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
        self.env.cr.execute(
            SQL(
                "SELECT id FROM screening_exemption WHERE id = ANY(%s)"
                " ORDER BY id FOR NO KEY UPDATE",
                self.ids,
            )
        )

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

    @api.model
    def _cron_expire(self):
        """Hold again the open orders of exemptions whose time ran out or began."""
        approved = self.sudo().search([("state", "=", "approved"), ("was_expired", "=", False)])
        for record in approved.filtered(lambda r: r.validity == "expired"):
            record._sealed().write({"was_expired": True})
            record._log(self.env._("expired"))
            record._tell_requester(self.env._("expired"))
            record._refresh_orders()
        today = fields.Date.today()
        started = self.sudo().search(
            [
                ("state", "=", "approved"),
                ("was_started", "=", False),
                ("start_date", "<=", fields.Date.add(today, days=1)),
            ]
        )
        for record in started.filtered(lambda r: r.validity == "valid"):
            record._sealed().write({"was_started": True})
            record._refresh_orders()


class ScreeningExemptionUse(models.Model):
    _name = "screening.exemption.use"
    _inherit = "screening.sealed"
    _description = "Use of a Licence Exemption"
    _order = "id"

    exemption_id = fields.Many2one(
        "screening.exemption", required=True, readonly=True, index=True, ondelete="restrict"
    )
    order_id = fields.Many2one("purchase.order", readonly=True, index=True, ondelete="restrict")
    move_id = fields.Many2one(
        "account.move",
        string="Bill without an Order",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    order_state = fields.Selection(related="order_id.state", string="Order State")
    company_id = fields.Many2one(related="exemption_id.company_id", store=True)
    currency_id = fields.Many2one(related="exemption_id.currency_id")
    amount = fields.Monetary(readonly=True)
    quantity = fields.Float(readonly=True)
    uom_id = fields.Many2one(related="exemption_id.quantity_uom_id", string="Unit")
    date = fields.Date(string="Converted On", readonly=True)
    state = fields.Selection(
        [("reserved", "Reserved"), ("released", "Given back"), ("moved", "Carried over")],
        required=True,
        readonly=True,
    )

    _bill_uniq = models.Constraint(
        "UNIQUE(exemption_id, move_id)", "A bill uses an exemption once."
    )
    _order_uniq = models.Constraint(
        "UNIQUE(exemption_id, order_id)", "An order uses an exemption once."
    )

    def _differs(self, amount, quantity):
        return bool(
            self.currency_id.compare_amounts(self.amount, amount)
            or float_compare(self.quantity, quantity, precision_digits=6)
        )

    def _is_exceeded_by(self, amount, quantity):
        """Whether a claim is larger than what is reserved."""
        return (
            self.currency_id.compare_amounts(amount, self.amount) > 0
            or float_compare(quantity, self.quantity, precision_digits=6) > 0
        )
