# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .screening_hit import PROPOSAL
from .screening_input import is_number


class ScreeningHitSecond(models.Model):
    """Two persons for *not the same party* on a strong match, and escalation to a named one.

    A proposal decides nothing: the hit stays open and holds until another person confirms it.
    """

    _inherit = "screening.hit"

    def _no_proposal(self):
        return dict.fromkeys(PROPOSAL, False)

    def _needing_second(self):
        """Those of which *not the same party* is so far only this one person's word."""
        if not self.env["screening.policy"]._wants_second_person():
            return self.browse()
        strong = self.filtered(lambda hit: hit.level == "strong")
        return strong.filtered(
            lambda hit: (
                not hit.proposed_by_id
                or hit.proposed_by_id == self.env.user
                or not hit._proposal_fits()
            )
        )

    def _proposal_fits(self):
        return (self.proposed_subject_fingerprint, self.proposed_listed_fingerprint) == (
            self.subject_fingerprint,
            self.listed_fingerprint,
        )

    def _propose(self, reason, answers, until):
        self.ensure_one()
        self._sealed().write(
            {
                "proposed_by_id": self.env.uid,
                "proposed_at": fields.Datetime.now(),
                "proposed_reason": reason,
                "proposed_answers": self._compared_answers(answers),
                "proposed_until": until,
                "proposed_subject_fingerprint": self.subject_fingerprint,
                "proposed_listed_fingerprint": self.listed_fingerprint,
            }
        )
        self.env["screening.event"]._log_event(
            "decision",
            self,
            self.env._("“%s”: proposed as not the same party, to be confirmed", self.display_name),
            dict(self._get_snapshot(), proposed_reason=reason, proposed_by=self.env.user.login),
        )
        self.env["screening.decision.log"]._log(self, "proposed", reason, until)

    def action_confirm_proposal(self):
        """As another person, confirm that these are not the same party.

        :raises UserError: when there is no proposal, or something changed since
        :raises AccessError: when the user made the proposal
        """
        for hit in self:
            if not hit.proposed_by_id:
                raise UserError(self.env._("Nothing is proposed for “%s”.", hit.display_name))
            if hit.proposed_by_id == self.env.user:
                raise AccessError(self.env._("Another person confirms what you proposed."))
            if not hit._proposal_fits():
                raise UserError(
                    self.env._("“%s” changed since; it is to be proposed anew.", hit.display_name)
                )
            hit.action_set_not_same(
                self.env._(
                    "%(reason)s (proposed by %(first)s, confirmed by %(second)s)",
                    reason=hit.proposed_reason,
                    first=hit.proposed_by_id.name,
                    second=self.env.user.name,
                ),
                (hit.proposed_answers or {}).get("answered"),
                hit.proposed_until,
            )
        return True

    def action_escalate(self, user_id, due_date, reason):
        """Hand open hits to a named person of compliance.

        :param user_id: id of the person
        :param due_date: by when, a date
        :param reason: what is asked
        """
        self._check_may_decide(reason)
        due = self._read_until(due_date)
        user = self.env["res.users"].browse(user_id if is_number(user_id) else 0).exists()
        if not user or not user.has_group("restricted_party_screening.group_compliance"):
            raise UserError(self.env._("Escalate to a person of compliance."))
        if not due:
            raise UserError(self.env._("Say by when it is due."))
        decided = self.filtered(lambda hit: hit.state != "open")
        if decided:
            raise UserError(
                self.env._("“%s” is decided; reopen it first.", decided[0].display_name)
            )
        for hit in self:
            hit._sealed().write({"escalated_to_id": user.id, "escalation_due": due})
            self.env["screening.event"]._log_event(
                "decision",
                hit,
                self.env._(
                    "“%(hit)s”: escalated to %(user)s, due %(due)s",
                    hit=hit.display_name,
                    user=user.name,
                    due=fields.Date.to_string(due),
                ),
                dict(hit._get_snapshot(), escalated_to=user.login, question=reason.strip()),
            )
            self.env["screening.decision.log"]._log(hit, "escalated", reason.strip(), due)
        self._after_decision()
        self.env["screening.case"]._ask_escalated(self.sudo().partner_id, user, due, reason.strip())
        return True
