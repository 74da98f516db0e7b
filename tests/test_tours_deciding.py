from odoo.tests import HttpCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestToursDeciding(ScreeningMixin, HttpCase):
    """Deciding several at once, as the second person, and the managers' page."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.vendors = [
            cls.create_vendor(f"Hikvision Digital Technology Tour {number}", "CN")
            for number in ("One", "Two", "Three")
        ]

    def states(self):
        self.env.invalidate_all()
        cases = self.env["screening.case"]
        return [cases.search([("partner_id", "=", vendor.id)]).state for vendor in self.vendors]

    def test_decide_together(self):
        """Three cases with one reason, in five clicks."""
        self.start_tour("/odoo/screening-cases", "rps_decide_together", login="rps_compliance")
        self.assertEqual(self.states(), ["not_same"] * 3)
        logs = self.env["screening.decision.log"].search([("outcome", "=", "not_same")])
        mine = logs.filtered(lambda log: log.contact in [v.display_name for v in self.vendors])
        self.assertEqual(set(mine.mapped("reason")), {"resellers of ours"})

    def test_decide_a_listed_party(self):
        self.start_tour("/odoo/screening-cases", "rps_decide_listed_party", login="rps_compliance")
        self.assertEqual(self.states(), ["not_same"] * 3)

    def test_second_person(self):
        self.env["screening.policy"].create(
            {"company_id": self.env.company.id, "second_person": True}
        )
        case = self.env["screening.case"].search([("partner_id", "=", self.vendors[0].id)])
        case.hit_ids._sealed().write({"level": "strong"})
        case.hit_ids.with_user(self.compliance).action_set_not_same("another firm")
        self.start_tour("/odoo/screening-cases", "rps_second_person", login="rps_manager")
        self.assertEqual(self.states()[0], "not_same")

    def test_overview(self):
        self.create_order(self.held_vendor)
        case = self.env["screening.case"].search([("partner_id", "=", self.vendors[2].id)])
        case.hit_ids.with_user(self.compliance).action_set_not_same("another firm")
        self.start_tour("/odoo/screening-overview", "rps_overview", login="rps_manager")
