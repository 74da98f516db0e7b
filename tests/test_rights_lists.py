import base64

from odoo.tests import tagged

from .common import csl_file
from .rights_wire import RightsWireCase, Row


@tagged("post_install", "-at_install")
class TestRightsLists(RightsWireCase):
    """Who feeds the lists, and who says what they do."""

    section = "Lists"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls.env["screening.list"].search([("code", "=", "EL")])
        cls.other = cls.env["screening.list"].search([("code", "=", "UVL")])
        cls.guard = cls.env["screening.guard"].search([("code", "=", "shrink")])
        cls.source = cls.env["screening.source"].search([("enabled", "=", False)], limit=1)
        more = csl_file([("EL", "One More Party", {})]) + cls.entity_list.split(b"\n", 1)[1]
        cls.applied = cls.import_list(more, "applied.csv")
        model = cls.env["screening.list.update"]
        values = {"file": base64.b64encode(cls.entity_list[:3000]), "filename": "cut.csv"}
        cls.uploaded = model.create(values)
        cls.cut = model.create(values)
        cls.cut.action_read()
        cls.guarded = cls.import_list(cls.entity_list, "older.csv", apply=False)
        even_more = csl_file([("EL", "Another Party", {})]) + more.split(b"\n", 1)[1]
        cls.waiting = cls.import_list(even_more, "waiting.csv", apply=False)

    def test_table(self):
        self.check_table()

    def rows(self):
        def reads(model, *names):
            return Row(lambda call: call(model, "search_read", [], list(names), limit=5))

        def writes(record, values):
            return Row(
                lambda call: call(record._name, "write", record.ids, values),
                lambda: record.sudo().read(list(values)),
            )

        def does(record, method, *arguments, prepare=None):
            return Row(
                lambda call: call(record._name, method, record.ids, *arguments),
                lambda: (record.state, record.blocked),
                prepare,
            )

        def queue():
            self.uploaded._sealed().write({"state": "queued"})

        party = self.env["screening.party"].search([("list_id", "=", self.list.id)], limit=1)
        return {
            "See lists and listed parties": reads("screening.party", "name"),
            "See updates and whom they touch": reads("screening.list.update", "name", "effect_ids"),
            "Download records that were not taken": reads("screening.list.update", "problem_file"),
            "Upload a file": Row(
                lambda call: call("screening.list.update", "create", [{"filename": "x.csv"}]),
                lambda: self.env["screening.list.update"].search_count([]),
            ),
            "Have it read": does(self.uploaded, "action_read_or_queue"),
            "Stop the reading": does(self.uploaded, "action_stop", prepare=queue),
            "Apply an update": does(self.waiting, "action_apply"),
            "Override a guard": does(self.guarded, "action_override", "it is right"),
            "Take what can be read of a refused file": does(
                self.cut, "action_override", "better than nothing"
            ),
            "Roll an update back": does(self.applied, "action_roll_back", "published in error"),
            "Apply one by writing fields": writes(self.waiting, {"state": "applied"}),
            "Say that a guard was overridden by writing fields": writes(
                self.guarded.guard_ids[0], {"override_reason": "no"}
            ),
            "Put another edition in force by writing fields": writes(self.list, {"edition": 9}),
            "Change a listed party": writes(party, {"name": "Somebody Else"}),
            "Set what a guard does": writes(self.guard, {"reaction": "refuse"}),
            "Set the limits of a list's guards": writes(self.list, {"max_shrink": 20}),
            "Say what a list does to orders": writes(self.list, {"default_effect": "warn"}),
            "Put a list out of use": writes(self.other, {"active": False}),
            "See where lists are fetched from": reads("screening.source", "addresses"),
            "Switch a source on": writes(self.source, {"enabled": True}),
            "Change its addresses": writes(self.source, {"addresses": "https://127.0.0.1/x.csv"}),
        }
