import base64

from odoo.tests import tagged

from .common import csl_file
from .rights_wire import RightsWireCase, Row


@tagged("post_install", "-at_install")
class TestRightsUpdates(RightsWireCase):
    """Who has a list update read, answers for its faults, and sets its guards."""

    section = "List updates"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.list = cls.env["screening.list"].search([("code", "=", "EL")])
        cls.other = cls.env["screening.list"].search([("code", "=", "UVL")])
        cls.guard = cls.env["screening.guard"].search([("code", "=", "shrink")])
        cls.source = cls.env["screening.source"].search([("enabled", "=", False)], limit=1)
        more = cls.with_more("One More Party")
        cls.import_list(more, "applied.csv")
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

        return {
            "See updates and whom they touch": reads("screening.list.update", "name", "effect_ids"),
            "Ask what a list said on a day": Row(
                lambda call: call("screening.list", "parties_as_of", self.list.ids, "2099-01-01")
            ),
            "See by which edition and file": Row(
                lambda call: call(
                    "screening.list.as.of",
                    "onchange",
                    [],
                    {"moment": "2020-01-01 00:00:00"},
                    ["moment"],
                    {"nothing_text": {}, "line_ids": {"fields": {"file_sha256": {}}}},
                )
            ),
            "Download records that were not taken": reads("screening.list.update", "problem_file"),
            "Have it read": does(self.uploaded, "action_read_or_queue"),
            "Stop the reading": does(self.uploaded, "action_stop", prepare=queue),
            "Take what can be read of a refused file": does(
                self.cut, "action_override", "better than nothing"
            ),
            "Apply one by writing fields": writes(self.waiting, {"state": "applied"}),
            "Say that a guard was overridden by writing fields": writes(
                self.guarded.guard_ids[0], {"override_reason": "no"}
            ),
            "Put another edition in force by writing fields": writes(self.list, {"edition": 9}),
            "Set what a guard does": writes(self.guard, {"reaction": "refuse"}),
            "Put a list out of use": writes(self.other, {"active": False}),
            "Switch a source on": writes(self.source, {"enabled": True}),
        }
