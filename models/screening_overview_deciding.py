# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .screening_case import AGES
from .screening_overview import Card, Number

#: Hits that follow a better one of the same list are decided with it, and not counted apart.
LEADING = [("counts", "=", True), ("leader_id", "=", False)]
DECIDED = [("outcome", "in", ("same", "not_same")), ("follows", "=", False)]


class ScreeningOverviewDeciding(models.Model):
    """Cards about what is to be decided, and how it went."""

    _inherit = "screening.overview"

    def _card_queue(self):
        cases = self.env["screening.case"]
        waiting = cases._domain_waiting()
        by_age = dict(cases._read_group(waiting, ["age"], ["__count"]))
        ages = {
            "today": self.env._("1 day"),
            "week": self.env._("7 days"),
            "month": self.env._("31 days"),
            "older": self.env._("older"),
        }

        def number(caption, *conditions):
            domain = [*waiting, *conditions]
            return Number(str(cases.search_count(domain)), caption, "screening_case_action", domain)

        return Card(
            [
                number(self.env._("to decide")),
                number(self.env._("of them strong"), ("level", "=", "strong")),
                number(self.env._("overdue"), ("due_date", "<", "today")),
            ],
            [(ages[age], by_age.get(age, 0), age == "older") for age, _label in AGES],
            self.env._("Cases that wait, by age"),
            "screening_hit_action_figures",
        )

    def _card_hits(self):
        hits = self.env["screening.hit"]
        lately = [*LEADING, ("create_date", ">=", self._days_ago(30))]

        def number(caption, *conditions):
            domain = [*lately, *conditions]
            return Number(str(hits.search_count(domain)), caption, "screening_hit_action", domain)

        return Card(
            [
                number(self.env._("new in 30 days")),
                number(self.env._("not the same party"), ("state", "=", "not_same")),
                number(self.env._("same party"), ("state", "=", "same")),
            ],
            self._by_month("screening.hit", LEADING, "create_date"),
            self.env._("New hits a month"),
            "screening_hit_action_figures",
        )

    def _card_time(self):
        log = self.env["screening.decision.log"]
        lately = [*DECIDED, ("at", ">=", self._days_ago(30))]
        [(hours, count)] = log._read_group(lately, [], ["hours:avg", "__count"])
        cases = self.env["screening.case"]
        waiting = cases._domain_waiting()
        [(oldest,)] = cases._read_group(waiting, [], ["opened_at:min"])
        longest = self.env._("%s d", (self._days_ago(0) - oldest).days) if oldest else "–"
        decisions = "screening_decision_log_action"
        return Card(
            [
                Number(
                    self._show_hours(hours) if count else "–",
                    self.env._("to decide"),
                    decisions,
                    lately,
                ),
                Number(str(count), self.env._("decided in 30 days"), decisions, lately),
                Number(longest, self.env._("waits longest"), "screening_case_action", waiting),
            ],
            self._by_month("screening.decision.log", DECIDED, "at", "hours:avg"),
            self.env._("Hours from hit to decision"),
            "screening_decision_log_action_time",
        )

    @api.model
    def _show_hours(self, hours):
        if hours >= 48:
            return self.env._("%s d", round(hours / 24, 1))
        if hours >= 1:
            return self.env._("%s h", round(hours, 1))
        return self.env._("%s min", round(hours * 60))

    def _card_alarms(self):
        log = self.env["screening.decision.log"]
        lately = [*DECIDED, ("at", ">=", self._days_ago(365))]

        def number(caption, *conditions):
            domain = [*lately, *conditions]
            [(share, count)] = log._read_group(domain, [], ["false_alarm:avg", "__count"])
            text = f"{share * 100:.0f} %" if count else "–"
            return Number(text, caption, "screening_decision_log_action", domain)

        by_list = log._read_group(lately, ["list_id"], ["false_alarm:avg"])
        return Card(
            [
                number(self.env._("of all decided")),
                number(self.env._("of strong ones"), ("level", "=", "strong")),
                number(self.env._("of possible ones"), ("level", "=", "possible")),
            ],
            [(record.code, round(share * 100), False) for record, share in by_list],
            self.env._("False alarms of each list, %"),
            "screening_decision_log_action_alarms",
        )
