# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from contextlib import suppress

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import ScreeningMixin, csl_file
from .walk import Walk

GROUP = "restricted_party_screening.group_%s"


class Undo(Exception):
    """Takes back what a button did."""


class Pressing(Walk):
    """Presses each button once as well, and opens what it leads to."""

    def __init__(self, env):
        super().__init__(env)
        self.refused = {}

    def press(self, record, button):
        name, kind = button.get("name"), button.get("type")
        ours = record._name.startswith("screening.") or "screening" in name
        if (record._name, name) in self.pressed or name == "action_fetch":
            return  # fetching commits, and wants a network
        if not ours and record._name != "purchase.order":
            return
        self.pressed.add((record._name, name))
        try:
            with suppress(Undo), self.env.cr.savepoint():
                if kind == "object":
                    result = getattr(record, name)()
                else:
                    action = self.env["ir.actions.actions"].sudo().browse(int(name))
                    result = self.env[action.type].sudo().browse(action.id)._get_action_dict()
                if isinstance(result, dict):
                    self.open(result)
                self.env.flush_all()
                raise Undo
        except AccessError:
            # Where there is Inventory, Odoo shows accountants a report that it refuses them.
            if ours or kind == "object":
                raise
        except UserError as refusal:
            self.refused[record._name, name] = str(refusal)
        finally:
            self.env.invalidate_all()


@tagged("post_install", "-at_install")
class TestMenus(ScreeningMixin, TransactionCase):
    """Whoever is shown a menu, a view, a filter or a button can use it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.buyers = cls.buyer + cls.purchase_manager + cls.accountant
        cls.held = cls.create_order(cls.held_vendor)
        cls.held.button_confirm()
        cls.clean = cls.create_order(cls.clean_vendor)
        waiting = csl_file([("UVL", "Somebody New Gadgetry", {})])
        cls.import_list(waiting, "uvl.csv", apply=False)
        cls.import_list(b"<html>log in</html>", "refused.csv", apply=False)

    def walk(self, user, company=None):
        """Open all that a user is shown; :return: the walk

        :param company: the only one that is ticked, of several
        """
        ticked = {"allowed_company_ids": company.ids} if company else {}
        walk = Pressing(self.env(user=user, context={**self.env.context, **ticked}))
        for menu, action in walk.menus().items():
            with self.subTest(user=user.login, menu=menu):
                walk.run(*action)
        for records in (self.held + self.clean, self.held_vendor + self.clean_vendor):
            if records._name == "purchase.order" and user not in self.buyers:
                continue  # compliance has a form of its own, which its menus lead to
            with self.subTest(user=user.login, model=records._name):
                walk.open(
                    {
                        "type": "ir.actions.act_window",
                        "res_model": records._name,
                        "view_mode": "list,form",
                        "domain": [("id", "in", records.ids)],
                    }
                )
        for button, refusal in walk.refused.items():
            with self.subTest(user=user.login, button=button):
                self.assertEqual(button, ("purchase.order", "button_approve"), refusal)
        return walk

    def test_buyers_and_accountants(self):
        for user in self.buyers:
            walk = self.walk(user)
            self.assertIn(("purchase.order", "action_request_exemption"), walk.pressed)
            if user != self.accountant:
                self.assertIn(("screening.try", "form"), walk.opened)

    def test_compliance(self):
        """Before and after exemptions are there, and with what belongs to a system manager."""
        walk = self.walk(self.compliance)
        self.assertIn(("screening.case", "action_decide_not_same"), walk.pressed)
        self.assertNotIn("screening_menu_purge", " ".join(walk.menus()))
        self.create_exemption(approve=False, number="D1")
        self.create_exemption(number="D2")
        system = f"base.group_system,{GROUP % 'compliance'}"
        user = new_test_user(self.env, "rps_system_compliance", system)
        self.assertEqual(Walk(self.env(user=user)).menus(), walk.menus())
        system = f"base.group_system,{GROUP % 'compliance_manager'}"
        walk = self.walk(new_test_user(self.env, "rps_system_manager", system))
        self.assertIn(("screening.purge", "form"), walk.opened)
        for button in ("action_approve", "action_new_version"):
            self.assertIn(("screening.exemption", button), walk.pressed)

    def test_list_admins(self):
        both = f"base.group_system,{GROUP % 'list_admin'}"
        system = new_test_user(self.env, "rps_system_lists", both)
        for user in (self.list_admin, system):
            walk = self.walk(user)
            self.assertIn(("screening.list.update", "form"), walk.opened)

    def test_far_away(self):
        """Written from right to left, a day ahead, a currency without decimals, two companies."""
        self.env["res.lang"]._activate_lang("ar_001")
        yen = self.env.ref("base.JPY")
        yen.active = True
        company = self.env["res.company"].create({"name": "Tokyo", "currency_id": yen.id})
        user = new_test_user(
            self.env,
            "rps_far",
            f"purchase.group_purchase_manager,{GROUP % 'compliance_manager'},"
            f"{GROUP % 'list_admin'},base.group_multi_company,base.group_multi_currency",
            lang="ar_001",
            tz="Pacific/Kiritimati",
            company_id=company.id,
            company_ids=[Command.set((company + self.env.company).ids)],
        )
        order = self.create_order(self.held_vendor, user=user, company_id=company.id)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        self.create_exemption(number="D3", amount_ceiling=1234567, currency_id=yen.id)
        vendor = self.create_vendor("Megvii Technology")
        other = self.create_order(vendor, user=user, company_id=company.id)
        other.button_confirm()
        self.held += other
        self.walk(user)
        # What only the other company has must not break what is shown in this one.
        self.held, self.clean = self.held[:1], self.clean.browse()
        self.walk(user, self.env.company)

    def test_more_than_usual(self):
        """A hundred aliases, sixty hits, a name without end."""
        rows = [("EL", f"Hikvision Branch {number:02}", {}) for number in range(60)]
        aliases = "; ".join(f"Hikvision Alias {number}" for number in range(100))
        rows.append(("EL", "Hikvision Many Names", {"alt_names": aliases}))
        self.import_list(csl_file(rows), "many.csv")
        vendor = self.create_vendor("Hikvision " + "Gadgetry " * 220, "CN")
        self.create_order(vendor).button_confirm()
        other = self.create_vendor("Hikvision", "CN")
        order = self.create_order(other)
        order.button_confirm()
        self.assertGreater(len(other.screening_hit_ids), 40)
        self.assertEqual(order.state, "to approve")
        self.walk(self.manager)
        self.held += order
        self.walk(self.buyer)
