from lxml import etree

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval

from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestListUpdateFault(ScreeningMixin, TransactionCase):
    """Each guard is a setting, and is overridden with a reason that stands in the audit trail."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entities = cls.env["screening.list"].search([("code", "=", "EL")])
        cls.own = cls.env["screening.list"].search([("code", "=", "OWN")])

    def in_force(self, record=None):
        return self.env["screening.party"].search_count(
            [("list_id", "=", (record or self.entities).id), ("in_force", "=", True)]
        )

    def guard(self, code):
        return self.env["screening.guard"].search([("code", "=", code)])

    def accept(self, update, reason="the publisher confirms it"):
        """As the form does it."""
        update = update.with_user(self.list_admin)
        action = update.action_override()
        wizard = self.env[action["res_model"]].with_user(self.list_admin)
        values = {"reason": reason}
        if update.fault == "empty":
            values["list_id"] = (update.list_id or self.entities).id
        wizard.with_context(**action["context"]).create(values).action_confirm()
        event = self.env["screening.event"].search([("kind", "=", "update")], limit=1)
        self.assertIn(reason, event.payload)
        self.assertEqual(event.user_name, self.list_admin.name)

    def test_truncated(self):
        """What stands before the cut is taken; what stood behind it is not removed."""
        data = self.with_more("One More Party")
        update = self.import_list(data[:3000], apply=False)
        self.assertEqual((update.state, update.fault), ("failed", "truncated"))
        with self.assertRaises(UserError):
            update.action_apply()
        self.accept(update)
        self.assertEqual((update.state, update.complete), ("read", False))
        self.assertEqual(update.line_ids.removed, 0)
        guard = update.guard_ids
        self.assertEqual(guard.mapped("code"), ["truncated"])
        self.assertIn("breaks off", guard.message)
        self.assertEqual(guard.override_user_id, self.list_admin)
        self.assertEqual(self.in_force(), 28, "it is read, not applied")
        update.action_apply()
        self.assertEqual(self.in_force(), 29)

    def test_a_list_of_ones_own_says_which(self):
        """Not that nothing was found in it, which is not true."""
        update = self.import_list(b"name\nSparkling Gadgets\n", "own.csv", apply=False)
        self.assertEqual(update.state, "failed")
        self.assertIn("choose under “Own List”", update.error)
        update.list_id = self.own
        update.action_read()
        self.assertEqual((update.state, update.line_ids.added), ("read", 1))

    def test_nothing_that_can_be_read(self):
        """The first record says what is wrong with them."""
        data = b"name,country\n,CN\nGadgets,ZZ\n"
        update = self.import_list(data, own_list=self.own, apply=False)
        self.assertFalse(update.fault)
        self.assertIn("stands in row 2: the name is empty.", update.error)

    def test_a_file_without_a_byte_in_the_form(self):
        """Odoo's button drops it and keeps its name: the form still says it, and takes it."""
        form = Form(self.env["screening.list.update"].with_user(self.list_admin))
        form.list_id = self.own
        update = form.save()
        update.filename = "empty.csv"  # as the button does; a form shows it to nobody
        arch = etree.fromstring(update.get_view(view_type="form")["arch"])
        button = arch.find(".//button[@name='action_read_or_queue']")
        hidden = {"state": update.state, "file": False, "more_file_ids": [], "filename": False}
        self.assertTrue(safe_eval(button.get("invisible"), hidden))
        hidden["filename"] = update.filename
        self.assertFalse(safe_eval(button.get("invisible"), hidden))
        update.action_read_or_queue()
        self.assertEqual((update.state, update.fault), ("failed", "empty"))
        self.assertIn("0 bytes", update.error)

    def test_header(self):
        data = self.entity_list.replace(b"title", b"salutation", 1)
        update = self.import_list(data, apply=False)
        self.assertEqual((update.state, update.fault), ("failed", "header"))
        self.accept(update)
        self.assertEqual((update.state, update.complete), ("read", True))
        self.assertEqual(update.line_ids.unchanged, 28)

    def test_header_that_costs_addresses(self):
        """That the parties lose something is a guard of its own."""
        data = self.entity_list.replace(b"addresses", b"where", 1)
        update = self.import_list(data, apply=False)
        self.accept(update)
        self.assertEqual(update.guard_ids.mapped("code"), ["header", "lacking"])
        with self.assertRaisesRegex(UserError, "would lose aliases or addresses"):
            update.action_apply()

    def test_empty_official_list(self):
        """That a list is empty has to be said three times: what, and that it shrinks so."""
        self.entities.canaries = "Hikvision"
        for data in (b"", self.entity_list.splitlines(keepends=True)[0]):
            update = self.import_list(data, apply=False)
            self.assertEqual((update.state, update.fault), ("failed", "empty"))
            with self.assertRaisesRegex(UserError, "which list"):
                update.action_override("gone")
            self.accept(update)
            self.assertEqual(update.guard_ids.mapped("code"), ["empty", "shrink", "canary"])
            with self.assertRaises(UserError):
                update.action_apply()
        update.action_override("the programme was ended")
        update.action_apply()
        self.assertEqual(self.in_force(), 0)
        update.action_roll_back("it was not")
        self.assertEqual(self.in_force(), 28)

    def test_empty_list_of_ones_own(self):
        self.import_list(b"name\nSparkling Gadgets Limited\n", own_list=self.own)
        update = self.import_list(b"name\n", own_list=self.own, apply=False)
        self.accept(update)
        self.apply_update(update)
        self.assertEqual(self.in_force(self.own), 0)

    def test_what_is_no_list_has_nothing_to_take(self):
        no_header = self.entity_list.split(b"\n", 1)[1]
        for data in (b"nonsense", b"<html><body>503</body></html>", no_header):
            update = self.import_list(data, apply=False)
            self.assertEqual((update.state, update.fault), ("failed", False))
            with self.assertRaisesRegex(UserError, "No guard speaks"):
                update.action_override("take it anyway")

    def test_another_file_is_another_fault(self):
        """The reason was given for the file that was there."""
        update = self.import_list(self.entity_list[:3000], apply=False)
        update._sealed().write({"accepted": [{"fault": "truncated"}]})
        update.with_user(self.list_admin).file = b"bmFtZQo="
        self.assertFalse(update.accepted)

    # ---- settings -----------------------------------------------------------

    def test_refuse(self):
        """Nobody overrides a guard that the settings say refuses."""
        for code, data in (
            ("truncated", self.entity_list[:3000]),
            ("shrink", csl_file([("EL", "Somebody Else", {})])),
        ):
            self.guard(code).reaction = "refuse"
            update = self.import_list(data, apply=False)
            with self.assertRaisesRegex(UserError, "let nobody override"):
                update.action_override("take it anyway")
            with self.assertRaises(UserError):
                update.action_apply()

    def test_only_say_so(self):
        self.guard("shrink").reaction = "note"
        self.entities.canaries = False
        update = self.import_list(csl_file([("EL", "Somebody Else", {})]), apply=False)
        self.assertFalse(update.blocked)
        self.assertIn("would lose", update.guard_text)
        update.action_apply()
        self.assertEqual(self.in_force(), 1)

    def test_each_guard_is_a_setting(self):
        """With one row each, all of which wait; a broken file is never just noted."""
        guards = self.env["screening.guard"].search([])
        codes = [code for code, _label in guards._fields["code"].selection]
        self.assertEqual(sorted(guards.mapped("code")), sorted(codes))
        self.assertEqual(set(guards.mapped("reaction")), {"wait"})
        self.assertTrue(all(guard.description for guard in guards))
        for code in ("empty", "truncated", "header"):
            with self.assertRaises(ValidationError):
                self.guard(code).reaction = "note"

    def test_rights_and_trail_of_the_settings(self):
        guard = self.guard("shrink")
        with self.assertRaises(AccessError):
            guard.with_user(self.compliance).reaction = "note"
        with self.assertRaises(AccessError):
            guard.with_user(self.list_admin).code = "older"
        guard.with_user(self.list_admin).reaction = "refuse"
        event = self.env["screening.event"].search([("kind", "=", "policy")], limit=1)
        self.assertIn('"after":"refuse"', event.payload.replace(" ", ""))
