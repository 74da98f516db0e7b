from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin, csl_file

HUAWEI = [
    ("EL", "Huawei Technologies Co., Ltd.", {"addresses": "Bantian Huawei Base, Shenzhen, CN"}),
    ("EL", "Huawei Technologies Deutschland GmbH", {"addresses": "Bonn, DE"}),
    ("UVL", "Huawei Technologies Trading", {"addresses": "Shenzhen, CN"}),
]


@tagged("post_install", "-at_install")
class TestCase(ScreeningMixin, TransactionCase):
    """The queue: one line a contact, as the facts are, in the order of risk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.case = cls.case_of(cls.held_vendor)

    @classmethod
    def case_of(cls, partner):
        return cls.env["screening.case"].search([("partner_id", "=", partner.id)])

    def test_one_case_a_contact(self):
        self.import_list(csl_file(HUAWEI) + self.entity_list.split(b"\n", 1)[1], "huawei.csv")
        vendor = self.create_vendor("Huawei Technologies Co Ltd", "CN")
        case = self.case_of(vendor)
        self.assertEqual(len(case), 1)
        self.assertEqual(case.state, "open")
        self.assertEqual(case.list_ids.mapped("code"), ["EL", "UVL"])
        self.assertEqual(case.hit_id.listed_name, "Huawei Technologies Co., Ltd.")
        self.assertEqual(case.effect, "hold")
        self.assertGreaterEqual(case.hit_count, 2)
        self.assertFalse(self.case_of(self.clean_vendor))

    def test_order_by_risk(self):
        """Of equal matches the vendor with open orders comes first."""
        other = self.create_vendor(self.held_vendor.name, "CN")
        queue = self.env["screening.case"].search(
            [("partner_id", "in", (self.held_vendor | other).ids)]
        )
        before = queue.mapped("risk")
        self.assertEqual(before[0], before[1])
        order = self.create_order(other)
        self.env.flush_all()
        queue = queue.search([("id", "in", queue.ids)])
        self.assertEqual(queue[0].partner_id, other)
        self.assertEqual(queue[0].company_ids, order.company_id)
        self.assertEqual(queue[0].open_order_count, 1)
        self.assertEqual(queue[0].open_order_value, 100.0)
        order.button_cancel()
        self.assertFalse(self.case_of(other).company_ids)
        self.assertEqual(self.case_of(other).risk, before[0])

    def test_strength_then_effect_then_value(self):
        """However much money is in it, a weaker match or a milder list comes later."""
        self.import_list(
            csl_file([("UVL", "Quokka Instruments Limited", {})])
            + self.entity_list.split(b"\n", 1)[1],
            "two.csv",
        )
        strong_hold = self.held_vendor
        strong_warn = self.create_vendor("Quokka Instruments Limited")
        strong_warn_dear = self.create_vendor("Quokka Instruments")
        possible_hold_dear = self.create_vendor("Zhejiang Dahua Technology Co Ltd", "CN")
        for vendor in (strong_warn_dear, possible_hold_dear):
            self.create_order(vendor).order_line.price_unit = 1_000_000
        hits = possible_hold_dear.screening_hit_ids
        hits._sealed().write({"level": "possible"})
        vendors = strong_hold | strong_warn | strong_warn_dear | possible_hold_dear
        self.env["screening.case"]._refresh(vendors)
        self.env.flush_all()
        queue = self.env["screening.case"].search([("partner_id", "in", vendors.ids)])
        self.assertEqual(
            queue.partner_id.mapped("name"),
            [
                vendor.name
                for vendor in (strong_hold, strong_warn_dear, strong_warn, possible_hold_dear)
            ],
        )
        self.assertEqual(queue.mapped("effect"), ["hold", "warn", "warn", "hold"])
        self.assertEqual(queue.mapped("level"), ["strong"] * 3 + ["possible"])

    def test_money_of_other_companies_is_converted(self):
        cases = self.env["screening.case"]
        first = self.env["res.company"].search([], order="id", limit=1)
        yen = self.env.ref("base.JPY")
        yen.active = True
        other = self.env["res.company"].create({"name": "Other", "currency_id": yen.id})
        self.env["res.currency.rate"].create(
            {"name": "2020-01-01", "currency_id": yen.id, "company_id": first.id, "rate": 100}
        )
        worth = cases._sum_up({first.id: (1, 5.0), other.id: (1, 700.0)})
        self.assertEqual(worth, 12.0)

    def test_merged_contacts(self):
        """The case of who is kept says at once what came along, former decisions too."""
        merge = self.env["base.partner.merge.automatic.wizard"].create({})._merge
        twin = self.create_vendor(self.held_vendor.name, "CN")
        for vendor in (self.held_vendor, twin):
            hits = vendor.screening_hit_ids
            hits.with_user(self.compliance).action_set_not_same(f"another firm than {vendor.id}")
        gone = twin.id
        merge((self.held_vendor | twin).ids, self.held_vendor)
        self.env.invalidate_all()
        self.assertFalse(twin.exists())
        self.assertEqual(self.case.state, "not_same", "the same facts, decided already")
        self.assertEqual(len(self.env["screening.case"].search([("id", "=", self.case.id)])), 1)
        merge((self.held_vendor | self.clean_vendor).ids, self.clean_vendor)
        self.env.invalidate_all()
        case = self.case_of(self.clean_vendor)
        self.assertEqual((case.state, case.hit_count), ("closed", 0), "it matches no more")
        reasons = case.decision_ids.mapped("reason")
        self.assertTrue([reason for reason in reasons if reason.startswith("another firm")])
        logs = self.env["screening.decision.log"].search([("partner_ref", "=", gone)])
        self.assertTrue(logs, "nothing of it is lost")

    def test_orders_of_contacts_count(self):
        self.create_order(self.contact)
        self.assertEqual(self.case.open_order_count, 1)
        self.assertTrue(self.case.company_ids)

    def test_effect_follows_policy(self):
        policy = self.env["screening.policy"].create(
            [{"company_id": company.id} for company in self.env["res.company"].search([])]
        )
        self.env["screening.policy.line"].create(
            [
                {"policy_id": record.id, "list_id": self.hit.list_id.id, "effect": "warn"}
                for record in policy
            ]
        )
        self.assertEqual(self.case.effect, "warn")
        policy.line_ids[:1].effect = "hold"
        self.assertEqual(self.case.effect, "hold")

    def test_no_query_for_each_case(self):
        for number in range(20):
            vendor = self.create_vendor(f"{self.held_vendor.name} {number}", "CN")
            self.create_order(vendor)
        names = ["partner_id", "open_order_value", "listed_name", "list_ids", "state"]

        def queries(limit):
            self.env.flush_all()
            self.env.invalidate_all()
            start = self.env.cr.sql_log_count
            records = self.env["screening.case"].search([], limit=limit)
            records.read(names)
            return self.env.cr.sql_log_count - start

        queries(1)
        self.assertLessEqual(queries(20), queries(2) + 3)

    def test_decided_closes_the_line(self):
        self.case.with_user(self.compliance).hit_id.action_set_not_same("another firm")
        self.assertEqual(self.case.state, "not_same")
        self.assertEqual(self.case.risk, 0)
        self.case.with_user(self.compliance).hit_id.action_reopen("new papers")
        self.assertEqual(self.case.state, "open")
        self.assertGreater(self.case.risk, 0)
        self.case.hit_id.with_user(self.compliance).action_set_same("it is")
        self.assertEqual(self.case.state, "same")

    def test_next_opens(self):
        other = self.case_of(self.create_vendor(f"{self.held_vendor.name} Two", "CN"))
        case = self.case.with_user(self.compliance)
        cases = self.env["screening.case"].with_user(self.compliance)
        others = cases.browse(cases._queue_ids()) - case - other.with_user(self.compliance)
        waiting = others.partner_id.screening_hit_ids.filtered(lambda hit: hit.state == "open")
        waiting.with_user(self.compliance).action_set_not_same("out of the way")
        action = case.action_decide_not_same()
        wizard = (
            self.env["screening.decision"]
            .with_user(self.compliance)
            .with_context(**action["context"])
            .create({"reason": "other firm"})
        )
        action = wizard.action_confirm()
        self.assertEqual((action["res_model"], action["res_id"]), ("screening.case", other.id))
        self.assertEqual(case.state, "not_same")
        answers = case.decision_ids.answers
        self.assertEqual(answers["compared"]["country"], "agrees")
        self.assertEqual(answers["answered"]["country"], "agrees")

    def test_sealed(self):
        for user in (self.compliance, self.manager):
            with self.assertRaises(AccessError):
                self.case.with_user(user).write({"state": "closed"})
            with self.assertRaises(AccessError):
                self.env["screening.case"].with_user(user).create(
                    {"partner_id": self.clean_vendor.id}
                )
        with self.assertRaises(AccessError):
            self.case.with_user(self.buyer).read(["state"])

    def test_dealings_are_of_the_chosen_companies(self):
        self.create_order(self.held_vendor)
        company = self.env["res.company"].create({"name": "Other"})
        self.assertEqual(self.case.open_order_count, 1)
        case = self.case.with_context(allowed_company_ids=company.ids)
        self.env.user.company_ids |= company
        case.invalidate_recordset()
        self.assertEqual(case.open_order_count, 0)
