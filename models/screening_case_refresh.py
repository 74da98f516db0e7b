# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math

from odoo import api, fields, models
from odoo.tools import SQL

OPEN_ORDERS = ("draft", "sent", "to approve")
EFFECT_RANK = {"hold": 3, "warn": 2, "inform": 1, "off": 0}
LEVEL_RANK = {"strong": 1, "possible": 0}


class ScreeningCaseRefresh(models.Model):
    """Keeping the queue equal to the facts, many contacts in a few queries."""

    _inherit = "screening.case"

    @api.model
    def _refresh(self, partners):
        """Make the cases of contacts what their hits say now; new ones where there is none yet."""
        partners = partners.sudo().with_context(active_test=False).exists()
        if not partners:
            return
        hits = (
            self.env["screening.hit"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", partners.ids),
                    ("counts", "=", True),
                    ("state", "!=", "closed"),
                ],
                order="score desc, id",
            )
            .grouped("partner_id")
        )
        known = self.sudo().search([("partner_id", "in", partners.ids)]).grouped("partner_id")
        open_orders = self._open_orders_of(self._partners_of(hits))
        effects = self._strictest_effects() if hits else {}
        for partner in partners:
            own, case = hits.get(partner), known.get(partner)
            if not own:
                if case and case.state != "closed":
                    case._store({"state": "closed", "hit_count": 0, "risk": 0, "hit_id": False})
                continue
            values = self._prepare_case_vals(own, effects, open_orders.get(partner.id, {}))
            if case:
                case._store(values)
            else:
                self._sealed().create(dict(values, partner_id=partner.id))

    @api.model
    def _refresh_orders(self, orders):
        """After open orders came, went or changed: the place of their vendors in the queue."""
        parties = orders.sudo().partner_id | orders.sudo().dest_address_id
        chain = self.env["screening.gate"]._chain_of(parties)
        self._refresh(self.sudo().search([("partner_id", "in", chain.ids)]).partner_id)

    @api.model
    def _refresh_waiting(self):
        """After a policy changed, and once a day for the age: all that wait for a decision."""
        self._refresh(self.sudo().search(self._domain_waiting()).partner_id)

    def _store(self, values):
        """Write what differs, so that nobody waits for a row that stays as it is."""
        self.ensure_one()
        fresh = {}
        for name, value in values.items():
            old = self[name]
            if isinstance(old, models.BaseModel):
                many = self._fields[name].type == "many2many"
                old = sorted(old.ids) if many else old.id
                if old != (sorted(value[0][2]) if many else value):
                    fresh[name] = value
            elif old != value:
                fresh[name] = value
        if fresh:
            self._sealed().write(fresh)

    @api.model
    def _prepare_case_vals(self, hits, effects, open_orders):
        """The stored values of a case.

        :param hits: of one contact, best first
        :param open_orders: ``{company id: (count, sum)}``
        """
        leaders = hits.filtered(lambda hit: not hit.leader_id)
        waiting = leaders.filtered(lambda hit: hit.state == "open" or hit.proposed_by_id)
        unproposed = waiting.filtered(lambda hit: not hit.proposed_by_id)
        unescalated = waiting.filtered(lambda hit: not hit.escalated_to_id)
        shown = (unproposed & unescalated or unproposed or waiting or leaders or hits)[:1]
        if not waiting:
            state = "same" if "same" in leaders.mapped("state") else "not_same"
        elif not unproposed:
            state = "second"
        else:
            state = "open" if unproposed & unescalated else "escalated"
        weighed = waiting or hits
        level = "strong" if "strong" in weighed.mapped("level") else "possible"
        effect = max(
            (effects.get(record.id, "hold") for record in weighed.list_id),
            key=lambda effect: EFFECT_RANK[effect],
        )
        value = self._sum_up(open_orders)
        opened = min(filter(None, waiting.mapped("opened_at")), default=False)
        escalated = waiting.filtered("escalated_to_id")[:1]
        return {
            "state": state,
            "hit_id": shown.id,
            "list_id": shown.list_id.id,
            "list_ids": [fields.Command.set(sorted(weighed.list_id.ids))],
            "company_ids": [fields.Command.set(sorted(open_orders))],
            "level": level,
            "score": max(weighed.mapped("score")),
            "effect": effect,
            "hit_count": len(hits.filtered(lambda hit: hit.state == "open")),
            "held_count": sum(count for count, _total in open_orders.values()),
            "risk": self._risk(level, effect, value, shown.score) if waiting else 0,
            "opened_at": opened,
            "age": self._age(opened) if opened else False,
            "escalated_to_id": escalated.escalated_to_id.id,
            "due_date": escalated.escalation_due,
        }

    @api.model
    def _sum_up(self, open_orders):
        """Value of open orders of several companies, in the money of the first company."""
        companies = self.env["res.company"].sudo()
        first = companies.search([], order="id", limit=1)
        today = fields.Date.today()
        return sum(
            companies.browse(company).currency_id._convert(total, first.currency_id, first, today)
            for company, (_count, total) in open_orders.items()
        )

    @api.model
    def _risk(self, level, effect, value, score):
        """Strength first, then effect, then ten steps for each power of ten of the value."""
        worth = min(99, round(10 * math.log10(1 + max(0.0, value))))
        return (
            LEVEL_RANK[level] * 100_000
            + EFFECT_RANK[effect] * 20_000
            + worth * 101
            + min(score, 100)
        )

    @api.model
    def _age(self, opened):
        days = (fields.Datetime.now() - opened).days
        return "today" if days < 1 else "week" if days < 7 else "month" if days < 31 else "older"

    @api.model
    def _strictest_effects(self):
        """Effect of each list in the company that is strictest, as ``{list id: effect}``."""
        lists = self.env["screening.list"].sudo().search([("active", "in", (True, False))])
        effects = {}
        companies = self.env["res.company"].sudo().search_count([])
        lines = self.env["screening.policy.line"].sudo()
        lines = lines.search([("list_id", "in", lists.ids)]).grouped("list_id")
        for record in lists:
            own = lines.get(record)
            found = list(own.mapped("effect")) if own else []
            if len(found) < companies or not found:
                found.append(record.default_effect)
            effects[record.id] = max(found, key=lambda effect: EFFECT_RANK[effect])
        return effects

    @api.model
    def _partners_of(self, hits_by_partner):
        return [
            partner.id
            for partner, hits in hits_by_partner.items()
            if "open" in hits.mapped("state")
        ]

    @api.model
    def _open_orders_of(self, partner_ids):
        """``{contact: {company: (orders, sum in its currency)}}`` of contacts and whoever is under
        them.
        """
        if not partner_ids:
            return {}
        self.env["purchase.order"].flush_model()
        self.env["res.partner"].flush_model(["parent_id"])
        rows = self.env.execute_query(
            SQL(
                "WITH RECURSIVE family(root, id) AS ("
                " SELECT id, id FROM res_partner WHERE id = ANY(%(ids)s)"
                " UNION SELECT f.root, p.id FROM res_partner p JOIN family f ON p.parent_id = f.id"
                "), dealt AS ("
                " SELECT f.root, o.id FROM family f JOIN purchase_order o ON o.partner_id = f.id"
                "  WHERE o.state = ANY(%(states)s)"
                " UNION SELECT f.root, o.id FROM family f"
                "  JOIN purchase_order o ON o.dest_address_id = f.id"
                "  WHERE o.state = ANY(%(states)s)"
                ") SELECT d.root, o.company_id, COUNT(*), COALESCE(SUM(o.amount_total_cc), 0)"
                " FROM dealt d JOIN purchase_order o ON o.id = d.id GROUP BY d.root, o.company_id",
                ids=partner_ids,
                states=list(OPEN_ORDERS),
            )
        )
        found = {}
        for root, company, count, total in rows:
            found.setdefault(root, {})[company] = (count, float(total))
        return found
