# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The lists of the United Nations, the European Union and the United Kingdom."""

import re
import unittest

from support import REAL, accounted_for, fixture, names, parties_of, read_path, with_real_files

import lists


class UnTest(unittest.TestCase):
    def test_fixture(self):
        parties, unreadable, reading = fixture("un.xml")
        self.assertEqual((reading.format, reading.edition), ("un_xml", "2026-02-27"))
        self.assertTrue(accounted_for(reading))
        person = parties["IVAN INVENTED"]
        self.assertEqual(
            names(person)[1:],
            [("The Inventor", "weak"), ("Ivan Fiction", "alias"), ("إيفان", "alias")],
        )
        self.assertEqual(
            (person.uid, person.party_type, person.countries), ("TEi.001", "person", ("CD",))
        )
        self.assertEqual(person.birth_dates, ("circa 1971",))
        self.assertEqual(person.identifiers[0].number, "381310014")
        firm = parties["FICTITIOUS TRADING CORPORATION"]
        self.assertEqual(names(firm)[1:], [("FTC", "alias"), ("OLD FICTION BUREAU", "former")])
        self.assertEqual((firm.countries, firm.start_date), (("KP",), "2009-04-24"))
        self.assertEqual([item.row for item in unreadable], [3])

    def test_malformed(self):
        with self.assertRaisesRegex(lists.ListFormatError, "row 30: the XML is not well-formed"):
            fixture("un_broken.xml")

    @with_real_files
    def test_2020_to_2026(self):
        paths = [
            REAL / "un" / f"un_consolidated_{date}.xml" for date in ("2020-11-24", "2026-02-27")
        ]
        numbers = [
            set(re.findall(r"<REFERENCE_NUMBER>\s*(.*?)\s*</", path.read_text("utf-8")))
            for path in paths
        ]
        read = [read_path(path) for path in paths]
        self.assertTrue(all(accounted_for(r) and not r.summary.unreadable for _, r in read))
        diff = lists.EditionDiff({"UN": {p.uid: lists.content_hash(p) for p in read[0][0]}})
        for party in read[1][0]:
            diff.see(party)
        delta = diff.finish()["UN"]
        self.assertEqual((len(delta.added), len(delta.removed)), (91, 106))
        self.assertEqual(set(delta.added), numbers[1] - numbers[0])
        self.assertEqual(set(delta.removed), numbers[0] - numbers[1])
        self.assertEqual(len(delta.changed) + delta.unchanged, len(numbers[0] & numbers[1]))
        kinds = [name.kind for party in read[1][0] for name in party.names]
        self.assertGreater(kinds.count("weak"), 500)


class EuTest(unittest.TestCase):
    def test_fixture(self):
        parties, unreadable, reading = fixture("eu.xml")
        self.assertEqual((reading.format, reading.edition), ("eu_xml", "2026-08-05"))
        self.assertEqual(unreadable, [])
        firm = parties["Fictitious Chemical Industries"]
        self.assertEqual(names(firm)[1:], [("Kitalált Vállalat", "alias"), ("FCI", "weak")])
        self.assertEqual(firm.countries, ("IR",), "00 is no country")
        self.assertEqual([a.text for a in firm.addresses], ["1 Invented Road", "Somewhere"])
        self.assertEqual(
            firm.identifiers, (lists.ListedIdentifier("Registration Number", "892", "IR"),)
        )
        self.assertEqual((firm.programs, firm.citation), (("TST",), "2024/9999 (OJ L1)"))
        self.assertEqual(firm.start_date, "2008-06-23")
        person = parties["Ivan Invented"]
        self.assertEqual((person.party_type, person.birth_dates), ("person", ("circa 1968",)))
        self.assertEqual((person.countries, person.start_date), (("IQ",), "2003-07-07"))

    def test_truncated(self):
        with self.assertRaisesRegex(lists.ListFormatError, "truncated"):
            fixture("eu_broken.xml")

    @with_real_files
    def test_real_excerpt(self):
        items, _ = read_path(REAL / "eu" / "eu_fsf_1_1_excerpt_2026-08-05.xml")
        parties = parties_of(items)
        self.assertEqual(
            [text for text, _ in names(parties["Parchin Chemical Industries (PCI)"])][1:],
            ["Parcsini Vegyipari Vállalat", "PCF", "صنایع شیمیایی پارچین"],
        )
        self.assertEqual(parties["Saddam Hussein Al-Tikriti"].countries, ("IQ",))


class UkTest(unittest.TestCase):
    def check_exchange(self, party):
        self.assertEqual(
            (party.uid, party.party_type, party.countries), ("TST0001", "organisation", ("AF",))
        )
        self.assertEqual(
            sorted(names(party)),
            sorted(
                [
                    ("FICTITIOUS MONEY EXCHANGE", "primary"),
                    ("Fictitious Exchange", "alias"),
                    ("FME", "weak"),
                    ("صرافی", "alias"),
                ]
            ),
        )
        self.assertEqual(party.addresses, (lists.ListedAddress("1 Invented Market, 1000", "AF"),))
        self.assertEqual((party.start_date, party.citation), ("2012-06-29", "UN TEe.001"))
        self.assertIn("Sanctions imposed: Asset freeze, Travel Ban", party.remarks)

    def test_xml(self):
        parties, unreadable, reading = fixture("uk.xml")
        self.assertEqual((reading.format, reading.edition), ("uk_xml", "2026-09-10"))
        self.assertEqual(unreadable, [])
        self.check_exchange(parties["FICTITIOUS MONEY EXCHANGE"])
        person = parties["IVAN FICTION INVENTED"]
        self.assertEqual(person.birth_dates, ("1968", "1967-05", "1967-11-12"))
        self.assertEqual(person.identifiers, (lists.ListedIdentifier("Passport", "D0009720"),))
        ship = parties["Made Up Star"]
        self.assertEqual((ship.party_type, ship.countries), ("vessel", ("KM",)))

    def test_csv_gives_the_same_as_xml(self):
        parties, unreadable, reading = fixture("uk.csv")
        self.assertEqual((reading.format, reading.edition), ("uk_csv", "2026-09-10"))
        self.assertTrue(accounted_for(reading))
        self.assertEqual((unreadable, reading.summary.merged), ([], [(4, 3), (5, 3)]))
        self.check_exchange(parties["FICTITIOUS MONEY EXCHANGE"])
        self.assertEqual(parties["IVAN FICTION INVENTED"].birth_dates, ("1968",))

    def test_the_list_that_ended(self):
        with self.assertRaisesRegex(lists.ListFormatError, "ended on 28 January 2026"):
            fixture("conlist_ended.csv")

    def test_malformed(self):
        with self.assertRaisesRegex(lists.ListFormatError, "not well-formed"):
            fixture("uk_broken.xml")
        with self.assertRaisesRegex(lists.ListFormatError, "row 6: .* truncated"):
            fixture("uk_broken.csv")

    @with_real_files
    def test_real_excerpt(self):
        items, _ = read_path(REAL / "uk" / "uk_sanctions_list_excerpt_2026-09-10.xml")
        parties = parties_of(items)
        self.assertEqual(
            names(parties["BNK (UK) Ltd"])[1:], [("BNK UK Limited", "alias"), ("BNK", "weak")]
        )
        self.assertEqual(parties["Petrel 8"].party_type, "vessel", "“Primary name” in lower case")
        self.assertEqual(parties["ABDUL LATIF MANSUR"].birth_dates, ("1968", "1967-11-12"))
