# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Consolidated Screening List as JSON."""

import json
import unittest

from support import (
    FIXTURES,
    REAL,
    accounted_for,
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


class JsonTest(unittest.TestCase):
    def test_fixture(self):
        parties, unreadable, reading = fixture("csl.json")
        self.assertEqual((reading.format, reading.edition), ("csl_json", "2026-09-25"))
        self.assertEqual(unreadable, [])
        self.assertTrue(accounted_for(reading))
        self.assertEqual(reading.summary.covers, {"SDN", "EL", "ISN"})
        firm = parties["FICTITIOUS HOLDING CO."]
        self.assertEqual(
            firm.identifiers, (lists.ListedIdentifier("Tax ID No.", "123456789", "CU"),)
        )
        self.assertEqual(
            firm.addresses, (lists.ListedAddress("1 Invented Road, Havana, 10400", "CU"),)
        )
        bureau = parties["Made Up Missile Bureau"]
        self.assertEqual(bureau.countries, ("TH",), "only the JSON has it")
        self.assertEqual(
            names(bureau)[1:], [("Bureau M, Second Branch", "alias")], "one name in the JSON"
        )

    def test_same_party_as_in_the_csv(self):
        row = csl_row(
            "EL",
            "Invented Semiconductor Co., Ltd.",
            addresses="2 Made Up Street, Beijing, CN",
            federal_register_notice="84 FR 99999",
            start_date="2019-10-09",
            license_policy="Presumption of denial.",
            license_requirement="For all items subject to the EAR.",
        )
        (from_csv,), _ = read_bytes(csl(row))
        from_json = fixture("csl.json")[0]["Invented Semiconductor Co., Ltd."]
        self.assertEqual(from_json.uid, from_csv.uid)
        self.assertEqual(lists.changed_fields(from_csv, from_json), ())

    def test_total_of_a_page(self):
        with self.assertRaisesRegex(lists.ListFormatError, "says it has 25000 results and holds 3"):
            fixture("csl_broken.json")

    def test_order_of_members_and_white_space_do_not_matter(self):
        data = json.loads((FIXTURES / "csl.json").read_text("utf-8"))
        turned = json.dumps(dict(reversed(data.items())), indent=4).encode()
        self.assertEqual(len(read_bytes(turned)[0]), 3)

    def test_records_across_chunks(self):
        data = json.loads((FIXTURES / "csl.json").read_text("utf-8"))
        one = data["results"][1]
        data["results"] = [one | {"name": f"Invented {n}"} for n in range(2000)]
        data["total"] = 2000
        items, _ = read_bytes(json.dumps(data).encode())
        self.assertEqual(len(items), 2000)

    def test_a_record_that_is_no_object_is_named(self):
        data = (FIXTURES / "csl.json").read_bytes().replace(b'"results":[', b'"results":[17,')
        items, _ = read_bytes(data.replace(b'"total":3', b'"total":4'))
        self.assertEqual([i.row for i in items if isinstance(i, lists.Unreadable)], [1])

    def test_a_list_of_the_wrong_type_is_named(self):
        data = (FIXTURES / "csl.json").read_bytes()
        wrong = b'"results":[{"source":"x","name":"Acme","alt_names":"Acme Two"},'
        data = data.replace(b'"results":[', wrong).replace(b'"total":3', b'"total":4')
        items, _ = read_bytes(data)
        (bad,) = [item for item in items if isinstance(item, lists.Unreadable)]
        self.assertEqual((bad.row, bad.reason), (1, "“alt_names” is no JSON array"))

    def test_what_is_no_json_is_refused(self):
        data = (FIXTURES / "csl.json").read_bytes()
        for wrong, said in ((b"NaN", "figure"), (b'"\\ud800"', "half a character")):
            bad = data.replace(b'"results":[', b'"results":[{"source":"x","name":%s},' % wrong)
            with self.subTest(wrong), self.assertRaisesRegex(lists.ListFormatError, said):
                read_bytes(bad)

    def test_wherever_it_breaks_off_it_is_refused(self):
        whole = (FIXTURES / "csl.json").read_bytes().rstrip()
        for end in range(200, len(whole), 13):
            with self.subTest(end), self.assertRaises(lists.ListFormatError):
                read_bytes(whole[:end])

    @with_real_files
    def test_real_excerpt(self):
        items, _ = read_path(REAL / "csl" / "csl_json_excerpt_2026-09-25.json")
        self.assertEqual(parties_of(items)["SPC Supachoke"].countries, ("TH",))
