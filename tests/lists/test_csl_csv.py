# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Consolidated Screening List as CSV and TSV."""

import random
import unittest
from collections import Counter

from support import (
    REAL,
    ROOT,
    accounted_for,
    at_most,
    csl,
    csl_row,
    fixture,
    names,
    parties_of,
    read_bytes,
    read_path,
    with_real_files,
)

import lists
from lists.csl_csv import COLUMNS


class RecordTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.parties, cls.unreadable, cls.reading = fixture("csl.csv")

    def test_every_record_is_accounted_for(self):
        self.assertEqual(self.reading.format, "csl_csv")
        self.assertTrue(self.reading.complete)
        self.assertTrue(accounted_for(self.reading))
        self.assertEqual(self.reading.summary.records, 13)
        self.assertEqual(self.reading.summary.skipped, 1)
        self.assertEqual(self.reading.summary.merged, [(12, 3)])
        self.assertEqual(
            self.reading.summary.covers, {"EL", "SDN", "NS-MBS", "ISN", "DTC", "MEU", "DPL"}
        )

    def test_bad_records_are_named_with_row_and_reason(self):
        self.assertEqual(
            [(item.row, item.reason) for item in self.unreadable],
            [
                (13, "the source is none of the known lists: A New List (XYZ) - Somebody"),
                (14, "the record has no name"),
            ],
        )

    def test_entity_list(self):
        party = self.parties["Invented Semiconductor Co., Ltd."]
        self.assertEqual(party.list_code, "EL")
        self.assertEqual(party.row, 3)
        self.assertEqual(
            [text for text, _ in names(party)][1:], ["Invented Semi", "ISC", "Made Up Chips"]
        )
        self.assertEqual(party.countries, ("CN", "HK"))
        self.assertEqual(party.addresses[0], lists.ListedAddress("2 Made Up Street, Beijing", "CN"))
        self.assertEqual(party.license_policy, "Presumption of denial.")
        self.assertEqual(party.citation, "84 FR 99999")
        self.assertEqual(party.start_date, "2019-10-09")

    def test_damage_is_repaired(self):
        party = self.parties["Fictitious People’s Bureau"]
        self.assertEqual(party.addresses[0].text, "1 Yan’an Rd., XUAR")
        self.assertIn("CAST Xi’an Made Up Factory", self.parties)

    def test_person_of_the_sdn(self):
        party = self.parties["INVENTED, Ivan"]
        self.assertEqual((party.uid, party.party_type), ("102", "person"))
        self.assertEqual(party.countries, ("CD", "IQ", "SY"))
        self.assertEqual(party.programs, ("TESTLAND", "MADEUP"))
        self.assertEqual(party.identifiers, (lists.ListedIdentifier("Passport", "A123456", "IQ"),))
        self.assertEqual(party.birth_dates, ("1948-12-10", "circa 1950"))
        self.assertEqual(party.birth_places, ("Nowhere, Iraq",))
        self.assertEqual(party.remarks, "Director; Linked to nobody; Male, Gender")

    def test_identifiers_of_the_newer_grammar(self):
        party = self.parties["FICTITIOUS BANK"]
        self.assertEqual(party.list_code, "NS-MBS")
        self.assertEqual(
            party.identifiers,
            (
                lists.ListedIdentifier("Tax ID No.", "7702235133", "RU"),
                lists.ListedIdentifier("Website", "www.example.com"),
            ),
        )

    def test_isn_and_dtc_grammar(self):
        party = self.parties["Made Up Missile Bureau (MUMB)"]
        self.assertEqual(
            [text for text, _ in names(party)][1:], ["MUMB", "Missiles Co., Ltd.", "Bureau M"]
        )
        self.assertEqual(
            [text for text, _ in names(self.parties["Fictitious Arms, Inc."])],
            ["Fictitious Arms, Inc.", "FA, Inc.", "Arms of Fiction"],
        )

    def test_address_only_entry(self):
        party = self.parties["Unit D, 16/F Fictitious Place, 18 Invented Rd, Wan Chai"]
        self.assertEqual((party.names, party.party_type, party.countries), ((), "address", ("HK",)))
        self.assertEqual(party.remarks, "Address 01")

    def test_28_columns_with_tabs_give_the_same(self):
        parties, unreadable, reading = fixture("csl_28.tsv")
        self.assertEqual((reading.format, unreadable), ("csl_csv", []))
        self.assertEqual(
            {name: lists.content_hash(p) for name, p in parties.items()},
            {name: lists.content_hash(p) for name, p in self.parties.items()},
        )


