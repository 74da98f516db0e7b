from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .rights_wire import OURS, RightsWireCase, Row


@tagged("post_install", "-at_install")
class TestRightsProving(RightsWireCase):
    """Who reads, proves and deletes what was recorded."""

    section = "Proving"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.create_order(cls.held_vendor)
        cls.order.button_confirm()
        cls.update = cls.env["screening.list.update"].search([], limit=1)
        cls.list = cls.env["screening.list"].search([("code", "=", "EL")])
        cls.head = cls.env.ref("restricted_party_screening.screening_chain_main")
        cls.hold = (
            cls.env["screening.legal.hold"]
            .with_user(cls.manager)
            .create({"name": "Inquiry", "reason": "a letter", "partner_id": cls.held_vendor.id})
        )
        cls.env["screening.event"]._seal_all()

    def test_table(self):
        self.check_table()

    # ---- both rights together -----------------------------------------------

    def purge(self):
        self.call("screening.retention", "purge", "the yearly deletion")

    @mute_logger("odoo.http")
    def test_purge(self):
        """Over the wire: refused before the period, done after it, with the trail unbroken."""
        groups = f"base.group_system,{OURS % 'group_compliance_manager'}"
        user = new_test_user(self.env, "rps_wire_both", groups)
        self.authenticate(user.login, user.login)
        with self.assertRaisesRegex(AssertionError, "Nothing is past its retention period"):
            self.purge()
        later = fields.Datetime.now() + relativedelta(years=11)
        with freeze_time(later):
            self.authenticate(user.login, user.login)
            self.purge()
        self.assertTrue(self.env["screening.event"].search_count([("kind", "=", "purge")]))
        self.assertGreater(self.head.base_seq, 0)
        self.assertTrue(self.env["screening.event"]._verify()["ok"])
        kept = self.env["screening.event"].search([("res_model", "=", "purchase.order")])
        self.assertIn(self.order.id, kept.mapped("res_ref"), "under a legal hold")

    # ---- what is done -------------------------------------------------------

    def collect(self, replay):
        return lambda call: call(
            "screening.evidence", "collect", "order", self.order.id, replay=replay
        )

    def print_evidence(self, call):
        values = {"kind": "order", "order_id": self.order.id}
        wizard = call("screening.evidence.print", "create", [values])
        call("screening.evidence.print", "action_show", wizard)

    def place(self, call):
        call("screening.legal.hold", "create", [{"name": "Case", "reason": "a letter"}])

    # ---- the table ----------------------------------------------------------

    def rows(self):
        def reads(model, *names):
            return Row(lambda call: call(model, "search_read", [], list(names)))

        def writes(record, values):
            return Row(
                lambda call: call(record._name, "write", record.ids, values),
                lambda: record.sudo().read(list(values)),
            )

        def deletes(record):
            return Row(
                lambda call: call(record._name, "unlink", record.ids),
                lambda: len(record.exists()),
            )

        event = self.env["screening.event"].search([("kind", "=", "hold_start")], limit=1)
        file = self.env["ir.attachment"].search(
            [
                ("res_model", "=", self.update._name),
                ("res_id", "=", self.update.id),
                ("res_field", "=", "file"),
            ]
        )
        party = self.env["screening.party"].search([("list_id", "=", self.list.id)], limit=1)
        self.assertTrue(event and file and party)
        return {
            "Read the audit trail": reads("screening.event", "summary", "payload"),
            "Verify the audit trail": Row(
                lambda call: call("screening.event", "action_verify", []),
                lambda: self.head.verified_at,
            ),
            "Collect the evidence of an order": Row(self.collect(False)),
            "Run its checks again": Row(self.collect(True)),
            "Print it": Row(self.print_evidence),
            "Write an event": Row(
                lambda call: call(
                    "screening.event", "create", [{"kind": "decision", "summary": "forged"}]
                ),
                lambda: self.env["screening.event"].search_count([]),
            ),
            "Change an event": writes(event, {"summary": "x"}),
            "Delete an event": deletes(event),
            "Move the beginning of the chain": writes(self.head, {"base_seq": 3}),
            "Delete an edition": deletes(self.update),
            "Delete the file of an edition": deletes(file),
            "Delete a listed party": deletes(party),
            "Delete a list": deletes(self.list),
            "See legal holds": reads("screening.legal.hold", "scope"),
            "Place a legal hold": Row(
                self.place, lambda: self.env["screening.legal.hold"].search_count([])
            ),
            "Lift a legal hold": Row(
                lambda call: call("screening.legal.hold", "action_lift", self.hold.ids, "over"),
                lambda: self.hold.state,
            ),
            "Change a legal hold": writes(self.hold, {"partner_id": False}),
            "Lift it by writing fields": writes(self.hold, {"state": "lifted"}),
            "Delete a legal hold": deletes(self.hold),
            "Set how long a list's evidence is kept": writes(self.list, {"retention_years": 20}),
            "Delete what is past its retention period": Row(
                lambda call: call("screening.retention", "purge", "the yearly deletion"),
                lambda: self.env["screening.event"].search_count([("kind", "=", "purge")]),
            ),
        }
