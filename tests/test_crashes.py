# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged

from .child import Child
from .races import RacesMixin, made_up

READ = "env.ref('restricted_party_screening.ir_cron_read').method_direct_trigger()"
APPLY = "env['screening.list.update'].browse(%s).action_apply(); env.cr.commit()"
ROLL_BACK = "env['screening.list.update'].browse(%s).action_roll_back('x'); env.cr.commit()"
#: More than are written, and committed, at once.
ROWS = 600


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestCrashes(RacesMixin, BaseCase):
    """kill -9 of the process that reads, applies or rolls back, at a known place.

    The test holds a table that the process needs next, so it dies exactly there.
    """

    def setUp(self):
        super().setUp()
        with self.current():
            self.list = self.env["screening.list"].create(
                {"name": made_up("crashes"), "code": made_up("").strip().upper(), "own": True}
            )
            self.listed = [made_up("Marine") for _number in range(ROWS)]
            self.first = self.take(self.listed[:-2])
        with self.current():
            self.first.with_env(self.env).action_read()
            self.first.with_env(self.env).action_apply()
            self.vendor = self.create_vendor(self.listed[-1], "CZ")

    def take(self, names):
        return self.env["screening.list.update"].create(
            {
                "file": self.csv(names),
                "filename": "crash.csv",
                "list_id": self.list.with_env(self.env).id,
            }
        )

    def next_update(self, read=False):
        with self.current():
            update = self.take(self.listed)
            if read:
                update.action_read()
            else:
                update._queue()
        return update

    def child(self, script):
        child = Child(self.registry.db_name, self.registry.cursor, script)
        self.addCleanup(child.close)
        return child

    @contextmanager
    def blocked(self, table, script):
        """A process that got as far as this table; the block ends and it can go on."""
        with self.registry.cursor() as cr:
            cr.execute(f"LOCK TABLE {table} IN SHARE MODE")
            child = self.child(script)
            child.wait_until_blocked()
            yield child

    def kill_at(self, table, script):
        with self.blocked(table, script) as child:
            child.kill()
        child.wait_until_gone()

    def state(self, update):
        """(state of the update, edition of the list, parties in force, of the update, found)"""
        with self.transaction() as env:
            party = env["screening.party"]
            domain = [("list_id", "=", self.list.id)]
            [hits] = party.screen([{"name": self.listed[-1], "country": "CZ"}])
            return (
                update.with_env(env).state,
                self.list.with_env(env).edition,
                party.search_count([*domain, ("in_force", "=", True)]),
                party.search_count([*domain, ("update_id", "=", update.id)]),
                len(hits),
            )

    def run_reader(self):
        with self.transaction() as env:
            env.ref("restricted_party_screening.ir_cron_read").method_direct_trigger()

    # ---- reading ------------------------------------------------------------

    def test_reading_and_preview(self):
        """Killed twice, at the counts and at the preview; the third run reads it, once."""
        update = self.next_update()
        for table in ("screening_list_update_line", "screening_list_update_effect"):
            self.kill_at(table, READ)
            state, edition, in_force, _rows, found = self.state(update)
            self.assertEqual((state, edition, in_force, found), ("reading", 1, ROWS - 2, 0))
        self.run_reader()
        self.assertEqual(self.state(update), ("read", 1, ROWS - 2, 2, 0))
        with self.transaction() as env:
            effects = update.with_env(env).effect_ids
            self.assertIn(self.vendor, effects.partner_id.with_env(self.vendor.env))
            update.with_env(env).action_apply()
        self.assertEqual(self.state(update), ("applied", 2, ROWS, 2, 1))

    def test_a_reading_that_kills_its_server(self):
        """It is not begun again for ever, and can be asked for anew."""
        update = self.next_update()
        with self.current():
            update.with_env(self.env)._sealed().write({"state": "reading", "read_tries": 3})
        self.run_reader()
        self.assertEqual(self.state(update), ("failed", 1, ROWS - 2, 0, 0))
        self.assertIn("broken off", self.value_of(update, "error"))
        with self.current():
            update.with_env(self.env).action_read()
        self.assertEqual(self.value_of(update, "state"), "read")

    def test_reading_that_is_stopped(self):
        """The admin stops it while another process is in the middle of it."""
        update = self.next_update()
        with self.blocked("screening_list_update_line", READ) as child:
            self.assertEqual(self.value_of(update, "state"), "reading")
            with self.assertRaisesRegex(UserError, "Stop Reading"), self.current():
                update.with_env(self.env).unlink()
            with self.current():
                update.with_env(self.env).action_stop()
        self.assertEqual(child.end(), 0, child.said())
        self.assertEqual(child.said().strip(), "", "it stops without a word")
        self.assertEqual(self.state(update), ("draft", 1, ROWS - 2, 0, 0))
        with self.assertRaises(UserError), self.current():
            update.with_env(self.env).action_stop()
        with self.current():
            update.with_env(self.env).action_read()
        self.assertEqual(self.value_of(update, "state"), "read")

    # ---- applying -----------------------------------------------------------

    def test_apply(self):
        """At the last thing that apply does: all of it is undone, and can be done again."""
        update = self.next_update(read=True)
        self.kill_at("screening_event", APPLY % update.id)
        self.assertEqual(self.state(update), ("read", 1, ROWS - 2, 2, 0))
        with self.current():
            update.with_env(self.env).action_apply()
        self.assertEqual(self.state(update), ("applied", 2, ROWS, 2, 1))

    def test_roll_back(self):
        update = self.next_update(read=True)
        with self.current():
            update.with_env(self.env).action_apply()
        self.kill_at("screening_event", ROLL_BACK % update.id)
        self.assertEqual(self.state(update), ("applied", 2, ROWS, 2, 1))
        with self.current():
            update.with_env(self.env).action_roll_back("published in error")
        self.assertEqual(self.state(update), ("rolled_back", 3, ROWS - 2, 2, 0))
