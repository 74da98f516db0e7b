from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestExemptionScope(ScreeningMixin, TransactionCase):
    """What an exemption is limited to: goods, quantity, value, parties, conditions."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def order_of(self, product, quantity=1.0, price=10.0, **values):
        order = self.create_order(self.held_vendor)
        order.order_line.write(
            {"product_id": product.id, "product_qty": quantity, "price_unit": price, **values}
        )
        self.env["purchase.order"]._screening_refresh_partners(self.held_vendor)
        return order

    def other_product(self, **values):
        return self.env["product.product"].create(
            {"name": "Lens", "type": "consu", "taxes_id": False, "supplier_taxes_id": False}
            | values
        )

    # ---- goods --------------------------------------------------------------

    def test_products(self):
        lens = self.other_product()
        self.create_exemption(product_ids=[Command.set(lens.ids)])
        self.assertEqual(self.order_of(lens).screening_state, "exempted")
        order = self.order_of(self.product)
        self.assertEqual(order.screening_state, "held")
        self.assertIn("Camera", order.screening_message)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")

    def test_categories(self):
        above = self.env["product.category"].create({"name": "Optics"})
        below = self.env["product.category"].create({"name": "Lenses", "parent_id": above.id})
        lens = self.other_product(categ_id=below.id)
        self.create_exemption(category_ids=[Command.set(above.ids)])
        self.assertEqual(self.order_of(lens).screening_state, "exempted")
        self.assertEqual(self.order_of(self.product).screening_state, "held")

    def test_eccns(self):
        """A number covers its paragraphs and no number that merely begins alike."""
        lens = self.other_product()
        classification = (
            self.env["screening.classification"]
            .with_user(self.compliance)
            .create({"product_tmpl_id": lens.product_tmpl_id.id, "eccn": "5a992.C"})
        )
        self.assertEqual(lens.screening_eccn, "5A992.C")
        exemption = self.create_exemption(eccns="5A992, EAR99")
        self.assertEqual(self.order_of(lens).screening_state, "exempted")
        self.assertEqual(self.order_of(self.product).screening_state, "held", "not classified")
        self.assertFalse(exemption._is_about(self.product))
        classification.eccn = "5A991.C"
        self.assertEqual(self.order_of(lens).screening_state, "held")
        with self.assertRaises(ValidationError):
            classification.eccn = "cameras"
        with self.assertRaises(AccessError):
            classification.with_user(self.buyer).eccn = "EAR99"

    def test_approved_order_keeps_to_the_goods(self):
        lens = self.other_product()
        self.create_exemption(product_ids=[Command.set(self.product.ids)])
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        with self.assertRaisesRegex(ValidationError, "Lens"), self.env.cr.savepoint():
            order.order_line.write({"product_id": lens.id, "price_unit": 1.0})
            self.env.flush_all()

    # ---- quantity and tolerance ---------------------------------------------

    def test_quantity_in_another_unit(self):
        """Counted in dozens, ordered in pieces; given back, corrected, never overdrawn."""
        dozen = self.env.ref("uom.product_uom_dozen")
        exemption = self.create_exemption(quantity_ceiling=2, quantity_uom_id=dozen.id)
        first = self.order_of(self.product, quantity=18)
        first.button_confirm()
        self.assertEqual((first.state, exemption.quantity_used), ("purchase", 1.5))
        self.assertEqual(exemption.quantity_left, 0.5)
        second = self.order_of(self.product, quantity=7)
        self.assertEqual(second.screening_state, "held")
        self.assertIn("over its quantity", second.screening_message)
        second.order_line.product_qty = 6
        second.button_confirm()
        self.assertEqual((second.state, exemption.validity), ("purchase", "exhausted"))
        with self.assertRaisesRegex(ValidationError, "quantity"), self.env.cr.savepoint():
            first.order_line.product_qty = 19
            self.env.flush_all()
        first.order_line.product_qty = 12
        self.assertEqual(exemption.quantity_used, 1.5)
        first.button_cancel()
        self.assertEqual(exemption.quantity_used, 0.5)

    def test_unit_that_cannot_be_counted(self):
        kilo = self.env.ref("uom.product_uom_kgm")
        self.create_exemption(quantity_ceiling=2, quantity_uom_id=kilo.id)
        order = self.order_of(self.product)
        self.assertEqual(order.screening_state, "held")
        self.assertIn("not counted in kg", order.screening_message)

    def test_tolerance(self):
        """It is for the order that uses the rest up, and gone once all is used."""
        exemption = self.create_exemption(amount_ceiling=100, tolerance=10)
        over = self.order_of(self.product, price=111)
        self.assertEqual(over.screening_state, "held")
        self.assertRegex(over.screening_message, r"1\.00 over its ceiling and its tolerance")
        order = self.order_of(self.product, price=110)
        order.button_confirm()
        self.assertEqual((order.state, exemption.amount_used), ("purchase", 110))
        self.assertEqual(exemption.validity, "exhausted")
        late = self.order_of(self.product, price=1)
        self.assertEqual(late.screening_state, "held")
        self.assertNotIn("its tolerance", late.screening_message)

    def test_tolerance_is_none_by_default(self):
        self.create_exemption(amount_ceiling=100)
        self.assertEqual(self.order_of(self.product, price=100.01).screening_state, "held")

    def test_other_open_orders_learn_what_is_left(self):
        self.create_exemption(amount_ceiling=100)
        first, second = self.order_of(self.product, 1, 60), self.order_of(self.product, 1, 60)
        self.assertEqual(second.screening_state, "exempted")
        first.button_confirm()
        self.env.cr.precommit.run()
        self.assertEqual(second.screening_state, "held")
        self.assertTrue(second.screening_hold_ids)

    # ---- parties ------------------------------------------------------------

    def test_reach_party(self):
        """The same listed party under another contact, once it is decided as the same."""
        twin = self.create_vendor("Hangzhou Hikvision Digital Technology", "CN")
        order = self.create_order(twin)
        exemption = self.create_exemption()
        twin.screening_hit_ids.with_user(self.compliance).action_set_same("the same registry")
        self.assertEqual(order.screening_state, "held")
        exemption.action_new_version()
        draft = exemption.search([("previous_id", "=", exemption.id)])
        draft.write({"reach": "party"})
        draft.action_submit()
        draft.with_user(self.manager).action_approve()
        self.assertEqual(order.screening_state, "exempted")

    def test_reach_stops_at_the_party(self):
        dahua = self.create_vendor("Zhejiang Dahua Technology Co., Ltd.", "CN")
        dahua.screening_hit_ids.with_user(self.compliance).action_set_same("itself")
        self.create_exemption(reach="party")
        self.assertEqual(self.create_order(dahua).screening_state, "held")

    # ---- conditions ---------------------------------------------------------

    def test_conditions_are_confirmed_for_each_order(self):
        exemption = self.create_exemption(
            conditions="Sealed media only\n\nReport each shipment", riders="Watch for diversion"
        )
        order, other = self.create_order(self.held_vendor), self.create_order(self.held_vendor)
        self.assertEqual(order.screening_state, "held")
        self.assertTrue(order.screening_conditions_open)
        self.assertIn("Watch for diversion", order.screening_message)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        wizard = self.checklist(order)
        self.assertEqual(
            wizard.line_ids.mapped("condition"), ["Sealed media only", "Report each shipment"]
        )
        with self.assertRaisesRegex(UserError, "Tick"):
            wizard.action_confirm()
        wizard.line_ids[0].confirmed = True
        wizard.action_confirm()
        self.assertEqual(order.screening_state, "held")
        self.checklist(order).action_confirm_all()
        self.assertEqual((order.screening_state, other.screening_state), ("exempted", "held"))
        self.assertEqual(exemption.tick_ids.user_id, self.buyer)
        order.with_user(self.buyer).button_confirm()
        self.assertEqual(order.state, "purchase")

    def checklist(self, order, user=None):
        return (
            self.env["screening.exemption.checklist"]
            .with_user(user or self.buyer)
            .create({"order_id": order.id})
        )

    def test_who_confirms_conditions(self):
        exemption = self.create_exemption(conditions="Sealed media only")
        order = self.create_order(self.held_vendor)
        with self.assertRaises(AccessError):
            self.env["screening.exemption.tick"].with_user(self.manager).create(
                {
                    "exemption_id": exemption.id,
                    "order_id": order.id,
                    "condition": "Sealed media only",
                }
            )
        with self.assertRaises(AccessError):
            self.checklist(order, self.list_admin).action_confirm_all()
        self.checklist(order, self.compliance).action_confirm_all()
        self.assertEqual(order.screening_state, "exempted")

    # ---- basis --------------------------------------------------------------

    def test_entity_list_asks_for_the_words_of_the_entry(self):
        """§744.16(b): an exception is normally not available there."""
        values = {
            "approve": False,
            "basis": "exception_allowed",
            "exception_code": "TSU",
            "justification": "operation software",
            "number": False,
        }
        with self.assertRaisesRegex(UserError, "Quotation from the Entry"), self.env.cr.savepoint():
            self.create_exemption(**values)
        exemption = self.create_exemption(**values, entry_quotation="See §744.11 of the EAR")
        self.assertTrue(exemption.on_entity_list)
        exemption.with_user(self.compliance).entry_quotation = "   "
        with self.assertRaisesRegex(UserError, "Quotation from the Entry"):
            exemption.with_user(self.manager).action_approve()
        exemption.with_user(self.compliance).entry_quotation = "See §744.11 of the EAR"
        exemption.with_user(self.manager).action_approve()
        self.assertEqual(exemption.state, "approved")
