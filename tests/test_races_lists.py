# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import threading

import psycopg2

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from ..models.screening_rows import try_lock_rows
from .races import RacesMixin, made_up


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestRacesOfLists(RacesMixin, BaseCase):
    """Two administrators at once, and the background as Odoo's scheduler runs it."""

    def bring(self, *names, own_list=None, read=True):
        """An update that brings these names."""
        with self.current():
            own_list = (own_list or self.own_list).with_env(self.env)
            listed = [
                party.name
                for party in self.env["screening.party"].search(
                    [("list_id", "=", own_list.id), ("in_force", "=", True)]
                )
            ]
            update = self.env["screening.list.update"].create(
                {
                    "file": self.csv([*listed, *names]),
                    "filename": "races.csv",
                    "list_id": own_list.id,
                }
            )
            if read:
                update.action_read()
        return update

    def apply(self, update, env=None):
        if env:
            update.with_env(env).action_apply()
        else:
            with self.current():
                update.with_env(self.env).action_apply()

    # ---- two administrators -------------------------------------------------

    def test_updates_of_two_lists(self):
        """Neither is lost; each has its own number, so what was checked against which is known."""
        first = self.bring(made_up("Early"))
        second = self.bring(made_up("Late"), own_list=self.other_list)
        with self.refused(), self.transaction() as late:
            self.apply(first)
            self.apply(second, late)
        self.apply(second)
        with self.transaction() as env:
            numbers = [update.with_env(env).applied_seq for update in (first, second)]
        self.assertEqual(numbers[1], numbers[0] + 1)

    def test_one_update_applied_twice(self):
        update = self.bring(made_up("Only"))
        with self.refused(), self.transaction() as late:
            self.apply(update)
            self.apply(update, late)
        with self.assertRaisesRegex(UserError, "nothing to apply"):
            self.apply(update)

    def test_one_file_read_twice(self):
        update = self.bring(made_up("Only"), read=False)
        with self.refused(), self.transaction() as late:
            with self.current():
                update.with_env(self.env).action_read()
            update.with_env(late).action_read()
        with self.assertRaisesRegex(UserError, "read already"), self.current():
            update.with_env(self.env).action_read()
        with self.transaction() as env:
            rows = env["screening.party"].search_count([("update_id", "=", update.id)])
            self.assertEqual((rows, len(update.with_env(env).line_ids)), (1, 1))

    def test_roll_back_and_next_update(self):
        """Who rolls back sees that there is a later edition."""
        update, later = self.bring(made_up("Early")), None
        self.apply(update)
        later = self.bring(made_up("Late"))
        with self.refused(), self.transaction() as late:
            self.apply(later)
            update.with_env(late).action_roll_back("published in error")
        with self.assertRaisesRegex(UserError, "updated since"), self.current():
            update.with_env(self.env).action_roll_back("published in error")

    # ---- the scheduler ------------------------------------------------------

    def run_scheduler(self):
        """What Odoo's scheduler does when a job was asked for, in its own transactions."""
        name = self.registry.db_name
        self.registry["ir.cron"]._process_jobs(name)
        threading.current_thread().dbname = name

    def look(self, vendor, order):
        """(state of the contact, of the order, of the case, number of open activities)"""
        with self.transaction() as env:
            case = env["screening.case"].search([("partner_id", "=", vendor.id)])
            return (
                vendor.with_env(env).screening_state,
                order.with_env(env).screening_state,
                case.state,
                case.effect,
            )

    def test_a_vendor_becomes_listed(self):
        """Nobody presses a button: the case is in the queue, the open order is held."""
        vendor = self.vendor(listed=False)
        order = self.order(vendor)
        self.run_scheduler()
        self.assertEqual(self.look(vendor, order), ("no_match", "no_match", False, False))
        update = self.bring(self.value_of(vendor, "name"))
        self.apply(update)
        self.run_scheduler()
        self.assertEqual(self.look(vendor, order), ("review", "held", "open", "hold"))
        with self.transaction() as env:
            hits = env["screening.hit"].search([("partner_id", "=", vendor.id)])
            told = hits.activity_ids.filtered(lambda item: "brought new hits" in item.summary)
            self.assertTrue(told, "compliance is told")
            self.assertTrue(update.with_env(env).outcome_told)
            update.with_env(env).action_roll_back("published in error")
        self.run_scheduler()
        self.assertEqual(self.look(vendor, order), ("no_match", "no_match", "closed", "hold"))

    def test_locking_logs_no_error(self):
        """Who comes second to a contact's row begins again, and nothing is logged as an error."""
        vendor = self.vendor(listed=False)
        with self.current():
            self.list_names(*(made_up("Mills") for _number in range(9)))
        self.screen(vendor)
        with self.current():
            self.list_names(made_up("Mills"))
        with self.transaction() as env:
            subjects = vendor.with_env(env).sudo().screening_subject_ids
            stamp = env["screening.list"]._get_stamp()
            self.assertLessEqual(subjects._get_full_stamp(), subjects.stamp)
            self.assertLess(subjects.stamp, stamp, "it waits, and is not screened in any case")
        acts = {
            "batch": try_lock_rows,
            "decision": lambda rows: rows._take(rows.partner_id),
            "approval": lambda rows: rows._hold_still(rows.partner_id),
            "unconcerned": lambda rows: rows._advance_unconcerned(0),
            "compared": lambda rows: rows._compare_with_changes(rows.id - 1),
        }
        for name, act in acts.items():
            with (
                self.subTest(name),
                self.assertNoLogs("odoo.sql_db", "ERROR"),
                self.transaction() as late,
            ):
                rows = subjects.with_env(late)
                self.assertTrue(rows.exists(), "its snapshot is taken")
                late["screening.list"]._get_stamp()
                with self.transaction() as early:
                    early.cr.execute(
                        "UPDATE screening_subject SET write_date = now() WHERE id = %s",
                        [subjects.id],
                    )
                with self.assertRaises(psycopg2.errors.SerializationFailure):
                    act(rows)
                late.cr.rollback()

    def test_two_workers_end_at_once(self):
        """Compliance is told once, whoever ends last."""
        vendor = self.vendor(listed=False)
        update = self.bring(self.value_of(vendor, "name"))
        self.apply(update)
        self.screen(vendor)
        with self.transaction() as env:
            env.cr.execute(
                "UPDATE screening_subject SET stamp = %s", [update.with_env(env).applied_seq]
            )
        with self.transaction() as late:
            with self.transaction() as early:
                early["screening.subject"]._after_rescreening()
            with mute_logger("odoo.sql_db"):
                late["screening.subject"]._safely(late["screening.subject"]._after_rescreening)
            self.assertTrue(update.with_env(late).outcome_told)
        with self.transaction() as env:
            hits = env["screening.hit"].search([("partner_id", "=", vendor.id)])
            users = hits.activity_ids.user_id
            self.assertEqual(len(hits.activity_ids), len(users))
