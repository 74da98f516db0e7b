# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import UserError

from .screening_input import expect_one


class ScreeningCaseWork(models.Model):
    """Working off the queue: what the buttons of a case do, and which case comes next."""

    _inherit = "screening.case"

    def action_start(self):
        """Open the first case of the queue, whatever is chosen in the list."""
        return self._open_next(self.browse())

    def action_skip(self):
        """Leave this case as it is and open the next."""
        expect_one(self)
        return self._open_next(self)

    def action_decide_not_same(self):
        """Ask why this is not the same party."""
        return self._ask_decision("not_same")

    def action_decide_same(self):
        """Ask why this is the same party."""
        return self._ask_decision("same")

    def action_escalate(self):
        """Ask to whom this goes, and by when."""
        return self._ask_decision("escalate")

    def action_confirm_second(self):
        """As the second person, confirm what was proposed."""
        expect_one(self)
        queue = self._queue_ids()
        hits = self._hits_to_decide().filtered("proposed_by_id")
        hits.action_confirm_proposal()
        return self._open_next(self, queue)

    def action_reopen(self):
        """Ask why the decisions of this case are taken back."""
        return self._ask_decision("reopen")

    def action_record_exemption(self):
        """Open a new licence exemption for what is to be decided."""
        return (self._hits_to_decide() or self.hit_id).action_record_exemption()

    def _hits_to_decide(self):
        """The hit shown with all that follow it, of one case; of several, all that wait."""
        if len(self) == 1:
            return self.hit_id
        return self.env["screening.hit"].search(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("state", "=", "open"),
                ("leader_id", "=", False),
                ("counts", "=", True),
            ]
        )

    def action_decide_all(self):
        """Decide all that wait in the chosen cases, with one reason."""
        return self._ask_decision("not_same", go_on=False)

    def _ask_decision(self, outcome, go_on=True):
        hits = self._hits_to_decide()
        if outcome == "reopen":
            hits = self.partner_id.screening_hit_ids.filtered(
                lambda hit: (
                    (hit.state in ("same", "not_same") or hit.proposed_by_id) and not hit.leader_id
                )
            )
        if not hits:
            raise UserError(self.env._("There is nothing to decide here."))
        action = hits.action_decide()
        action["context"].update(
            {
                "default_decision": outcome,
                "default_case_id": self.id if go_on and len(self) == 1 else False,
            }
        )
        return action

    @api.model
    def _queue_ids(self):
        """The queue of this user, first to last: what waits for somebody else is passed over."""
        waiting = self.search(
            [
                ("state", "in", ("open", "second", "escalated")),
                "|",
                ("escalated_to_id", "=", False),
                ("escalated_to_id", "=", self.env.uid),
            ]
        )
        return waiting.filtered(
            lambda case: case.state != "second" or case.hit_id.proposed_by_id != self.env.user
        ).ids

    @api.model
    def _open_following(self, case, hit, queue):
        """After a hit was decided: what is left of its case, else the next case."""
        if case.hit_id != hit and case.id in self._queue_ids() and case.state == "open":
            return self._open_form(case.id)
        return self._open_next(case, queue)

    @api.model
    def _open_next(self, case, queue=None):
        """Action that opens the next case in place of the one that is open.

        :param queue: the queue as it was before the case was decided
        """
        waiting = self._queue_ids()
        queue = queue or waiting
        place = queue.index(case.id) + 1 if case.id in queue else 0
        order = queue[place:] + queue[:place] + waiting
        following = next((case_id for case_id in order if case_id in waiting), False)
        if not following:
            action = self.env["ir.actions.act_window"]._for_xml_id(
                "restricted_party_screening.screening_case_action"
            )
            return dict(action, target="main")
        return self._open_form(following)

    @api.model
    def _open_form(self, case_id):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Case"),
            "res_model": "screening.case",
            "res_id": case_id,
            "views": [(False, "form")],
            "target": "main",
            "path": "screening-cases",
        }
