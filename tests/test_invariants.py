# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import importlib.util
import sys
from collections import Counter

from odoo.tests import TransactionCase, tagged
from odoo.tools import file_path

from .common import ScreeningMixin


def load_checker():
    """bench/invariants.py as anybody runs it, not as a part of the addon."""
    path = file_path("restricted_party_screening/bench/invariants.py")
    spec = importlib.util.spec_from_file_location("rps_invariants", path)
    module = importlib.util.module_from_spec(spec)
    before = list(sys.path)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = before
    return module


#: What is done to the database behind the addon's back, for each thing the checker looks for.
PLANTS = {
    "approved orders without an event that says what covered them": (
        "UPDATE purchase_order SET state = 'purchase' WHERE id = %(open)s"
    ),
    "approved orders whose last check is of other parties": (
        "UPDATE purchase_order SET partner_id = %(clean)s WHERE id = %(covered)s"
    ),
    "orders approved although their own snapshot held them": (
        "UPDATE screening_event SET payload = jsonb_set(payload::jsonb, '{state}', '\"held\"')"
        " WHERE kind = 'order_check' AND res_ref = %(covered)s"
    ),
    "orders approved under an exemption that was not approved then": (
        "UPDATE screening_event SET payload ="
        " jsonb_set(payload::jsonb, '{state}', '\"requested\"')"
        " WHERE kind = 'exemption' AND res_ref = %(exemption)s"
    ),
    "approved orders of a held party that are not flagged": (
        "UPDATE screening_exemption SET state = 'revoked' WHERE id = %(exemption)s"
    ),
    "orders flagged without the event that says since when": (
        "UPDATE purchase_order SET screening_state = 'held' WHERE id = %(covered)s"
    ),
    "open orders shown as held without a hold": (
        "DELETE FROM screening_hold WHERE order_id = %(open)s"
    ),
    "holds of orders that are approved or cancelled": (
        "UPDATE purchase_order SET state = 'cancel' WHERE id = %(open)s"
    ),
    "holds without the event of their state": (
        "DELETE FROM screening_event WHERE kind = 'hold_start' AND res_ref = %(open)s"
    ),
    "exemptions used beyond their ceiling": (
        "UPDATE screening_exemption_use SET amount = 251 WHERE exemption_id = %(exemption)s"
    ),
    "exemptions whose total is not the sum of their uses": (
        "UPDATE screening_exemption SET amount_used = 1 WHERE id = %(exemption)s"
    ),
    "reservations of orders that are not approved": (
        "UPDATE purchase_order SET state = 'cancel' WHERE id = %(covered)s"
    ),
    "approved orders whose cover is not booked": (
        "DELETE FROM screening_exemption_use WHERE order_id = %(covered)s"
    ),
    "uses of exemptions without the event of their booking": (
        "DELETE FROM screening_event WHERE kind = 'use' AND res_ref = %(exemption)s"
    ),
    "exemptions whose last event is of another state": (
        "UPDATE screening_exemption SET state = 'suspended' WHERE id = %(exemption)s"
    ),
    "exemptions approved by who asked for them": (
        "UPDATE screening_exemption SET approver_id = requester_id WHERE id = %(exemption)s"
    ),
    "hits that follow one which no longer leads, so nobody is asked": (
        "UPDATE screening_hit SET leader_id = %(decided)s WHERE id = %(asked)s"
    ),
    "decided hits whose last decision in the trail is another": (
        "UPDATE screening_hit SET state = 'same', decision = 'same' WHERE id = %(decided)s"
    ),
    "decisions taken back without their event": (
        "UPDATE screening_hit SET state = 'open', decision = NULL WHERE id = %(decided)s"
    ),
    "contacts shown as without a match that have one": (
        "UPDATE screening_subject SET state = 'no_match' WHERE partner_id = %(held)s"
    ),
    "applied updates without their event": "DELETE FROM screening_event WHERE kind = 'update'",
    "lists whose parties in force are not those of their last update": (
        "UPDATE screening_party SET in_force = false WHERE id ="
        " (SELECT MIN(id) FROM screening_party WHERE in_force AND list_id = %(list)s)"
    ),
    "parties in force that no name is found by": "DELETE FROM screening_index",
    "names found that are not in force": (
        "INSERT INTO screening_index VALUES (0, 0, ARRAY[9223372::int8])"
        " ON CONFLICT (update_id, bucket) DO UPDATE SET postings = EXCLUDED.postings"
    ),
    "contacts not screened against what is in force": (
        "UPDATE screening_subject SET stamp = stamp - 1 WHERE partner_id = %(held)s"
    ),
    "does not match its own hash": (
        "UPDATE screening_event SET summary = 'nothing' WHERE res_ref = %(exemption)s"
    ),
    "the chain breaks": (
        "DELETE FROM screening_event WHERE id = (SELECT MIN(id) FROM screening_event)"
    ),
    "head is not its last row": (
        "DELETE FROM screening_event WHERE id = (SELECT MAX(id) FROM screening_event)"
    ),
}


