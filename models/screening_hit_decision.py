# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import engine
from .screening_facts import facts_from_partner, facts_to_json
from .screening_input import read_day, read_reason


class ScreeningHitDecision(models.Model):
    """How a hit is decided, by whom, and how a decision is taken back."""

    _inherit = "screening.hit"

    def action_decide(self):
        """Open the decision form for these hits."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide"),
            "res_model": "screening.decision",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_hit_ids": [fields.Command.set(self.ids)]},
        }

    def action_record_exemption(self):
        """Open a new licence exemption for the contact of these hits."""
        if len(self.partner_id) != 1:
            raise UserError(
                self.env._("A licence exemption is recorded for one contact at a time.")
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Licence Exemption"),
            "res_model": "screening.exemption",
            "view_mode": "form",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_hit_ids": [fields.Command.set(self.ids)],
            },
        }

    def action_set_same(self, reason, answers=None):
        """Decide these hits as *same party*.

        :param reason: why, required
        :param answers: ``{question: answer}`` of the false-hit steps
        """
        return self._decide("same", reason, answers)

    def action_set_not_same(self, reason, answers=None, until=None):
        """Decide these hits as *not the same party*.

        Where policy wants a second person for strong matches, the first call proposes and the hit
        goes on holding; another user's call, or :meth:`action_confirm_proposal`, decides.

        :param reason: why, required
        :param answers: ``{question: answer}`` of the false-hit steps
        :param until: last day on which it stands; without it, as long as nothing changes
        """
        return self._decide("not_same", reason, answers, until)

    def action_reopen(self, reason):
        """Take a decision back; the hit holds again until decided. :param reason: why, required"""
        self._check_may_decide(reason)
        self.env["screening.subject"].sudo()._meet(self.sudo().partner_id)
        decided = self.filtered(lambda hit: hit.decision or hit.proposed_by_id)
        if not decided:
            raise UserError(self.env._("Nothing is decided here that could be reopened."))
        for hit in decided:
            hit._reopen(reason)
        self._after_decision()
        return True

    def _check_may_decide(self, reason):
        if not self.env.user.has_group("restricted_party_screening.group_compliance"):
            raise AccessError(self.env._("Only compliance decides hits."))
        self.check_access("write")
        read_reason(self.env, reason)
        closed = self.filtered(lambda hit: hit.state == "closed")
        if closed:
            raise UserError(
                self.env._("“%s” is closed; there is nothing to decide.", closed[0].display_name)
            )

    @api.model
    def _read_until(self, until):
        """The end of a decision, as it may come in over RPC."""
        until = read_day(self.env, until)
        if until and until < fields.Date.today():
            raise UserError(self.env._("The last day is in the past."))
        return until

    def _decide(self, decision, reason, answers=None, until=None):
        self._check_may_decide(reason)
        # Also a hit that is found at this moment and would follow one of these must be noticed.
        self.env["screening.subject"].sudo()._meet(self.sudo().partner_id)
        until = self._read_until(until)
        answers = self._read_answers(answers)
        asking = self._needing_second() if decision == "not_same" else self.browse()
        for hit in asking:
            hit._propose(reason.strip(), answers, until)
        for hit in self - asking:
            hit._store_decision(decision, reason.strip(), answers, until)
        self._after_decision()
        if asking:
            self.env["screening.case"]._ask_second(asking.sudo().partner_id, self.env.user)
        return True

    def _store_decision(self, decision, reason, answers, until):
        self.ensure_one()
        # What was decided on is the contact as it is now, also when it was renamed since.
        facts = facts_from_partner(self.sudo().partner_id)
        opened = self.opened_at
        self._sealed().write(
            {
                "decision": decision,
                "state": decision,
                "reason": reason,
                "answers": self._compared_answers(answers),
                "valid_until": until,
                "decided_by_id": self.env.uid,
                "decided_at": fields.Datetime.now(),
                "decided_subject_fingerprint": engine.subject_fingerprint(facts),
                "decided_listed_fingerprint": self.listed_fingerprint,
                "decided_facts": {
                    "subject": facts_to_json(facts),
                    "listed": self.sudo().party_id.facts or {},
                },
                "reopened": False,
                "changes": False,
                "vendor_changed": False,
                "escalated_to_id": False,
                "escalation_due": False,
                **self._no_proposal(),
            }
        )
        label = dict(self._fields["decision"]._description_selection(self.env))[decision]
        self.env["screening.event"]._log_event(
            "decision",
            self,
            self.env._("“%(hit)s”: %(decision)s", hit=self.display_name, decision=label),
            {**self._get_snapshot(), "answers": self.answers or {}},
        )
        self.env["screening.decision.log"]._log(self, decision, reason, until, opened)

    def _after_decision(self):
        partners = self.sudo().partner_id
        self.sudo()._assign_leaders(partners)
        self.env["screening.subject"].sudo().search(
            [("partner_id", "in", partners.ids)]
        )._refresh_state()
        self.env["purchase.order"]._screening_refresh_partners(partners)
        self.env["screening.case"]._refresh(partners)
        self.env["screening.case"]._settle_activities(partners)

    def _reopen(self, why, changes=None):
        self.ensure_one()
        before = self._get_snapshot()
        self._sealed().write(
            {
                "state": "open",
                "decision": False,
                "reopened": why,
                "changes": changes or False,
                "valid_until": False,
                **self._no_proposal(),
                "opened_at": fields.Datetime.now(),
            }
        )
        self.env["screening.event"]._log_event(
            "decision_reopened",
            self,
            self.env._("“%(hit)s” is to be decided again: %(why)s", hit=self.display_name, why=why),
            {"before": before, "after": self._get_snapshot(), "changes": changes or []},
        )
        self.env["screening.decision.log"]._log(self, "reopened", why)