class HeaderTest(unittest.TestCase):
    def refused(self, *columns):
        with self.assertRaises(lists.ListFormatError) as caught:
            read_bytes(csl(csl_row("EL", "Invented Co."), columns=columns))
        self.assertEqual(caught.exception.row, 1)
        return caught.exception.reason

    def test_unknown_column(self):
        self.assertIn("unknown: risk_score", self.refused(*COLUMNS, "risk_score"))

    def test_missing_column(self):
        without = [name for name in COLUMNS if name != "alt_names"]
        self.assertIn("missing: alt_names", self.refused(*without))

    def test_repeated_column(self):
        self.assertIn("repeated: name", self.refused(*COLUMNS, "name"))

    def test_order_does_not_matter(self):
        items, _ = read_bytes(csl(csl_row("EL", "Invented Co."), columns=COLUMNS[::-1]))
        self.assertEqual(items[0].names[0].text, "Invented Co.")

    def test_byte_order_mark(self):
        items, _ = read_bytes(b"\xef\xbb\xbf" + csl(csl_row("EL", "Invented Co.")))
        self.assertEqual(len(items), 1)


class TruncatedTest(unittest.TestCase):
    whole = csl(*(csl_row("EL", f"Invented {n}", alt_names="A; B", ids="x") for n in range(5)))

    def test_wherever_the_file_breaks_off_it_is_refused(self):
        start = self.whole.index(b"Invented 4")
        for end in range(start, len(self.whole) - 2):
            with self.subTest(end), self.assertRaises(lists.ListFormatError) as caught:
                read_bytes(self.whole[:end])
            self.assertEqual(caught.exception.row, 6)

    def test_whole_file_without_last_line_end(self):
        items, _ = read_bytes(self.whole.rstrip(b"\n"))
        self.assertEqual(len(items), 5)

    def test_one_narrow_row_in_the_middle_is_one_bad_row(self):
        lines = self.whole.split(b"\n")
        lines[3] = b'"EL","too short"'
        items, reading = read_bytes(b"\n".join(lines))
        bad = [item for item in items if isinstance(item, lists.Unreadable)]
        self.assertEqual([item.row for item in bad], [4])
        self.assertTrue(accounted_for(reading))

    def test_quote_out_of_place_is_one_bad_row(self):
        items, _ = read_bytes(self.whole.replace(b'"Invented 2"', b'"Invented" 2"'))
        bad = [item for item in items if isinstance(item, lists.Unreadable)]
        self.assertEqual([item.row for item in bad], [4])
        self.assertEqual(len(items), 5)


class KeyTest(unittest.TestCase):
    def keys(self, *rows):
        items, _ = read_bytes(csl(*rows))
        return {(item.names[0].text, item.citation): item.uid for item in items}

    def test_new_citation_spacing_and_repaired_spelling_keep_the_key(self):
        first = self.keys(
            csl_row("EL", "Donetsk People?s Co., Ltd.", federal_register_notice="79 FR 1")
        )
        second = self.keys(
            csl_row("EL", " Donetsk People's Co. Ltd", federal_register_notice="79 FR 1; 85 FR 2")
        )
        self.assertEqual(list(first.values()), list(second.values()))

    def test_same_name_on_two_lists_is_two_parties(self):
        items, _ = read_bytes(csl(csl_row("EL", "X Co."), csl_row("DPL", "X Co.")))
        self.assertEqual({item.list_code for item in items}, {"EL", "DPL"})

    def test_random_ids_are_no_keys(self):
        self.assertEqual(
            self.keys(csl_row("EL", "X Co.", _id="1")), self.keys(csl_row("EL", "X Co.", _id="2"))
        )

    def test_namesakes_are_parted_by_country_whatever_the_order(self):
        rows = [
            csl_row("EL", "Dart", addresses="1 Road, Paris, FR", federal_register_notice="84 FR 1"),
            csl_row(
                "EL", "Dart", addresses="1 Road, Tehran, IR", federal_register_notice="84 FR 2"
            ),
            csl_row(
                "EL", "DART", addresses="2 Road, Tehran, IR", federal_register_notice="84 FR 3"
            ),
        ]
        expected = self.keys(*rows)
        self.assertEqual(len(set(expected.values())), 3)
        self.assertEqual(self.keys(*rows[::-1]), expected)
        alone = self.keys(rows[0])
        self.assertNotEqual(alone["Dart", "84 FR 1"], expected["Dart", "84 FR 1"])

    def test_one_official_number_with_two_contents_loses_neither(self):
        items, reading = read_bytes(
            csl(
                csl_row("SSI", "A", entity_number="17"),
                csl_row("SSI", "B", entity_number="17"),
                csl_row("SSI", "A ", entity_number="17"),
                csl_row("SDN", "A", entity_number="17"),
            )
        )
        self.assertEqual(len({(item.list_code, item.uid) for item in items}), 3)
        self.assertEqual(reading.summary.merged, [(4, 2)])