@tagged("post_install", "-at_install")
class TestInvariants(ScreeningMixin, TransactionCase):
    """The checker of a storm finds what it looks for: each kind of damage is planted once."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.checker = load_checker()
        cls.set_up_screening()
        cls.other_vendor = cls.create_vendor("Dahua Technology", "CN")
        cls.env.flush_all()
        hits = cls.env["screening.hit"].search([("leader_id", "=", False)])
        cls.decided = hits.filtered(lambda hit: hit.partner_id == cls.other_vendor)[:1]
        cls.decided.with_user(cls.compliance).action_set_not_same("another")
        cls.exemption = cls.create_exemption(amount_ceiling=250.0)
        cls.covered = cls.create_order(cls.held_vendor)
        cls.covered.button_confirm()
        cls.third_vendor = cls.create_vendor("SenseTime Group", "CN")
        cls.open = cls.create_order(cls.third_vendor)
        cls.open.button_confirm()
        cls.asked = hits.search(
            [("partner_id", "=", cls.third_vendor.id), ("leader_id", "=", False)], limit=1
        )
        cls.env["screening.event"]._seal_all()
        cls.env.flush_all()
        cls.connection = cls.env.cr._cnx

    def test_nothing_to_find(self):
        self.assertEqual(self.covered.state, "purchase")
        self.assertEqual(self.open.state, "to approve")
        self.assertEqual(self.checker.violations(self.connection), [])

    def test_each_damage_is_found(self):
        names = {"open": self.open.id, "covered": self.covered.id, "exemption": self.exemption.id}
        names |= {"decided": self.decided.id, "asked": self.asked.id, "clean": self.clean_vendor.id}
        names |= {"held": self.held_vendor.id, "list": self.hit.list_id.id}
        unplanted = set(self.checker.QUERIES) - set(PLANTS)
        self.assertFalse(unplanted, "each query is shown to find something")
        for what, plant in PLANTS.items():
            with self.subTest(what):
                self.env.cr.execute("SAVEPOINT plant")
                self.env.cr.execute(plant, names)
                self.assertTrue(self.env.cr.rowcount, "something was planted")
                found = "\n".join(self.checker.violations(self.connection))
                self.env.cr.execute("ROLLBACK TO SAVEPOINT plant")
                self.assertIn(what, found)

    def test_acts_that_the_trail_does_not_know(self):
        acts = Counter(
            {
                ("order_check", "purchase.order", self.covered.id, None): 1,
                ("exemption", "screening.exemption", self.exemption.id, "approved"): 1,
                ("", "purchase.order", self.open.id, None): 1,
            }
        )
        self.assertEqual(self.checker.unrecorded(self.connection, acts), [])
        for act in acts:
            with self.subTest(act):
                more = Counter({act: 2})
                self.assertEqual(len(self.checker.unrecorded(self.connection, more)), 1)

    def test_hit_that_was_lost(self):
        """A hit deleted by SQL is back after a full rescreening; a forged one is another then."""
        self.env.cr.execute(
            "DELETE FROM screening_hit WHERE partner_id = %s", [self.third_vendor.id]
        )
        self.env.cr.execute("UPDATE screening_hit SET score = 1 WHERE id = %s", [self.decided.id])
        self.env.invalidate_all(flush=False)
        before = self.checker.stored_hits(self.connection)
        self.env["screening.matcher"]._screen_partners(self.third_vendor | self.other_vendor)
        self.env.flush_all()
        found = self.checker.lost_hits(before, self.checker.stored_hits(self.connection))
        self.assertTrue(any(text.startswith("hit lost") for text in found), found)
        self.assertTrue(any(text.startswith("hit is another") for text in found), found)
        self.assertEqual(self.checker.lost_hits(before, before), [])
