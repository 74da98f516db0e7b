# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""OFAC: CSV set, XML, ADVANCED XML."""

import csv
import io
import unittest
import zipfile

from support import (
    FIXTURES,
    REAL,
    accounted_for,
    fixture,
    names,
    parties_of,
    read_bytes,
    read_path,
    with_real_files,
)

import lists

SET = ("add.csv", "sdn.csv", "sdn_comments.csv", "alt.csv")


def zipped(folder, members=SET):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in members:
            archive.write(folder / name, f"export/{name}")
    return data.getvalue()


class CsvTest(unittest.TestCase):
    def check_whole_set(self, items, reading):
        self.assertEqual((reading.format, reading.summary.notes), ("ofac_csv", []))
        self.assertTrue(accounted_for(reading))
        parties = parties_of(items)
        firm = parties["FICTITIOUS HOLDING CO."]
        self.assertEqual(
            (firm.list_code, firm.uid, firm.party_type), ("SDN", "101", "organisation")
        )
        self.assertEqual(
            names(firm)[1:],
            [("FICTITIOUS HOLDINGS", "alias"), ("OLD FICTION LTD", "former"), ("FHC", "weak")],
        )
        self.assertEqual(firm.countries, ("CH", "CU"))
        self.assertEqual(firm.addresses, (lists.ListedAddress("1 Invented Road, Havana", "CU"),))
        self.assertEqual(firm.programs, ("TESTLAND", "MADEUP"))
        self.assertEqual(
            firm.identifiers, (lists.ListedIdentifier("Tax ID No.", "123456789", "CU"),)
        )
        person = parties["INVENTED, Ivan"]
        self.assertEqual(
            names(person)[1:], [("THE INVENTOR", "weak")], "cut in two by the comments file"
        )
        self.assertEqual(person.birth_dates, ("10 Dec 1948", "1950"))
        self.assertEqual(person.birth_places, ("Nowhere, Iraq",))
        self.assertEqual(person.countries, ("IQ",))
        self.assertEqual(person.identifiers, (lists.ListedIdentifier("Passport", "A123456", "IQ"),))
        self.assertEqual(person.addresses, (lists.ListedAddress("Somewhere", ""),))
        ship = parties["MADE UP STAR"]
        self.assertEqual((ship.party_type, ship.countries), ("vessel", ("PA",)))
        self.assertEqual(
            [(i.kind, i.number) for i in ship.identifiers],
            [("Call Sign", "ABCD1"), ("Vessel Registration Identification", "IMO 9999999")],
        )

    def test_set_as_zip(self):
        self.check_whole_set(*read_bytes(zipped(FIXTURES), "anything.zip"))

    def test_set_as_files(self):
        files = [(name, io.BytesIO((FIXTURES / name).read_bytes())) for name in SET]
        reading = lists.read_files(files)
        self.check_whole_set(list(reading), reading)

    def test_main_file_twice(self):
        """The same again is no second party; another content under a number is kept."""
        main = (FIXTURES / "sdn.csv").read_bytes()
        other = main.replace(b"FICTITIOUS", b"FABRICATED")
        self.assertNotEqual(main, other)
        once, _ = read_bytes(main)
        for second, more in ((main, 0), (other, 1)):
            files = [("sdn.csv", io.BytesIO(main)), ("copy.csv", io.BytesIO(second))]
            reading = lists.read_files([*files, ("again.csv", io.BytesIO(second))])
            uids = [item.uid for item in reading]
            self.assertEqual(len(uids), len(set(uids)))
            self.assertGreaterEqual(len(uids), len(once) + more)
            if not more:
                self.assertEqual(len(uids), len(once))

    def test_main_file_alone_says_what_is_missing(self):
        _, _, reading = fixture("sdn.csv")
        self.assertIn("addresses, aliases, comments", reading.summary.notes[0])

    def test_set_without_main_file_is_refused(self):
        with self.assertRaisesRegex(lists.ListFormatError, "main file .* is missing"):
            read_bytes(zipped(FIXTURES, ("add.csv", "alt.csv")))

    def test_foreign_file_in_the_set_is_refused(self):
        with self.assertRaisesRegex(
            lists.ListFormatError, "Not a file of the OFAC CSV set: dpl.txt"
        ):
            read_bytes(zipped(FIXTURES, ("sdn.csv", "dpl.txt")))

    def test_truncated(self):
        with self.assertRaisesRegex(lists.ListFormatError, "row 1: the file breaks off"):
            fixture("sdn_broken.csv")

    def test_non_sdn_twin(self):
        parties, unreadable, reading = fixture("cons_prim.csv")
        self.assertEqual(unreadable, [])
        self.assertEqual(reading.summary.parties, {"SSI": 1, "CAP": 1, "PLC": 1})
        self.assertEqual(parties["MADE UP DEPUTY"].uid, "9002")


class XmlTest(unittest.TestCase):
    def test_both_namespaces(self):
        for name in ("sdn.xml", "sdn_old_namespace.xml"):
            with self.subTest(name):
                parties, unreadable, reading = fixture(name)
                self.assertEqual((reading.format, unreadable), ("ofac_sdn_xml", []))
                self.assertEqual(reading.edition, "2026-06-22")
                firm = parties["FICTITIOUS HOLDING CO."]
                self.assertEqual(names(firm)[1:], [("FHC", "weak"), ("OLD FICTION LTD", "former")])
                self.assertEqual(firm.countries, ("CH", "CU"))
                self.assertEqual(
                    firm.identifiers, (lists.ListedIdentifier("Tax ID No.", "123456789", "CU"),)
                )
                person = parties["INVENTED, Ivan"]
                self.assertEqual((person.party_type, person.countries), ("person", ("IQ",)))
                self.assertEqual(person.birth_dates, ("10 Dec 1948",))
                self.assertEqual(person.remarks, "Director")

    def test_fewer_records_than_stated(self):
        with self.assertRaisesRegex(lists.ListFormatError, "says it has 3 records and holds 2"):
            fixture("sdn_broken.xml")