class DemoTest(unittest.TestCase):
    """The 28 organisations of 84 FR 54002 that come with the addon."""

    def test_28_parties_and_nothing_unreadable(self):
        items, reading = read_path(ROOT / "demo" / "entity_list_2019_10_09.csv")
        self.assertEqual(reading.summary.parties, {"EL": 28})
        self.assertEqual((len(items), reading.summary.unreadable), (28, 0))
        self.assertTrue(all(item.countries == ("CN",) for item in items))
        self.assertTrue(all("?" not in str(item) for item in items))
        self.assertEqual({item.start_date for item in items}, {"2019-10-09"})
        parties = parties_of(items)
        self.assertEqual(
            [text for text, _ in names(parties["Yixin Science and Technology Co. Ltd."])][1:],
            ["Yixin Technology", "Yuxin Technology", "Yuxin Science and Technology", "Ecguard"],
        )
        self.assertEqual(len(parties["Dahua Technology"].addresses), 4)
        self.assertIn(
            "84 FR 54004", parties["Shihezi Municipality Public Security Bureau"].citation
        )


@with_real_files
class RealFileTest(unittest.TestCase):
    def test_whole_file_in_bounded_memory(self):
        counted = Counter()
        uids = set()
        path = REAL / "csl" / "csl_2022-04_whole.csv"
        with at_most(64), path.open("rb") as stream:
            reading = lists.read(stream)
            for item in reading:
                counted[type(item)] += 1
                uids.add((item.list_code, item.uid))
        self.assertEqual(counted, {lists.ListedParty: 14159})
        self.assertEqual(len(uids), 14159)
        self.assertEqual(reading.summary.records, 14160)
        self.assertEqual(len(reading.summary.merged), 1, "BANK OF KUNLUN stands there twice")
        self.assertEqual(
            reading.summary.parties,
            {"SDN": 10026, "EL": 2001, "DTC": 727, "DPL": 462, "SSI": 290, "UVL": 201, "ISN": 163,
             "PLC": 78, "MEU": 71, "CMIC": 68, "CAP": 52, "NS-MBS": 17, "FSE": 3},
        )  # fmt: skip

    def test_the_28_are_the_same_in_the_whole_file(self):
        """The typed demo file says what the published file says, once its damage is repaired."""
        whole = parties_of(
            item
            for item in read_path(REAL / "csl" / "csl_2022-04_whole.csv")[0]
            if item.list_code == "EL"
        )
        demo, _ = read_path(ROOT / "demo" / "entity_list_2019_10_09.csv")
        for party in demo:
            with self.subTest(party.names[0].text):
                official = whole[party.names[0].text]
                self.assertEqual(official.uid, party.uid)
                # One bracket pair lost its quotes; which kind they were is not known.
                changes = [c for c in lists.changed_fields(official, party) if "Kashi" not in c.old]
                self.assertEqual(changes, [])

    def test_truncated_file_is_refused_naming_the_row(self):
        with self.assertRaises(lists.ListFormatError) as caught:
            read_path(REAL / "csl" / "csl_2023-11-30_truncated.csv")
        self.assertEqual(caught.exception.row, 4229)
        self.assertIn("breaks off", caught.exception.reason)

    def test_keys_do_not_depend_on_the_order_of_rows(self):
        path = REAL / "csl" / "csl_2019-12-03_excerpt.csv"
        header, *lines = path.read_bytes().splitlines(keepends=True)
        random.Random(7).shuffle(lines)  # noqa: S311 - a fixed order, not a secret
        shuffled, _ = read_bytes(header + b"".join(lines))
        expected, _ = read_path(path)
        self.assertEqual({item.uid for item in shuffled}, {item.uid for item in expected})
