# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import psycopg2

from odoo.tests import BaseCase, tagged

from ..models.screening_rows import lock_rows, try_lock_rows
from .races import RacesMixin


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestRacesOfRows(RacesMixin, BaseCase):
    """Workers that come second to a row begin again, and nothing is logged as an error."""

    def head(self, env):
        return env["screening.event"]._get_head()

    def test_locking_logs_no_error(self):
        vendor, exemption = self.held_vendor_with_cover()
        self.screen(vendor)
        with self.current():
            update = self.import_list(
                b"name\nSomebody\n", own_list=self.other_list.with_env(self.env), apply=False
            )
            draft = update.copy({"file": self.csv(["Another"]), "filename": "list.csv"})
            source = self.env["screening.source"].search([], limit=1)
            head = self.head(self.env)
        self.assertTrue(source)
        acts = {
            "sealer": (head, lambda env: env["screening.event"]._seal_batch()),
            "verification": (head, lambda env: env["screening.event"]._verify_and_note()),
            "deletion": (head, lambda env: env["screening.event"]._purge([0], "deleted", {})),
            "booking": (exemption, lambda env: exemption.with_env(env)._lock_rows()),
            "approval": (exemption, lambda env: exemption.with_env(env)._expect_state("approved")),
            "lists": (self.own_list, lambda env: update.with_env(env)._lock_lists()),
            "reading": (draft, lambda env: draft.with_env(env).action_read()),
            "telling": (update, lambda env: try_lock_rows(update.with_env(env))),
            "source": (source, lambda env: source.with_env(env).action_fetch()),
            "waiting": (update, lambda env: lock_rows(update.with_env(env))),
        }
        for name, (record, act) in acts.items():
            with (
                self.subTest(name),
                self.assertNoLogs("odoo.sql_db", "ERROR"),
                self.transaction() as late,
            ):
                self.assertTrue(record.with_env(late).exists(), "its snapshot is taken")
                with self.transaction() as early:
                    early.cr.execute(f"UPDATE {record._table} SET write_date = now()")  # noqa: S608
                with self.assertRaises(psycopg2.errors.SerializationFailure):
                    act(late)
                late.cr.rollback()

    def test_subject_made_by_two(self):
        with self.current():
            vendor = self.env["res.partner"].create({"name": "Anonymous"})
        with self.assertNoLogs("odoo.sql_db", "ERROR"), self.transaction() as late:
            self.assertTrue(vendor.with_env(late).exists())
            with self.transaction() as early:
                early["screening.subject"]._ensure(vendor.with_env(early))
            with self.assertRaises(psycopg2.errors.SerializationFailure):
                late["screening.subject"]._ensure(vendor.with_env(late))
            late.cr.rollback()

    def test_jobs_begin_again(self):
        """Odoo runs requests again, and no jobs: these see to it themselves."""
        self.vendor(listed=False)
        for job in ("_cron_seal", "_cron_verify"):
            with (
                self.subTest(job),
                self.assertNoLogs("odoo.sql_db", "ERROR"),
                self.transaction() as late,
            ):
                with self.transaction() as early:
                    events = early["screening.event"]
                    events._log_event("try_check", early["res.partner"], "made up")
                    events._seal_all()
                getattr(late["screening.event"], job)()
        with self.transaction() as env:
            self.assertTrue(self.head(env).verified_ok)
            self.assertFalse(env["screening.event"].search_count([("seq", "in", [False, 0])]))

    def test_a_hold_that_stays_is_not_written(self):
        """Or whoever reads its order again would keep others waiting."""
        vendor = self.vendor()
        self.screen(vendor)
        order = self.order(vendor)
        with self.current():
            hold = order.with_env(self.env).screening_hold_ids
            self.assertEqual(hold.state, "active")
        with self.transaction() as first, self.transaction() as second:
            order.with_env(first)._screening_refresh()
            order.with_env(second)._screening_refresh()
            hold.with_env(second)._sealed().write({"parked": True})
        self.assertTrue(self.value_of(hold, "parked"))
