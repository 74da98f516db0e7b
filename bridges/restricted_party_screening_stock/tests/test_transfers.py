# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.exceptions import ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from odoo.addons.restricted_party_screening.models.screening_retention_end import Ends
from odoo.addons.restricted_party_screening.tests.common import ScreeningMixin
from odoo.addons.restricted_party_screening.tests.test_gate import HOSTILE_CONTEXT


@tagged("post_install", "-at_install", "rps_doors")
class TestTransfers(ScreeningMixin, TransactionCase):
    """Receipts and returns, by policy; the same question and the same exemption."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entity = cls.hit.list_id
        cls.entity.write({"default_effect_receive": "off", "default_effect_send": "off"})
        cls.product.is_storable = True
        cls.stocker = new_test_user(cls.env, "rps_stock", "stock.group_stock_user")
        cls.supplier = cls.env.ref("stock.stock_location_suppliers")
        cls.customer = cls.env.ref("stock.stock_location_customers")
        cls.warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )

    def assert_held(self, call, *args, **kwargs):
        with self.assertRaisesRegex(ValidationError, "is held"), self.env.cr.savepoint():
            call(*args, **kwargs)

    def receive(self, picking):
        picking.move_ids.quantity = 1
        picking.move_ids.picked = True
        picking.with_user(self.stocker).button_validate()

    def approved(self, vendor):
        order = self.create_order(vendor)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        return order.sudo()

    def transfer(self, vendor, come_from, go_to, kind):
        return self.env["stock.picking"].create(
            {
                "partner_id": vendor.id,
                "picking_type_id": kind.id,
                "location_id": come_from.id,
                "location_dest_id": go_to.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 1,
                            "quantity": 1,
                            "picked": True,
                            "location_id": come_from.id,
                            "location_dest_id": go_to.id,
                        }
                    )
                ],
            }
        )

    # ---- receipts -----------------------------------------------------------

    def test_receipt_of_a_vendor_listed_since(self):
        order = self.approved(self.clean_vendor)
        picking = order.picking_ids
        self.assertFalse(picking.screening_flight_message)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.assertEqual(order.screening_state, "held")
        self.entity.default_effect_receive = "hold"
        picking.invalidate_recordset()
        self.assertIn("is held", picking.screening_flight_message)
        self.assert_held(self.receive, picking)
        self.assertNotEqual(picking.state, "done")
        # No context, no sudo, no other name on the transfer gets it through.
        picking.partner_id = self.create_vendor("Sunny Side Up Ltd", "GB")
        self.assert_held(self.receive, picking)
        picking.move_ids.write({"quantity": 1, "picked": True})
        self.assert_held(picking.sudo().with_context(**HOSTILE_CONTEXT)._action_done)
        self.assert_held(picking.move_ids.sudo().write, {"state": "done"})

    def test_receipt_that_comes_from_elsewhere(self):
        """Whoever may choose places calls the vendor's goods goods in transit."""
        order = self.approved(self.clean_vendor)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.entity.default_effect_receive = "hold"
        picking = order.picking_ids
        transit = self.env["stock.location"].create({"name": "On the way", "usage": "transit"})
        picking.with_user(self.stocker).location_id = transit
        picking.move_ids.with_user(self.stocker).location_id = transit
        self.assert_held(self.receive, picking)
        self.assertFalse(order.order_line.qty_received)

    def test_more_on_a_receipt_that_is_done(self):
        order = self.create_order(self.clean_vendor, quantity=10)
        order.button_confirm()
        picking = order.sudo().picking_ids
        self.receive(picking.with_context(skip_backorder=True))
        self.assertEqual(picking.state, "done")
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.entity.default_effect_receive = "hold"
        picking.is_locked = False
        move, line = picking.move_ids, picking.move_ids.move_line_ids
        values = {
            "picking_id": picking.id,
            "move_id": move.id,
            "product_id": self.product.id,
            "quantity": 5,
            "location_id": line.location_id.id,
            "location_dest_id": line.location_dest_id.id,
        }
        self.assert_held(line.with_user(self.stocker).write, {"quantity": 9})
        self.assert_held(move.with_user(self.stocker).write, {"quantity": 9})
        self.assert_held(self.env["stock.move.line"].with_user(self.stocker).create, values)
        line.with_user(self.stocker).write({"quantity": 0.5})
        self.assertEqual(move.quantity, 0.5, "a mistake may be corrected")
        self.entity.default_effect_receive = "off"
        line.with_user(self.stocker).write({"quantity": 9})
        self.assertEqual(move.quantity, 9)

    def test_off_and_warn_let_go(self):
        order = self.approved(self.clean_vendor)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.entity.default_effect_receive = "warn"
        picking = order.picking_ids
        self.assertIn("is not held", picking.screening_flight_message)
        self.receive(picking)
        self.assertEqual(picking.state, "done")
        event = self.env["screening.event"].search([("kind", "=", "flight_check")], limit=1)
        self.assertEqual((event.res_model, event.res_ref), ("stock.picking", picking.id))

    def test_receipt_without_an_order(self):
        self.entity.default_effect_receive = "hold"
        stranger = self.env["res.partner"].create(
            {"name": "Zhejiang Dahua Technology Co., Ltd.", "is_company": True}
        )
        picking = self.transfer(
            stranger, self.supplier, self.warehouse.lot_stock_id, self.warehouse.in_type_id
        )
        self.assertEqual(stranger.screening_state, "review")
        self.assert_held(picking.button_validate)

    def test_exemption_covers_the_receipt(self):
        self.create_exemption(amount_ceiling=100)
        order = self.approved(self.held_vendor)
        self.entity.default_effect_receive = "hold"
        self.receive(order.picking_ids)
        self.assertEqual(order.picking_ids.state, "done")

    # ---- goods sent ---------------------------------------------------------

    def test_return_is_held_and_says_what_the_list_restricts(self):
        order = self.approved(self.clean_vendor)
        receipt = order.picking_ids
        self.receive(receipt)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.entity.default_effect_send = "hold"
        wizard = (
            self.env["stock.return.picking"]
            .with_context(active_id=receipt.id, active_model="stock.picking")
            .create({})
        )
        wizard.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(wizard.action_create_returns()["res_id"])
        with self.assertRaises(ValidationError) as caught, self.env.cr.savepoint():
            self.receive(back)
        text = str(caught.exception)
        self.assertIn("Sending these goods is held", text)
        self.assertIn("A BIS licence may be needed before you send", text)
        self.assertNotIn("prohibited", text)

    def test_return_by_way_of_a_place_in_between(self):
        order = self.approved(self.clean_vendor)
        receipt = order.picking_ids
        self.receive(receipt)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.entity.default_effect_send = "hold"
        wizard = self.env["stock.return.picking"].with_context(
            active_id=receipt.id, active_model="stock.picking"
        )
        returning = wizard.create({})
        returning.product_return_moves.quantity = 1
        back = self.env["stock.picking"].browse(returning.action_create_returns()["res_id"])
        transit = self.env["stock.location"].create({"name": "On the way", "usage": "transit"})
        back.location_dest_id = transit
        back.move_ids.location_dest_id = transit
        self.assert_held(self.receive, back)

    def test_delivery_to_a_vendor(self):
        """A delivery is no way round the hold on returns; customers are left alone."""
        self.entity.default_effect_send = "hold"
        place, kind = self.warehouse.lot_stock_id, self.warehouse.out_type_id
        self.env["stock.quant"]._update_available_quantity(self.product, place, 5)
        picking = self.transfer(self.held_vendor, place, self.customer, kind)
        self.assert_held(picking.button_validate)
        customer = self.env["res.partner"].create({"name": "Happy Customer Ltd"})
        picking = self.transfer(customer, place, self.customer, kind)
        picking.button_validate()
        self.assertEqual(picking.state, "done")
        self.assertFalse(customer.sudo().screening_subject_ids)

    # ---- who learns of it, whose policy it is -------------------------------

    def test_flagged_order_names_its_receipt(self):
        order = self.approved(self.clean_vendor)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        event = self.env["screening.event"].search(
            [("kind", "=", "hold_start"), ("res_ref", "=", order.id)], limit=1
        )
        self.assertIn(order.picking_ids.name, event.payload)

    def test_an_order_that_waits_for_its_goods_is_not_over(self):
        """Nothing to bill yet, because nothing came: its retention period has not begun."""
        self.product.purchase_method = "receive"
        order = self.approved(self.clean_vendor)
        self.assertEqual(order.invoice_status, "no")
        ends = Ends(self.env(su=True))
        self.assertIsNone(ends.of_record("purchase.order", order.id))
        order.button_cancel()
        self.assertTrue(Ends(self.env(su=True)).of_record("purchase.order", order.id))

    def test_company_policy(self):
        self.entity.default_effect_receive = "hold"
        order = self.approved(self.clean_vendor)
        self.clean_vendor.write({"name": "Yitu Technologies"})
        self.env["screening.policy"].create(
            {
                "company_id": self.env.company.id,
                "line_ids": [
                    Command.create({"list_id": self.entity.id, "effect_receive": "off"}),
                ],
            }
        )
        self.receive(order.picking_ids)
        self.assertEqual(order.picking_ids.state, "done")
