# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import threading
from concurrent.futures import ThreadPoolExecutor
from unittest.mock import patch

import psycopg2

from odoo.modules.registry import DummyRLock, Registry
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .races import RacesMixin

WRITERS, EACH = 16, 30


class Undone(Exception):
    """A transaction that fails after it wrote to the trail."""


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestRacesTrail(RacesMixin, BaseCase):
    """The audit trail while sixteen write to it, two seal it and two verify it."""

    def write_events(self, place):
        """Events of one writer, each in a transaction; every fifth is undone."""
        for number in range(EACH):
            try:
                with self.transaction() as env:
                    env["screening.event"]._log_event(
                        "try_check",
                        env["res.partner"],
                        f"{self.token} {place} {number}",
                        {"writer": place, "number": number},
                    )
                    if number % 5 == 0:
                        raise Undone
            except Undone:
                continue

    def seal(self):
        while not self.over.is_set():
            try:
                with self.transaction() as env:
                    self.sealed.append(env["screening.event"]._seal_batch(limit=7))
            except psycopg2.errors.SerializationFailure:
                continue  # the other sealer was faster: a cron is run again

    def verify(self):
        while not self.over.is_set():
            with self.transaction() as env:
                self.verified.append(env["screening.event"]._verify())

    def test_sixteen_writers(self):
        self.over = threading.Event()
        self.sealed, self.verified = [], []
        with (
            mute_logger("odoo.sql_db"),
            # Who runs the tests holds it, and other threads would wait for ever.
            patch.object(Registry, "_lock", DummyRLock()),
            ThreadPoolExecutor(WRITERS + 4) as pool,
        ):
            others = [pool.submit(act) for act in (self.seal, self.seal, self.verify, self.verify)]
            writers = [pool.submit(self.write_events, place) for place in range(WRITERS)]
            try:
                for writer in writers:
                    writer.result(timeout=300)
            finally:
                self.over.set()
            for other in others:
                other.result(timeout=300)
        self.assertTrue(any(self.sealed), "it was sealed meanwhile")
        self.assertTrue(self.verified, "it was verified meanwhile")
        self.assertEqual([result["reason"] for result in self.verified if not result["ok"]], [])
        with self.transaction() as env:
            env["screening.event"]._seal_all()
        with self.transaction() as env:
            self.assertTrue(env["screening.event"]._verify()["ok"])
            env.cr.execute(
                "SELECT summary FROM screening_event WHERE kind = 'try_check' AND seq > 0"
                " AND summary LIKE %s",
                [f"{self.token} %"],
            )
            found = sorted(summary for (summary,) in env.cr.fetchall())
        expected = sorted(
            f"{self.token} {place} {number}"
            for place in range(WRITERS)
            for number in range(EACH)
            if number % 5
        )
        self.assertEqual(found, expected, "none is missing, none is there twice")
