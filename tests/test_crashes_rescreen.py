# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import random
import time

from odoo.tests import BaseCase, tagged

from ..models.screening_subject_background import BATCH
from .brake import brake
from .child import Child
from .races import RacesMixin, made_up

VENDORS = 900
WORKERS = 2
LISTED = 60
ORDERS = 5
#: Each lets the first batches through, which leaves some of so many vendors after the last.
KILLS = 2
#: Where a batch that finds hits is killed: at the hits, and at the orders that they hold.
STORING = ("screening_hit", "purchase_order")


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestCrashesOfRescreening(RacesMixin, BaseCase):
    """Two processes screen contacts after an update, or all on demand, and are killed again and
    again.

    What is there in the end is compared with what one process says without storing it.
    """

    def left(self):
        with self.transaction() as env:
            subjects = env["screening.subject"]
            return subjects.search_count(subjects._domain_outdated())

    def rescreen_in(self, *words):
        child = Child(self.registry.db_name, self.registry.cursor, words=("rescreen", *words))
        self.addCleanup(child.close)
        return child

    def outdate(self):
        """An update that shares a word with all these contacts; some of them are on it."""
        with self.current():
            # A word that is telling enough to be looked up, and too common to match by itself.
            names = [made_up("Umbrella") for _number in range(VENDORS)]
            vendors = self.env["res.partner"].create(
                [{"name": name, "is_company": True, "supplier_rank": 1} for name in names]
            )
            listed = vendors[:: VENDORS // LISTED]
            orders = [self.create_order(vendor).id for vendor in listed[:ORDERS]]
            orders = self.env["purchase.order"].browse(orders)
            # Once before, so that afterwards they are compared with what changed.
            subjects = self.env["screening.subject"]
            for _count in subjects._rescreen_committed(self.env.cr.commit):
                pass
        with self.current():
            own_list = self.env["screening.list"].create(
                {"name": made_up("kill"), "code": made_up("").strip().upper(), "own": True}
            )
            update = self.env["screening.list.update"].create(
                {
                    "file": self.csv(listed.with_env(self.env).mapped("name")),
                    "filename": "kill.csv",
                    "list_id": own_list.id,
                }
            )
            update.action_read()
            update.action_apply()
            self.assertFalse(update.rescreen_all)
            self.assertGreaterEqual(update.effects_total, VENDORS, "each is compared")
        return vendors, listed, orders, update

    def test_killed_again_and_again(self):
        vendors, listed, orders, update = self.outdate()
        expected = self.answers(vendors)
        events = self.kill_again_and_again(vendors, KILLS, STORING)
        with self.transaction() as env:
            self.assert_as_if_never_killed(env, expected, vendors, listed, orders, update)
            held = events.with_env(env).filtered(lambda event: event.kind == "hold_start")
            self.assertEqual(sorted(held.mapped("res_ref")), sorted(orders.ids))
        with self.transaction() as env:
            env["screening.subject"]._mark_all_outdated()
        events = self.kill_again_and_again(vendors, 1)
        with self.transaction() as env:
            self.assert_as_if_never_killed(env, expected, vendors, listed, orders, update)
            moved = set(events.with_env(env).mapped("kind")) - {"batch_check"}
            self.assertFalse(moved, "all was found before")

    def answers(self, vendors):
        """What one process says without storing it: (vendor, listed party, score) of each hit."""
        with self.transaction() as env:
            names = vendors.with_env(env).mapped("name")
            answers = env["screening.party"].screen([{"name": name} for name in names])
        return sorted(
            (vendor, hit["party_id"], hit["score"])
            for vendor, hits in zip(vendors.ids, answers, strict=True)
            for hit in hits
        )

    def kill_again_and_again(self, vendors, kills, tables=()):
        """Screen whoever waits.

        :param kills: how often it is killed behind a batch
        :param tables: that it is killed at, too, when it comes to write there
        :return: the events of it
        """
        with self.transaction() as env:
            before = env["screening.event"].search([], order="id desc", limit=1).id
        total = left = self.left()
        self.assertGreaterEqual(total, VENDORS)
        for _number in range(kills):
            left = self.kill_behind_a_batch(vendors, left)
        for table in tables:
            left = self.kill_at(table)
        self.assertTrue(0 < left < total, "killed in the middle")
        child = self.rescreen_in("--workers", str(WORKERS))
        self.assertEqual(child.end(), 0, child.said())
        self.assertIn(f"{left} contacts screened, 0 left", child.said())
        self.assertEqual(self.left(), 0)
        with self.transaction() as env:
            events = env["screening.event"].search([("id", ">", before)])
            batches = events.filtered(lambda event: event.kind == "batch_check")
            screened = sum(json.loads(event.payload)["count"] for event in batches)
            self.assertEqual(screened, total, "each contact once, none twice")
        return events

    def kill_behind_a_batch(self, vendors, left):
        """Kill both processes at any moment after they did something, and before all is done.

        The brake stands behind the first batches of these vendors, one for each process, as they
        may share them out in any way. A slow machine is killed at work, a fast one at the brake, in
        the middle of the batches that follow.

        :return: how many wait then
        """
        with self.transaction() as env:
            subjects = env["screening.subject"]
            waiting = [*subjects._domain_outdated(), ("partner_id", "in", vendors.ids)]
            first = subjects.search(waiting, order="id")[WORKERS * BATCH].id
        with brake(self.registry.cursor, first):
            child = self.rescreen_in("--workers", str(WORKERS))
            child.wait_until(lambda: self.left() < left)
            self.assertEqual(1 + len(child.helpers()), WORKERS, "each is at it")
            time.sleep(random.uniform(0, 0.5))  # noqa: S311
            child.kill()
        child.wait_until_gone()
        left = self.left()
        self.assertTrue(left, "the brake let everybody through")
        return left

    def kill_at(self, table):
        """Kill both processes when one of them comes to write into a table; :return: who waits."""
        with self.registry.cursor() as cr:
            cr.execute(f"LOCK TABLE {table} IN SHARE MODE")
            child = self.rescreen_in("--workers", str(WORKERS))
            child.wait_until_blocked()
            child.kill()
        child.wait_until_gone()
        return self.left()

    def assert_as_if_never_killed(self, env, expected, vendors, listed, orders, update):
        found = env["screening.hit"].search([("partner_id", "in", vendors.ids)])
        self.assertEqual(
            sorted((hit.partner_id.id, hit.party_id.id, hit.score) for hit in found), expected
        )
        of_list = found.filtered(lambda hit: hit.list_id == update.with_env(env).line_ids.list_id)
        self.assertEqual(of_list.partner_id & listed.with_env(env), listed.with_env(env))
        cases = env["screening.case"].search([("partner_id", "in", listed.ids)])
        self.assertEqual(set(cases.mapped("state")), {"open"})
        self.assertEqual(len(cases), len(listed))
        self.assertEqual(set(orders.with_env(env).mapped("screening_state")), {"held"})
        self.assertTrue(update.with_env(env).outcome_told)
        told = found.activity_ids.filtered(lambda item: "kill.csv" in item.summary)
        self.assertTrue(told)
        self.assertEqual(len(told), len(told.user_id), "each is told once")
