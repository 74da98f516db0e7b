# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from .screening_text import text_to_html


class PurchaseOrder(models.Model):
    """An approved order whose parties turned out to be listed: who is told, and of what."""

    _inherit = "purchase.order"

    def _screening_flag_approved(self, verdict):
        """An approved order is never changed behind people's backs; compliance is told."""
        order = self.with_context(mail_activity_automation_skip=False)
        reason = self.env["screening.wording"]._reason(verdict)
        still_open = self._screening_open_documents()
        if still_open:
            reason += "\n" + self.env._("Still open: %s", "; ".join(still_open))
        self.env["screening.event"]._log_event(
            "hold_start",
            order,
            self.env._("“%s” was approved before and would be held now", order.name),
            {"reason": reason, "hits": [hit._get_snapshot() for hit in verdict.holding]},
            order.company_id,
        )
        for hit in verdict.holding[:1]:
            hit = hit.sudo().with_context(mail_activity_automation_skip=False)
            for user in self.env["screening.policy"]._get_responsible(order.company_id):
                hit.activity_schedule(
                    "mail.mail_activity_data_todo",
                    user_id=user.id,
                    summary=self.env._("Approved order %s would be held now", order.name),
                    note=text_to_html(reason),
                )

    def _screening_open_documents(self):
        """What of an approved order still lies ahead, a line each: whom to ask to wait."""
        order = self.sudo()
        bills = order.invoice_ids.filtered(
            lambda bill: (
                bill.state == "draft"
                or (bill.state == "posted" and bill.payment_state not in ("paid", "reversed"))
            )
        )
        lines = [
            self.env._("bill %(name)s (%(state)s)", name=bill.display_name, state=label)
            for bill in bills
            for label in [self.env._("draft") if bill.state == "draft" else self.env._("not paid")]
        ]
        payments = bills.matched_payment_ids.filtered(
            lambda payment: payment.state in ("draft", "in_process")
        )
        lines += [self.env._("payment %s", payment.display_name) for payment in payments]
        if order.invoice_status == "to invoice":
            lines.append(self.env._("a bill to come"))
        return lines
