# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import ExitStack

from odoo.tests import BaseCase, tagged

from .races import RacesMixin, made_up


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestRacesMeeting(RacesMixin, BaseCase):
    """A list update, or the screening that follows it, beside an approval or a decision."""

    def assert_flagged(self, order):
        self.assertEqual(self.value_of(order, "state"), "purchase")
        self.assertEqual(self.value_of(order, "screening_state"), "held")

    def come_onto_the_list(self, vendor):
        with self.current():
            self.list_names(vendor.with_env(self.env).name)

    def test_update_during_confirm(self):
        """An order confirmed by the edition it saw is flagged by the screening that follows."""
        vendor = self.vendor(listed=False)
        order = self.order(vendor)
        with self.transaction() as env:
            self.come_onto_the_list(vendor)
            self.act(env, order).button_confirm()
        self.assertEqual(self.value_of(order, "state"), "purchase")
        with self.transaction() as env:
            subjects = env["screening.subject"]
            outdated = subjects.search(subjects._domain_outdated())
            self.assertIn(vendor.id, outdated.partner_id.ids, "it is screened again")
        self.screen(vendor)
        self.assert_flagged(order)

    def test_approval_before_hit(self):
        """Who screens began before the approval was there to be seen: it is run again."""
        vendor = self.vendor(listed=False)
        order = self.order(vendor)
        with self.refused(), ExitStack() as late:
            with self.transaction() as env:
                self.come_onto_the_list(vendor)
                finder = late.enter_context(self.transaction())
                self.act(env, order).button_confirm()
            self.rescreen(finder, vendor)
        self.screen(vendor)
        self.assert_flagged(order)

    def test_hit_before_approval_of_a_new_order(self):
        """Who finds the hit cannot see the order, nor write it; the approval is run again."""
        vendor, name = self.vendor_and_listed_name()
        with self.refused(), ExitStack() as late:
            with self.transaction() as finder:
                order = self.order(vendor)
                env = late.enter_context(self.transaction())
                vendor.with_env(finder).name = name
            self.act(env, order).button_confirm()
        with self.transaction() as env:
            self.act(env, order).button_confirm()
        self.assertEqual(self.value_of(order, "state"), "to approve")

    def test_order_made_and_approved_meanwhile(self):
        """Who finds the hit cannot see the order, and nobody is refused: it looks once more."""
        vendor, name = self.vendor_and_listed_name()
        with self.transaction() as finder:
            order = self.order(vendor)
            with self.transaction() as env:
                self.act(env, order).button_confirm()
            self.assertEqual(self.value_of(order, "state"), "purchase")
            vendor.with_env(finder).name = name
        self.look_again()
        self.assert_flagged(order)

    def test_order_made_and_approved_while_its_vendor_moves(self):
        """The same for a contact that comes under a held parent."""
        held = self.vendor()
        self.screen(held)
        self.look_again()
        vendor = self.vendor(listed=False)
        with self.transaction() as mover:
            order = self.order(vendor)
            with self.transaction() as env:
                self.act(env, order).button_confirm()
            vendor.with_env(mover).parent_id = held.id
        self.look_again()
        self.assert_flagged(order)

    def vendor_and_listed_name(self):
        """A vendor nobody looks for, and what it is about to be called."""
        vendor, name = self.vendor(listed=False), made_up("Marine")
        self.screen(vendor)
        with self.current():
            self.list_names(name)
        self.screen(vendor)
        return vendor, name

    def look_again(self):
        """What the background does, in transactions of its own."""
        with self.transaction() as env:
            env["screening.subject"]._look_again_committed(env.cr.commit)

    def test_update_before_confirm(self):
        """The background has not come to the vendor yet: the confirming request screens it."""
        vendor = self.vendor(listed=False)
        order = self.order(vendor)
        self.come_onto_the_list(vendor)
        with self.transaction() as env:
            self.act(env, order).button_confirm()
        self.assertEqual(self.value_of(order, "state"), "to approve")

    def test_roll_back_and_update(self):
        """Whichever is faster: the other begins again and sees what it did."""
        for update_first in (True, False):
            self.come_onto_the_list(self.vendor(listed=False))
            self.come_onto_the_list(self.vendor(listed=False))
            with self.current():
                updates = self.env["screening.list.update"]
                last = updates.search([("state", "=", "applied")], order="id desc", limit=1)
                rows = "".join(f"{name}\n" for name in ["name", *self.names, "Late Zeppelins"])
                new = self.import_list(
                    rows.encode(), own_list=self.own_list.with_env(self.env), apply=False
                )
            with self.refused(), self.transaction() as late:
                with self.transaction() as env:
                    if update_first:
                        new.with_env(env).action_apply()
                    else:
                        last.with_env(env).action_roll_back("a mistake")
                if update_first:
                    last.with_env(late).action_roll_back("a mistake")
                else:
                    new.with_env(late).action_apply()
            with self.transaction() as env:
                states = (new.with_env(env).state, last.with_env(env).state)
            expected = ("applied", "applied") if update_first else ("read", "rolled_back")
            self.assertEqual(states, expected)

    def test_decision_and_rename(self):
        """What is decided is the contact as it is: a rename at the same instant is noticed."""
        for decision_first in (True, False):
            vendor = self.vendor()
            self.screen(vendor)
            with self.current():
                hit = self.env["screening.hit"].search([("partner_id", "=", vendor.id)])
            with self.refused(), self.transaction() as late:
                with self.transaction() as env:
                    if decision_first:
                        self.act(env, hit, self.compliance).action_set_not_same("another")
                    else:
                        vendor.with_env(env).name = "Harmless Ladders"
                if decision_first:
                    vendor.with_env(late).name = "Harmless Ladders"
                else:
                    self.act(late, hit, self.compliance).action_set_not_same("another")
            expected = "not_same" if decision_first else "open"
            self.assertEqual(self.value_of(hit, "state"), expected)
