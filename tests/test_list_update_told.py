# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from datetime import timedelta
from unittest.mock import patch

from lxml import etree

from odoo import fields
from odoo.tests import TransactionCase, tagged
from odoo.tools.safe_eval import safe_eval

from ..models import screening_list_update_preview
from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestListUpdateTold(ScreeningMixin, TransactionCase):
    """What the form says of an update is true whoever was screened, and when."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def setUp(self):
        super().setUp()
        self.screen_waiting()

    def bring(self, *names, apply=False):
        return self.import_list(self.with_more(*names), apply=apply)

    def queue_vendor(self, name):
        """A vendor that was there before the addon was: it waits to be screened at all."""
        vendor = self.env["res.partner"].create({"name": name, "is_company": True})
        self.env.flush_all()
        self.env.cr.execute("UPDATE res_partner SET supplier_rank = 1 WHERE id = %s", [vendor.id])
        self.env.invalidate_all()
        self.env["screening.subject"]._enqueue_vendors()
        return vendor

    def said(self, update):
        """The sentences on the page of whom it touches, as the form shows them."""
        view = update.with_user(self.list_admin).get_view(view_type="form")
        page = etree.fromstring(view["arch"]).find(".//page[@name='effects']")
        values = {name: update[name] for name in update._fields if name.startswith("effect")}
        values["effect_ids"] = update.effect_ids.ids
        sentences = []
        for sentence in page.findall("p"):
            if not safe_eval(sentence.get("invisible"), values):
                text = "".join(
                    str(update[part.get("name")]) + (part.tail or "") if part.tag == "field" else ""
                    for part in sentence
                )
                sentences.append(" ".join(f"{sentence.text or ''}{text}".split()))
        return sentences

    # ---- whom it touches ----------------------------------------------------

    def test_nobody(self):
        update = self.bring("Zzyzx Quux Xylophones")
        [sentence] = self.said(update)
        self.assertIn("Nobody: no contact gets or loses a hit", sentence)

    def test_somebody(self):
        self.create_vendor("Brilliant Bearings Oy", "FI")
        update = self.bring("Brilliant Bearings Oy")
        self.assertEqual((self.said(update), len(update.effect_ids)), ([], 1))

    def test_contacts_never_screened(self):
        """The vendor that is listed waits to be screened: nobody says that nobody is touched."""
        vendor = self.queue_vendor("Brilliant Bearings Oy")
        update = self.bring("Brilliant Bearings Oy")
        self.assertFalse(update.effect_ids, "it was not looked at")
        never, nobody = self.said(update)
        self.assertRegex(never, "^1 contacts had not been screened")
        self.assertIn("Nobody else", nobody)
        update.action_apply()
        self.screen_waiting()
        self.assertEqual(vendor.screening_state, "review")

    def test_contacts_waiting(self):
        """An earlier update is in force and not everybody was screened against it."""
        vendor = self.create_vendor("Brilliant Bearings Oy", "FI")
        self.bring("Brilliant Bearings Oy", apply=True)
        update = self.bring("Brilliant Bearings Oy", "Zzyzx Quux Xylophones")
        waiting, nobody = self.said(update)
        self.assertRegex(waiting, r"^\d+ contacts still waited .* earlier update")
        self.assertIn("Nobody else", nobody)
        self.screen_waiting()
        self.assertEqual(vendor.screening_state, "review", "it came on top")

    def test_more_than_are_shown(self):
        for number in range(3):
            self.create_vendor(f"Brilliant Bearings {number}", "FI")
        with patch.object(screening_list_update_preview, "MAX_ROWS", 2):
            update = self.bring("Brilliant Bearings")
        self.assertEqual(len(update.effect_ids), 2)
        self.assertIn("1 more are not", self.said(update)[0])

    def test_not_all_were_looked_at(self):
        for number in range(3):
            self.create_vendor(f"Brilliant Bearings {number}", "FI")
        with patch.object(screening_list_update_preview, "MAX_CONTACTS", 2):
            update = self.bring("Brilliant Bearings")
        self.assertRegex(self.said(update)[0], r"^2 of \d+ contacts .* were looked at")

    # ---- when it is done ----------------------------------------------------

    def messages(self):
        """What is sent to browsers that are open."""
        self.env.cr.precommit.run()
        return " ".join(
            json.loads(row.message)["payload"]["message"]
            for row in self.env["bus.bus"].search([("message", "like", "account_notification")])
        )

    def apply_as_admin(self, update):
        update.with_user(self.list_admin).action_apply()
        self.assertNotIn(f"against “{update.name}”", self.messages())
        self.screen_waiting()
        channels = self.env["bus.bus"].search([("message", "like", update.name)]).mapped("channel")
        partner = f'"res.partner",{self.list_admin.partner_id.id}]'
        self.assertTrue(any(channel.endswith(partner) for channel in channels), channels)

    def test_who_applied_is_told(self):
        self.create_vendor("Brilliant Bearings Oy", "FI")
        self.apply_as_admin(self.bring("Brilliant Bearings Oy"))
        self.assertIn("Contacts to decide: 1", self.messages())

    def test_who_applied_is_told_of_nothing_new(self):
        self.apply_as_admin(self.bring("Zzyzx Quux Xylophones"))
        self.assertIn("it brought no new hits", self.messages())

    def test_what_is_rolled_back_is_not_told(self):
        update = self.bring("Zzyzx Quux Xylophones", apply=True)
        update.action_roll_back("published in error")
        self.screen_waiting()
        self.assertNotIn("against “list.csv”", self.messages())
        self.assertIn("against “Roll back of list.csv to el.csv”", self.messages())

    # ---- time left ----------------------------------------------------------

    def test_time_left(self):
        """As fast as it went so far; once it was through, a later wait foretells nothing."""
        self.create_vendor("Brilliant Bearings Oy", "FI")
        update = self.bring("Brilliant Bearings Oy", apply=True)
        update._sealed().write({"applied_at": fields.Datetime.now() - timedelta(minutes=10)})
        self.assertGreater(update._minutes_left(50, 100), 15)
        self.assertEqual(update._minutes_left(0, 100), 0, "nothing is known yet")
        self.screen_waiting()
        self.assertEqual((update.rescreen_left, update.rescreen_minutes), (0, 0))
        self.assertTrue(update.outcome_told)
        update._sealed().write({"applied_at": fields.Datetime.now() - timedelta(days=30)})
        subject = self.held_vendor.sudo().screening_subject_ids
        subject._sealed().write({"stamp": 0})
        update.invalidate_recordset()
        self.assertEqual((update.rescreen_left, update.rescreen_minutes), (1, 0))
