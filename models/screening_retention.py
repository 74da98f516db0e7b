# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from collections import Counter
from dataclasses import dataclass, field

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from .screening_retention_end import Ends
from .screening_snapshot import about


@dataclass
class Due:
    """What may be deleted.

    :ivar rows: numbers of rows of the audit trail
    :ivar exemptions: licence exemptions
    :ivar decisions: steps of the decision log
    :ivar hits: closed hits
    :ivar editions: ``{list: first edition that stays}``
    :ivar held: how much each legal hold alone keeps
    """

    rows: list = field(default_factory=list)
    exemptions: models.Model = None
    decisions: models.Model = None
    hits: models.Model = None
    editions: dict = field(default_factory=dict)
    held: Counter = field(default_factory=Counter)

    def __bool__(self):
        return bool(self.rows or self.exemptions or self.decisions or self.hits or self.editions)


class ScreeningRetention(models.AbstractModel):
    """Knows how long evidence is kept: as long as the longest period of what it is about.

    A period begins when the thing is over: an order's when it is received, billed and paid, a
    licence exemption's with its last use, a decision's when it no longer stands, an edition's when
    the next one takes its place. A legal hold has no end.
    """

    _name = "screening.retention"
    _description = "Retention of Evidence"

    @api.model
    def _find_due(self, now=None):
        """Everything whose period is over and that no legal hold keeps.

        :return: :class:`Due`
        """
        rules = self.sudo()._get_rules(now or fields.Datetime.now())
        due = Due()
        self.sudo()._find_due_records(rules, due)
        self.sudo()._find_due_editions(rules, due)
        self.sudo()._find_due_rows(rules, due)
        due.held = rules.held
        return due

    @api.model
    def _get_rules(self, now):
        return Rules(
            now=now,
            years=self._get_periods(),
            holds=self.env["screening.legal.hold"]._get_active(),
        )

    @api.model
    def _get_lists(self):
        return self.env["screening.list"].sudo().search([("active", "in", (True, False))])

    @api.model
    def _get_periods(self):
        return {record.code: record.retention_years for record in self._get_lists()}

    @api.model
    def _find_due_rows(self, rules, due):
        events = self.env["screening.event"]
        events.flush_model()
        ends, named, merges = Ends(self.env), set(), []
        rows = events._read_rows(
            SQL(
                "SELECT id, seq, kind, at, res_model, res_ref, payload FROM screening_event"
                " WHERE seq > 0 AND kind != 'purged' AND at < %s ORDER BY seq",
                rules.before,
            )
        )
        for row in rows:
            found = about(events._read_payload(row["payload"]))
            if row["res_model"] == "res.partner":
                found.partners.add(row["res_ref"])
            last = ends.of_row(row, found)
            may_go = last and rules.may_go(
                row["at"], last, found.lists, found.partners, found.parties
            )
            if not may_go:
                named |= found.partners
            elif row["kind"] == "merge":
                merges.append((row["seq"], events._read_payload(row["payload"])))
            else:
                due.rows.append(row["seq"])
        due.rows += self._without_links(merges, named)

    @api.model
    def _without_links(self, merges, named):
        """Those of the merges by which nothing that stays is found any more.

        A row that names a contact merged into another since belongs to that one by the row of the
        merge alone.

        :param merges: ``[(number of the row, its details)]`` in order
        :param named: ids of the contacts that rows name which stay
        """
        due = []
        for seq, details in merges:
            into, all_of_them = (
                {pair[0] for pair in details.get(key) or []} for key in ("into", "from")
            )
            if (all_of_them - into) & named:
                named |= into
            else:
                due.append(seq)
        return due


@dataclass
class Rules:
    """The periods and the holds, at one moment.

    :ivar years: ``{code of a list: years}``
    :ivar holds: legal holds in force, with the ids of their contacts
    """

    now: object
    years: dict
    holds: list
    held: Counter = field(default_factory=Counter)

    @property
    def before(self):
        """Nothing younger than this can be over."""
        return self.now - relativedelta(years=min(self.years.values(), default=10))

    def end_of(self, last, codes):
        """When the period of something ends that was over at ``last``.

        What names no list, or one that is gone, is kept as long as anything.
        """
        known = [self.years[code] for code in codes if code in self.years]
        if not known or len(known) < len(set(codes)):
            known = list(self.years.values()) or [10]
        return last + relativedelta(years=max(known))

    def may_go(self, first, last, codes, partners=None, parties=None):
        """Whether the period is over and no legal hold keeps it.

        :param first: when it began, :param last: when it was over, both as datetime
        """
        if self.end_of(last, codes) >= self.now:
            return False
        for hold, numbers in self.holds:
            if hold._keeps(numbers, first.date(), last.date(), partners, parties):
                self.held[hold] += 1
                return False
        return True
