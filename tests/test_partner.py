from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestPartner(ScreeningMixin, TransactionCase):
    """Whom screening is about, and when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def test_customers_are_left_alone(self):
        customer = self.env["res.partner"].create({"name": "Yitu Technologies"})
        self.assertEqual(customer.screening_state, "not_screened")
        self.assertFalse(customer.screening_subject_ids)
        customer.supplier_rank = 1
        self.assertEqual(customer.screening_state, "review")

    def test_search_by_state(self):
        found = self.env["res.partner"].search([("screening_state", "=", "review")])
        self.assertIn(self.held_vendor, found)
        self.assertNotIn(self.clean_vendor, found)
        self.assertIn(
            self.clean_vendor,
            self.env["res.partner"].search([("screening_state", "=", "no_match")]),
        )
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.assertIn(
            stranger, self.env["res.partner"].search([("screening_state", "=", "not_screened")])
        )

    def test_archived_vendor_is_still_screened(self):
        self.clean_vendor.active = False
        self.clean_vendor.name = "Megvii Technology"
        self.assertEqual(self.clean_vendor.screening_state, "review")

    def test_many_at_once_go_to_the_background(self):
        vendors = self.env["res.partner"].create(
            [{"name": f"Vendor {n}", "supplier_rank": 1} for n in range(230)]
            + [{"name": "Megvii Technology", "supplier_rank": 1}]
        )
        self.assertEqual(set(vendors.mapped("screening_state")), {"not_screened"})
        with self.enter_registry_test_mode():
            self.env.ref("restricted_party_screening.ir_cron_screen_2").method_direct_trigger()
        self.assertEqual(vendors[-1].screening_state, "review")
        self.assertEqual(set(vendors[:-1].mapped("screening_state")), {"no_match"})
        batches = self.env["screening.event"].search([("kind", "=", "batch_check")])
        self.assertGreaterEqual(len(batches), 2)

    def test_vendors_that_exist_at_installation(self):
        """They are queued, and the background takes them."""
        self.env["screening.subject"].search([]).sudo()._sealed().unlink()
        self.env["screening.subject"]._enqueue_vendors()
        self.assertEqual(self.held_vendor.screening_subject_ids.stamp, -1)
        self.screen_waiting()
        self.assertEqual(self.held_vendor.screening_state, "review")

    def test_strange_names(self):
        """No name stops anybody from saving a vendor, and nothing matches on nothing."""
        for name in (
            ".",
            "   .  ",
            "Co., Ltd.",
            "x" * 10000,
            "😀",
            "\u202eGnikvision\u202c",
            "Z̷̢a̶̛l̸g̵o̷",
            "0",
            "海康威视",
            "<b>",
            "%s %(x)s {0}",
            "'; DROP TABLE res_partner; --",
        ):
            vendor = self.create_vendor(name)
            self.assertIn(vendor.screening_state, ("no_match", "review"))
        for name in (".", "Co., Ltd.", "😀", "0"):
            self.assertEqual(self.create_vendor(name).screening_state, "no_match", name)

    def test_one_that_cannot_be_screened(self):
        """It is *not screened*, which holds its orders; the others of its batch are screened."""
        matcher = type(self.env["screening.matcher"])
        original = matcher._search
        broken = self.create_vendor("Broken Vendor")

        def search(self, subjects, **options):
            if any(name.text == "Broken Vendor" for facts in subjects for name in facts.names):
                raise ValueError("broken on purpose")
            return original(self, subjects, **options)

        self.patch(matcher, "_search", search)
        subjects = self.env["screening.subject"].search(
            [("partner_id", "in", (broken | self.clean_vendor).ids)]
        )
        subjects._sealed().write({"stamp": -1})
        with self.assertLogs("odoo.addons.restricted_party_screening", "ERROR"):
            subjects._screen_batch(subjects)
        self.assertEqual(broken.screening_state, "not_screened")
        self.assertIn("broken on purpose", broken.screening_subject_ids.error)
        self.assertEqual(self.clean_vendor.screening_state, "no_match")
        verdict = self.env["screening.gate"]._ask(broken, self.env.company)
        self.assertTrue(verdict.blocks)
