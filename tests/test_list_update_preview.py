from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestListUpdatePreview(ScreeningMixin, TransactionCase):
    """What the preview says is what happens: each update is previewed, applied, and compared."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entities = cls.hit.list_id

    def file(self, **parties):
        """A file of these parties: their list, their name, and what else is said of each."""
        rows = []
        for party in parties.values():
            more = {key: value for key, value in party.items() if key not in ("list", "name")}
            rows.append((party.get("list", "EL"), party["name"], more))
        return csl_file(rows)

    def begin_with(self, **parties):
        """In force, with everybody screened against it."""
        self.import_list(self.file(**parties))
        self.screen_waiting()

    def parties(self):
        """Fictitious listed parties, one for each thing that can happen to one."""
        place = {"addresses": "1 Gear Street, Ankara, TR", "federal_register_notice": "76 FR 9"}
        names = {
            "gone": "Vanishing Valves Sanayi",
            "moved": "Wandering Widgets Sanayi",
            "cleared": "Cleared Couplings Sanayi",
            "exempt": "Exempted Engines Sanayi",
            "renamed": "Renamed Rotors Sanayi",
            "kept": "Constant Cogs Sanayi",
            "policy": "Policy Pistons Sanayi",
            "warned": "Unverified Unions Sanayi",
        }
        found = {key: dict(place, name=name) for key, name in names.items()}
        found["warned"]["list"] = "UVL"
        return found

    def hits(self, vendor):
        return self.env["screening.hit"].search(
            [("partner_id", "=", vendor.id), ("state", "!=", "closed")]
        )

    def set_up_vendors(self):
        """A vendor for each party, with an open order; decided where that is the point."""
        names = {key: party["name"] for key, party in self.parties().items()}
        names["new"] = "Novel Nozzles Sanayi"
        names["unverified"] = "Unproven Unicorns Sanayi"
        names["bystander"] = "Ordinary Paperworks"
        vendors = {key: self.create_vendor(name, "TR") for key, name in names.items()}
        orders = {key: self.create_order(vendor) for key, vendor in vendors.items()}
        self.hits(vendors["cleared"]).with_user(self.compliance).action_set_not_same("another")
        exempted = self.hits(vendors["exempt"])
        exempted.with_user(self.compliance).action_set_same("it is them")
        self.create_exemption(hits=exempted)
        states = {key: order.screening_state for key, order in orders.items()}
        self.assertEqual(
            states,
            dict.fromkeys(names, "held")
            | {"cleared": "reviewed", "exempt": "exempted", "warned": "warning"}
            | dict.fromkeys(("new", "unverified", "bystander"), "no_match"),
        )
        return vendors, orders

    def next_edition(self):
        """What the same list says later."""
        after = self.parties()
        del after["gone"]
        for key in ("moved", "cleared", "exempt"):
            after[key]["addresses"] = "99 Other Avenue, Izmir, TR"
        after["renamed"]["name"] = "Entirely Different Enterprise"
        after["policy"]["license_policy"] = "Presumption of denial"
        after["new"] = {"name": "Novel Nozzles Sanayi", "federal_register_notice": "80 FR 1"}
        after["unverified"] = {"list": "UVL", "name": "Unproven Unicorns Sanayi"}
        return after

    def compare(self, update, orders):
        """Apply, and compare what happened with what was said."""
        said = {
            kind: set(effects.order_id.ids)
            for kind, effects in update.effect_ids.grouped("kind").items()
        }
        hits = {
            kind: {(effect.partner_id.id, effect.listed_name) for effect in effects}
            for kind, effects in update.effect_ids.grouped("kind").items()
        }
        before = {key: order.screening_state == "held" for key, order in orders.items()}
        stored = self.env["screening.hit"].search([])
        states = {hit: hit.state for hit in stored}
        self.apply_update(update)
        self.screen_waiting()
        self.env.invalidate_all()
        after = {key: order.screening_state == "held" for key, order in orders.items()}
        names = {order.id: key for key, order in orders.items()}
        self.assertEqual(
            {names[number] for number in said.get("2_hold", ())},
            {key for key in orders if after[key] and not before[key]},
            "orders that are held now",
        )
        self.assertEqual(
            {names[number] for number in said.get("5_free", ())},
            {key for key in orders if before[key] and not after[key]},
            "orders that are free now",
        )
        came = self.env["screening.hit"].search([("state", "=", "open")]) - stored
        came |= stored.filtered(lambda hit: states[hit] == "closed" and hit.state == "open")
        went = stored.filtered(lambda hit: states[hit] != "closed" and hit.state == "closed")
        again = stored.filtered(
            lambda hit: states[hit] in ("same", "not_same") and hit.state == "open"
        )
        for kind, moved in (("1_hit", came), ("4_close", went), ("3_reopen", again)):
            self.assertEqual(
                hits.get(kind, set()),
                {(hit.partner_id.id, hit.listed_name) for hit in moved if hit.counts},
                kind,
            )

    def test_is_what_happens(self):
        self.begin_with(**self.parties())
        _vendors, orders = self.set_up_vendors()
        update = self.import_list(self.file(**self.next_edition()), apply=False)
        said = {
            kind: set(effects.order_id.mapped("partner_id.name"))
            for kind, effects in update.effect_ids.grouped("kind").items()
        }
        self.assertEqual(
            said["2_hold"],
            {"Novel Nozzles Sanayi", "Cleared Couplings Sanayi", "Exempted Engines Sanayi"},
        )
        self.assertEqual(said["5_free"], {"Vanishing Valves Sanayi", "Renamed Rotors Sanayi"})
        exemption = update.effect_ids.exemption_id
        self.assertEqual(exemption.partner_id.name, "Exempted Engines Sanayi")
        self.compare(update, orders)

    def test_is_what_happens_the_other_way_round(self):
        """Back again: what was decided about equal facts is not asked again."""
        self.begin_with(**self.parties())
        _vendors, orders = self.set_up_vendors()
        self.import_list(self.file(**self.next_edition()))
        self.screen_waiting()
        update = self.import_list(self.file(**self.parties()), apply=False)
        self.compare(update, orders)

    def test_one_party_under_another_key(self):
        """It goes under one name and comes under another: the order is held throughout."""
        parties = {"a": {"name": "Vanishing Valves Sanayi", "federal_register_notice": "76 FR 9"}}
        self.begin_with(**parties)
        orders = {"a": self.create_order(self.create_vendor("Vanishing Valves", "TR"))}
        parties = {"a": {"name": "Vanishing Valves", "federal_register_notice": "76 FR 9"}}
        update = self.import_list(self.file(**parties), apply=False)
        kinds = set(update.effect_ids.mapped("kind"))
        self.assertFalse(kinds & {"2_hold", "5_free"})
        self.compare(update, orders)

    def test_a_weaker_hit_behind_a_covered_one(self):
        """Of one list the best hit leads: an exemption for it is enough."""
        parties = {"a": {"name": "Vanishing Valves Sanayi", "federal_register_notice": "76 FR 9"}}
        self.begin_with(**parties)
        vendor = self.create_vendor("Vanishing Valves Sanayi", "TR")
        orders = {"a": self.create_order(vendor)}
        self.hits(vendor).with_user(self.compliance).action_set_same("it is them")
        self.create_exemption(hits=self.hits(vendor))
        self.assertEqual(orders["a"].screening_state, "exempted")
        parties["b"] = {"name": "Vanishing Valves Sanayi Izmir Branch"}
        update = self.import_list(self.file(**parties), apply=False)
        self.compare(update, orders)

    def test_a_company_that_observes(self):
        """Nothing is held there, so nothing would be."""
        self.begin_with(**self.parties())
        self.env["screening.policy"].create({"company_id": self.env.company.id, "mode": "observe"})
        vendor = self.create_vendor("Novel Nozzles Sanayi", "TR")
        orders = {"new": self.create_order(vendor)}
        update = self.import_list(self.file(**self.next_edition()), apply=False)
        self.assertIn(vendor, update.effect_ids.partner_id)
        self.assertFalse(update.effect_ids.order_id)
        self.compare(update, orders)
