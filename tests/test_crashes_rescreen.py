# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import random
import time

from odoo.tests import BaseCase, tagged

from .child import Child
from .races import RacesMixin, made_up

VENDORS = 900
LISTED = 60
ORDERS = 5
KILLS = 3


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
            names = [made_up("Turbines") for _number in range(VENDORS)]
            vendors = self.env["res.partner"].create(
                [{"name": name, "is_company": True, "supplier_rank": 1} for name in names]
            )
            listed = vendors[:: VENDORS // LISTED]
            orders = [self.create_order(vendor).id for vendor in listed[:ORDERS]]
            orders = self.env["purchase.order"].browse(orders)
            self.env["screening.subject"]._after_rescreening()
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
        return vendors, listed, orders, update

    def test_killed_again_and_again(self):
        vendors, listed, orders, update = self.outdate()
        events = self.kill_again_and_again()
        with self.transaction() as env:
            self.assert_as_if_never_killed(env, vendors, listed, orders, update)
            held = events.with_env(env).filtered(lambda event: event.kind == "hold_start")
            self.assertEqual(sorted(held.mapped("res_ref")), sorted(orders.ids))
        with self.transaction() as env:
            env["screening.subject"]._mark_all_outdated()
        events = self.kill_again_and_again()
        with self.transaction() as env:
            self.assert_as_if_never_killed(env, vendors, listed, orders, update)
            moved = set(events.with_env(env).mapped("kind")) - {"batch_check"}
            self.assertFalse(moved, "all was found before")

    def kill_again_and_again(self):
        """Screen whoever waits. :return: the events of it"""
        with self.transaction() as env:
            before = env["screening.event"].search([], order="id desc", limit=1).id
        total = left = self.left()
        killed = 0
        self.assertGreaterEqual(total, VENDORS)
        for _number in range(KILLS):
            child = self.rescreen_in("--workers", "2")
            child.wait_until(lambda left=left: self.left() < left)
            self.assertEqual(len(child.helpers()), 1, "two processes are at it")
            time.sleep(random.uniform(0, 0.5))  # noqa: S311
            child.kill()
            child.wait_until_gone()
            left = self.left()
            if not left:
                break
            killed += 1
        self.assertTrue(killed, "all was done before the first kill: take more vendors")
        child = self.rescreen_in("--workers", "2")
        self.assertEqual(child.end(), 0, child.said())
        self.assertIn(f"{left} contacts screened, 0 left", child.said())
        self.assertEqual(self.left(), 0)
        with self.transaction() as env:
            events = env["screening.event"].search([("id", ">", before)])
            batches = events.filtered(lambda event: event.kind == "batch_check")
            screened = sum(json.loads(event.payload)["count"] for event in batches)
            self.assertEqual(screened, total, "each contact once, none twice")
        return events

    def assert_as_if_never_killed(self, env, vendors, listed, orders, update):
        vendors = vendors.with_env(env)
        answers = env["screening.party"].screen([{"name": vendor.name} for vendor in vendors])
        expected = {
            (vendor.id, hit["party_id"], hit["score"])
            for vendor, hits in zip(vendors, answers, strict=True)
            for hit in hits
        }
        found = env["screening.hit"].search([("partner_id", "in", vendors.ids)])
        self.assertEqual(
            sorted((hit.partner_id.id, hit.party_id.id, hit.score) for hit in found),
            sorted(expected),
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
