import base64

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestListUpdate(ScreeningMixin, TransactionCase):
    """Files are read, looked at, applied; a broken one changes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entities = cls.hit.list_id

    def in_force(self):
        return self.env["screening.party"].search_count(
            [("list_id", "=", self.entities.id), ("in_force", "=", True)]
        )

    def test_the_28(self):
        self.assertEqual(self.in_force(), 28)
        self.assertTrue(self.entities.edition)
        self.assertFalse(self.entities.is_stale)

    def test_preview_counts_before_anything_counts(self):
        rows = [
            ("EL", "New Listed Party", {}),
            ("EL", "Dahua Technology", {"addresses": "Elsewhere, CN"}),
        ]
        update = self.import_list(csl_file(rows), apply=False)
        line = update.line_ids
        self.assertEqual((line.added, line.changed, line.removed), (1, 1, 27))
        self.assertEqual(self.in_force(), 28)
        self.assertFalse(self.env["screening.party"].screen([{"name": "New Listed Party"}])[0])
        self.apply_update(update)
        self.assertEqual(self.in_force(), 2)
        self.assertTrue(self.env["screening.party"].screen([{"name": "New Listed Party"}])[0])
        old = self.env["screening.party"].search(
            [("list_id", "=", self.entities.id), ("name", "=", "Dahua Technology")], order="id"
        )
        self.assertEqual(old.mapped("in_force"), [False, True], "a change is a new row")

    def test_same_content_twice_is_no_change(self):
        edition = self.entities.edition
        stamp = self.env["screening.list"]._get_stamp()
        update = self.import_list(self.entity_list, "again.csv")
        self.assertEqual(
            (update.line_ids.added, update.line_ids.changed, update.line_ids.removed), (0, 0, 0)
        )
        self.assertEqual(update.line_ids.unchanged, 28)
        self.assertEqual(self.entities.edition, edition)
        self.assertEqual(self.env["screening.list"]._get_stamp(), stamp)

    def test_broken_files_change_nothing(self):
        good = self.entity_list
        for name, data in {
            "empty": b"",
            "no header": b"\n".join(good.splitlines()[1:]),
            "header only": good.splitlines()[0],
            "cut in a row": good[: len(good) // 2],
            "html": b"<html><body>503 Service Unavailable</body></html>",
            "binary": bytes(range(256)) * 20,
            "nul": good.replace(b"Hikvision", b"Hik\0vision"),
        }.items():
            with self.subTest(name):
                update = self.import_list(data, apply=False)
                self.assertEqual(update.state, "failed")
                self.assertTrue(update.error)
                with self.assertRaises(UserError):
                    update.action_apply()
                self.assertEqual(self.in_force(), 28)

    def test_own_list(self):
        own = self.env["screening.list"].search([("code", "=", "OWN")])
        update = self.import_list(
            b"name,aliases,country\nSparkling Gadgets Limited,Sparkly Gadgets,GB\n,,\n",
            own_list=own,
            apply=False,
        )
        self.assertEqual(update.line_ids.added, 1)
        self.apply_update(update)
        order = self.create_order(self.create_vendor("Sparkling Gadgets Ltd", "GB"))
        self.assertEqual(order.screening_state, "held")

    def test_two_readings_of_one_edition(self):
        """Who applies second must look again."""
        first = self.import_list(csl_file([("EL", "First Party", {})]), apply=False)
        second = self.import_list(csl_file([("EL", "Second Party", {})]), apply=False)
        self.apply_update(first)
        second.action_override("a file made for a test")
        with self.assertRaisesRegex(UserError, "changed since"):
            second.action_apply()

    def test_rights(self):
        for user in (self.buyer, self.compliance, self.manager):
            with self.assertRaises(AccessError):
                self.env["screening.list.update"].with_user(user).create({"filename": "x"})
        update = (
            self.env["screening.list.update"]
            .with_user(self.list_admin)
            .create({"file": base64.b64encode(self.entity_list), "filename": "el.csv"})
        )
        update.action_read()
        self.assertEqual(update.state, "read")
        for values in ({"state": "applied"}, {"file_sha256": "0"}):
            with self.assertRaises(AccessError):
                update.write(values)
        with self.assertRaises(UserError):
            update.write({"file": base64.b64encode(b"other")})
        update.action_apply()
        with self.assertRaises(UserError):
            update.unlink()
        with self.assertRaises(AccessError):
            self.entities.with_user(self.list_admin).write({"edition": 99})

    def test_applied_update_is_rescreened_in_the_background(self):
        """A vendor that becomes listed turns up without anybody pressing a button."""
        vendor = self.create_vendor("Brilliant Bearings Oy", "FI")
        order = self.create_order(vendor)
        self.assertEqual(order.screening_state, "no_match")
        self.import_list(self.with_more("Brilliant Bearings Oy"))
        self.screen_waiting()
        self.assertEqual(vendor.screening_state, "review")
        self.assertEqual(order.screening_state, "held")

    def test_confirm_between_update_and_background(self):
        """There is no window: at confirm the vendor is screened against the new edition."""
        vendor = self.create_vendor("Brilliant Bearings Oy", "FI")
        order = self.create_order(vendor)
        self.import_list(self.with_more("Brilliant Bearings Oy"))
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
