from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin, csl_file

HUAWEI = [
    ("EL", "Huawei Technologies Co., Ltd.", {"addresses": "Bantian Huawei Base, Shenzhen, CN"}),
    ("EL", "Huawei Technologies (Australia) Pty Ltd.", {"addresses": "Sydney, AU"}),
    ("EL", "Huawei Technologies Deutschland GmbH", {"addresses": "Bonn, DE"}),
]


@tagged("post_install", "-at_install")
class TestHit(ScreeningMixin, TransactionCase):
    """Hits, decisions, and what reopens them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def events(self, kind, record):
        return self.env["screening.event"].search(
            [("kind", "=", kind), ("res_model", "=", record._name), ("res_ref", "=", record.id)]
        )

    def test_vendor_is_screened_when_created(self):
        self.assertEqual(self.held_vendor.screening_state, "review")
        self.assertEqual(self.clean_vendor.screening_state, "no_match")
        self.assertEqual(self.hit.list_id.code, "EL")
        self.assertIn("Hikvision", self.hit.listed_name)
        self.assertTrue(self.hit.explanation)
        self.assertTrue(self.events("partner_check", self.held_vendor))

    def test_unchanged_check_writes_no_event(self):
        before = len(self.events("partner_check", self.held_vendor))
        self.held_vendor.action_screen()
        self.assertEqual(len(self.events("partner_check", self.held_vendor)), before)

    def test_not_same_frees_and_is_never_asked_again(self):
        """While the facts on both sides stay as they are."""
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.hit.with_user(self.compliance).action_set_not_same("other address, other trade")
        self.assertEqual(order.screening_state, "reviewed")
        self.assertEqual(self.held_vendor.screening_state, "no_match")
        self.held_vendor.write({"phone": "+86 571 1234"})
        self.held_vendor.action_screen()
        self.import_list(self.entity_list, "again.csv")
        self.env["screening.subject"].search(
            [("partner_id", "=", self.held_vendor.id)]
        )._screen_batch(
            self.env["screening.subject"].search([("partner_id", "=", self.held_vendor.id)])
        )
        self.assertEqual(self.hit.state, "not_same")
        order.button_confirm()
        self.assertEqual(order.state, "purchase")

    def test_vendor_change_reopens(self):
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.held_vendor.write({"name": HIKVISION_LONG})
        self.assertEqual(self.hit.state, "open")
        self.assertTrue(self.hit.reopened)
        self.assertTrue(self.events("decision_reopened", self.hit))

    def test_list_change_reopens(self):
        """An entry with another alias is another question; the decision reopens."""
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        changed = self.entity_list.replace(b'"Hikvision"', b'"Hikvision; Hik Security"')
        self.assertNotEqual(changed, self.entity_list)
        update = self.import_list(changed, "changed.csv")
        self.assertEqual(update.line_ids.changed, 1)
        self.env["screening.subject"]._screen_batch(
            self.env["screening.subject"].search([("partner_id", "=", self.held_vendor.id)])
        )
        self.assertEqual(self.hit.state, "open")

    def test_policy_text_change_does_not_reopen(self):
        """Citations and policy texts are not compared, so they reopen nothing."""
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        changed = self.entity_list.replace(b"85 FR 44159", b"85 FR 44159; 90 FR 1")
        self.assertNotEqual(changed, self.entity_list)
        self.import_list(changed, "changed.csv")
        self.held_vendor.action_screen()
        self.assertEqual(self.hit.state, "not_same")

    def test_delisted_closes(self):
        lines = self.entity_list.decode().splitlines(keepends=True)
        without = "".join(line for line in lines if "Hangzhou Hikvision" not in line)
        self.import_list(without.encode(), "without.csv")
        self.held_vendor.action_screen()
        self.assertEqual(self.hit.state, "closed")
        self.assertEqual(self.held_vendor.screening_state, "no_match")
        self.assertTrue(self.events("hit_closed", self.hit))

    def test_rename_there_and_back(self):
        """A rename out of a match waits for a person; renamed back, the hit is as it was."""
        name = self.held_vendor.name
        self.held_vendor.write({"name": "Harmless Paper GmbH"})
        self.assertEqual(self.hit.state, "open")
        self.assertTrue(self.hit.vendor_changed)
        self.held_vendor.write({"name": name})
        self.assertEqual(self.hit.state, "open")
        self.assertFalse(self.hit.vendor_changed)

    def test_reason_and_rights(self):
        for reason in ("", "   ", None, 5):
            with self.assertRaises(UserError):
                self.hit.with_user(self.compliance).action_set_same(reason)
        for user in (self.buyer, self.purchase_manager, self.accountant, self.list_admin):
            with self.assertRaises(AccessError):
                self.hit.with_user(user).action_set_not_same("because")
        self.assertEqual(self.hit.state, "open")

    def test_case_is_decided_at_once_or_one_by_one(self):
        """Huawei matches many entries: the best leads, the others follow it."""
        self.import_list(csl_file(HUAWEI) + self.entity_list.split(b"\n", 1)[1], "huawei.csv")
        vendor = self.create_vendor("Huawei Technologies Co Ltd", "CN")
        hits = self.env["screening.hit"].search([("partner_id", "=", vendor.id)])
        self.assertGreater(len(hits), 1)
        leader = hits.filtered(lambda hit: not hit.leader_id)
        self.assertEqual(leader.listed_name, "Huawei Technologies Co., Ltd.")
        self.assertEqual((hits - leader).leader_id, leader)
        order = self.create_order(vendor)
        self.env["screening.decision"].with_user(self.compliance).create(
            {"hit_ids": leader.ids, "decision": "not_same", "reason": "namesake", "scope": "case"}
        ).action_confirm()
        self.assertEqual(set(hits.mapped("state")), {"not_same"})
        self.assertEqual(order.screening_state, "reviewed")
        leader.with_user(self.compliance).action_reopen("new papers")
        self.assertEqual(order.screening_state, "held")

    def test_one_by_one(self):
        self.import_list(csl_file(HUAWEI) + self.entity_list.split(b"\n", 1)[1], "huawei.csv")
        vendor = self.create_vendor("Huawei Technologies Co Ltd", "CN")
        hits = self.env["screening.hit"].search([("partner_id", "=", vendor.id)])
        leader = hits.filtered(lambda hit: not hit.leader_id)
        order = self.create_order(vendor)
        leader.with_user(self.compliance).action_set_not_same("not the parent")
        self.assertEqual(order.screening_state, "held", "the next best hit holds now")

    def test_same_party_followers_follow(self):
        """Confirmed as the parent, and exempted: entries of its sisters do not hold on."""
        self.import_list(csl_file(HUAWEI) + self.entity_list.split(b"\n", 1)[1], "huawei.csv")
        vendor = self.create_vendor("Huawei Technologies Co Ltd", "CN")
        leader = self.env["screening.hit"].search(
            [("partner_id", "=", vendor.id), ("leader_id", "=", False)]
        )
        self.create_exemption(hits=leader)
        order = self.create_order(vendor)
        self.assertEqual(leader.state, "same")
        self.assertEqual(order.screening_state, "exempted")

    def test_html_in_names_is_text(self):
        name = "<script>alert(1)</script> Hikvision <b>Digital</b> Technology"
        vendor = self.create_vendor(name, "CN")
        order = self.create_order(vendor)
        self.assertEqual(order.screening_state, "held")
        self.assertNotIn("<script", order.screening_message)
        self.assertIn("&lt;script", order.screening_message)


HIKVISION_LONG = "Hangzhou Hikvision Digital Technology"
