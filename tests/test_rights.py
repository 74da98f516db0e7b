from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin

READERS = {
    "screening.list": ("buyer", "accountant", "compliance", "manager", "list_admin"),
    "screening.party": ("buyer", "accountant", "compliance", "manager", "list_admin"),
    "screening.hold": ("buyer", "accountant", "compliance", "manager", "list_admin"),
    "screening.hit": ("compliance", "manager"),
    "screening.subject": ("compliance", "manager"),
    "screening.exemption": ("compliance", "manager"),
    "screening.event": ("compliance", "manager"),
    "screening.policy": ("compliance", "manager"),
    "screening.list.update": ("compliance", "manager", "list_admin"),
    "screening.source": ("compliance", "manager", "list_admin"),
}
USERS = ("buyer", "accountant", "compliance", "manager", "list_admin")


@tagged("post_install", "-at_install")
class TestRights(ScreeningMixin, TransactionCase):
    """Who reads what."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def test_readers(self):
        for model, readers in READERS.items():
            for name in USERS:
                allowed = self.env[model].with_user(getattr(self, name)).has_access("read")
                self.assertEqual(allowed, name in readers, f"{name} reads {model}")

    def test_buyer_sees_list_and_reason_but_no_case(self):
        order = self.create_order(self.held_vendor).with_user(self.buyer)
        self.assertIn("Entity List", order.screening_message)
        with self.assertRaises(AccessError):
            self.held_vendor.with_user(self.buyer).read(["screening_hit_ids"])
        self.assertEqual(order.screening_hold_ids.lists, "EL")

    def test_companies_do_not_see_each_other(self):
        other = self.env["res.company"].create({"name": "Other"})
        exemption = self.create_exemption()
        stranger = self.manager_2
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        found = self.env["screening.exemption"].with_user(stranger).search([])
        self.assertNotIn(exemption, found)
        with self.assertRaises(AccessError):
            exemption.with_user(stranger).action_revoke("not mine")

    def test_request_form_tells_nothing_of_other_companies(self):
        other = self.env["res.company"].create({"name": "Other"})
        order = self.create_order(self.held_vendor)
        stranger = self.buyer
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        requests = self.env["screening.exemption.request"].with_user(stranger)
        with self.assertRaises(AccessError):
            requests.create({"order_id": order.id, "reason": "x"}).read(["held_by"])
