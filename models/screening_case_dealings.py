# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.fields import Domain

from .screening_case_refresh import OPEN_ORDERS
from .screening_input import expect_one


class ScreeningCaseDealings(models.Model):
    """What the company buys from the contact of a case, in the companies the reader has chosen.

    Compliance may lack rights in purchasing and accounting, so it is counted for them; the records
    themselves open only for who may read them.
    """

    _inherit = "screening.case"

    currency_id = fields.Many2one("res.currency", compute="_compute_dealings")
    open_order_count = fields.Integer(compute="_compute_dealings", string="Open Orders")
    open_order_value = fields.Monetary(compute="_compute_dealings")
    order_count = fields.Integer(compute="_compute_dealings", string="Approved Orders")
    order_value = fields.Monetary(compute="_compute_dealings", string="Approved Order Value")
    bill_count = fields.Integer(compute="_compute_dealings", string="Bills")
    bill_value = fields.Monetary(compute="_compute_dealings", string="Billed")
    payment_count = fields.Integer(compute="_compute_dealings", string="Payments")
    payment_value = fields.Monetary(compute="_compute_dealings", string="Paid")
    dealing_order_ids = fields.Many2many(
        "purchase.order", compute="_compute_dealing_order_ids", string="Orders"
    )

    def _families(self):
        """Contacts of each case with whoever is under them, as {contact id: {case id}}."""
        partners = self.env["res.partner"].sudo().with_context(active_test=False)
        owners = {case.partner_id.id: {case.id} for case in self}
        level = partners.browse(owners)
        while level := partners.search([("parent_id", "in", level.ids)]) - partners.browse(owners):
            for partner in level:
                owners[partner.id] = set(owners[partner.parent_id.id])
        for partner in partners.browse(list(owners)):
            above = partner.parent_id
            while above:
                owners[partner.id] |= owners.get(above.id, set())
                above = above.parent_id
        return owners

    def _compute_dealings(self):
        owners = self._families()
        company = self.env.company
        companies = Domain("company_id", "in", self.env.companies.ids)
        for name in ("open_order", "order", "bill", "payment"):
            self[f"{name}_count"] = 0
            self[f"{name}_value"] = 0.0
        self.currency_id = company.currency_id
        today = fields.Date.today()
        for name, model, domain, amount in self._dealing_sources():
            rows = (
                self.env[model]
                .sudo()
                ._read_group(
                    domain & companies & Domain("partner_id", "in", list(owners)),
                    ["partner_id", "company_id"],
                    ["__count", amount],
                )
            )
            for partner, owner, count, total in rows:
                value = owner.currency_id._convert(
                    abs(total or 0.0), company.currency_id, company, today
                )
                for case in self.browse(owners[partner.id]):
                    case[f"{name}_count"] += count
                    case[f"{name}_value"] += value

    def _dealing_sources(self):
        """(name, model, domain, sum in the currency of the company)"""
        return [
            (
                "open_order",
                "purchase.order",
                Domain("state", "in", OPEN_ORDERS),
                "amount_total_cc:sum",
            ),
            ("order", "purchase.order", Domain("state", "=", "purchase"), "amount_total_cc:sum"),
            (
                "bill",
                "account.move",
                Domain("state", "=", "posted")
                & Domain("move_type", "in", ("in_invoice", "in_refund", "in_receipt")),
                "amount_total_signed:sum",
            ),
            (
                "payment",
                "account.payment",
                Domain("state", "in", ("in_process", "paid"))
                & Domain("payment_type", "=", "outbound"),
                "amount_company_currency_signed:sum",
            ),
        ]

    def _compute_dealing_order_ids(self):
        orders = self.env["purchase.order"]
        for case in self:
            case.dealing_order_ids = orders.search(
                orders._screening_domain_of(case.partner_id), limit=80
            )

    def action_view_orders(self):
        """Open the orders that deal with this contact, as the reader may see them."""
        expect_one(self)
        orders = self.env["purchase.order"]
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Orders of %s", self.display_name),
            "res_model": "purchase.order",
            "view_mode": "list,form",
            "domain": list(orders._screening_domain_of(self.partner_id)),
            "context": {
                "form_view_ref": "restricted_party_screening.purchase_order_compliance_form",
                "create": False,
            },
        }

    def _view_accounting(self, name, model, domain):
        expect_one(self)
        family = self._families()
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "list,form",
            "domain": list(Domain("partner_id", "in", list(family)) & domain),
            "context": {"create": False},
        }

    def action_view_bills(self):
        """Open the bills of this contact."""
        sources = {name: (model, domain) for name, model, domain, _sum in self._dealing_sources()}
        return self._view_accounting(self.env._("Bills"), *sources["bill"])

    def action_view_payments(self):
        """Open the payments to this contact."""
        sources = {name: (model, domain) for name, model, domain, _sum in self._dealing_sources()}
        return self._view_accounting(self.env._("Payments"), *sources["payment"])
