from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestDigest(ScreeningMixin, TransactionCase):
    """What managers are told each day, and that nobody is told what is not theirs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.digests = cls.env["screening.digest"]
        # What demo data left: each test says itself what there is to tell.
        cls.env["screening.hold"].search([])._sealed().unlink()
        cls.env["screening.exemption"].search([])._sealed().write({"state": "revoked"})
        cls.env["screening.hit"].search([("state", "=", "open")])._sealed().write(
            {"opened_at": fields.Datetime.now() - timedelta(days=30)}
        )
        cls.digest = cls.digests._of(cls.manager)

    def send(self, digest=None):
        """The mails that come of it."""
        digest = digest or self.digest
        before = self.env["mail.mail"].search([])
        digest._send_if_news()
        return self.env["mail.mail"].search([]) - before

    def test_nothing_to_say_sends_nothing(self):
        self.assertFalse(self.send())
        self.assertFalse(self.digest.sent_at)

    def test_the_cron_sends_one_mail_a_manager(self):
        """One whose digest fails takes it from nobody else."""
        self.create_order(self.held_vendor)
        template = self.env.ref("restricted_party_screening.mail_template_digest")
        template.partner_to = (
            "{{ 1 / 0 if object.user_id.login == 'rps_manager_2'"
            " else object.user_id.partner_id.id }}"
        )
        before = self.env["mail.mail"].search([])
        logger = "odoo.addons.restricted_party_screening.models.screening_digest"
        with (
            self.enter_registry_test_mode(),
            mute_logger("odoo.addons.mail.models.mail_render_mixin"),
            self.assertLogs(logger, "ERROR") as logs,
        ):
            self.env.ref("restricted_party_screening.ir_cron_digest").method_direct_trigger()
        self.assertEqual(len(logs.output), 1)
        self.assertIn("rps_manager_2", logs.output[0])
        told = (self.env["mail.mail"].search([]) - before).recipient_ids
        expected = self.digests._get_readers().partner_id - self.manager_2.partner_id
        self.assertIn(self.manager.partner_id, told)
        self.assertEqual(told, expected)

    def test_new_hits(self):
        vendor = self.create_vendor("Hangzhou Hikvision Digital Technology", "CN")
        mail = self.send()
        self.assertEqual(mail.recipient_ids, self.manager.partner_id)
        self.assertIn(vendor.name, mail.body_html)
        self.assertRegex(mail.body_html, r">EL<")
        self.assertIn("1 new", mail.subject)
        self.assertFalse(self.send(), "a hit is new once")

    def test_a_hit_that_is_seen_late(self):
        """Its transaction began before the last look and ended after it."""
        self.assertFalse(self.send())
        vendor = self.create_vendor("Hangzhou Hikvision Digital Technology", "CN")
        hits = vendor.screening_hit_ids._sealed()
        hits.opened_at = fields.Datetime.now() - timedelta(hours=5)
        self.assertIn(vendor.name, self.send().body_html)
        self.assertEqual(len(self.digest.told), 1)
        self.assertFalse(self.send(), "told once all the same")
        hits.opened_at = fields.Datetime.now() - timedelta(hours=4)
        self.assertTrue(self.send(), "reopened since it was told")
        with freeze_time(fields.Datetime.now() + timedelta(hours=22)):
            self.assertFalse(self.send())
            self.assertFalse(self.digest.told, "no longer than it may come again")
            self.assertFalse(self.send())

    def test_reopened_hit_is_new(self):
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.assertFalse(self.send())
        self.hit.with_user(self.compliance).action_reopen("new papers")
        self.assertIn(self.held_vendor.name, self.send().body_html)

    def test_holds_with_value(self):
        order = self.create_order(self.held_vendor, partner_ref="x")
        mail = self.send()
        value = order.company_id.currency_id.format(100.0)
        for text in (order.name, self.held_vendor.name, order.company_id.name):
            self.assertIn(text, mail.body_html)
        self.assertIn(str(value), mail.body_html)

    def test_what_stands_is_said_again_after_a_week_or_when_it_changes(self):
        self.create_order(self.held_vendor)
        self.assertTrue(self.send())
        self.assertFalse(self.send(), "the same as yesterday")
        self.create_order(self.held_vendor)
        self.assertTrue(self.send(), "one more order is held")
        self.assertFalse(self.send())
        week_ago = fields.Datetime.now() - timedelta(days=7)
        self.digest._sealed().write({"sent_at": week_ago})
        self.assertTrue(self.send(), "said a week ago")

    def test_exemptions_that_end(self):
        today = fields.Date.today()
        self.create_exemption(expiry_date=today + timedelta(days=61))
        self.assertFalse(self.send(), "too early")
        exemption = self.create_exemption(expiry_date=today + timedelta(days=60))
        for days, band in ((60, 60), (31, None), (30, 30), (8, None), (7, 7), (0, None)):
            exemption._sealed().write({"expiry_date": today + timedelta(days=days)})
            mail = self.send()
            with self.subTest(days=days):
                if band:
                    self.assertIn(exemption.name, mail.body_html)
                    self.assertRegex(mail.body_html, rf"Within\s+{band}\s+days")
                else:
                    self.assertFalse(mail, "said when it came so near")

    def test_old_lists(self):
        long_ago = fields.Datetime.now() - timedelta(days=99)
        self.hit.list_id._sealed().write({"edition_date": long_ago})
        mail = self.send()
        self.assertIn(self.hit.list_id.name, mail.body_html)
        self.assertRegex(mail.body_html, r"99\s+days old")

    def test_each_may_switch_it_off(self):
        readers = self.digests._get_readers()
        self.assertIn(self.manager, readers)
        self.assertNotIn(self.compliance, readers, "for managers")
        self.assertNotIn(self.env.ref("base.user_root"), readers)
        self.manager.with_user(self.manager).write({"screening_digest": False})
        self.assertNotIn(self.manager, self.digests._get_readers())
        with self.assertRaises(AccessError):
            self.manager_2.with_user(self.manager).write({"screening_digest": False})
        self.manager_2.email = False
        self.assertNotIn(self.manager_2, self.digests._get_readers())

    def test_no_other_companys_orders_exemptions_contacts(self):
        soon = fields.Date.today() + timedelta(days=5)
        exemption = self.create_exemption(expiry_date=soon, amount_ceiling=1)
        order = self.create_order(self.held_vendor)
        other = self.env["res.company"].create({"name": "Other"})
        vendor = self.create_vendor("Hangzhou Hikvision Digital Technology", "CN")
        vendor.company_id = self.env.company
        stranger = new_test_user(
            self.env,
            "rps_stranger",
            "restricted_party_screening.group_compliance_manager",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        mail = self.send(self.digests._of(stranger))
        self.assertTrue(mail, "hits are everybody's")
        for secret in (order.name, exemption.name, vendor.name, self.env.company.name):
            self.assertNotIn(secret, mail.body_html)
        mine = self.send()
        for text in (order.name, exemption.name, vendor.name, self.env.company.name):
            self.assertIn(text, mine.body_html)
        both = self.digests._of(self.manager_2)
        self.manager_2.company_ids |= other
        self.assertEqual(len(both._get_content()["holds"]), 1)

    def test_names_are_escaped(self):
        self.create_vendor("<b>Hikvision</b> Digital <script>x</script>", "CN")
        body = self.send().body_html
        self.assertNotIn("<script>", body)
        self.assertIn("&lt;script&gt;", body)

    def test_kept_by_the_addon(self):
        with self.assertRaises(AccessError):
            self.digest.with_user(self.manager).write({"said": "x"})
        own = self.digests.with_user(self.manager_2).search([])
        self.assertNotIn(self.digest.id, own.ids)
