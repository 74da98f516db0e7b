# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL


class ScreeningExemptionCover(models.Model):
    """Which exemption covers what, and how much of it is used: the ledger's side."""

    _inherit = "screening.exemption"

    @api.model
    def _find_cover(self, hit, company, request=None):
        """The exemption that covers a confirmed hit in a company.

        :param request: :class:`~.screening_request.Request`; without it no amount is asked for
        :return: (exemption or empty, missing amount in its currency; 0.0 when it suffices)
        """
        candidates = self.sudo().search(
            [
                ("state", "=", "approved"),
                ("company_id", "=", company.id),
                ("hit_ids", "in", hit.ids),
            ],
            order="expiry_date, id",
        )
        best, best_missing = self.browse(), 0.0
        for record in candidates:
            today = record._today()
            if (record.start_date and record.start_date > today) or (
                record.expiry_date and record.expiry_date < today
            ):
                continue
            if record.order_ids and (not request or request.order._origin not in record.order_ids):
                continue
            missing = record._get_missing(request) if request else 0.0
            if not missing:
                return record, 0.0
            if not best or missing < best_missing:
                best, best_missing = record, missing
        return best, best_missing

    def _get_missing(self, request):
        """Amount by which an order exceeds what is left, in the exemption's currency."""
        self.ensure_one()
        if not self.amount_ceiling:
            return 0.0
        own = self.use_ids.filtered(
            lambda use: use.state == "reserved" and use.order_id == request.order._origin
        )
        used = self.amount_used - sum(own.mapped("amount"))
        missing = used + self._convert(request) - self.amount_ceiling
        return missing if self.currency_id.compare_amounts(missing, 0.0) > 0 else 0.0

    def _convert(self, request):
        # Less than nothing takes nothing: a credit must not make room under a ceiling.
        return request.currency._convert(
            max(0.0, request.amount), self.currency_id, self.company_id, request.date
        )

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
            record.invalidate_recordset(["amount_used", "use_ids"])
            amount = record._convert(request)
            use = record.use_ids.filtered(lambda use: use.order_id == request.order)
            missing = record._get_missing(request)
            if missing:
                raise ValidationError(
                    self.env._(
                        "Licence exemption %(name)s does not suffice for %(order)s:"
                        " %(missing)s over its ceiling.",
                        name=record.name,
                        order=request.order.name,
                        missing=record.currency_id.format(missing),
                    )
                )
            if use.state == "reserved" and not record.currency_id.compare_amounts(
                use.amount, amount
            ):
                continue
            if use:
                date = use.date if use.state == "reserved" else request.date
                use._sealed().write({"amount": amount, "state": "reserved", "date": date})
            else:
                record.env["screening.exemption.use"]._sealed().create(
                    {
                        "exemption_id": record.id,
                        "order_id": request.order.id,
                        "amount": amount,
                        "state": "reserved",
                        "date": request.date,
                    }
                )
            record._book(request.order, self.env._("reserved"), amount)

    def _lock_rows(self):
        """Wait for whoever approves an order under these, or changes their state."""
        self.env.cr.execute(
            SQL(
                "SELECT id FROM screening_exemption WHERE id = ANY(%s)"
                " ORDER BY id FOR NO KEY UPDATE",
                self.ids,
            )
        )

    def _release(self, order):
        """Give back what an order had reserved on these exemptions."""
        for record in self.sudo():
            use = record.use_ids.filtered(
                lambda use: use.order_id == order and use.state == "reserved"
            )
            if use:
                use._sealed().write({"state": "released"})
                record._book(order, self.env._("given back"), use.amount)

    def _book(self, order, what, amount):
        used = sum(self.use_ids.filtered(lambda use: use.state == "reserved").mapped("amount"))
        self._sealed().write({"amount_used": used})
        self.env["screening.event"]._log_event(
            "use",
            self,
            self.env._(
                "%(name)s: %(amount)s %(what)s for %(order)s",
                name=self.name,
                amount=self.currency_id.format(amount),
                what=what,
                order=order.name,
            ),
            {
                "order": [order.id, order.name],
                "amount": amount,
                "used": used,
                "ceiling": self.amount_ceiling,
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
    order_id = fields.Many2one(
        "purchase.order", required=True, readonly=True, index=True, ondelete="restrict"
    )
    order_state = fields.Selection(related="order_id.state", string="Order State")
    company_id = fields.Many2one(related="exemption_id.company_id", store=True)
    currency_id = fields.Many2one(related="exemption_id.currency_id")
    amount = fields.Monetary(readonly=True)
    date = fields.Date(string="Converted On", readonly=True)
    state = fields.Selection(
        [("reserved", "Reserved"), ("released", "Given back")], required=True, readonly=True
    )

    _order_uniq = models.Constraint(
        "UNIQUE(exemption_id, order_id)", "An order uses an exemption once."
    )
