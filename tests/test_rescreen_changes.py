# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import random
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from .. import engine
from ..engine import Facts, Name
from ..models.screening_store_changes import ChangesStore
from ..models.screening_subject_changes import ToCompare
from .common import ScreeningMixin, csl_file

LONG_AGO = "2020-01-01 00:00:00"
#: Many words, so that a list can be made of which no two parties are alike.
WORDS = ("Amber", "Birch", "Cobalt", "Dune", "Ember", "Fjord", "Glacier", "Harbor", "Ivory", "Jade")


@tagged("post_install", "-at_install")
class TestRescreenChanges(ScreeningMixin, TransactionCase):
    """After an update contacts are compared with what changed, whatever part of a list that is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def setUp(self):
        super().setUp()
        self.screen()
        self.event = self.env["screening.event"].search([], order="id desc", limit=1)

    def screen(self):
        self.screen_waiting()
        self.env.invalidate_all()

    def bring(self, *names, keep=True):
        alone = csl_file([("EL", name, {}) for name in names])
        return self.import_list(self.with_more(*names) if keep else alone)

    def date_back(self):
        """So that it can be seen who was screened and who was not."""
        subjects = self.env["screening.subject"].search([])
        subjects._sealed().write({"screened_at": LONG_AGO})

    def was_screened(self, vendor):
        return str(vendor.sudo().screening_subject_ids.screened_at) != LONG_AGO

    def hits(self, vendors):
        hits = self.env["screening.hit"].search([("partner_id", "in", vendors.ids)])
        return sorted((hit.partner_id.id, hit.party_uid, hit.score, hit.state) for hit in hits)

    def kept(self):
        return self.env.execute_query(
            SQL("SELECT DISTINCT update_id FROM screening_index WHERE update_id < 0")
        )

    def test_the_whole_list_changes(self):
        """Ten times as many parties come as there were: only whom they match is screened."""
        names = [f"{one} {two} Trading" for one in WORDS for two in WORDS if one != two]
        listed = self.create_vendor("Cobalt Fjord Trading", "FI")
        shares_a_word = self.create_vendor("Amber Pumpkin Plantations", "SE")
        self.date_back()
        update = self.bring(*names)
        self.assertFalse(update.rescreen_all)
        self.screen()
        stamp = self.env["screening.list"]._get_stamp()
        for vendor in (listed, shares_a_word, self.held_vendor):
            self.assertEqual(vendor.sudo().screening_subject_ids.stamp, stamp)
        self.assertEqual(listed.screening_state, "review")
        self.assertTrue(self.was_screened(listed))
        self.assertFalse(self.was_screened(shares_a_word), "it matches nothing that changed")
        self.assertFalse(self.was_screened(self.held_vendor), "what it matches did not change")
        self.assertEqual(self.hit.state, "open")
        events = self.env["screening.event"].search(
            [("id", ">", self.event.id), ("kind", "=", "batch_check")]
        )
        compared = events.filtered(lambda event: "match nothing" in event.summary)
        self.assertTrue(compared, "the trail says who was compared with what changed")
        counted = sum(json.loads(event.payload)["count"] for event in events)
        self.assertEqual(counted, self.env["screening.subject"].search_count([]), "each once")

    def test_as_if_all_were_screened(self):
        names = [f"{one} {two} Trading" for one in WORDS for two in WORDS[:4] if one != two]
        vendors = self.held_vendor | self.clean_vendor
        for name in ("Amber Dune", "Amber Dune Trading Ltd", "Dune of Amber", "Jade Tradings"):
            vendors |= self.create_vendor(name, "FI")
        self.bring(*names)
        self.screen()
        found = self.hits(vendors)
        self.assertTrue(found)
        self.bring(*names[::2], "Jade Trading", keep=False)
        self.screen()
        changed = self.hits(vendors)
        self.assertNotEqual(found, changed)
        self.env["screening.subject"]._mark_all_outdated()
        self.screen()
        self.assertEqual(self.hits(vendors), changed)

    def test_who_is_crowded_out_or_let_in(self):
        """Lists change by chance, and so few entries are looked at that most tie or fall out."""
        few = patch.dict(engine.search.__globals__, CANDIDATES=3)
        few.start()
        self.addCleanup(few.stop)
        chance = random.Random(19)  # noqa: S311
        listed = [" ".join(chance.sample(WORDS, chance.randint(1, 3))) for _number in range(160)]
        vendors = self.env["res.partner"].create(
            [
                {"name": f"{' '.join(chance.sample(WORDS, 2))} {number}", "supplier_rank": 1}
                for number in range(60)
            ]
        )
        self.bring(*dict.fromkeys(listed[:80]), keep=False)
        self.screen()
        passed = 0
        for number in range(3):
            self.date_back()
            self.bring(*dict.fromkeys(listed[10 * number : 82 + 10 * number]), keep=False)
            if number == 1:
                continue  # two updates behind the next time
            self.screen()
            passed += sum(not self.was_screened(vendor) for vendor in vendors)
            found = self.hits(vendors)
            self.env["screening.subject"]._mark_all_outdated()
            self.screen()
            self.assertEqual(self.hits(vendors), found)
        self.assertTrue(passed, "some were only compared")

    def test_what_came_and_changed_was_never_there(self):
        """Two updates behind: what the first brought and the second changed did not go."""
        names = ["Cobalt Fjord Trading", "Ember Glacier Trading"]
        updates = self.bring(*names)
        changed = csl_file(
            [("EL", name, {"license_policy": "Presumption of denial"}) for name in names]
        )
        updates |= self.import_list(changed + self.entity_list.split(b"\n", 1)[1])
        query = engine.prepare(Facts((Name("Cobalt Fjord Trading"),)))
        rows = [ToCompare(0, updates[0].applied_seq - 1, {}, -30, True)]
        [of_both] = ChangesStore(self.env, updates, rows)._find_changed([query], 30)
        came = [entry for change in of_both for entry in change.came]
        self.assertIn("COBALT FJORD TRADING", [entry.text.upper() for entry in came])
        self.assertEqual({entry.update_id for entry in came}, {updates[1].id})
        self.assertFalse([entry for change in of_both for entry in change.went])
        rows = [rows[0]._replace(stamp=updates[0].applied_seq)]
        [of_one] = ChangesStore(self.env, updates, rows)._find_changed([query], 30)
        self.assertEqual({entry.update_id for entry in of_one[0].went}, {updates[0].id})

    def test_what_went_closes_with_an_event(self):
        order = self.create_order(self.held_vendor)
        self.assertEqual(order.screening_state, "held")
        self.bring("Cobalt Fjord Trading", keep=False)
        self.screen()
        self.assertEqual((self.hit.state, order.screening_state), ("closed", "no_match"))
        closed = self.env["screening.event"].search(
            [("kind", "=", "hit_closed"), ("res_ref", "=", self.hit.id)]
        )
        self.assertIn("no longer on the list", closed.summary)

    def test_what_changed_points_to_what_is_in_force(self):
        """Only a policy changes: the decision stays, its hit follows."""
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        moved = self.entity_list.replace(b"84 FR 54002", b"84 FR 54002; 99 FR 1")
        update = self.import_list(moved)
        self.screen()
        self.assertEqual((self.hit.state, self.hit.party_id.update_id), ("not_same", update))

    def test_several_updates_behind(self):
        """Nobody looked between two updates: what the first brought is found, unless it went."""
        came = self.create_vendor("Cobalt Fjord Trading", "FI")
        went = self.create_vendor("Ember Glacier Trading", "FI")
        first = self.bring("Cobalt Fjord Trading", "Ember Glacier Trading")
        second = self.bring("Cobalt Fjord Trading", "Ivory Jade Trading")
        self.assertEqual(len(self.kept()), 2)
        self.date_back()
        self.screen()
        self.assertEqual(came.screening_hit_ids.party_id.update_id, first)
        self.assertEqual(went.screening_state, "no_match")
        self.assertFalse(self.was_screened(went), "what it would match is not in force any more")
        self.assertTrue((first | second).mapped("keys_forgotten"))
        self.assertFalse(self.kept(), "when everybody is past it goes")

    def test_rolled_back_before_anybody_looked(self):
        vendor = self.create_vendor("Cobalt Fjord Trading", "FI")
        gone = self.create_vendor("Hikvision", "CN")
        before = self.hits(gone)
        update = self.bring("Cobalt Fjord Trading", keep=False)
        update.action_roll_back("published in error")
        self.screen()
        self.assertEqual(vendor.screening_state, "no_match")
        self.assertEqual(self.hits(gone), before)
        update = self.bring("Cobalt Fjord Trading", keep=False)
        self.screen()
        self.assertEqual((vendor.screening_state, gone.screening_state), ("review", "no_match"))
        update.action_roll_back("published in error")
        self.screen()
        self.assertEqual((vendor.screening_state, gone.screening_state), ("no_match", "review"))

    def test_what_cannot_be_compared_is_screened(self):
        """A batch with facts that nobody can read stops nothing and loses nobody."""
        vendor = self.create_vendor("Amber Dune Trading", "FI")
        odd = self.create_vendor("Cobalt Amber Pumpkin", "SE")
        self.bring("Amber Dune Trading")
        self.date_back()
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE screening_subject SET facts = '[1]' WHERE partner_id = %s", [odd.id]
        )
        self.screen()
        self.assertEqual((vendor.screening_state, odd.screening_state), ("review", "no_match"))
        self.assertTrue(self.was_screened(odd), "not passed over, though it matches nothing")

    def test_what_updates_changed_before_new_code(self):
        """It is not there in the new form, so everybody is screened."""
        vendor = self.create_vendor("Cobalt Fjord Trading", "FI")
        self.bring("Cobalt Fjord Trading")
        self.env.flush_all()
        self.env.cr.execute("UPDATE screening_index_version SET version = 'old'")
        self.env["screening.index"]._create_tables()
        self.env.invalidate_all()
        self.assertFalse(self.kept())
        subjects = self.env["screening.subject"]
        self.assertEqual(subjects._get_full_stamp(), self.env["screening.list"]._get_stamp())
        self.screen()
        self.assertEqual(vendor.screening_state, "review")

    def test_the_first_list_of_all(self):
        """Who was looked at before there was a list is looked at again, whatever it shares."""
        self.env.cr.execute("UPDATE screening_list SET edition = 0")
        self.env.invalidate_all()
        own = self.env["screening.list"].search([("code", "=", "OWN")])
        update = self.import_list(b"name\nSparkling Gadgets Limited\n", own_list=own)
        self.assertTrue(update.rescreen_all)
        self.date_back()
        self.screen()
        self.assertTrue(self.was_screened(self.clean_vendor))
