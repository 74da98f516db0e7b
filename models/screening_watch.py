# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from .screening_text import text_to_html

#: Approved orders whose last check is missing, or is of other parties than stand on them now.
_UNCHECKED = """
SELECT po.id, last.payload::jsonb -> 'order'
  FROM purchase_order po
  LEFT JOIN LATERAL (
       SELECT e.payload
         FROM screening_event e
        WHERE e.res_model = 'purchase.order' AND e.res_ref = po.id AND e.kind = 'order_check'
        ORDER BY e.id DESC
        LIMIT 1
       ) last ON TRUE
 WHERE po.state = 'purchase'
   AND (po.screening_alarm
        OR last.payload IS NULL AND (po.id > %s OR po.id = ANY(%s))
        OR last.payload::jsonb -> 'order' <> jsonb_build_object(
               'partner', po.partner_id,
               'address', COALESCE(po.dest_address_id, 0),
               'company', po.company_id))
 ORDER BY po.id
"""


class ScreeningWatch(models.AbstractModel):
    """Finds what no constraint can prevent: raw SQL, another module's ``_write``.

    Every night approved orders are compared with the audit trail, which says who was checked when
    an order was approved. It trusts no status on the order.
    """

    _name = "screening.watch"
    _description = "Watch over Approved Orders"

    # ---- which orders were approved before there was a gate ------------------

    @api.model
    def _get_baseline(self):
        """The event that says which orders existed, and were not approved, at the beginning."""
        event = (
            self.env["screening.event"]
            .sudo()
            .search([("kind", "=", "baseline")], order="id", limit=1)
        )
        return event or self._set_baseline()

    @api.model
    def _set_baseline(self):
        self.env["purchase.order"].flush_model(["state"])
        rows = self.env.execute_query(SQL("SELECT id, state FROM purchase_order ORDER BY id"))
        approved = sum(state == "purchase" for _id, state in rows)
        return self.env["screening.event"]._log_event(
            "baseline",
            self.env["purchase.order"],
            self.env._("%s orders were approved before screening began", approved),
            {
                "last_order": rows[-1][0] if rows else 0,
                "not_approved": [order_id for order_id, state in rows if state != "purchase"],
            },
        )

    # ---- looking ------------------------------------------------------------

    @api.model
    def _find_unchecked(self):
        """Approved orders that the audit trail does not account for."""
        start = self._get_baseline()._payload()
        self.env["purchase.order"].flush_model()
        rows = self.env.execute_query(
            SQL(_UNCHECKED, start["last_order"], [int(i) for i in start["not_approved"]])
        )
        merged = self._get_merged()
        orders = self.env["purchase.order"].sudo().browse([order_id for order_id, _was in rows])
        was = dict(rows)
        return orders.filtered(
            lambda order: (
                order.screening_alarm
                or not was[order.id]
                or self._after_merges(was[order.id], merged) != order._screening_checked_parties()
            )
        )

    @api.model
    def _get_merged(self):
        """(ids of contacts, id of the one they were merged into), in order of time."""
        events = self.env["screening.event"].sudo().search([("kind", "=", "merge")], order="id")
        merged = []
        for payload in (event._payload() for event in events):
            # Older events say names only.
            into = [row[0] for row in payload["into"] if isinstance(row, list)]
            sources = {row[0] for row in payload["from"] if isinstance(row, list)}
            if into:
                merged.append((sources - set(into), into[0]))
        return merged

    @api.model
    def _after_merges(self, parties, merged):
        parties = dict(parties)
        for sources, target in merged:
            for name in ("partner", "address"):
                if parties[name] in sources:
                    parties[name] = target
        return parties

    @api.model
    def _find_unflagged(self):
        """Approved orders that would be held now and do not say so."""
        hits = (
            self.env["screening.hit"]
            .sudo()
            .search([("state", "in", ("open", "same")), ("counts", "=", True)])
        )
        orders = self.env["purchase.order"].sudo()
        if not hits:
            return orders
        orders = orders.search(
            [
                *orders._screening_domain_of(hits.partner_id),
                ("state", "=", "purchase"),
                ("screening_state", "!=", "held"),
            ]
        )
        return orders.filtered(lambda order: order._screening_shown_state() == "held")

    # ---- acting -------------------------------------------------------------

    @api.model
    def _cron_watch(self):
        """Check what was never checked; raise an alarm for what would have been held."""
        commit = self.env["ir.cron"]._commit_progress
        orders = self._find_unchecked()
        unflagged = self._find_unflagged()
        commit(remaining=len(orders) + len(unflagged))
        for order in orders:
            order._screening_account_for()
            if not commit(1):
                return
        for order in unflagged:
            order._screening_refresh()
            if not commit(1):
                return


class PurchaseOrder(models.Model):
    _inherit = "purchase.order"

    def _screening_account_for(self):
        """Check an approved order that was never checked; alarm where it would have been held."""
        self.ensure_one()
        order = self.sudo()
        verdict = order._screening_verdict(fresh=True)
        reason = self.env["screening.wording"]._reason(verdict)
        if not verdict.blocks:
            try:
                with self.env.cr.savepoint():
                    order._screening_reserve(verdict)
                return
            except ValidationError as error:
                reason = str(error)
        if order.screening_alarm:
            return
        order._screening_set_alarm(True)
        order._screening_refresh()
        still_open = order._screening_open_documents()
        summary = self.env._("Order %s was approved past the gate", order.name)
        self.env["screening.event"]._log_event(
            "alarm",
            order,
            summary,
            {
                "order": order._screening_checked_parties(),
                "reason": reason,
                "open": still_open,
                "hits": [hit._get_snapshot() for hit in verdict.holding],
                "editions": verdict.lists._get_editions(),
            },
            order.company_id,
        )
        if still_open:
            reason += "\n" + self.env._("Still open: %s", "; ".join(still_open))
        order = order.with_context(mail_activity_automation_skip=False)
        for user in self.env["screening.policy"]._get_responsible(order.company_id):
            order.activity_schedule(
                "restricted_party_screening.mail_activity_alarm",
                user_id=user.id,
                summary=summary,
                note=text_to_html(reason),
            )
