# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestWatch(ScreeningMixin, TransactionCase):
    """What cannot be prevented is found the next night."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.env["screening.watch"]._get_baseline()

    def watch(self):
        self.env.flush_all()
        with self.enter_registry_test_mode():
            self.env.ref("restricted_party_screening.ir_cron_watch").method_direct_trigger()
        self.env.invalidate_all()

    def by_sql(self, order, **values):
        self.env.flush_all()
        for name, value in values.items():
            self.env.cr.execute(
                SQL(
                    "UPDATE purchase_order SET %s = %s WHERE id = %s",
                    SQL.identifier(name),
                    value,
                    order.id,
                )
            )
        self.env.invalidate_all()

    def alarms(self, order):
        return self.env["screening.event"].search_count(
            [("kind", "=", "alarm"), ("res_ref", "=", order.id)]
        )

    def test_raw_sql(self):
        order = self.create_order(self.held_vendor)
        self.by_sql(order, state="purchase")
        self.assertFalse(order.screening_alarm)
        self.watch()
        self.assertTrue(order.screening_alarm)
        self.assertEqual((order.state, order.screening_state), ("purchase", "held"))
        self.assertEqual(self.alarms(order), 1)
        told = order.sudo().activity_ids.filtered(lambda a: a.user_id == self.compliance)
        self.assertIn("past the gate", told.summary)
        self.assertIn("Hikvision", told.note)
        self.watch()
        self.assertEqual(self.alarms(order), 1, "one alarm, not one a night")

    def test_write_of_another_module(self):
        order = self.create_order(self.held_vendor)
        order._write({"state": "purchase"})
        self.watch()
        self.assertTrue(order.screening_alarm)

    def test_vendor_swapped_by_sql(self):
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        self.watch()
        self.assertFalse(order.screening_alarm)
        self.by_sql(order, partner_id=self.held_vendor.id)
        self.watch()
        self.assertTrue(order.screening_alarm)

    def test_shown_state_is_not_trusted(self):
        order = self.create_order(self.held_vendor)
        self.by_sql(order, state="purchase", screening_state="no_match")
        self.watch()
        self.assertTrue(order.screening_alarm)

    def test_flag_taken_away_by_sql(self):
        """An order that would be held now says so again."""
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.assertEqual(order.screening_state, "held")
        self.by_sql(order, screening_state="no_match")
        self.watch()
        self.assertEqual(order.screening_state, "held")

    def test_clean_order_is_checked_afterwards(self):
        """Nothing holds it: no alarm, and the check stands in the trail from now on."""
        order = self.create_order(self.clean_vendor)
        self.by_sql(order, state="purchase")
        self.assertIn(order, self.env["screening.watch"]._find_unchecked())
        self.watch()
        self.assertFalse(order.screening_alarm)
        self.assertNotIn(order, self.env["screening.watch"]._find_unchecked())

    def test_exemption_ends_the_alarm(self):
        order = self.create_order(self.held_vendor)
        self.by_sql(order, state="purchase")
        self.watch()
        exemption = self.create_exemption(amount_ceiling=100)
        self.watch()
        self.assertFalse(order.screening_alarm)
        self.assertEqual(exemption.amount_used, 100)

    def test_exemption_that_does_not_suffice(self):
        order = self.create_order(self.held_vendor)
        self.by_sql(order, state="purchase")
        self.create_exemption(amount_ceiling=50)
        self.watch()
        self.assertTrue(order.screening_alarm)

    def test_orders_from_before_screening(self):
        """What was approved before there was a gate is no alarm; what was open then still is."""
        early, draft = (self.create_order(self.held_vendor) for _number in range(2))
        self.by_sql(early, state="purchase")
        self.env["screening.event"].search([("kind", "=", "baseline")])._sealed().unlink()
        self.env["screening.watch"]._set_baseline()
        self.by_sql(draft, state="purchase")
        self.watch()
        self.assertFalse(early.screening_alarm)
        self.assertTrue(draft.screening_alarm)

    def test_merged_vendor_is_no_alarm(self):
        other = self.create_vendor("Acme Office Supplies GmbH", "DE")
        order = self.create_order(other)
        order.button_confirm()
        merge = self.env["base.partner.merge.automatic.wizard"].create({})
        merge._merge((other | self.clean_vendor).ids, self.clean_vendor)
        self.env.invalidate_all()
        self.assertEqual(order.partner_id, self.clean_vendor)
        self.assertNotIn(order, self.env["screening.watch"]._find_unchecked())

    def test_nobody_writes_the_alarm(self):
        order = self.create_order(self.held_vendor)
        with self.assertRaisesRegex(Exception, "kept by the screening"):
            order.sudo().write({"screening_alarm": False})
