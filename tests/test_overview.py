import json
from datetime import timedelta

from odoo import fields
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin

KINDS = ("queue", "hits", "time", "held", "exemptions", "alarms", "lists")


@tagged("post_install", "-at_install")
class TestOverview(ScreeningMixin, TransactionCase):
    """The managers' cards: right numbers, which open what they count, of one's own companies."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.log = cls.env["screening.decision.log"]

    def card(self, kind, user=None):
        self.env.invalidate_all()  # as a page that is opened anew
        cards = self.env["screening.overview"].with_user(user or self.manager)
        return cards.search([("kind", "=", kind)])

    def bars(self, kind, user=None):
        [data] = json.loads(self.card(kind, user).bars)
        return {bar["label"]: bar["value"] for bar in data["values"]}

    def opened(self, kind, place, user=None):
        action = getattr(self.card(kind, user), f"action_open_{place}")()
        self.assertEqual(action["views"][0][1], "list")
        return (
            self.env[action["res_model"]].with_user(user or self.manager).search(action["domain"])
        )

    def test_every_number_opens_what_it_counts(self):
        self.create_order(self.held_vendor).button_confirm()
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.create_exemption(
            amount_ceiling=500, expiry_date=fields.Date.add(fields.Date.today(), days=20)
        )
        self.create_vendor("Hangzhou Hikvision Digital Technology", "CN")
        for kind, places in (
            ("queue", (1, 2, 3)),
            ("hits", (1, 2, 3)),
            ("time", (2,)),
            ("held", (2, 3)),
            ("exemptions", (2, 3)),
            ("lists", (1, 2, 3)),
        ):
            for place in places:
                with self.subTest(kind=kind, place=place):
                    number = self.card(kind)[f"number_{place}"]
                    self.assertEqual(number, str(len(self.opened(kind, place))))
        self.assertEqual(self.card("exemptions").number_3, "1")
        before = int(self.card("exemptions").number_2)
        self.create_exemption()
        self.assertEqual(self.card("exemptions").number_2, str(before + 1), "without a ceiling")
        self.assertIn(self.hit, self.opened("hits", 1))

    def test_each_card_has_graph_and_pivot(self):
        for kind in KINDS:
            for mode in ("graph", "pivot"):
                action = getattr(self.card(kind), f"action_{mode}")()
                self.assertEqual(action["views"][0][1], mode)
                views = self.env[action["res_model"]].get_views(action["views"])
                self.assertIn(mode, views["views"])
            self.assertTrue(self.card(kind).unit)

    def test_averages_leave_out_what_decides_nothing(self):
        """Reopened, escalated, proposed steps are no decisions of no hours."""
        self.log.search([])._sealed().unlink()
        self.hit._sealed().write({"opened_at": fields.Datetime.now() - timedelta(hours=10)})
        hit = self.hit.with_user(self.compliance)
        hit.action_escalate(self.manager.id, fields.Date.today(), "look")
        hit.action_set_not_same("another firm")
        hit.action_reopen("new papers")
        [(hours, alarms, count)] = self.log._read_group(
            [("hit_id", "=", self.hit.id)], [], ["hours:avg", "false_alarm:avg", "__count"]
        )
        self.assertEqual((round(hours), alarms, count), (10, 1.0, 3))
        hit.action_set_same("it is")
        self.assertEqual(self.card("alarms").number_1, "50 %")
        self.assertEqual(self.card("alarms").number_2, "50 %")
        self.assertEqual(self.card("alarms").number_3, "–")
        self.assertEqual(self.card("time").number_1, "5.0 h")
        self.assertEqual(self.bars("alarms"), {"EL": 50})

    def test_zeros_of_earlier_versions_are_taken_out(self):
        self.log.search([])._sealed().unlink()
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.hit.with_user(self.compliance).action_reopen("new papers")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE screening_decision_log SET hours = 0, false_alarm = 0 WHERE hours IS NULL"
        )
        self.log.init()
        self.assertEqual(self.log._read_group([], [], ["false_alarm:avg"]), [(1.0,)])

    def test_followers_are_not_counted_apart(self):
        self.log.search([])._sealed().unlink()
        follower = self.hit._sealed().copy({"party_uid": "other", "leader_id": self.hit.id})
        (self.hit | follower).with_user(self.compliance).action_set_not_same("another firm")
        self.assertEqual(self.log.search_count([("outcome", "=", "not_same")]), 2)
        self.assertEqual(self.card("time").number_2, "1")

    def test_held_value_in_ones_own_money_and_companies(self):
        holds = self.env["screening.hold"]
        holds.search([])._sealed().unlink()
        order = self.create_order(self.held_vendor)
        order.currency_id = self.env.ref("base.EUR")
        self.env.ref("base.EUR").active = True
        expected = self.env.company.currency_id.format(round(order.amount_total_cc))
        self.assertEqual(self.card("held").number_1, expected.replace(".00", ""))
        self.assertEqual(self.bars("held"), {"EL": round(order.amount_total_cc)})
        other = self.env["res.company"].create({"name": "Other"})
        self.manager_2.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self.opened("held", 1, self.manager_2))
        self.assertEqual(self.bars("held", self.manager_2), {})
        rows = holds.with_user(self.manager_2).formatted_read_group(
            [], ["lists"], ["order_value:sum_currency"]
        )
        self.assertEqual(rows, [])

    def test_money_stays_what_it_is_where_a_point_parts_thousands(self):
        lang = self.env["res.lang"].with_context(active_test=False).search([("code", "=", "en_US")])
        lang.write({"decimal_point": ",", "thousands_sep": ".", "grouping": "[3,0]"})
        cards = self.env["screening.overview"].with_context(lang="en_US")
        self.env.company.currency_id.rounding = 0.01
        for amount, expected in ((1000, "1.000"), (10005, "10.005"), (0, "0")):
            shown = cards._show_money(amount)
            self.assertEqual("".join(c for c in shown if c.isdigit() or c in ".,"), expected)

    def test_money_of_several_companies_is_added_in_one(self):
        euro = self.env.ref("base.EUR")
        euro.active = True
        if self.env.company.currency_id == euro:
            euro = self.env.ref("base.USD")
        other = self.env["res.company"].create({"name": "Other", "currency_id": euro.id})
        self.env["res.currency.rate"].create(
            {
                "name": "2020-01-01",
                "currency_id": euro.id,
                "company_id": self.env.company.root_id.id,
                "rate": 0.5,
            }
        )
        exemptions = self.env["screening.exemption"]
        exemptions.search([])._sealed().write({"state": "revoked"})
        for company in (self.env.company, other):
            for user in (self.compliance, self.manager):
                user.company_ids |= company
            self.create_exemption(
                amount_ceiling=100, company_id=company.id, currency_id=company.currency_id.id
            )
        card = self.card("exemptions").with_context(
            allowed_company_ids=(self.env.company | other).ids
        )
        expected = self.env.company.currency_id.format(300).replace(".00", "")
        self.assertEqual((card.number_1, card.number_2), (expected, "2"))
        card = card.with_context(allowed_company_ids=self.env.company.ids)
        self.assertEqual(card.number_2, "1")

    def test_age_of_lists(self):
        record = self.hit.list_id
        long_ago = fields.Datetime.now() - timedelta(days=99)
        record._sealed().write({"edition_date": long_ago, "confirmed_date": False})
        lists = self.env["screening.list"]
        domain = [("id", "=", record.id)]
        self.assertEqual(record.age_days, 99)
        self.assertEqual(lists._read_group(domain, [], ["age_days:max"]), [(99,)])
        self.assertIn(record, self.opened("lists", 2))
        self.assertEqual(self.bars("lists")["EL"], 99)
        record._sealed().write({"confirmed_date": fields.Datetime.now() - timedelta(days=3)})
        self.assertEqual(record.age_days, 3)
        self.assertEqual(lists._read_group(domain, [], ["age_days:max"]), [(3,)])
        empty = lists.search([("edition", "=", 0)], limit=1)
        domain = [("id", "=", empty.id)]
        self.assertEqual(lists._read_group(domain, [], ["age_days:max"]), [(False,)])

    def test_for_compliance_alone(self):
        for user in (self.buyer, self.accountant, self.list_admin):
            self.assertFalse(self.env["screening.overview"].with_user(user).has_access("read"))
        self.assertTrue(self.card("queue", self.compliance).number_1)
