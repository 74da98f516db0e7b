from odoo.tests import HttpCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestTours(ScreeningMixin, HttpCase):
    """What people click, in a real browser."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # The demo data has vendors of these names: rows and drop-downs must show one of each.
        cls.env["res.partner"].search([("supplier_rank", ">", 0)]).name = "Vendor of the demo"
        cls.set_up_screening()
        cls.env["screening.policy"].create(
            {"company_id": cls.env.company.id, "responsible_id": cls.compliance.id}
        )

    def test_from_hold_to_approval(self):
        """The buyer is warned, parks, asks; compliance completes, a manager approves."""
        self.start_tour("/odoo/purchase", "rps_buyer_parks", login="rps_buyer")
        order = self.env["purchase.order"].search([("partner_id", "=", self.held_vendor.id)])
        self.assertEqual((order.state, order.screening_state), ("to approve", "held"))
        exemption = self.env["screening.exemption"].search([("hit_ids", "in", self.hit.ids)])
        self.assertEqual(exemption.state, "requested")
        self.start_tour(
            "/odoo/screening-exemptions", "rps_compliance_completes", login="rps_compliance"
        )
        self.assertEqual(exemption.basis, "no_ear_item")
        self.start_tour("/odoo/screening-exemptions", "rps_manager_approves", login="rps_manager")
        self.assertEqual(exemption.state, "approved")
        self.start_tour(f"/odoo/purchase/{order.id}", "rps_buyer_confirms", login="rps_buyer")
        self.assertEqual(order.state, "purchase")

    def test_compliance_opens_the_order(self):
        """Without any right in purchasing."""
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.start_tour("/odoo/screening-holds", "rps_open_order", login="rps_compliance")

    def test_verify(self):
        """From the menu and from the list."""
        self.start_tour("/odoo/screening-events", "rps_verify", login="rps_manager")

    def test_decide_a_hit(self):
        self.start_tour("/odoo/screening-hits", "rps_decide", login="rps_compliance")
        self.assertEqual(
            (self.hit.state, self.hit.reason), ("not_same", "other address, other trade")
        )

    def test_clean_order(self):
        """No warning, no added click."""
        self.start_tour("/odoo/purchase", "rps_clean_order", login="rps_buyer")
        order = self.env["purchase.order"].search([("partner_id", "=", self.clean_vendor.id)])
        self.assertEqual(order.state, "purchase")

    def test_list_update(self):
        """Upload, look, apply, roll back; a broken file changes nothing."""
        parties = self.env["screening.party"]
        before = parties.search_count([("in_force", "=", True)])
        self.start_tour("/odoo/screening-updates", "rps_list_update", login="rps_list_admin")
        first, second, back = self.env["screening.list.update"].search([], order="id")[-3:]
        self.assertEqual((first.state, first.line_ids.added), ("applied", 1))
        self.assertEqual((second.state, second.rolled_back_id), ("rolled_back", back))
        self.assertEqual(parties.search_count([("in_force", "=", True)]), before + 1)
        self.start_tour("/odoo/screening-updates", "rps_broken_update", login="rps_list_admin")
        self.assertEqual(parties.search_count([("in_force", "=", True)]), before + 1)

    def test_use_up_exceed_revoke(self):
        """Conditions confirmed, used up, exceeded, revoked; then the evidence is printed."""
        exemption = self.create_exemption(amount_ceiling=100, conditions="Sealed media only")
        first, second = self.create_order(self.held_vendor), self.create_order(self.held_vendor)
        self.start_tour(f"/odoo/purchase/{first.id}", "rps_confirm_conditions", login="rps_buyer")
        self.assertEqual((first.state, exemption.amount_used), ("purchase", 100))
        second.with_user(self.buyer).button_confirm()
        self.start_tour(f"/odoo/purchase/{second.id}", "rps_exceeded", login="rps_buyer")
        self.start_tour("/odoo/screening-exemptions", "rps_revoke", login="rps_manager")
        self.assertEqual(exemption.state, "revoked")
        self.start_tour("/odoo/screening-events", "rps_evidence", login="rps_compliance")
