# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import HIKVISION, ScreeningMixin


@tagged("post_install", "-at_install", "rps_doors")
class TestGateAfterApproval(ScreeningMixin, TransactionCase):
    """What is changed after an order was approved: parties, company, currency, lines."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def approved(self, vendor=None, **values):
        order = self.create_order(vendor or self.clean_vendor, **values)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        return order

    def assert_refused(self, call, *args):
        with (
            self.assertRaisesRegex(ValidationError, "held|suffice"),
            self.env.cr.savepoint(),
        ):
            call(*args)

    # ---- company, currency --------------------------------------------------

    def test_company_that_observes_is_no_way_in(self):
        """Approved where nothing is held, and then moved to where it is."""
        other = self.env["res.company"].create({"name": "Observers"})
        self.env["screening.policy"].create({"company_id": other.id, "mode": "observe"})
        user = self.purchase_manager
        user.company_ids |= other
        orders = self.env["purchase.order"].with_user(user).with_company(other)
        order = orders.create({"partner_id": self.held_vendor.id, "company_id": other.id})
        order.button_confirm()
        self.assertEqual((order.state, order.screening_state), ("purchase", "warning"))
        both = order.with_context(allowed_company_ids=[self.env.company.id, other.id])
        # Inventory asks for an operation type of the new company, as whoever tries would know.
        place = "picking_type_id" in order and {"picking_type_id": self.place_of(self.env.company)}
        self.assert_refused(both.write, {"company_id": self.env.company.id, **(place or {})})
        self.assertEqual(order.company_id, other)

    def place_of(self, company):
        return (
            self.env["stock.picking.type"]
            .search([("code", "=", "incoming"), ("company_id", "=", company.id)], limit=1)
            .id
        )

    def test_currency_makes_no_room_under_a_ceiling(self):
        exemption = self.create_exemption(amount_ceiling=150)
        order = self.approved(self.held_vendor)
        dear = self.env["res.currency"].create(
            {
                "name": "XXD",
                "symbol": "X",
                "rate_ids": [Command.create({"rate": 0.01, "name": "2020-01-01"})],
            }
        )
        self.assert_refused(order.write, {"currency_id": dear.id})
        self.assertEqual(exemption.amount_used, 100)

    # ---- what was let through -------------------------------------------------

    def test_caught_refusal_refuses_the_transaction(self):
        """Some of Odoo's importers catch what goes wrong and go on."""
        order = self.create_order(self.held_vendor)
        try:
            order.write({"state": "purchase"})
        except ValidationError:
            self.env.flush_all()
        with self.assertRaisesRegex(ValidationError, "held"):
            self.env.cr.precommit.run()

    def test_caught_refusal_to_grow(self):
        order = self.approved()
        self.clean_vendor.name = "Yitu Technologies"
        for quantity, refused in ((100, True), (1, False)):
            try:
                order.order_line.product_qty = quantity
            except ValidationError:
                self.env.flush_all()
            if refused:
                with self.assertRaisesRegex(ValidationError, "held"):
                    self.env.cr.precommit.run()
        self.env.cr.precommit.run()

    def test_same_parties_are_not_asked_again(self):
        """An order whose vendor became listed may be written, as long as it does not grow."""
        order = self.approved()
        self.clean_vendor.name = "Yitu Technologies"
        order.write({"partner_id": self.clean_vendor.id, "state": "purchase"})
        order.write({"note": "late"})
        order.button_cancel()
        self.assertFalse(order.sudo().screening_passed)
        self.assert_refused(order.write, {"state": "purchase"})

    def test_nobody_says_that_an_order_passed(self):
        order = self.create_order(self.held_vendor).sudo()
        key = {"screening_passed": order._screening_key()}
        for call in (order.write, lambda vals: order.copy({**vals, "state": "purchase"})):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                call(key)
        self.env["ir.default"].set("purchase.order", "screening_passed", order._screening_key())
        values = self.order_values(self.held_vendor, state="purchase")
        context = {"default_screening_passed": order._screening_key()}
        self.assert_refused(self.env["purchase.order"].with_context(**context).create, values)

    # ---- parties ------------------------------------------------------------

    def test_party_becomes_listed_or_gets_a_listed_parent(self):
        """The order stays approved and is flagged, whichever party turned, and how."""
        vendors = [self.create_vendor(f"Sunny {word} GmbH", "DE") for word in ("Hill", "Lake")]
        harbour = self.create_vendor("Harbour Storage Kft", "HU")
        orders = [
            self.approved(vendors[0]),
            self.approved(vendors[1]),
            self.approved(dest_address_id=harbour.id),
        ]
        vendors[0].name = "Yitu Technologies"
        vendors[1].parent_id = self.held_vendor
        harbour.parent_id = self.held_vendor
        for order in orders:
            self.assertEqual((order.state, order.screening_state), ("purchase", "held"))
            self.assert_refused(order.order_line.write, {"product_qty": 100})

    def test_flag_stays_when_the_name_goes_back(self):
        """Listed by a rename and renamed back: only compliance says that it was nothing."""
        order = self.approved()
        name = self.clean_vendor.name
        self.clean_vendor.name = "Yitu Technologies"
        self.clean_vendor.name = name
        self.assertEqual(order.screening_state, "held")
        self.clean_vendor.screening_hit_ids.with_user(self.compliance).action_set_not_same("typo")
        self.assertEqual(order.screening_state, "reviewed")

    def test_renamed_for_the_moment_of_confirming(self):
        order = self.create_order(self.held_vendor)
        self.held_vendor.with_user(self.buyer).name = "Harmless Paper GmbH"
        order.button_confirm()
        self.held_vendor.with_user(self.buyer).name = HIKVISION
        self.assertEqual((order.state, order.screening_state), ("to approve", "held"))

    def test_archived_parties(self):
        """A vendor, a parent, a delivery address out of sight is a party all the same."""
        orders = [
            self.create_order(self.held_vendor),
            self.create_order(self.contact),
            self.create_order(self.clean_vendor, dest_address_id=self.held_vendor.id),
        ]
        self.contact.active = False
        self.held_vendor.active = False
        for order in orders:
            order.button_confirm()
            self.assertEqual(order.state, "to approve")
            self.assert_refused(order.with_user(self.purchase_manager).button_approve)
        self.held_vendor.active = True
        for order in orders:
            self.assertEqual(order.screening_state, "held")

    # ---- merging ------------------------------------------------------------

    def test_contact_of_a_held_firm_is_not_merged_away(self):
        """The contact has no hit of its own, and its orders would go with it."""
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        order = self.create_order(self.contact)
        for target in (self.contact, self.clean_vendor):
            with self.assertRaisesRegex(UserError, "cannot be merged"):
                wizard._merge((self.contact | self.clean_vendor).ids, target)
        self.assertEqual(order.partner_id, self.contact)

    def test_one_person_twice_at_a_held_firm(self):
        twin = self.contact.copy({"name": "Li Wei"})
        order = self.create_order(twin)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.contact | twin).ids, self.contact)
        self.env.invalidate_all()
        self.assertFalse(twin.exists())
        self.assertEqual((order.partner_id, order.screening_state), (self.contact, "held"))

    def test_merged_once_it_is_decided(self):
        """Another party by decision: the merge is an event, and the result is screened."""
        self.held_vendor.screening_hit_ids.with_user(self.compliance).action_set_not_same("other")
        order = self.create_order(self.held_vendor)
        wizard = self.env["base.partner.merge.automatic.wizard"].create({})
        wizard._merge((self.held_vendor | self.clean_vendor).ids, self.clean_vendor)
        self.env.invalidate_all()
        self.assertEqual(order.partner_id, self.clean_vendor)
        event = self.env["screening.event"].search([("kind", "=", "merge")], limit=1)
        self.assertIn("Hikvision", event.payload)
        self.clean_vendor.name = HIKVISION
        order.button_confirm()
        self.assertEqual(order.state, "to approve")

    # ---- the vendor's own people ----------------------------------------------

    def test_vendor_learns_nothing_by_trying(self):
        portal = new_test_user(self.env, "rps_leaver", "base.group_portal")
        portal.partner_id.parent_id = self.held_vendor
        for record in (portal.partner_id.with_user(portal), self.contact.with_user(portal)):
            for values in ({"parent_id": False}, {"parent_id": self.clean_vendor.id}):
                with self.assertRaises(UserError) as caught, self.env.cr.savepoint():
                    record.write(values)
                self.assertNotRegex(str(caught.exception), "(?i)restrict|list|compliance|screen")
