# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Entity List at its source: eCFR and Federal Register."""

import json
import unittest

from support import FIXTURES, REAL, accounted_for, fixture, names, read_path, with_real_files

import lists
from lists.entity_cell import read_cell


class CellTest(unittest.TestCase):
    def test_name_and_address_in_one_line(self):
        for text, name, address in (
            ("Yitu Co., Ltd., 23F, Arch Tower, China.", "Yitu Co., Ltd.", "23F, Arch Tower, China"),
            ("Sean Byrne, Cloonmull House, Ireland", "Sean Byrne", "Cloonmull House, Ireland"),
            ("Megel OOO, Address: 26 Belov St, Russia", "Megel OOO", "26 Belov St, Russia"),
            ("Tactical Corp., Joint Stock Company Avangard, 78 Street, Russia",
             "Tactical Corp., Joint Stock Company Avangard", "78 Street, Russia"),
        ):  # fmt: skip
            with self.subTest(text):
                cell = read_cell([text])
                self.assertEqual((cell.names[0].text, cell.addresses), (name, [address]))

    def test_lines_run_together(self):
        cell = read_cell(
            ["Zhipu Co., Ltd., a.k.a., the following two aliases: —Zhipu AI; and —Beijing Atlas "
             "Technology Co., Ltd. Floor 10, Building 9, Beijing, 100080, China."]
        )  # fmt: skip
        self.assertEqual(
            names(cell),
            [("Zhipu Co., Ltd.", "primary"), ("Zhipu AI", "alias"),
             ("Beijing Atlas Technology Co., Ltd.", "alias")],
        )  # fmt: skip
        self.assertEqual(cell.addresses, ["Floor 10, Building 9, Beijing, 100080, China"])

    def test_nothing(self):
        self.assertEqual(read_cell([]).names, ())


class EcfrTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.parties, cls.unreadable, cls.reading = fixture("ecfr.xml")

    def test_account(self):
        self.assertEqual((self.reading.format, self.reading.complete), ("ecfr_xml", True))
        self.assertTrue(accounted_for(self.reading))
        self.assertEqual(self.reading.summary.skipped, 1, "[Reserved]")
        self.assertEqual(
            [(item.row, item.reason) for item in self.unreadable],
            [
                (7, "the row stands under no country that is known"),
                (8, "the row has 3 cells instead of 5"),
            ],
        )
        self.assertEqual(self.reading.summary.covers, {"EL"})

    def test_aliases_and_addresses(self):
        party = self.parties["Fictitious Construction Company"]
        self.assertEqual([text for text, _ in names(party)][1:], ["FCC", "Made Up Builders Ltd."])
        self.assertEqual(
            [a.text for a in party.addresses],
            ["12 Invented Street, Kabul, Afghanistan", "3 Other Road, Kandahar, Afghanistan"],
        )
        self.assertEqual(party.countries, ("AF",))
        self.assertEqual(party.citation, "76 FR 99991, 11/21/11. 84 FR 99992, 10/9/19.")
        self.assertEqual(party.start_date, "2011-11-21")

    def test_country_is_carried_down_and_footnotes_are_kept(self):
        items, _ = read_path(FIXTURES / "ecfr.xml")
        twins = [
            i
            for i in items
            if isinstance(i, lists.ListedParty) and i.names and "Semiconductor" in i.names[0].text
        ]
        self.assertEqual({party.countries for party in twins}, {("CN",), ("HK",)})
        self.assertEqual(len({party.uid for party in twins}), 2)
        chinese = next(party for party in twins if party.countries == ("CN",))
        self.assertIn("734.9(e) 1 and 744.11 of the EAR) 4", chinese.license_requirement)
        self.assertIn("See alternate address under Hong Kong", chinese.remarks)

    def test_address_only_entry(self):
        party = self.parties["Unit D, 16/F Fictitious Place, 18 Invented Rd, Wan Chai, Hong Kong"]
        self.assertEqual((party.names, party.party_type), ((), "address"))
        self.assertEqual(party.countries, ("CN", "HK"))

    def test_former_name_and_no_address(self):
        party = self.parties["Tako Fiction LLC"]
        self.assertEqual(names(party)[1:], [("Old Tako LLC", "former")])
        self.assertEqual((party.addresses, party.countries), ((), ("CN",)))

    def test_without_supplement_it_is_refused(self):
        with self.assertRaisesRegex(lists.ListFormatError, "holds no Supplement No. 4"):
            fixture("ecfr_broken.xml")


