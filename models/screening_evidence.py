# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain

from ..engine import chain
from .screening_event import PURGED
from .screening_input import is_number, read_day
from .screening_snapshot import about

FORMAT = "restricted_party_screening.evidence/1"
#: Kinds of events in which an outcome of the matcher was recorded.
CHECKS = ("partner_check", "order_check", "try_check")


class ScreeningEvidence(models.AbstractModel):
    """Collects what the audit trail says about a check, an order, or a contact over a time.

    It reads events alone: they are snapshots, so that deleting or merging a contact takes nothing
    away from them.
    """

    _name = "screening.evidence"
    _description = "Screening Evidence"

    @api.model
    def collect(self, kind, number, date_from=None, date_to=None, replay=False):
        """Evidence of one check, one order, or one contact over a period.

        :param kind: ``check`` (an event), ``order`` or ``contact``
        :param number: id of the event, order or contact; a deleted or merged contact's id too
        :param date_from: first day, in UTC; all days when empty
        :param date_to: last day
        :param replay: run the recorded checks again as of then
        :return: dict of plain values, the same that the report prints
        :raises AccessError: when the user is not of compliance
        """
        if not self.env.user.has_group("restricted_party_screening.group_compliance"):
            raise AccessError(self.env._("Only compliance prints evidence."))
        finders = {
            "check": self._events_of_check,
            "order": self._events_of_order,
            "contact": self._events_of_contact,
        }
        if not isinstance(kind, str) or kind not in finders:
            raise UserError(self.env._("Evidence is of a check, an order or a contact."))
        if not is_number(number):
            raise UserError(self.env._("Say by its number of what the evidence is wanted."))
        date_from, date_to = read_day(self.env, date_from), read_day(self.env, date_to)
        if date_from and date_to and date_to < date_from:
            raise UserError(self.env._("To is before From."))
        self.env["screening.event"]._seal_all()
        wanted = self._period_domain(date_from, date_to) & Domain("kind", "!=", PURGED)
        events = finders[kind](number).filtered_domain(wanted).sorted("id")
        if not events:
            raise UserError(self.env._("The audit trail says nothing about it in this time."))
        head = self.env.ref("restricted_party_screening.screening_chain_main").sudo()
        rows = [self._row(event) for event in events]
        return {
            "format": FORMAT,
            "about": {
                "kind": kind,
                "number": number,
                "name": self._name_of(kind, number, events),
                "from": fields.Date.to_string(date_from) or "",
                "to": fields.Date.to_string(date_to) or "",
            },
            "made": {
                "at": fields.Datetime.to_string(fields.Datetime.now()),
                "by": self.env.user.name,
                "company": self.env.company.name,
            },
            "chain": {
                "rows": head.last_seq,
                "head": head.last_hash or chain.GENESIS,
                "deleted_up_to": head.base_seq,
            },
            "intact": all(row["intact"] for row in rows),
            "editions": self._editions(rows),
            "replays": self._replays(events) if replay else [],
            "events": rows,
        }

    # ---- which events -------------------------------------------------------

    @api.model
    def _period_domain(self, date_from, date_to):
        domain = Domain.TRUE
        if date_from:
            domain &= Domain("at", ">=", fields.Datetime.to_datetime(date_from))
        if date_to and date_to < date.max:
            end = fields.Date.add(date_to, days=1)
            domain &= Domain("at", "<", fields.Datetime.to_datetime(end))
        return domain

    @api.model
    def _events_of_check(self, number):
        return self.env["screening.event"].search([("id", "=", number)])

    @api.model
    def _events_of_order(self, number):
        """What happened to the order, and what was found and decided about its parties."""
        model = self.env["screening.event"]
        bills = self.env["purchase.order"].sudo().browse(number).exists().invoice_ids
        own = model.search(
            Domain("res_model", "=", "purchase.order") & Domain("res_ref", "=", number)
            | Domain("res_model", "=", "account.move") & Domain("res_ref", "in", bills.ids)
        )
        used = model.search(
            [("kind", "in", ("use", "exemption")), ("payload", "like", f'"order":[{number},')]
        )
        if not own:
            return own
        names, parties = set(), set()
        for event in own:
            payload = event._payload()
            names |= set((payload.get("covered") or {}).values())
            parties |= {item[0] for item in payload.get("parties") or []}
            parties |= {hit["partner"][0] for hit in payload.get("hits") or []}
        exemptions = model.search([("kind", "=", "exemption"), ("res_name", "in", list(names))])
        order = self.env["purchase.order"].sudo().browse(number).exists()
        if order:
            parties |= set(order._screening_partners().ids)
        about = self.env["screening.event"]
        for party in parties:
            about |= self._events_of_contact(party)
        about = about.filtered(
            lambda event: event.kind in ("partner_check", "decision", "decision_reopened")
        )
        return own | used | exemptions | about

    @api.model
    def _events_of_contact(self, number):
        """Whatever names the contact, or one that was merged into it."""
        model = self.env["screening.event"]
        numbers, found = self._numbers_of(number), model.browse()
        for one in numbers:
            found |= model.search(
                Domain("res_model", "=", "res.partner") & Domain("res_ref", "=", one)
                | Domain("payload", "like", f'[{one},"')
            )
        return found.filtered(
            lambda event: (
                (event.res_model == "res.partner" and event.res_ref in numbers)
                or about(event._payload()).partners & numbers
            )
        )

    @api.model
    def _numbers_of(self, number):
        """The id of a contact and those of all that were merged into it."""
        numbers = {number}
        merges = self.env["screening.event"].search([("kind", "=", "merge")], order="id desc")
        for merge in merges:
            payload = merge._payload()
            if numbers & {pair[0] for pair in payload["into"]}:
                numbers |= {pair[0] for pair in payload["from"]}
        return numbers

    # ---- what is said -------------------------------------------------------

    @api.model
    def _name_of(self, kind, number, events):
        model = {"order": "purchase.order", "contact": "res.partner"}.get(kind)
        record = self.env[model].sudo().browse(number).exists() if model else None
        if record:
            return record.display_name
        if kind == "check":
            return events[:1].summary
        for event in events.sorted("id", reverse=True):
            if event.res_model == model and event.res_ref == number:
                return event.res_name
        return str(number)

    @api.model
    def _row(self, event):
        """One event whole, so that whoever holds it can compute its hash."""
        content = event._hashed_content({name: event[name] for name in event._content_fields})
        return {
            "seq": event.seq,
            "content": content,
            "content_hash": event.content_hash,
            "chain_hash": event.chain_hash or "",
            "intact": chain.content_hash(content) == event.content_hash,
            "details": event._payload(),
        }

    @api.model
    def _editions(self, rows):
        """Each list edition that any of the events was about, once."""
        found = {}
        for row in rows:
            for item in row["details"].get("editions") or []:
                found[(item["list"], item["edition"])] = item
        return [found[key] for key in sorted(found)]

    @api.model
    def _replays(self, events):
        return [
            {"event": event.seq, "at": fields.Datetime.to_string(event.at), **outcome}
            for event in events
            if event.kind in CHECKS
            for outcome in self.env["screening.replay"]._replay(event)
        ]