class AdvancedTest(unittest.TestCase):
    def test_fixture(self):
        items, reading = read_path(FIXTURES / "sdn_advanced.xml")
        self.assertEqual((reading.format, reading.edition), ("ofac_advanced_xml", "2026-09-09"))
        self.assertTrue(accounted_for(reading))
        by_list = {item.list_code: item for item in items}
        self.assertEqual(by_list.keys(), {"SDN", "CMIC"})
        party = by_list["SDN"]
        self.assertEqual(
            names(party),
            [
                ("INVENTED, Ivan", "primary"),
                ("ВЫДУМАННЫЙ, Иван", "alias"),
                ("THE INVENTOR", "weak"),
            ],
        )
        self.assertEqual((party.uid, party.party_type), ("102", "person"))
        self.assertEqual(party.addresses, (lists.ListedAddress("1 Invented Road, Havana", "CU"),))
        self.assertEqual(party.countries, ("CU", "IQ"))
        self.assertEqual(party.identifiers, (lists.ListedIdentifier("Passport", "A123456", "IQ"),))
        self.assertEqual(party.birth_dates, ("1948-12-10",))
        self.assertEqual((party.programs, party.start_date), (("TESTLAND",), "2024-01-05"))
        self.assertEqual(by_list["CMIC"].start_date, "2025-06-03")
        self.assertIn("1FictitiousAddress", party.remarks)

    def test_truncated(self):
        with self.assertRaisesRegex(lists.ListFormatError, "truncated"):
            fixture("sdn_advanced_broken.xml")


def rows(date):
    """Read sdn.csv without the reader: number -> cells."""
    with open(REAL / "ofac_sdn" / date / "sdn.csv", encoding="ascii", newline="") as stream:
        return {row[0]: [c.strip() for c in row] for row in csv.reader(stream) if len(row) == 12}


@with_real_files
class RealTest(unittest.TestCase):
    def compare(self, old, new):
        """Compare two dates by the reader and independently; both must agree."""
        before, after = rows(old), rows(new)
        read = [read_path(REAL / "ofac_sdn" / date / "sdn.csv") for date in (old, new)]
        self.assertTrue(all(accounted_for(reading) for _, reading in read))
        diff = lists.EditionDiff({"SDN": {p.uid: lists.content_hash(p) for p in read[0][0]}})
        for party in read[1][0]:
            diff.see(party)
        delta = diff.finish()["SDN"]
        self.assertEqual(set(delta.added), after.keys() - before.keys())
        self.assertEqual(set(delta.removed), before.keys() - after.keys())
        both = before.keys() & after.keys()
        self.assertEqual(set(delta.changed), {uid for uid in both if before[uid] != after[uid]})
        return delta

    def test_2021_07_07_to_2024_05_03(self):
        delta = self.compare("2021-07-07", "2024-05-03")
        self.assertEqual(
            (len(delta.added), len(delta.removed), len(delta.changed), delta.unchanged),
            (6870, 881, 745, 7350),
        )

    def test_one_week(self):
        delta = self.compare("2022-02-17", "2022-02-24")
        self.assertEqual((len(delta.added), len(delta.changed)), (67, 2))

    def test_zero_byte_file(self):
        with self.assertRaisesRegex(lists.ListFormatError, "empty"):
            read_path(REAL / "ofac_sdn" / "2024-05-04" / "sdn.csv")

    def test_whole_set(self):
        items, reading = read_bytes(zipped(REAL / "ofac_sdn" / "2021-07-07"))
        self.assertEqual(reading.summary.parties, {"SDN": 8976})
        kinds = [name.kind for party in items for name in party.names]
        with open(
            REAL / "ofac_sdn" / "2021-07-07" / "alt.csv", encoding="ascii", newline=""
        ) as stream:
            former = sum(row[2] == "fka" for row in csv.reader(stream) if len(row) == 5)
        with open(
            REAL / "ofac_sdn" / "2021-07-07" / "add.csv", encoding="ascii", newline=""
        ) as stream:
            rows = [row for row in csv.reader(stream) if len(row) == 6]
        located = {row[0] for row in rows if {row[2].strip(), row[3].strip()} != {"-0-"}}
        self.assertEqual(kinds.count("former"), former)
        self.assertGreater(kinds.count("weak"), 2000)
        self.assertEqual({party.uid for party in items if party.addresses}, located)

    def test_excerpts(self):
        items, _ = read_path(REAL / "ofac_sdn" / "sdn_advanced_excerpt_2026-09-09.xml")
        self.assertEqual(
            [(i.uid, i.programs, i.party_type) for i in items], [("4238", ("CUBA",), "vessel")]
        )
        with self.assertRaisesRegex(lists.ListFormatError, "says it has 19082 records and holds 2"):
            read_path(REAL / "ofac_sdn" / "sdn_xml_excerpt_2026-06-22.xml")
