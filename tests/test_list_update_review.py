import base64

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestListUpdateReview(ScreeningMixin, TransactionCase):
    """Guards, preview of whom an update touches, roll back, past editions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entities = cls.env["screening.list"].search([("code", "=", "EL")])

    def with_more(self, *rows):
        """The 28 organisations and some rows more."""
        return csl_file(rows) + self.entity_list.split(b"\n", 1)[1]

    def in_force(self):
        return (
            self.env["screening.party"]
            .search([("list_id", "=", self.entities.id), ("in_force", "=", True)])
            .mapped("name")
        )

    # ---- guards -------------------------------------------------------------

    def test_shrinking_and_canaries(self):
        """A file that loses parties and names that must be there waits for a reason."""
        self.entities.canaries = "Hikvision\nDahua"
        update = self.import_list(csl_file([("EL", "Somebody Else", {})]), apply=False)
        self.assertTrue(update.blocked)
        self.assertEqual(set(update.guard_ids.mapped("code")), {"shrink", "canary"})
        self.assertIn("Hikvision", update.guard_ids.filtered(lambda g: g.code == "canary").message)
        with self.assertRaisesRegex(UserError, "28 of its 28"):
            update.action_apply()
        with self.assertRaises(UserError):
            update.action_override("  ")
        update.with_user(self.list_admin).action_override("the rest moved to another list")
        event = self.env["screening.event"].search([("kind", "=", "update")], limit=1)
        self.assertIn("the rest moved", event.payload)
        update.action_apply()
        self.assertEqual(self.in_force(), ["Somebody Else"])

    def test_guard_of_unreadable_records(self):
        rows = [("EL", "", {})] * 3
        update = self.import_list(self.with_more(*rows), apply=False)
        self.assertEqual(update.problem_count, 3)
        self.assertEqual(update.guard_ids.mapped("code"), ["unreadable"])
        self.entities.max_unreadable = 50
        again = self.import_list(self.with_more(*rows), apply=False)
        self.assertFalse(again.blocked)

    def test_guard_of_a_missing_source(self):
        """A list that came from such a file before must not vanish from it."""
        self.import_list(self.with_more(("SDN", "Sanctioned Shipping Line", {})))
        update = self.import_list(self.entity_list, apply=False)
        self.assertEqual(update.guard_ids.mapped("code"), ["source"])

    def test_a_good_file_meets_no_guard(self):
        update = self.import_list(self.with_more(("EL", "One More Party", {})), apply=False)
        self.assertFalse(update.guard_ids)
        update.action_apply()

    # ---- whom it touches ----------------------------------------------------

    def test_preview_of_hits_and_holds(self):
        vendor = self.create_vendor("Brilliant Bearings Oy", "FI")
        order = self.create_order(vendor)
        update = self.import_list(self.with_more(("EL", "Brilliant Bearings Oy", {})), apply=False)
        effects = {effect.kind: effect for effect in update.effect_ids}
        self.assertEqual(set(effects), {"1_hit", "2_hold"})
        self.assertEqual(effects["1_hit"].partner_id, vendor)
        self.assertEqual(effects["2_hold"].order_id, order)
        self.assertEqual(order.screening_state, "no_match", "a preview changes nothing")
        update.action_apply()
        self.screen_waiting()
        self.assertEqual(order.screening_state, "held")

    def test_preview_of_what_ends(self):
        order = self.create_order(self.held_vendor)
        lines = [
            line for line in self.entity_list.splitlines(True) if b"Hangzhou Hikvision" not in line
        ]
        update = self.import_list(b"".join(lines), apply=False)
        ended = update.effect_ids.filtered(lambda effect: effect.kind == "4_close")
        self.assertIn(self.held_vendor, ended.partner_id)
        self.assertIn(order, update.effect_ids.order_id)
        self.apply_update(update)
        self.screen_waiting()
        self.assertEqual((self.hit.state, order.screening_state), ("closed", "no_match"))

    def test_preview_of_reopening(self):
        exemption = self.create_exemption()
        moved = self.entity_list.replace(b"No. 555 Qianmo Road", b"No. 556 Qianmo Road")
        update = self.import_list(moved, apply=False)
        reopened = update.effect_ids.filtered(lambda effect: effect.kind == "3_reopen")
        self.assertIn(self.held_vendor, reopened.partner_id)
        self.assertIn(exemption, update.effect_ids.exemption_id)
        self.assertEqual(self.hit.state, "same", "a preview changes nothing")

    def test_what_changed_is_said_field_by_field(self):
        rows = self.entity_list.replace(b"84 FR 54002", b"84 FR 54002; 99 FR 1")
        update = self.import_list(rows, apply=False)
        self.assertGreater(update.line_ids.changed, 0)
        party = self.env["screening.party"].search(update.line_ids.action_view_new()["domain"])[0]
        self.assertIn("99 FR 1", party.change_text)

    # ---- roll back and the past ---------------------------------------------

    def test_roll_back(self):
        before = sorted(self.in_force())
        start = fields.Datetime.now()
        self.entities.update_id._sealed().write({"applied_at": "2020-01-01 00:00:00"})
        vendor = self.create_vendor("Brilliant Bearings Oy", "FI")
        order = self.create_order(vendor)
        rows = self.with_more(("EL", "Brilliant Bearings Oy", {}))
        rows = rows.replace(b"84 FR 54002", b"84 FR 54002; 99 FR 1", 1)
        update = self.import_list(rows)
        self.screen_waiting()
        self.assertEqual(order.screening_state, "held")
        with self.assertRaises(UserError):
            update.action_roll_back(" ")
        edition = self.entities.edition
        update.with_user(self.list_admin).action_roll_back("published in error")
        self.assertEqual(update.state, "rolled_back")
        self.assertEqual(sorted(self.in_force()), before)
        self.assertEqual(self.entities.edition, edition + 1)
        self.screen_waiting()
        self.assertEqual(order.screening_state, "no_match")
        self.assertEqual(
            self.env["screening.party"].screen([{"name": "Hikvision"}])[0][0]["list"], "EL"
        )
        with self.assertRaises(UserError):
            update.action_roll_back("twice")
        past = self.entities.parties_as_of("2021-01-01")
        self.assertEqual(sorted(past.mapped("name")), before)
        self.assertFalse(self.entities.parties_as_of("2019-01-01"))
        self.assertTrue(start)

    def test_only_the_last_is_rolled_back(self):
        first = self.import_list(self.with_more(("EL", "First Party", {})))
        self.import_list(self.with_more(("EL", "First Party", {}), ("EL", "Second Party", {})))
        with self.assertRaisesRegex(UserError, "updated since"):
            first.action_roll_back("no")

    def test_the_first_edition_stays(self):
        own = self.env["screening.list"].search([("code", "=", "OWN")])
        first = self.import_list(b"name\nSparkling Gadgets Limited\n", own_list=own)
        with self.assertRaisesRegex(UserError, "first edition"):
            first.action_roll_back("no")

    def test_first_editions_beside_a_later_one(self):
        """What stays is said before and after: nobody takes it for rolled back."""
        later = self.import_list(self.with_more(("EL", "First Party", {})))
        self.assertFalse(later.kept_text, "where nothing stays, nothing is said")
        update = self.import_list(self.with_more(("SDN", "Sanctioned Shipping Line", {})))
        self.assertIn("SDN", update.kept_text)
        self.assertNotIn("EL", update.kept_text)
        wizard = self.env["screening.list.update.reason"].create(
            {"update_id": update.id, "action": "roll_back", "reason": "published in error"}
        )
        self.assertEqual(wizard.kept_text, update.kept_text)

    def test_decisions_survive_a_roll_back(self):
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        update = self.import_list(self.with_more(("EL", "One More Party", {})))
        self.screen_waiting()
        update.action_roll_back("published in error")
        self.screen_waiting()
        self.assertEqual(self.hit.state, "not_same")

    def test_another_feed(self):
        """The same parties from the eCFR: said in the preview, and decisions stay."""
        row = {
            "addresses": "12 Gear Street, Ankara, TR",
            "federal_register_notice": "76 FR 99991",
        }
        self.import_list(self.with_more(("EL", "Whirling Gears Sanayi", row)))
        vendor = self.create_vendor("Whirling Gears", "TR")
        hit = self.env["screening.hit"].search([("partner_id", "=", vendor.id)])
        hit.with_user(self.compliance).action_set_not_same("another firm")
        ecfr = (
            "<DIV5 N='744' TYPE='PART'><DIV9 N='Supplement No. 4 to Part 744' TYPE='APPENDIX'>"
            "<TABLE><TR><TH>Country</TH><TH>Entity</TH><TH>License requirement</TH>"
            "<TH>License review policy</TH><TH>Federal Register citation</TH></TR>"
            "<TR><TD>TURKEY</TD><TD>Whirling Gears Sanayi, 12 Gear St., Ankara, Turkey.</TD>"
            "<TD>For all items</TD><TD>Presumption of denial</TD>"
            "<TD>76 FR 99991, 11/21/11.</TD></TR></TABLE></DIV9></DIV5>"
        )
        update = self.import_list(ecfr.encode(), "ecfr.xml", apply=False)
        self.assertEqual(update.format, "ecfr_xml", update.error)
        self.assertIn("another feed", update.notes)
        self.assertFalse(update.effect_ids.filtered(lambda effect: effect.kind == "3_reopen"))
        self.apply_update(update)
        self.screen_waiting()
        self.assertEqual((hit.state, hit.party_id.update_id), ("not_same", update))

    # ---- background ---------------------------------------------------------

    def test_read_in_the_background(self):
        update = self.import_list(self.with_more(("EL", "One More Party", {})), apply=False)
        update._sealed().write({"state": "queued"})
        with self.enter_registry_test_mode():
            self.env.ref("restricted_party_screening.ir_cron_read").method_direct_trigger()
        self.assertEqual((update.state, update.line_ids.added), ("read", 1))
        parties = self.env["screening.party"].search([("update_id", "=", update.id)])
        self.assertEqual(len(parties), 1, "the earlier reading is forgotten")

    def test_progress_is_shown(self):
        update = self.import_list(self.with_more(("EL", "One More Party", {})), apply=False)
        data = self.with_more(*(("SDN", f"Sanctioned {n}", {}) for n in range(4000)))
        told = []
        update._sealed().write({"file": base64.b64encode(data)})
        update._read_file(lambda count, percent: told.append((count, percent)))
        self.assertEqual(told, sorted(told))
        self.assertGreater(len({percent for _count, percent in told}), 3)
        self.assertLess(told[0][1], 60, "by the bytes that were read")

    def test_records_not_taken_open_as_a_list(self):
        update = self.import_list(self.with_more(("EL", "", {})), apply=False)
        action = update.with_user(self.list_admin).action_view_problems()
        rows = self.env[action["res_model"]].with_user(self.list_admin).search(action["domain"])
        self.assertTrue(rows.row and rows.reason)

    def test_a_crash_while_reading_is_begun_again(self):
        update = self.import_list(self.with_more(("EL", "One More Party", {})), apply=False)
        update._sealed().write({"state": "reading"})
        with self.enter_registry_test_mode():
            self.env.ref("restricted_party_screening.ir_cron_read").method_direct_trigger()
        self.assertEqual(update.state, "read")

    def test_broken_file_in_the_background(self):
        update = self.import_list(b"nonsense", apply=False)
        update._sealed().write({"state": "queued"})
        with self.enter_registry_test_mode():
            self.env.ref("restricted_party_screening.ir_cron_read").method_direct_trigger()
        self.assertEqual(update.state, "failed")
        self.assertTrue(update.error)

    def test_only_who_is_concerned_is_screened_again(self):
        """The others are marked as up to date, by what they share with the change: nothing."""
        bearings = self.create_vendor("Brilliant Bearings Oy", "FI")
        paper = self.create_vendor("Nordic Paperworks AB", "SE")
        screened = paper.sudo().screening_subject_ids.screened_at
        paper.sudo().screening_subject_ids._sealed().write({"screened_at": "2020-01-01"})
        update = self.import_list(self.with_more(("EL", "Brilliant Bearings Oy", {})))
        self.assertFalse(update.rescreen_all)
        self.assertGreater(update.rescreen_left, 0)
        self.screen_waiting()
        self.assertEqual(update.rescreen_left, 0)
        stamp = self.env["screening.list"]._get_stamp()
        for vendor in (bearings, paper):
            self.assertEqual(vendor.sudo().screening_subject_ids.stamp, stamp)
        self.assertEqual(bearings.screening_state, "review")
        moment = paper.sudo().screening_subject_ids.screened_at
        self.assertEqual(str(moment), "2020-01-01 00:00:00", "not screened again")
        self.assertTrue(screened)
        self.assertTrue(bearings.screening_hit_ids.activity_ids, "compliance is told")
        self.assertEqual(update.with_user(self.list_admin).found_count, 1)
        action = update.with_user(self.compliance).action_view_found()
        cases = self.env[action["res_model"]].with_user(self.compliance).search(action["domain"])
        self.assertEqual(cases.partner_id, bearings)

    def test_settings_of_a_list(self):
        """Guards belong to the list administrator, what a list does to compliance managers."""
        record = self.entities.with_user(self.list_admin)
        record.max_shrink = 50
        with self.assertRaises(AccessError):
            record.default_effect = "off"
        with self.assertRaises(AccessError):
            record.active = False
        event = self.env["screening.event"].search([("kind", "=", "policy")], limit=1)
        self.assertIn("max_shrink", event.payload)
