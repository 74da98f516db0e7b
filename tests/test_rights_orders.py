# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo.tests import tagged

from .common import csl_file
from .rights_wire import RightsWireCase, Row


def reads(model, *names, domain=()):
    return Row(lambda call: call(model, "search_read", list(domain), list(names)))


def writes(records, values, prepare=None):
    return Row(
        lambda call: call(records()._name, "write", records().ids, values),
        lambda: records().sudo().read(list(values)),
        prepare,
    )


def deletes(records, prepare=None):
    return Row(
        lambda call: call(records()._name, "unlink", records().ids),
        lambda: len(records().exists()),
        prepare,
    )


@tagged("post_install", "-at_install")
class TestRightsOrders(RightsWireCase):
    """Who sees that an order is held, and what of it."""

    section = "Orders, bills and holds"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.order = cls.create_order(cls.held_vendor)
        cls.hold = cls.order.sudo().screening_hold_ids

    def test_table(self):
        self.check_table()

    def rows(self):
        def order():
            return self.order.sudo()

        def hold():
            return self.hold

        party = {"name": "Hikvision", "country": "CN"}
        contact = self.held_vendor.ids
        return {
            "See that an order is held": reads("purchase.order", "screening_state"),
            "See by which list, and what it restricts": reads(
                "purchase.order", "screening_message"
            ),
            "See the holds of orders": reads("screening.hold", "order_id", "lists", "reason"),
            "See whether a contact matches": Row(
                lambda call: call("res.partner", "read", contact, ["screening_state"])
            ),
            "See the hits of a contact": Row(
                lambda call: call("res.partner", "read", contact, ["screening_hit_ids"])
            ),
            "Find contacts by what was decided": reads(
                "res.partner", "id", domain=[("screening_hit_ids.reason", "ilike", "x")]
            ),
            "Screen a contact now": Row(lambda call: call("res.partner", "action_screen", contact)),
            "Try a name": Row(lambda call: call("screening.party", "screen", [party])),
            "Confirm a held order, which parks it": Row(
                lambda call: call("purchase.order", "button_confirm", self.order.ids),
                lambda: self.order.state,
            ),
            "Write what the screening shows on an order": writes(
                order, {"screening_state": "no_match"}
            ),
            "Take away the alarm of an order": writes(
                order, {"screening_alarm": False}, lambda: order()._screening_set_alarm(True)
            ),
            "Write a hold": writes(hold, {"lists": "x"}),
            "Lift a hold by writing fields": writes(hold, {"state": "lifted"}),
            "Delete a hold": deletes(hold),
        }


@tagged("post_install", "-at_install")
class TestRightsLists(RightsWireCase):
    """Who feeds the lists, and who says what they do."""

    section = "Lists, sources and policies"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.policy = cls.env["screening.policy"].create({"company_id": cls.env.company.id})
        more = csl_file([("EL", "Brilliant Bearings Oy", {})])
        both = more + cls.entity_list.split(b"\n", 1)[1]
        cls.update = cls.import_list(both, "more.csv", apply=False)
        cls.source = cls.env["screening.source"].search([], limit=1)
        cls.file = base64.b64encode(csl_file([("EL", "One More Party", {})])).decode()

    def test_table(self):
        self.check_table()

    def applied(self):
        self.apply_update(self.update)

    def blocked(self):
        """An update that a guard holds back: much shorter than what is in force."""
        self.short = self.import_list(base64.b64decode(self.file), "short.csv", apply=False)
        self.assertTrue(self.short.blocked)

    def rows(self):
        def count(model):
            return lambda: self.env[model].search_count([])

        def lists():
            return self.hit.list_id

        own = {"name": "Our own", "code": "OURS", "own": True}
        upload = {"file": self.file, "filename": "list.csv"}
        return {
            "See lists": reads("screening.list", "name", "edition"),
            "See listed parties": reads("screening.party", "name"),
            "See updates": reads("screening.list.update", "state"),
            "See sources": reads("screening.source", "name"),
            "See policies": reads("screening.policy", "mode"),
            "Upload a file": Row(
                lambda call: call("screening.list.update", "create", [upload]),
                count("screening.list.update"),
            ),
            "Apply an update": Row(
                lambda call: call("screening.list.update", "action_apply", self.update.ids),
                lambda: self.update.state,
            ),
            "Override a guard": Row(
                lambda call: call(
                    "screening.list.update", "action_override", self.short.ids, "known"
                ),
                lambda: self.short.blocked,
                self.blocked,
            ),
            "Roll an update back": Row(
                lambda call: call(
                    "screening.list.update", "action_roll_back", self.update.ids, "wrong file"
                ),
                lambda: self.update.state,
                self.applied,
            ),
            "Delete an upload": deletes(lambda: self.update),
            "Make a list of one's own": Row(
                lambda call: call("screening.list", "create", [own]), count("screening.list")
            ),
            "Set a guard of a list": writes(lists, {"max_shrink": 7}),
            "Choose an address to fetch from": writes(
                lambda: self.source, {"addresses": "https://example.com/list.csv"}
            ),
            "Change a listed party": writes(lambda: self.hit.party_id, {"name": "Somebody Else"}),
            "Say what a list does to orders": writes(lists, {"default_effect": "warn"}),
            "Say what a list does to bills": writes(lists, {"default_effect_bill": "hold"}),
            "Let a company observe only": writes(lambda: self.policy, {"mode": "observe"}),
            "Delete a policy": deletes(lambda: self.policy),
        }
