from odoo import fields
from odoo.tests import tagged

from .rights_wire import Refused, RightsWireCase, Row


@tagged("post_install", "-at_install")
class TestRightsDeciding(RightsWireCase):
    """Who decides hits and sees cases."""

    section = "Deciding"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.case = cls.env["screening.case"].search([("partner_id", "=", cls.held_vendor.id)])
        cls.policy = cls.env["screening.policy"].create({"company_id": cls.env.company.id})

    def test_table(self):
        self.check_table()

    # ---- what is made ready -------------------------------------------------

    def decided(self):
        self.hit.with_user(self.compliance).action_set_not_same("another firm")

    def proposed(self):
        self.policy.second_person = True
        self.decided()

    def proposed_it(self):
        """Whoever is logged in, also those who may propose nothing."""
        self.hit._sealed().write({"proposed_by_id": self.person.id})

    # ---- what is done -------------------------------------------------------

    def on_hit(self, method, *arguments):
        return lambda call: call("screening.hit", method, self.hit.ids, *arguments)

    def escalate(self, call):
        due = fields.Date.to_string(fields.Date.today())
        call("screening.hit", "action_escalate", self.hit.ids, self.manager.id, due, "look")

    def decide_together(self, call):
        values = {"hit_ids": self.hit.ids, "scope": "party", "decision": "not_same"}
        wizard = call("screening.decision", "create", [{**values, "reason": "our own group"}])
        call("screening.decision", "action_confirm", wizard)

    def propose_twice_together(self, call):
        self.decide_together(call)
        if self.hit.state == "open":
            raise Refused("It is a proposal still.")

    def propose_twice(self, call):
        call("screening.hit", "action_set_not_same", self.hit.ids, "no")
        if self.hit.state == "open":
            raise Refused("It is a proposal still.")

    def log(self):
        return self.env["screening.decision.log"].search([("hit_id", "=", self.hit.id)])

    # ---- the table ----------------------------------------------------------

    def rows(self):
        def reads(model, *names):
            return Row(lambda call: call(model, "search_read", [], list(names)))

        def writes(model, record, values, *prepare):
            return Row(
                lambda call: call(model, "write", record().ids, values),
                lambda: record().read(list(values)),
                *prepare,
            )

        def deletes(model, record, prepare=None):
            return Row(
                lambda call: call(model, "unlink", record().ids),
                lambda: len(record().exists()),
                prepare,
            )

        def state():
            return self.hit.state

        confirm = self.on_hit("action_confirm_proposal")
        return {
            "See the queue of cases": reads("screening.case", "state", "risk"),
            "See hits and what matched": reads("screening.hit", "listed_name", "comparison"),
            "See the overview and its numbers": reads("screening.overview", "number_1", "bars"),
            "See former decisions": reads("screening.decision.log", "reason"),
            "Decide: same party": Row(self.on_hit("action_set_same", "it is"), state),
            "Decide: not the same party": Row(self.on_hit("action_set_not_same", "no"), state),
            "Decide several with one reason": Row(self.decide_together, state),
            "Escalate": Row(self.escalate, lambda: self.hit.escalated_to_id),
            "Reopen": Row(self.on_hit("action_reopen", "new papers"), state, self.decided),
            "Propose, where a second person is wanted": Row(
                self.on_hit("action_set_not_same", "no"),
                lambda: self.hit.proposed_by_id,
                lambda: self.policy.write({"second_person": True}),
            ),
            "Confirm another's proposal": Row(confirm, state, self.proposed),
            "Confirm one's own proposal": Row(confirm, state, self.proposed, self.proposed_it),
            "Confirm one's own proposal by proposing again": Row(
                self.propose_twice, state, self.proposed, self.proposed_it
            ),
            "Confirm one's own proposal among several with one reason": Row(
                self.propose_twice_together, state, self.proposed, self.proposed_it
            ),
            "Confirm another's proposal among several with one reason": Row(
                self.propose_twice_together, state, self.proposed
            ),
            "Decide by writing fields with the context of the addon forged": Row(
                lambda call: call(
                    "screening.hit",
                    "write",
                    self.hit.ids,
                    {"state": "not_same", "decision": "not_same"},
                    context={"screening_seal": True, "tracking_disable": True},
                ),
                state,
            ),
            "Decide by writing fields": writes(
                "screening.hit", lambda: self.hit, {"state": "not_same", "decision": "not_same"}
            ),
            "Turn one's own proposal into another's by writing fields": writes(
                "screening.hit",
                lambda: self.hit,
                {"proposed_by_id": self.manager_2.id},
                self.proposed,
                self.proposed_it,
            ),
            "Close a case by writing fields": writes(
                "screening.case", lambda: self.case, {"state": "closed"}
            ),
            "Rewrite a former decision": writes(
                "screening.decision.log", self.log, {"reason": "x"}, self.decided
            ),
            "Delete a hit": deletes("screening.hit", lambda: self.hit),
            "Delete a case": deletes("screening.case", lambda: self.case),
            "Delete a former decision": deletes("screening.decision.log", self.log, self.decided),
            "Say whether a second person is wanted": writes(
                "screening.policy", lambda: self.policy, {"second_person": True}
            ),
            "Switch off another's digest": writes(
                "res.users", lambda: self.manager, {"screening_digest": False}
            ),
            "Set the sensitivity": writes(
                "screening.sensitivity",
                lambda: self.env["screening.sensitivity"].search([], limit=1),
                {"step": "broad"},
            ),
        }
