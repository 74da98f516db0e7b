# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .screening_text import text_to_html

ESCALATION = "restricted_party_screening.mail_activity_escalation"
SECOND = "restricted_party_screening.mail_activity_second"


class ScreeningCaseNotice(models.Model):
    """Who is told of a case: activities, which each user sees in the clock of every screen."""

    _inherit = "screening.case"

    @api.model
    def _cases_of(self, partners):
        cases = self.sudo().search([("partner_id", "in", partners.ids)])
        return cases.with_context(mail_activity_automation_skip=False)

    @api.model
    def _ask_escalated(self, partners, user, due, question):
        """Tell the person to whom hits of these contacts were escalated."""
        for case in self._cases_of(partners):
            case._follow(self.env.user)
            case.activity_schedule(
                ESCALATION,
                user_id=user.id,
                date_deadline=due,
                summary=self.env._("Decide: %s", case.display_name),
                note=text_to_html(question),
            )

    @api.model
    def _ask_second(self, partners, proposer):
        """Tell the others of compliance that a proposal waits for one of them."""
        group = self.env.ref("restricted_party_screening.group_compliance").sudo()
        others = group.all_user_ids.filtered(
            lambda user: user.active and not user.share and user != proposer and user.id != 1
        )
        for case in self._cases_of(partners):
            case._follow(proposer)
            for user in (
                others
                - case.activity_ids.filtered(
                    lambda activity: activity.activity_type_id == self.env.ref(SECOND)
                ).user_id
            ):
                case.activity_schedule(
                    SECOND,
                    user_id=user.id,
                    summary=self.env._(
                        "Confirm: %(contact)s is not the same party",
                        contact=case.display_name,
                    ),
                )

    @api.model
    def _settle_activities(self, partners):
        """What was asked is answered, once nothing of it is left to decide."""
        for case in self._cases_of(partners):
            done = []
            if case.state != "second":
                done.append(SECOND)
            if not case.escalated_to_id:
                done.append(ESCALATION)
            case.activity_feedback(done, feedback=self.env._("Decided"))
