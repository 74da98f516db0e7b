# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

from .purchase_order_screening import INTERNAL
from .screening_request import Request
from .screening_sealed import SEAL

#: A payment in one of these states is registered.
REGISTERED = ("in_process", "paid")


class AccountPayment(models.Model):
    """Payments to anybody, and those of vendors: registering them asks the one question."""

    _name = "account.payment"
    _inherit = ["account.payment", "screening.flight"]

    screening_passed = fields.Char(
        readonly=True,
        copy=False,
        groups=INTERNAL,
        help="What was let through: the bank's own steps afterwards are not asked again.",
    )

    def _screening_action(self):
        # Money that leaves is a payment, whatever kind of contact it is said to go to.
        concerned = self.payment_type == "outbound" or self.partner_type == "supplier"
        return "pay" if concerned else None

    def _screening_flight_done(self):
        return self.state != "draft"

    @api.depends(
        "state",
        "payment_type",
        "partner_type",
        "partner_id",
        "partner_bank_id",
        "company_id",
        "amount",
        "currency_id",
    )
    def _compute_screening_flight_message(self):
        """Also while the payment is typed, before it is saved."""
        return super()._compute_screening_flight_message()

    def _screening_flight_parties(self):
        bills = self.invoice_ids.filtered(lambda move: move._screening_action())
        orders = bills._screening_orders()
        return (
            self.partner_id
            | self.partner_bank_id.partner_id
            | bills.partner_id
            | orders.partner_id
            | orders.dest_address_id
        )

    def _screening_flight_requests(self):
        """What its bills claim; a payment without a bill must fit into what is left."""
        requests = [
            request
            for bill in self.invoice_ids.filtered(lambda move: move._screening_action())
            for request in bill._screening_flight_requests()
        ]
        return requests or [
            Request(
                order=self.env["purchase.order"],
                amount=self.amount if self.payment_type == "outbound" else 0.0,
                currency=self.currency_id or self.company_id.currency_id,
                date=fields.Date.today(),
            )
        ]

    def _screening_key(self):
        payment = self.sudo()
        return (
            f"{payment.partner_id.id},{payment.partner_bank_id.id},{payment.company_id.id},"
            f"{payment.payment_type},{payment.amount},{payment.currency_id.id}"
        )

    # ---- writing ------------------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            # Said in full, so that no default of a user's own fills it.
            vals["screening_passed"] = False
        payments = super().create(vals_list)
        payments._screening_flight_prepare()
        return payments

    def write(self, vals):
        self.check_access("write")
        if "screening_passed" in vals and self.env.context.get("screening_seal") is not SEAL:
            raise AccessError(self.env._("“%s” is kept by the screening.", "screening_passed"))
        result = super().write(vals)
        if "partner_id" in vals:
            self._screening_flight_prepare()
        return result

    @api.constrains(
        "state",
        "partner_id",
        "partner_bank_id",
        "payment_type",
        "partner_type",
        "company_id",
        "amount",
        "currency_id",
    )
    def _check_screening_flight(self):
        """No payment is registered past a hold. Going from registered to paid is the bank's."""
        for payment in self:
            if payment.state in REGISTERED:
                payment._screening_let_through()
            elif payment.screening_passed:
                payment._screening_pass(False)

    def _screening_let_through(self):
        for payment in self.sudo():
            key = payment._screening_key()
            if payment.screening_passed != key:
                payment._screening_flight_check()
                payment._screening_pass(key)

    def _screening_pass(self, key):
        self.sudo().with_context(screening_seal=SEAL).write({"screening_passed": key})