class FederalRegisterTest(unittest.TestCase):
    def test_fixture(self):
        parties, unreadable, reading = fixture("federal_register.xml")
        self.assertEqual((reading.format, reading.complete), ("federal_register_xml", False))
        self.assertTrue(accounted_for(reading))
        self.assertEqual(unreadable, [])
        party = parties["Fictitious Network Inc."]
        self.assertEqual(
            [text for text, _ in names(party)][1:], ["Fictitious Net", "Fiction's Network & Co."]
        )
        self.assertEqual(party.addresses[0].text, "145 Invented Street, Quebec H4T 1T9 Canada")
        self.assertEqual(party.countries, ("CA",))
        self.assertIn("734.9(g), 3 744.21(b)", party.license_requirement)
        self.assertEqual(party.citation, "88 FR (page to be inserted) 2/27/2023.")
        self.assertEqual(parties["Invented Aerospace Co."].countries, ("FR",))

    def test_other_rules_are_refused(self):
        with self.assertRaisesRegex(lists.ListFormatError, "does not amend Supplement No. 4"):
            fixture("federal_register_broken.xml")

    @with_real_files
    def test_real_rule(self):
        items, reading = read_path(REAL / "entity_list" / "FR-2023-03929.xml")
        self.assertTrue(accounted_for(reading))
        found = sorted((item.names[0].text, item.countries[0]) for item in items)
        self.assertEqual(
            found,
            [
                ("AOOK Technology Ltd.", "CN"),
                ("Beijing Ti-Tech Science and Technology Development Co.", "CN"),
                ("Beijing Yunze Technology Co., Ltd.", "CN"),
                ("CPUNTO Inc.", "CA"),
                ("China HEAD Aerospace Technology Co.", "CN"),
                ("China HEAD Aerospace Technology Co.", "FR"),
                ("China HEAD Aerospace Technology Co.", "NL"),
                ("Dexias Industrial Products and Trade Limited Company", "RU"),
                ("Electronic Network Inc.", "CA"),
                ("Innovation and Technologies LLC", "RU"),
                ("Promtekhkomplekt JSC", "RU"),
                ("Spacety Co., Ltd.", "CN"),
                ("Spacety Co., Ltd.", "LU"),
            ],
            "the names that the amendatory instructions of the rule list",
        )
        self.assertTrue(all(item.addresses and item.citation for item in items))
        self.assertTrue(all("—" not in name.text for item in items for name in item.names))


@with_real_files
class GrammarOnTheWholeListTest(unittest.TestCase):
    """Cells built from somebody's extraction of the whole list, taken apart again."""

    @classmethod
    def setUpClass(cls):
        path = REAL / "entity_list" / "entity_list_2026-07-09_parsed.json"
        cls.entities = json.loads(path.read_text("utf-8"))["entities"]

    def share(self, cells):
        right = sum(
            read_cell(lines).names[:1] != () and check(read_cell(lines)) for lines, check in cells
        )
        return right / len(cells)

    def test_names_without_aliases(self):
        cells = [
            (
                [f"{e['name']}, {e['address']}"],
                lambda cell, name=e["name"]: cell.names[0].text == name.strip(" ,;"),
            )
            for e in self.entities
            if not e["aliases"] and e["address"] and not e["name"].startswith("Address")
        ]
        self.assertGreater(len(cells), 1400)
        self.assertGreater(self.share(cells), 0.975)

    def test_names_with_aliases(self):
        cells = []
        for entity in self.entities:
            aliases = entity["aliases"]
            if not aliases or not entity["address"]:
                continue
            joins = [*[";"] * (len(aliases) - 2), *["; and"] * (len(aliases) > 1), "."]
            lines = [
                f"{entity['name']}, a.k.a., the following {len(aliases)} aliases:",
                *(
                    f"—{alias}{join}"
                    for alias, join in zip(aliases, joins[-len(aliases) :], strict=True)
                ),
                entity["address"],
            ]
            expected = len(aliases) + 1
            cells.append((lines, lambda cell, n=expected: len(cell.names) == n))
        self.assertGreater(len(cells), 1800)
        self.assertGreater(self.share(cells), 0.975)
