# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import threading
from contextlib import ExitStack

import psycopg2
from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import ValidationError
from odoo.tests import BaseCase, new_test_user, tagged
from odoo.tools import mute_logger

from .races import RacesMixin


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestRacesExemption(RacesMixin, BaseCase):
    """The ledger is never overdrawn, and nothing is lost, whoever is faster."""

    def test_managers_approve_in_the_same_instant(self):
        """Threads on cursors of their own, each run again as Odoo runs it: what fits goes through.

        Which ones is chance; how many is not.
        """
        vendor, exemption = self.held_vendor_with_cover(amount_ceiling=350.0)
        orders = [self.order(vendor) for _number in range(6)]
        left, failures = orders, []
        for _attempt in range(len(orders)):
            left = self.at_once(left, failures)
        self.assertFalse(left or failures)
        states = sorted(self.value_of(order, "state") for order in orders)
        self.assertEqual(states, ["purchase"] * 3 + ["to approve"] * 3)
        self.assertEqual(self.value_of(exemption, "amount_used"), 300.0)
        with self.transaction() as env:
            uses = exemption.with_env(env).use_ids
            self.assertEqual(uses.mapped("state"), ["reserved"] * 3)

    def at_once(self, orders, failures):
        """Confirm them in threads that start together; :return: those to be run again."""
        again, start = [], threading.Barrier(len(orders) or 1)

        def approve(cr, order):
            start.wait(30)
            try:
                order.button_confirm()
                order.env.flush_all()
                cr.commit()  # pylint: disable=invalid-commit
            except (psycopg2.errors.SerializationFailure, psycopg2.errors.LockNotAvailable):
                cr.rollback()
                again.append(order)
            except Exception as error:
                cr.rollback()
                failures.append(error)

        with ExitStack() as stack, mute_logger("odoo.sql_db"):
            threads = []
            for order in orders:
                # Opened here: the thread that runs the tests holds the registry's lock.
                env = stack.enter_context(self.transaction())
                env.cr.commit()
                own = self.act(env, order)
                threads.append(threading.Thread(target=approve, args=(env.cr, own), daemon=True))
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join(60)
                self.assertFalse(thread.is_alive())
        return again

    def test_cancelled_before_approval(self):
        """What a cancelled order gives back is there for the other at once."""
        vendor, exemption = self.held_vendor_with_cover(amount_ceiling=150.0)
        first, second = self.order(vendor), self.order(vendor)
        with self.transaction() as env:
            self.act(env, first).button_confirm()
            self.act(env, second).button_confirm()
        self.assertEqual(self.value_of(second, "state"), "to approve")
        with self.transaction() as env:
            self.act(env, first).button_cancel()
        with self.transaction() as env:
            self.act(env, second).button_confirm()
        self.assertEqual(self.value_of(second, "state"), "purchase")
        self.assertEqual(self.value_of(exemption, "amount_used"), 100.0)

    def test_line_raised_while_another_is_approved(self):
        vendor, exemption = self.held_vendor_with_cover(amount_ceiling=200.0)
        first, second = self.order(vendor), self.order(vendor)
        with self.transaction() as env:
            self.act(env, first).button_confirm()
        with self.refused(), self.transaction() as late:
            with self.transaction() as env:
                self.act(env, second).button_confirm()
            self.act(late, first).order_line.product_qty = 2
            late.flush_all()
        with self.assertRaisesRegex(ValidationError, "ceiling"), self.transaction() as late:
            self.act(late, first).order_line.product_qty = 2
            late.flush_all()
        self.assertEqual(self.value_of(exemption, "amount_used"), 200.0)

    def test_bill_beyond_its_order_while_another_is_approved(self):
        vendor, exemption = self.held_vendor_with_cover(amount_ceiling=200.0)
        first, second = self.order(vendor), self.order(vendor)
        with self.transaction() as env:
            self.act(env, first).button_confirm()
        with self.current():
            self.set_up_accounting()
            bill = self.create_order_bill(first.with_env(self.env))
            bill.invoice_line_ids.write({"quantity": 1, "price_unit": 190})
        with self.refused(), self.transaction() as late:
            with self.transaction() as env:
                bill.with_env(env).action_post()
            self.act(late, second).button_confirm()
        with self.transaction() as late:
            self.act(late, second).button_confirm()
        self.assertEqual(self.value_of(second, "state"), "to approve")
        self.assertEqual(self.value_of(exemption, "amount_used"), 190.0)

    def test_deletion_and_sealer(self):
        """A deletion after retention and the sealer never leave a trail that does not verify."""
        self.vendor(listed=False)
        with self.current():
            self.env["screening.event"]._seal_all()
            groups = "base.group_system,restricted_party_screening.group_compliance_manager"
            admin = new_test_user(self.env, f"{self.token}_admin", groups)
        self.vendor(listed=False)
        with (
            freeze_time(fields.Datetime.now() + relativedelta(years=40)),
            self.refused(),
            self.transaction() as late,
        ):
            with self.transaction() as env:
                self.assertTrue(env["screening.event"]._seal_batch())
            late(user=admin.id)["screening.retention"].purge("the yearly deletion")
        with self.transaction() as env:
            self.assertTrue(env["screening.event"]._verify()["ok"])
            self.assertFalse(env["screening.event"].search_count([("kind", "=", "purge")]))
