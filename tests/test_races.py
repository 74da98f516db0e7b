# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError, ValidationError
from odoo.tests import BaseCase, tagged

from .races import RacesMixin, made_up


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestRaces(RacesMixin, BaseCase):
    """Two transactions at once, on real cursors, one step at a time.

    What PostgreSQL refuses with a serialisation failure Odoo runs again, so each test does the
    same.
    """

    def assert_flagged(self, order):
        with self.transaction() as env:
            order = order.with_env(env)
            self.assertEqual((order.state, order.screening_state), ("purchase", "held"))
            self.assertTrue(
                env["screening.event"].search_count(
                    [
                        ("kind", "=", "hold_start"),
                        ("res_model", "=", "purchase.order"),
                        ("res_ref", "=", order.id),
                    ]
                )
            )

    # ---- approval and hit ---------------------------------------------------

    def test_hit_before_approval(self):
        """The hit is committed while the approval is under way: it runs again, and is parked."""
        vendor = self.vendor(listed=False)
        order = self.order(vendor)
        with self.current():
            self.list_names(vendor.with_env(self.env).name)
        with self.refused(), self.transaction() as env:
            self.screen(vendor)
            self.act(env, order).button_confirm()
        with self.transaction() as env:
            self.act(env, order).button_confirm()
        self.assertEqual(self.value_of(order, "state"), "to approve")

    def test_reopened_before_bill(self):
        """A bill goes by the contact's row as an order does: it sees the decision taken back."""
        vendor = self.vendor()
        self.screen(vendor)
        with self.current():
            self.set_up_accounting()
            self.own_list.with_env(self.env).default_effect_bill = "hold"
            bill = self.create_bill(vendor.with_env(self.env))
            hits = self.env["screening.hit"].search([("partner_id", "=", vendor.id)])
            hits.with_user(self.compliance.id).action_set_not_same("another firm")
        with self.refused(), self.transaction() as env:
            with self.transaction() as other:
                self.act(other, hits, self.compliance).action_reopen("too fast")
            bill.with_env(env).action_post()
        with self.assertRaisesRegex(ValidationError, "is held"), self.transaction() as env:
            bill.with_env(env).action_post()
        self.assertEqual(self.value_of(bill, "state"), "draft")

    def bill_that_is_held(self, vendor):
        """A draft bill of a vendor, which hits of this class's own list hold and no other's."""
        with self.current():
            self.set_up_accounting()
            self.own_list.with_env(self.env).default_effect_bill = "hold"
            self.other_list.with_env(self.env).default_effect_bill = "off"
            return self.create_bill(vendor.with_env(self.env))

    def assert_marked(self, vendor):
        """Its orders are to be looked at once more already: to mark it again writes no row."""
        with self.transaction() as env:
            self.assertTrue(vendor.with_env(env).screening_subject_ids.look_again)

    def test_reopened_beside_another_before_bill(self):
        """Taking a decision back changes nothing of the contact: a hit elsewhere is open."""
        vendor = self.vendor()
        self.screen(vendor)
        hit, _name = self.list_elsewhere(vendor)
        self.screen(vendor)
        bill = self.bill_that_is_held(vendor)
        with self.transaction() as env:
            self.act(env, hit, self.compliance).action_set_not_same("another firm")
        self.assert_marked(vendor)
        with self.refused(), self.transaction() as env:
            with self.transaction() as other:
                self.act(other, hit, self.compliance).action_reopen("too fast")
            bill.with_env(env).action_post()
        with self.assertRaisesRegex(ValidationError, "is held"), self.transaction() as env:
            bill.with_env(env).action_post()

    def test_parent_before_bill(self):
        """A contact comes under a held parent while a bill is posted that nobody else sees yet."""
        held, clean, contact = self.vendor(), self.vendor(listed=False), self.vendor(listed=False)
        self.screen(held)
        self.bill_that_is_held(contact)
        with self.transaction() as env:
            contact.with_env(env).parent_id = clean.id
        self.assert_marked(contact)
        with self.refused(), self.current():
            with self.transaction() as mover:
                contact.with_env(mover).parent_id = held.id
            self.create_bill(contact.with_env(self.env)).action_post()
        with self.assertRaisesRegex(ValidationError, "is held"), self.current():
            self.create_bill(contact.with_env(self.env)).action_post()

    def test_hit_of_a_parent_before_approval(self):
        parent = self.vendor(listed=False)
        vendor = self.vendor(listed=False, parent_id=parent.id)
        order = self.order(vendor)
        with self.current():
            self.list_names(parent.with_env(self.env).name)
        self.screen(vendor)
        with self.refused(), self.transaction() as env:
            self.screen(parent)
            self.act(env, order).write({"state": "purchase"})

    def test_order_born_approved_before_hit(self):
        """Who finds the hit cannot see the order; it is run again and flags it."""
        vendor = self.vendor(listed=False)
        name = made_up("Marine")
        with self.current():
            self.list_names(name)
        self.screen(vendor)
        with self.refused(), self.transaction() as finder:
            with self.current():
                order = self.create_order(vendor, state="purchase")
            vendor.with_env(finder).name = name
        with self.transaction() as finder:
            vendor.with_env(finder).name = name
        self.assert_flagged(order)

    def test_order_moved_to_vendor_before_hit(self):
        vendor, before = self.vendor(listed=False), self.vendor(listed=False)
        order = self.order(before)
        with self.transaction() as env:
            self.act(env, order).button_confirm()
        with self.current():
            self.list_names(vendor.with_env(self.env).name)
        with self.refused(), self.transaction() as finder:
            with self.current():
                # Screened against the update before: as a worker that is slower than it.
                self.env.cr.execute(
                    "UPDATE screening_subject SET stamp = %s WHERE partner_id = %s",
                    [self.env["screening.list"]._get_stamp(), vendor.id],
                )
                self.act(self.env, order).partner_id = vendor.id
            self.rescreen(finder, vendor)
        self.screen(vendor)
        self.assert_flagged(order)

    def test_parent_before_approval(self):
        """A contact comes under a held parent while an order to it is approved."""
        held = self.vendor()
        self.screen(held)
        contact = self.vendor(listed=False)
        order = self.order(contact)
        with self.refused(), self.transaction() as env:
            with self.transaction() as mover:
                contact.with_env(mover).parent_id = held.id
            self.act(env, order).button_confirm()

    def test_approvals_of_one_vendor_do_not_meet(self):
        """Buyers of one vendor go through at the same time."""
        vendor = self.vendor(listed=False)
        self.screen(vendor)
        first, second = self.order(vendor), self.order(vendor)
        with self.transaction() as one, self.transaction() as two:
            self.act(one, first).write({"state": "purchase"})
            self.act(two, second).write({"state": "purchase"})
        self.assertEqual(self.value_of(first, "state"), "purchase")
        self.assertEqual(self.value_of(second, "state"), "purchase")

    # ---- approval and exemption ---------------------------------------------

    def test_revoked_before_approval(self):
        vendor, exemption = self.held_vendor_with_cover()
        order = self.order(vendor)
        with self.refused(), self.transaction() as env:
            with self.transaction() as revoker:
                self.act(revoker, exemption, self.manager).action_revoke("over")
            self.act(env, order).button_confirm()
        with self.assertRaises(ValidationError), self.transaction() as env:
            self.act(env, order).button_approve()

    def test_approval_before_revoked(self):
        """An order of nothing, born approved: neither its row nor an amount gives it away."""
        vendor, exemption = self.held_vendor_with_cover()
        with self.refused(), self.transaction() as revoker:
            with self.current():
                order = self.create_order(vendor, price=0.0, state="purchase")
            self.act(revoker, exemption, self.manager).action_revoke("over")
        with self.transaction() as revoker:
            self.act(revoker, exemption, self.manager).action_revoke("over")
        self.assert_flagged(order)

    def assert_one_of_two_approved(self, vendor):
        """Two orders are confirmed at once where what is left suffices for one."""
        first, second = self.order(vendor), self.order(vendor)
        with self.refused(), self.transaction() as late:
            with self.transaction() as env:
                self.act(env, first).button_confirm()
            self.act(late, second).button_confirm()
        with self.transaction() as late:
            self.act(late, second).button_confirm()
        self.assertEqual(self.value_of(first, "state"), "purchase")
        self.assertEqual(self.value_of(second, "state"), "to approve")

    def test_two_approvals_under_one_ceiling(self):
        vendor, exemption = self.held_vendor_with_cover(amount_ceiling=150.0)
        self.assert_one_of_two_approved(vendor)
        self.assertEqual(self.value_of(exemption, "amount_used"), 100.0)

    def test_two_approvals_under_one_quantity(self):
        with self.transaction() as env:
            unit = env.ref("uom.product_uom_unit").id
        vendor, exemption = self.held_vendor_with_cover(quantity_ceiling=1.5, quantity_uom_id=unit)
        self.assert_one_of_two_approved(vendor)
        self.assertEqual(self.value_of(exemption, "quantity_used"), 1.0)

    def test_new_version_and_approval(self):
        """Whichever is faster, what the order uses is booked on the new version."""
        for version_first in (True, False):
            vendor, old = self.held_vendor_with_cover(amount_ceiling=150.0)
            order = self.order(vendor)
            with self.transaction() as env:
                action = self.act(env, old, self.compliance).action_new_version()
                new = self.act(env, old, self.compliance).browse(action["res_id"])
                new.action_submit()
            with self.refused(), self.transaction() as late:
                with self.transaction() as env:
                    if version_first:
                        self.act(env, new, self.manager).action_approve()
                    else:
                        self.act(env, order).button_confirm()
                if version_first:
                    self.act(late, order).button_confirm()
                else:
                    self.act(late, new, self.manager).action_approve()
            with self.transaction() as env:
                if version_first:
                    self.act(env, order).button_confirm()
                else:
                    self.act(env, new, self.manager).action_approve()
            self.assertEqual(self.value_of(order, "state"), "purchase")
            self.assertEqual(self.value_of(old, "amount_used"), 0.0)
            self.assertEqual(self.value_of(new, "amount_used"), 100.0)

    # ---- decisions, lists, trail --------------------------------------------

    def test_decision_and_hit_that_would_follow(self):
        """A hit found meanwhile must not follow one that is decided as another party."""
        vendor = self.vendor()
        self.screen(vendor)
        hit, name = self.list_elsewhere(vendor)
        # This hit stays open, so that the decision changes no state of the contact.
        self.screen(vendor)
        with self.current():
            self.list_names(f"{name} Two")
        with self.refused(), self.transaction() as env:
            self.screen(vendor)
            self.act(env, hit, self.compliance).action_set_not_same("another")
        with self.transaction() as env:
            self.act(env, hit, self.compliance).action_set_not_same("another")
        with self.transaction() as env:
            other = env["screening.hit"].search(
                [
                    ("partner_id", "=", vendor.id),
                    ("list_id", "=", self.own_list.id),
                    ("state", "=", "open"),
                ]
            )
            self.assertTrue(other, "the second hit is asked")
            self.assertFalse(other.leader_id)

    def test_decision_that_changes_nothing_else(self):
        """Neither the contact's state nor its case: another list's hit stays the same party."""
        vendor = self.vendor()
        self.screen(vendor)
        hit, name = self.list_elsewhere(vendor)
        self.screen(vendor)
        with self.transaction() as env:
            hits = env["screening.hit"].search([("partner_id", "=", vendor.id)])
            self.assertEqual(len(hits), 2)
            self.act(env, hits, self.compliance).action_set_same("it is")
        with self.current():
            self.list_names(f"{name} Two")
        with self.refused(), self.transaction() as env:
            self.screen(vendor)
            self.act(env, hit, self.compliance).action_set_not_same("another")
        with self.transaction() as env:
            self.act(env, hit, self.compliance).action_set_not_same("another")
        with self.transaction() as env:
            domain = [("partner_id", "=", vendor.id), ("state", "=", "open")]
            other = env["screening.hit"].search(domain)
            self.assertEqual(len(other), 1, "the hit found meanwhile is asked")
            self.assertFalse(other.leader_id)

    def test_two_updates(self):
        """The later one is run again, and told that the list changed."""
        with self.current():
            updates = [
                self.import_list(
                    "".join(f"{line}\n" for line in ["name", *self.names, name]).encode(),
                    own_list=self.own_list.with_env(self.env),
                    apply=False,
                )
                for name in ("Early Bird Zeppelins", "Late Bird Zeppelins")
            ]
            for update in updates:
                if update.blocked:
                    update.action_override("a file made for a test")
        with self.refused(), self.transaction() as late:
            with self.transaction() as early:
                updates[0].with_env(early).action_apply()
            updates[1].with_env(late).action_apply()
        with self.assertRaises(UserError), self.transaction() as late:
            updates[1].with_env(late).action_apply()
        self.names.append("Early Bird Zeppelins")

    def test_two_sealers(self):
        """Two workers never give one number twice, and what is verified is whole."""
        self.vendor(listed=False)
        with self.refused(), self.transaction() as late:
            with self.transaction() as env:
                self.assertTrue(env["screening.event"]._seal_batch(limit=3))
            late["screening.event"]._seal_batch(limit=3)
        with self.transaction() as env, self.transaction() as other:
            self.assertTrue(env["screening.event"]._seal_batch(limit=3))
            self.assertEqual(other["screening.event"]._seal_batch(limit=3), 0)
        with self.transaction() as env:
            self.assertTrue(env["screening.event"]._verify()["ok"])
