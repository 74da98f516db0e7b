# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import math

from odoo import fields, models

from .screening_input import expect_one
from .screening_rows import try_lock_rows


class ScreeningListUpdateOutcome(models.Model):
    """What came of an applied update: how far rescreening is, and what it found."""

    _inherit = "screening.list.update"

    rescreen_left = fields.Integer(
        compute="_compute_rescreen", string="Contacts Still to Be Screened"
    )
    rescreen_percent = fields.Integer(compute="_compute_rescreen", string="Contacts Screened")
    rescreen_minutes = fields.Integer(
        compute="_compute_rescreen",
        string="Minutes Left",
        help="As fast as it went since the update was applied.",
    )
    found_count = fields.Integer(
        compute="_compute_found_count",
        help="Contacts with hits to decide that this update brought.",
    )
    outcome_told = fields.Boolean(readonly=True, copy=False)

    def _compute_rescreen(self):
        subjects = self.env["screening.subject"].sudo()
        total = subjects.search_count([])
        for update in self:
            left = (
                subjects.search_count([("stamp", "<", update.applied_seq)])
                if update.applied_seq
                else 0
            )
            update.rescreen_left = left
            update.rescreen_percent = 100 * (total - left) // total if total else 100
            update.rescreen_minutes = update._minutes_left(total - left, left)

    def _minutes_left(self, done, left):
        # Once it was through, contacts that wait again (an upgrade) say nothing about its pace.
        if not left or not done or not self.applied_at or self.outcome_told:
            return 0
        passed = (fields.Datetime.now() - self.applied_at).total_seconds()
        return math.ceil(left * passed / done / 60)

    def _tell_outcome(self):
        """One activity for compliance about each applied update that found something.

        What another worker holds, it tells.
        """
        untold = self.search([("applied_seq", ">", 0), ("outcome_told", "=", False)])
        for update in try_lock_rows(untold):
            update._sealed().write({"outcome_told": True})
            hits = update._find_new_hits()
            if hits:
                update._ask_to_decide(hits)
            if update.state == "applied":
                user = update.applied_by_id
                update.with_context(lang=user.lang)._tell_who_applied(user, hits)

    def _tell_who_applied(self, user, hits):
        text = (
            self.env._(
                "All contacts are screened against “%(name)s”. Contacts to decide: %(count)s",
                name=self.name,
                count=len(hits.partner_id),
            )
            if hits
            else self.env._(
                "All contacts are screened against “%s”: it brought no new hits.", self.name
            )
        )
        self._notify(user, "warning" if hits else "info", text)

    def _find_new_hits(self):
        """What contacts were found for by this update and is to be decided."""
        self.ensure_one()
        if not self.applied_seq:
            return self.env["screening.hit"]
        hits = self.env["screening.hit"].sudo()
        return hits.search(
            [
                ("opened_at", ">=", self.applied_at),
                ("state", "=", "open"),
                ("counts", "=", True),
                ("party_id.update_id", "=", self.id),
                ("leader_id", "=", False),
            ]
        )

    def _compute_found_count(self):
        for update in self:
            update.found_count = len(update._find_new_hits().partner_id)

    def action_view_found(self):
        """The cases of the contacts that are found because of this update."""
        expect_one(self)
        partners = self._find_new_hits().partner_id
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "restricted_party_screening.screening_case_action"
        )
        return {**action, "domain": [("partner_id", "in", partners.ids)], "context": {}}

    def _ask_to_decide(self, hits):
        hit = hits.sorted("score", reverse=True)[0]
        hit = hit.with_context(mail_activity_automation_skip=False)
        people = self.env["res.users"]
        for company in self.env["res.company"].sudo().search([], limit=1000):
            people |= self.env["screening.policy"]._get_responsible(company)
        for user in people:
            hit.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=self.env._(
                    "“%(update)s” brought new hits. Contacts to decide: %(count)s",
                    update=self.name,
                    count=len(hits.partner_id),
                ),
            )
