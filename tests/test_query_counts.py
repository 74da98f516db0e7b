# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import Form, TransactionCase, tagged

from .common import ScreeningMixin

MORE = 60


@tagged("post_install", "-at_install")
class TestQueryCounts(ScreeningMixin, TransactionCase):
    """What a buyer does takes as many queries in a large database as in a small one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.own_list = cls.env["screening.list"].create({"name": "Counted", "code": "COUNTED"})
        cls.spec = Form(cls.env["purchase.order"].with_user(cls.buyer))._view["fields_spec"]

    def fresh(self):
        self.env.flush_all()
        self.env.invalidate_all()
        return self.env["purchase.order"].with_user(self.buyer)

    def choose(self, vendor):
        """What the web client asks when a vendor is chosen on a new order."""
        orders = self.fresh()
        values = orders.onchange({}, [], self.spec)["value"]
        sent = {
            name: value["id"] if isinstance(value, dict) and "id" in value else value
            for name, value in values.items()
        }
        orders = self.fresh()
        orders.onchange({**sent, "partner_id": vendor.id}, ["partner_id"], self.spec)

    def confirm(self, vendor):
        order = self.create_order(vendor)
        self.fresh()
        before = self.env.cr.sql_log_count
        order.button_confirm()
        self.env.flush_all()
        return self.env.cr.sql_log_count - before

    def count(self, act, vendor):
        """Queries of what is done again, when everything is in the registry's caches.

        The fewer of two times: now and then one more is asked, of a sequence or a new minute.
        """
        act(vendor)
        counts = []
        for _again in range(2):
            before = self.env.cr.sql_log_count
            counted = act(vendor)
            counts.append(counted or self.env.cr.sql_log_count - before)
        return min(counts)

    def more_contacts(self):
        self.env["res.partner"].create(
            [
                {"name": f"Vendor {number} Ltd", "is_company": True, "supplier_rank": 1}
                for number in range(MORE)
            ]
        )

    def more_orders(self, vendor):
        for _number in range(10):
            self.create_order(vendor)

    def list_party(self, entries):
        """So many entries of one name, so that a vendor called so has as many hits."""
        rows = "".join(f"Zornak Optical {number:03}\n" for number in range(entries))
        self.import_list(f"name\n{rows}".encode(), own_list=self.own_list)

    def test_contacts_and_orders(self):
        vendors = {"clean": self.clean_vendor, "held": self.held_vendor}
        acts = {"choose": self.choose, "confirm": self.confirm}
        before = {
            (act, kind): self.count(acts[act], vendor)
            for act in acts
            for kind, vendor in vendors.items()
        }
        self.more_contacts()
        self.more_orders(self.clean_vendor)
        self.more_orders(self.held_vendor)
        for act, kind in before:
            with self.subTest(act=act, kind=kind):
                after = self.count(acts[act], vendors[kind])
                # With Inventory one more is asked; ten orders and their vendor's contacts
                # would show as ten.
                self.assertLessEqual(after, before[act, kind] + 2)

    def test_hits(self):
        counts = []
        for entries in (3, MORE):
            self.list_party(entries)
            vendor = self.create_vendor("Zornak Optical", "CZ")
            hits = self.env["screening.hit"].search_count([("partner_id", "=", vendor.id)])
            self.assertGreater(hits, min(entries, 20) - 1)
            counts.append([self.count(self.choose, vendor), self.count(self.confirm, vendor)])
        self.assertEqual(counts[0], counts[1])
