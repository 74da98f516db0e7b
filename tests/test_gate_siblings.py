# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from .common import ScreeningMixin


def beside(*modules):
    """Run a class where these modules are: all siblings together, or alone beside the addon."""
    return tagged("post_install", "-at_install", "rps_sibling", *(f"rps_with_{m}" for m in modules))


class SiblingCase(ScreeningMixin, TransactionCase):
    """Doors that other modules of Odoo's add; each module in a job where it is installed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def assert_parked(self, order):
        """A draft that is held; confirming parks it, approving is refused."""
        order = order.with_env(self.env)
        self.assertEqual((order.state, order.screening_state), ("draft", "held"))
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            order.button_approve()
        if "picking_ids" in order:
            self.assertFalse(order.picking_ids)

    def create_bought(self, name="Bought camera", vendor=None, **values):
        """A product that is bought from the held vendor."""
        vendor = vendor or self.held_vendor
        return self.env["product.product"].create(
            {
                "name": name,
                "taxes_id": False,
                "supplier_taxes_id": False,
                "seller_ids": [Command.create({"partner_id": vendor.id, "price": 5})],
                **values,
            }
        )

    def order_of(self, product):
        return self.env["purchase.order.line"].search([("product_id", "=", product.id)]).order_id

    def sell(self, product, customer, **line):
        order = self.env["sale.order"].create(
            {
                "partner_id": customer.id,
                "order_line": [
                    Command.create({"product_id": product.id, "product_uom_qty": 2, **line})
                ],
            }
        )
        order.action_confirm()
        return order


@beside("purchase_requisition", "purchase_requisition_stock")
class TestBesideRequisition(SiblingCase):
    """Alternatives and blanket orders."""

    def test_keeping_alternatives(self):
        """The wizard of alternative requests confirms with a key in the context."""
        order, other = self.create_order(self.held_vendor), self.create_order(self.clean_vendor)
        order.alternative_po_ids = order | other
        warning = self.env["purchase.requisition.alternative.warning"]
        wizard = warning.create(
            {"po_ids": [Command.set(order.ids)], "alternative_po_ids": [Command.set(other.ids)]}
        )
        wizard.action_keep_alternatives()
        self.assertEqual(order.state, "to approve")

    def test_cancelling_alternatives(self):
        order, other = self.create_order(self.held_vendor), self.create_order(self.clean_vendor)
        order.alternative_po_ids = order | other
        wizard = self.env["purchase.requisition.alternative.warning"].create(
            {"po_ids": [Command.set(order.ids)], "alternative_po_ids": [Command.set(other.ids)]}
        )
        wizard.action_cancel_alternatives()
        self.assertEqual((order.state, other.state), ("to approve", "cancel"))

    def test_creating_an_alternative(self):
        origin = self.create_order(self.clean_vendor)
        wizard = (
            self.env["purchase.requisition.create.alternative"]
            .with_user(self.buyer)
            .create({"origin_po_id": origin.id, "partner_ids": [Command.set(self.held_vendor.ids)]})
        )
        wizard.action_create_alternative()
        alternative = (origin.alternative_po_ids - origin).sudo()
        self.assertEqual(alternative.partner_id, self.held_vendor)
        self.assertEqual(alternative.screening_state, "held")
        alternative.with_context(skip_alternative_check=True).button_confirm()
        self.assertEqual(alternative.state, "to approve")

    def test_approved_alternative_is_not_turned(self):
        """Commands over the group of alternatives write orders like any other write."""
        order, other = self.create_order(self.held_vendor), self.create_order(self.clean_vendor)
        other.alternative_po_ids = order | other
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            other.write({"alternative_po_ids": [Command.update(order.id, {"state": "purchase"})]})

    def test_blanket_order(self):
        requisition = self.env["purchase.requisition"].create(
            {
                "requisition_type": "blanket_order",
                "vendor_id": self.held_vendor.id,
                "line_ids": [
                    Command.create(
                        {"product_id": self.product.id, "product_qty": 10, "price_unit": 5}
                    )
                ],
            }
        )
        requisition.action_confirm()
        order = self.create_order(self.held_vendor, requisition_id=requisition.id)
        self.assert_parked(order.sudo())
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            requisition.write({"purchase_ids": [Command.update(order.id, {"state": "purchase"})]})


@beside("purchase_stock")
class TestBesideInventory(SiblingCase):
    """Orders that Inventory makes by itself."""

    def warehouse(self):
        return self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )

    def test_reordering(self):
        product = self.create_bought(is_storable=True)
        warehouse = self.warehouse()
        self.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": product.id,
                "warehouse_id": warehouse.id,
                "location_id": warehouse.lot_stock_id.id,
                "product_min_qty": 5,
                "product_max_qty": 10,
                "route_id": warehouse.buy_pull_id.route_id.id,
            }
        )
        self.env["stock.rule"].run_scheduler()
        self.assert_parked(self.order_of(product))

    def test_catalogue_adds_nothing_to_a_held_order(self):
        """Products from the catalogue are lines of an approved order, which may not grow."""
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        self.clean_vendor.write({"name": "Yitu Technologies"})
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            order.with_user(self.buyer)._update_order_line_info(self.create_bought().id, 5)

    def test_no_receipt_before_approval(self):
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.assertFalse(order.picking_ids)
        self.create_exemption()
        order.button_confirm()
        self.assertEqual((order.state, len(order.picking_ids)), ("purchase", 1))


@beside("sale_purchase", "sale_purchase_stock")
class TestBesideSales(SiblingCase):
    """Services that are bought when they are sold."""

    def test_service_on_a_sales_order(self):
        product = self.create_bought(type="service", service_to_purchase=True)
        customer = self.env["res.partner"].create({"name": "Happy Customer Ltd"})
        sale = self.sell(product, customer)
        order = self.order_of(product)
        self.assert_parked(order)
        sale.order_line.product_uom_qty = 50
        self.assertEqual(order.state, "to approve")


@beside("stock_dropshipping")
class TestBesideDropshipping(SiblingCase):
    """The customer is a party of the order too."""

    def dropship(self, vendor, customer):
        product = self.create_bought(
            vendor=vendor,
            is_storable=True,
            route_ids=[Command.set(self.env.ref("stock_dropshipping.route_drop_shipping").ids)],
        )
        self.sell(product, customer)
        return self.order_of(product)

    def test_to_a_listed_customer(self):
        order = self.dropship(self.clean_vendor, self.held_vendor)
        self.assertEqual(order.dest_address_id, self.held_vendor)
        self.assert_parked(order)

    def test_from_a_listed_vendor(self):
        customer = self.env["res.partner"].create({"name": "Happy Customer Ltd"})
        self.assert_parked(self.dropship(self.held_vendor, customer))

    def test_customer_turned_after_approval(self):
        customer = self.env["res.partner"].create({"name": "Happy Customer Ltd"})
        order = self.dropship(self.clean_vendor, customer)
        order.button_confirm()
        self.assertEqual(order.state, "purchase")
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            order.dest_address_id = self.held_vendor


@beside("purchase_mrp")
class TestBesideManufacturing(SiblingCase):
    """Components that are bought for a manufacturing order."""

    def test_component_made_to_order(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        buy = warehouse.buy_pull_id.route_id
        component = self.create_bought(is_storable=True, route_ids=[Command.set((mto | buy).ids)])
        product = self.env["product.product"].create({"name": "Door bell", "is_storable": True})
        bom = self.env["mrp.bom"].create(
            {
                "product_tmpl_id": product.product_tmpl_id.id,
                "bom_line_ids": [Command.create({"product_id": component.id, "product_qty": 1})],
            }
        )
        production = self.env["mrp.production"].create(
            {"product_id": product.id, "product_qty": 3, "bom_id": bom.id}
        )
        production.action_confirm()
        self.assert_parked(self.order_of(component))


@beside("mrp_subcontracting_purchase")
class TestBesideSubcontracting(SiblingCase):
    """Components that are sent to a subcontractor are sent to it."""

    def test_components_sent(self):
        lists = self.hit.list_id
        lists.default_effect_send = "hold"
        place = self.env.company.subcontracting_location_id
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        picking = self.env["stock.picking"].create(
            {
                "partner_id": self.held_vendor.id,
                "picking_type_id": warehouse.subcontracting_resupply_type_id.id
                or warehouse.int_type_id.id,
                "location_id": warehouse.lot_stock_id.id,
                "location_dest_id": place.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": self.product.id,
                            "product_uom_qty": 1,
                            "quantity": 1,
                            "picked": True,
                            "location_id": warehouse.lot_stock_id.id,
                            "location_dest_id": place.id,
                        }
                    )
                ],
            }
        )
        with self.assertRaisesRegex(ValidationError, "is held"), self.env.cr.savepoint():
            picking.button_validate()
        lists.default_effect_send = "off"
        picking.button_validate()
        self.assertEqual(picking.state, "done")


@beside("purchase_edi_ubl_bis3")
class TestBesideElectronicOrders(SiblingCase):
    """An order read from a file."""

    def test_order_from_a_file(self):
        self.held_vendor.write({"city": "Hangzhou", "street": "555 Qianmo Road"})
        source = self.create_order(self.held_vendor).sudo()
        builder = source._get_edi_builders()[0]
        content = builder._export_order(source)
        attachment = self.env["ir.attachment"].create({"name": "order.xml", "raw": content})
        order = self.env["purchase.order"].create({"partner_id": self.clean_vendor.id})
        order._extend_with_attachments(order._to_files_data(attachment), new=True)
        self.assertEqual(order.partner_id, self.held_vendor)
        self.assert_parked(order)


@beside("base_automation")
class TestBesideAutomation(SiblingCase):
    """Rules that write orders by themselves."""

    def automate(self, trigger, **values):
        model = self.env.ref("purchase.model_purchase_order")
        rule = self.env["base.automation"].create(
            {"name": "Approve", "model_id": model.id, "trigger": trigger, **values}
        )
        action = self.env["ir.actions.server"].create(
            {
                "name": "Approve",
                "base_automation_id": rule.id,
                "model_id": model.id,
                "state": "code",
                "code": "records.write({'state': 'purchase'})",
            }
        )
        rule.action_server_ids = [Command.link(action.id)]
        self.env.clear()
        return rule

    def test_on_creation(self):
        field = self.env.ref("purchase.field_purchase_order__partner_id")
        self.automate("on_create_or_write", trigger_field_ids=[Command.set(field.ids)])
        clean = self.create_order(self.clean_vendor)
        self.assertEqual(clean.state, "purchase", "the rule works")
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            self.create_order(self.held_vendor)

    def test_on_a_change(self):
        order = self.create_order(self.held_vendor)
        field = self.env.ref("purchase.field_purchase_order__partner_ref")
        self.automate("on_create_or_write", trigger_field_ids=[Command.set(field.ids)])
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            order.partner_ref = "hurry"
        self.assertEqual(order.state, "draft")

    def test_on_what_the_addon_itself_writes(self):
        """A rule that screening's own write sets off does not write with its seal."""
        model = self.env["ir.model"]._get("screening.hit")
        state = self.env["ir.model.fields"]._get("screening.hit", "state")
        values = {"name": "Decide", "model_id": model.id}
        rule = self.env["base.automation"].create({**values, "trigger": "on_create_or_write"})
        action = {
            **values,
            "state": "object_write",
            "base_automation_id": rule.id,
            "update_path": "state",
            "update_field_id": state.id,
            "selection_value": state.selection_ids.filtered(lambda s: s.value == "not_same").id,
            "value": "not_same",
        }
        rule.action_server_ids = [Command.create(action)]
        self.env.clear()
        with (
            mute_logger("odoo.addons.base_automation.models.base_automation"),
            self.assertRaisesRegex(AccessError, "kept by the screening"),
            self.env.cr.savepoint(),
        ):
            self.create_vendor("Dahua Technology", "CN")

    def test_by_the_clock(self):
        """What a rule may not do at its time, it leaves undone."""
        order = self.create_order(self.held_vendor)
        rule = self.automate(
            "on_time_created",
            trg_date_id=self.env.ref("purchase.field_purchase_order__create_date").id,
            trg_date_range=1,
            trg_date_range_type="minutes",
        )
        with self.assertRaisesRegex(ValidationError, "held"), self.env.cr.savepoint():
            rule.with_context(active_test=False)._process(order)
        self.assertEqual(order.state, "draft")

    def test_by_a_web_hook(self):
        order = self.create_order(self.held_vendor)
        rule = self.automate(
            "on_webhook", record_getter="model.env[payload.get('_model')].browse(payload['_id'])"
        )
        with (
            mute_logger("odoo.addons.base_automation.models.base_automation"),
            self.assertRaisesRegex(ValidationError, "held"),
            self.env.cr.savepoint(),
        ):
            rule._execute_webhook({"_model": "purchase.order", "_id": order.id})
        self.assertEqual(order.state, "draft")


@beside("purchase_repair")
class TestBesideRepairs(SiblingCase):
    """Parts that are bought for a repair."""

    def test_part_made_to_order(self):
        warehouse = self.env["stock.warehouse"].search(
            [("company_id", "=", self.env.company.id)], limit=1
        )
        mto = self.env.ref("stock.route_warehouse0_mto")
        mto.active = True
        buy = warehouse.buy_pull_id.route_id
        part = self.create_bought(is_storable=True, route_ids=[Command.set((mto | buy).ids)])
        repair = self.env["repair.order"].create(
            {
                "product_id": self.product.id,
                "move_ids": [
                    Command.create(
                        {
                            "product_id": part.id,
                            "product_uom_qty": 1,
                            "repair_line_type": "add",
                            "state": "draft",
                        }
                    )
                ],
                "schedule_date": fields.Datetime.now(),
            }
        )
        repair.action_validate()
        order = self.order_of(part)
        self.assert_parked(order)
