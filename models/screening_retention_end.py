# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""When what is kept was over, so that its retention period could begin."""

from odoo import fields
from odoo.tools import SQL


class Ends:
    """When orders, exemptions, decisions and editions were over; ``None``: they are not yet."""

    def __init__(self, env):
        """:param env: environment in sudo"""
        self._env = env
        self._known = {}

    def of_row(self, row, about):
        """When what a row of the audit trail belongs to was over."""
        records = {("purchase.order", number) for number in about.orders}
        if row["kind"] in ("exemption", "use", "update", "decision") or row["res_model"] == (
            "purchase.order"
        ):
            records.add((row["res_model"], row["res_ref"]))
        moments = [row["at"], *(self.of_record(*key) for key in records)]
        return None if None in moments else max(moments)

    def of_record(self, model, number):
        """When a record was over: the last event about it, or later."""
        key = (model, number)
        if key not in self._known:
            self._known[key] = self._ask(model, number)
        return self._known[key]

    def _ask(self, model, number):
        record = self._env[model].browse(number).exists()
        own = {
            "purchase.order": self._of_order,
            "screening.exemption": self._of_exemption,
            "screening.list.update": self._of_update,
            "screening.hit": self._of_hit,
        }.get(model)
        moments = own(record) if own and record else []
        if None in moments:
            return None
        return max([*moments, self._last_event(model, number)])

    def _last_event(self, model, number):
        [(last,)] = self._env.execute_query(
            SQL(
                "SELECT MAX(at) FROM screening_event WHERE res_model = %s AND res_ref = %s",
                model,
                number,
            )
        )
        return last or fields.Datetime.to_datetime("1970-01-01")

    def _of_order(self, order):
        if order.state in ("draft", "sent", "to approve"):
            return [None]
        if order._screening_open_documents():
            return [None]
        bills = order.invoice_ids
        days = [*bills.mapped("date"), *bills.matched_payment_ids.mapped("date")]
        moments = [order.date_order, order.date_approve, order.date_planned]
        moments += [fields.Datetime.to_datetime(day) for day in days]
        return [moment for moment in moments if moment]

    def _of_exemption(self, exemption):
        """All versions of one licence are over when the last one is."""
        moments = []
        for record in exemption._get_versions():
            over = record.state in ("refused", "revoked") or record.validity in (
                "expired",
                "superseded",
            )
            expired = record.expiry_date and record.expiry_date < fields.Date.today()
            if not over and not (record.state in ("draft", "suspended") and expired):
                return [None]
            if record.expiry_date:
                moments.append(fields.Datetime.to_datetime(record.expiry_date))
            moments.append(self._last_event(record._name, record.id))
            for use in record.use_ids:
                moments.append(
                    self.of_record("purchase.order", use.order_id.id)
                    if use.order_id
                    else fields.Datetime.to_datetime(use.move_id.date)
                )
        return moments

    def _of_update(self, update):
        """An edition is over when the next one takes its place."""
        return [self.of_edition(line.list_id, line.edition) for line in update.line_ids]

    def of_edition(self, record, edition):
        """When an edition of a list ceased to be in force."""
        if edition >= record.edition:
            return None
        following = self._env["screening.list.update.line"].search(
            [("list_id", "=", record.id), ("edition", ">", edition)], order="edition, id", limit=1
        )
        return following.update_id.applied_at or None

    def _of_hit(self, hit):
        """A decision is over when it no longer stands."""
        if hit.state in ("same", "not_same"):
            return [None]
        return [moment for moment in (hit.decided_at, hit.opened_at) if moment]
