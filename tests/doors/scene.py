# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64

from odoo import fields
from odoo.fields import Command

from ..common import ScreeningMixin, new_user
from ..wire import Refused
from .common import ORDER


class OrderScene(ScreeningMixin):
    """Orders in each state that a door may start from, and what is to be seen of them."""

    @classmethod
    def set_up_scene(cls):
        cls.set_up_orders()

    @classmethod
    def set_up_orders(cls):
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")]).mapped("name")
        # Odoo's own administrator has compliance's rights too, and decides rightly with them.
        cls.admin = new_user(cls.env, "rps_admin", ",".join(cls._admin_groups()))
        cls.portal = new_user(cls.env, "rps_portal", "base.group_portal")
        cls.portal.partner_id.parent_id = cls.held_vendor
        cls.product_2 = cls.bought()
        by = {"user": cls.purchase_manager}
        cls.draft, cls.second, cls.cancelled, cls.parked = (
            cls.create_order(cls.held_vendor, **by) for _number in range(4)
        )
        cls.to_contact = cls.create_order(cls.contact, **by)
        cls.cancelled.button_cancel()
        cls.parked.button_confirm()
        cls.parked.message_subscribe(cls.portal.partner_id.ids)
        cls.parked.sudo()._portal_ensure_token()
        cls.request = cls.create_order(cls.clean_vendor, **by)
        cls.approved = cls.create_order(cls.clean_vendor, **by)
        cls.approved.button_confirm()
        turned = cls.create_vendor("Sunny Side Up Ltd", "GB")
        cls.since = cls.create_order(turned, **by)
        cls.since.button_confirm()
        turned.name = "Yitu Technologies"
        licensed = cls.create_vendor("Zhejiang Dahua Technology Co., Ltd.", "CN")
        hits = licensed.screening_hit_ids.filtered(lambda hit: not hit.leader_id)
        cls.exemption = cls.create_exemption(hits=hits, amount_ceiling=150)
        cls.exempted = cls.create_order(licensed, **by)
        cls.exempted.button_confirm()
        listed = cls.held_vendor | turned | licensed
        family = cls.env["res.partner"].with_context(active_test=False)
        cls.listed = family.search([("id", "child_of", listed.ids)])
        assert cls.approved.state == cls.since.state == cls.exempted.state == "purchase"
        assert cls.since.screening_state == "held"
        cls.bill = cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": cls.held_vendor.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create({"product_id": cls.product.id, "price_unit": 100})
                ],
            }
        )
        cls.set_up_actions()
        cls.set_up_siblings(modules)

    @classmethod
    def _admin_groups(cls):
        """All that an administrator gives herself, but for compliance."""
        names = ["base.group_system", "base.group_partner_manager", "account.group_account_manager"]
        names += ["purchase.group_purchase_manager", "stock.group_stock_manager"]
        names += ["sales_team.group_sale_manager"]
        return [name for name in names if cls.env.ref(name, raise_if_not_found=False)]

    @classmethod
    def set_up_actions(cls):
        """What an administrator made, without a thought of the screening."""
        model = cls.env["ir.model"]._get(ORDER)
        state = cls.env["ir.model.fields"]._get(ORDER, "state")
        action = {"name": "Approve everything", "model_id": model.id}
        cls.action_write, cls.action_code = cls.env["ir.actions.server"].create(
            [
                {
                    **action,
                    "state": "object_write",
                    "update_path": "state",
                    "update_field_id": state.id,
                    "evaluation_type": "value",
                    "selection_value": state.selection_ids.filtered(
                        lambda option: option.value == "purchase"
                    ).id,
                },
                {**action, "state": "code", "code": "records.write({'state': 'purchase'})"},
            ]
        )
        domain = cls.env["mail.alias.domain"].create({"name": "example.com"})
        cls.env["mail.alias"].create(
            {
                "alias_name": "order-approved",
                "alias_domain_id": domain.id,
                "alias_model_id": model.id,
                "alias_contact": "everyone",
                "alias_defaults": repr({"partner_id": cls.held_vendor.id, "state": "purchase"}),
            }
        )

    @classmethod
    def set_up_siblings(cls, modules):
        """What starts an order where its module is installed."""
        if "base_automation" in modules:
            cls.set_up_automation()
        if "purchase_stock" in modules:
            cls.set_up_reordering()
        if "sale_purchase" in modules:
            service = cls.bought(type="service", service_to_purchase=True)
            cls.sale_of_service = cls.sale_quotation(service, cls.clean_vendor)
        if "stock_dropshipping" in modules:
            route = cls.env.ref("stock_dropshipping.route_drop_shipping")
            product = cls.bought(is_storable=True, route_ids=[Command.set(route.ids)])
            cls.sale_of_dropship = cls.sale_quotation(product, cls.clean_vendor)
        if "purchase_edi_ubl_bis3" in modules:
            cls.held_vendor.write({"city": "Hangzhou", "street": "555 Qianmo Road"})
            order = cls.draft.sudo()
            content = order._get_edi_builders()[0]._export_order(order)
            cls.electronic_order = base64.b64encode(content).decode()

    @classmethod
    def set_up_automation(cls):
        model = cls.env["ir.model"]._get(ORDER)
        field = cls.env["ir.model.fields"]._get(ORDER, "partner_ref")
        rule = cls.env["base.automation"].create(
            {
                "name": "Approve",
                "model_id": model.id,
                "trigger": "on_create_or_write",
                "trigger_field_ids": [Command.set(field.ids)],
                "filter_domain": "[('partner_ref', '=', 'hurry')]",
            }
        )
        action = cls.action_code.copy({"base_automation_id": rule.id, "usage": "base_automation"})
        rule.action_server_ids = [Command.link(action.id)]

    @classmethod
    def set_up_reordering(cls):
        product = cls.bought(is_storable=True)
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", cls.env.company.id)], limit=1
        )
        cls.orderpoint = cls.env["stock.warehouse.orderpoint"].create(
            {
                "product_id": product.id,
                "warehouse_id": warehouse.id,
                "location_id": warehouse.lot_stock_id.id,
                "product_min_qty": 5,
                "product_max_qty": 10,
                "route_id": warehouse.buy_pull_id.route_id.id,
            }
        )

    @classmethod
    def bought(cls, **values):
        seller = {"partner_id": cls.held_vendor.id, "price": 5}
        none = {"taxes_id": False, "supplier_taxes_id": False}
        return cls.env["product.product"].create(
            {"name": "Bought", "seller_ids": [Command.create(seller)], **none, **values}
        )

    @classmethod
    def sale_quotation(cls, product, customer):
        line = {"product_id": product.id, "product_uom_qty": 2}
        return cls.env["sale.order"].create(
            {"partner_id": customer.id, "order_line": [Command.create(line)]}
        )

    # ---- what is seen ---------------------------------------------------------

    def look(self):
        orders = self.env["purchase.order"].search([])
        return {
            "orders": {
                order: (order.state, order.partner_id, order.dest_address_id, order.amount_untaxed)
                for order in orders
            },
            "held": orders.filtered(lambda order: order.screening_state == "held"),
            "hits": [(hit, hit.state) for hit in self.listed.sudo().screening_hit_ids],
            "used": self.exemption.amount_used,
        }

    def judge(self, before, after):
        """What became of the orders; fails when one passed that involves a listed party."""
        involved = self.env["res.partner"].with_context(active_test=False)
        involved = involved.search([("id", "child_of", self.listed.ids)]) | self.listed
        for order, facts in after["orders"].items():
            if facts[0] != "purchase" or not (order.partner_id | order.dest_address_id) & involved:
                continue
            was = before["orders"].get(order)
            self.assertTrue(was, f"{order} was born approved")
            self.assertEqual(was[:3], facts[:3], f"{order} passed")
            self.assertLessEqual(facts[3], was[3], f"{order} grew")
        self.assertEqual(before["hits"], after["hits"][: len(before["hits"])], "hits decided")
        self.assertEqual(before["used"], after["used"], "more used of the exemption")
        parked = [
            order
            for order, facts in after["orders"].items()
            if facts[0] == "to approve" and before["orders"].get(order, [""])[0] != "to approve"
        ]
        new = after["held"] - before["held"]
        if parked:
            return "parked"
        if new.filtered(lambda order: order.state == "purchase"):
            return "flagged"
        return "held draft" if new else "nothing"

    def refuse_messages(self, result):
        """An import answers with messages where it refuses."""
        if messages := result["messages"]:
            said = messages[0]["message"]
            raise Refused("AccessError" if "not allowed" in said else "UserError", said)
