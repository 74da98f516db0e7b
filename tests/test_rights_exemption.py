from odoo.fields import Command
from odoo.tests import tagged

from .rights_wire import RightsWireCase, Row


@tagged("post_install", "-at_install")
class TestRightsExemption(RightsWireCase):
    """Who records, approves and ends licence exemptions, and uses them."""

    section = "Licence exemptions"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.create_order(cls.held_vendor)

    def test_table(self):
        self.check_table()

    # ---- what is made ready -------------------------------------------------

    def ready(self, approve=False, **values):
        """An exemption that compliance recorded, which others can be let into."""

        def prepare():
            self.exemption = self.create_exemption(
                approve=approve, conditions="Sealed media only", **values
            )

        return prepare

    def draft(self):
        self.exemption = (
            self.env["screening.exemption"]
            .with_user(self.compliance)
            .create(
                {
                    "partner_id": self.held_vendor.id,
                    "hit_ids": [Command.set(self.hit.ids)],
                    "basis": "no_ear_item",
                    "justification": "nothing leaves us",
                }
            )
        )

    def suspended(self):
        self.ready(approve=True)()
        self.exemption.with_user(self.manager).action_suspend("an inquiry")

    def renewed(self):
        """A new version of an approved one, not asked for yet."""
        self.ready(approve=True)()
        action = self.exemption.with_user(self.compliance).action_new_version()
        self.exemption = self.exemption.browse(action["res_id"])

    def to_copy(self):
        self.ready()()
        self.original = self.exemption

    def used(self):
        self.ready(approve=True)()
        self.exemption.with_user(self.compliance)._tick(self.order, {"Sealed media only"})
        self.order.button_confirm()
        self.assertEqual(self.order.state, "purchase")

    def with_document(self):
        self.ready(approve=True)()
        self.document = self.env["ir.attachment"].create(
            {"name": "licence.pdf", "raw": b"x", "res_model": "screening.exemption"}
        )
        self.exemption._sealed().attachment_ids = self.document

    # ---- what whoever is logged in has to do with it ---------------------------

    def asked_oneself(self):
        """Also by those who may ask for nothing."""
        self.exemption._sealed().write({"requester_id": self.person.id})

    def wrote_it(self, exemption=None):
        exemption = exemption or self.exemption
        exemption._sealed().write({"author_ids": [Command.link(self.person.id)]})

    def wrote_what_is_copied(self):
        """Somebody else copies what one wrote, and asks for it."""
        self.wrote_it(self.original)
        self.exemption = self.original.with_user(self.compliance).copy()
        self.exemption.hit_ids = self.hit
        self.exemption.action_submit()

    def wrote_version(self):
        """Somebody else asks for it."""
        self.wrote_it()
        self.exemption.with_user(self.compliance).action_submit()

    def wrote_what_was_refused(self):
        """Somebody else asks for it again."""
        self.wrote_it()
        self.exemption.with_user(self.manager_2).action_refuse("incomplete")
        self.exemption.with_user(self.compliance).action_submit()

    # ---- what is done -------------------------------------------------------

    def on_exemption(self, method, *arguments):
        return lambda call: call("screening.exemption", method, self.exemption.ids, *arguments)

    def ask_for_order(self, call):
        values = {"order_id": self.order.id, "reason": "spare parts"}
        wizard = call("screening.exemption.request", "create", [values])
        call("screening.exemption.request", "action_confirm", wizard)

    def confirm_conditions(self, call):
        wizard = call("screening.exemption.checklist", "create", [{"order_id": self.order.id}])
        call("screening.exemption.checklist", "action_confirm_all", wizard)

    def tick_by_field(self, call):
        values = {"exemption_id": self.exemption.id, "order_id": self.order.id}
        call("screening.exemption.tick", "create", [{**values, "condition": "Sealed media only"}])

    def close_by_form(self, call):
        values = {"exemption_ids": self.exemption.ids, "state": "revoked", "reason": "over"}
        wizard = call("screening.exemption.close", "create", [values])
        call("screening.exemption.close", "action_confirm", wizard)

    def born_approved(self, call):
        values = {"partner_id": self.held_vendor.id, "state": "approved"}
        call("screening.exemption", "create", [values])

    def record(self, call):
        values = {"partner_id": self.held_vendor.id, "hit_ids": [[6, 0, self.hit.ids]]}
        call("screening.exemption", "create", [values])

    def classify(self, call):
        values = {"product_tmpl_id": self.product.product_tmpl_id.id, "eccn": "EAR99"}
        call("screening.classification", "create", [values])

    # ---- the table ----------------------------------------------------------

    def rows(self):
        def count(model):
            return lambda: self.env[model].search_count([])

        def state():
            return self.exemption.state

        def writes(values, prepare, concern=None):
            return Row(
                self.on_exemption("write", values),
                lambda: self.exemption.read(list(values)),
                prepare,
                concern,
            )

        def deletes(model, record, prepare):
            return Row(
                lambda call: call(model, "unlink", record().ids),
                lambda: len(record().exists()),
                prepare,
            )

        def approves(prepare, concern=None):
            return Row(self.on_exemption("action_approve"), state, prepare, concern)

        def exemption():
            return self.exemption

        asked, approved = self.ready(), self.ready(approve=True)
        return {
            "See licence exemptions": Row(
                lambda call: call("screening.exemption", "search_read", [], ["name", "amount_left"])
            ),
            "See what orders use of them": Row(
                lambda call: call("screening.exemption.use", "search_read", [], ["amount"])
            ),
            "Ask for one, for a held order": Row(self.ask_for_order, count("screening.exemption")),
            "Record one": Row(self.record, count("screening.exemption")),
            "Edit a draft": writes({"number": "D7"}, self.draft),
            "Edit one that is asked for": writes({"number": "D7"}, asked),
            "Edit an approved one": writes({"number": "D7"}, approved),
            "Raise the ceiling of an approved one": writes({"amount_ceiling": 1e6}, approved),
            "Ask for approval": Row(self.on_exemption("action_submit"), state, self.draft),
            "Approve what others asked for and wrote": approves(asked),
            "Approve what one asked for": approves(asked, self.asked_oneself),
            "Approve what one wrote": approves(asked, self.wrote_it),
            "Approve another's copy of what one wrote": approves(
                self.to_copy, self.wrote_what_is_copied
            ),
            "Approve a new version that one wrote": approves(self.renewed, self.wrote_version),
            "Approve what one wrote and another asked for again": approves(
                asked, self.wrote_what_was_refused
            ),
            "Approve again what was suspended": approves(self.suspended),
            "Approve again what was suspended and one wrote": approves(
                self.suspended, self.wrote_it
            ),
            "Approve by writing fields": writes({"state": "approved"}, asked),
            "Record one that is approved from birth": Row(
                self.born_approved, count("screening.exemption")
            ),
            "Take oneself off its authors by writing fields": writes(
                {"author_ids": [[5, 0, 0]]}, asked, self.wrote_it
            ),
            "Make another its requester by writing fields": writes(
                {"requester_id": self.manager_2.id}, asked, self.asked_oneself
            ),
            "Refuse": Row(self.on_exemption("action_refuse", "no"), state, asked),
            "Suspend": Row(self.on_exemption("action_suspend", "inquiry"), state, approved),
            "Revoke": Row(self.on_exemption("action_revoke", "over"), state, approved),
            "Revoke through the form that asks why": Row(self.close_by_form, state, approved),
            "Make a new version": Row(
                self.on_exemption("action_new_version"), count("screening.exemption"), approved
            ),
            "Put another in its place by writing fields": writes(
                {"superseded_by_id": False, "previous_id": self.env.uid}, approved
            ),
            "Confirm its conditions for an order": Row(
                self.confirm_conditions, count("screening.exemption.tick"), approved
            ),
            "Confirm conditions by writing fields": Row(
                self.tick_by_field, count("screening.exemption.tick"), approved
            ),
            "Rewrite what an order uses": Row(
                lambda call: call(
                    "screening.exemption.use", "write", self.exemption.use_ids.ids, {"amount": 0}
                ),
                lambda: self.exemption.use_ids.amount,
                self.used,
            ),
            "Rewrite what is used altogether": writes({"amount_used": 0}, self.used),
            "Delete a draft": deletes("screening.exemption", exemption, self.draft),
            "Delete one that was asked for": deletes("screening.exemption", exemption, asked),
            "Delete an approved one": deletes("screening.exemption", exemption, approved),
            "Delete what an order uses": deletes(
                "screening.exemption.use", lambda: self.exemption.use_ids, self.used
            ),
            "Delete its document": deletes(
                "ir.attachment", lambda: self.document, self.with_document
            ),
            "Classify a product": Row(self.classify, count("screening.classification")),
        }
