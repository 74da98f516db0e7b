# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The company's own list as CSV and XLSX."""

import io
import unittest
import zipfile

from support import accounted_for, fixture, names, parties_of, read_bytes

import lists

SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def workbook(rows, shared=()):
    """Return a workbook as Excel writes it, as far as the reader looks."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{SHEET}">{"".join(shared)}</sst>')
        archive.writestr(
            "xl/worksheets/sheet1.xml",
            f'<worksheet xmlns="{SHEET}"><sheetData>{"".join(rows)}</sheetData></worksheet>',
        )
    return data.getvalue()


class CsvTest(unittest.TestCase):
    def test_fixture(self):
        parties, unreadable, reading = fixture("own_list.csv", "OWN")
        self.assertEqual(reading.format, "generic_csv")
        self.assertTrue(accounted_for(reading))
        party = parties["Fictitious Parts GmbH"]
        self.assertEqual(
            (party.list_code, party.uid, party.party_type), ("OWN", "OWN-1", "organisation")
        )
        self.assertEqual([text for text, _ in names(party)][1:], ["FP", "Fiction Parts"])
        self.assertEqual(
            party.addresses, (lists.ListedAddress("1 Erfundene Straße, Berlin", "DE"),)
        )
        self.assertEqual(party.identifiers, (lists.ListedIdentifier("VAT", "DE999999999"),))
        self.assertEqual(party.start_date, "2026-01-31")
        self.assertEqual(party.remarks, "Paid late")
        person = parties["Invented Person"]
        self.assertEqual((person.party_type, person.countries), ("person", ("CN",)))
        self.assertEqual(person.start_date, "2026-01-31")
        self.assertEqual(
            [(item.row, item.reason) for item in unreadable],
            [
                (3, "the country “XX” is not known; use its two-letter code, e.g. CN"),
                (4, "the name is empty"),
            ],
        )

    def test_template_is_read_without_complaint(self):
        items, reading = read_bytes(lists.template().encode(), list_code="OWN")
        self.assertEqual(reading.summary.unreadable, 0)
        self.assertEqual(items[0].names[0].text, "Fictitious Example Trading Co., Ltd.")

    def test_delimiters(self):
        for delimiter in ",;\t":
            with self.subTest(delimiter):
                data = f"NAME{delimiter}Country\nInvented{delimiter}China\n".encode()
                items, _ = read_bytes(data)
                self.assertEqual(items[0].countries, ("CN",))

    def test_one_column_and_no_last_line_end(self):
        items, _ = read_bytes(b"Company Name\r\nInvented One\r\n\r\nInvented Two")
        self.assertEqual([item.names[0].text for item in items], ["Invented One", "Invented Two"])

    def test_encodings(self):
        for encoding, name in (
            ("utf-8", "Crédit Müller 公司"),
            ("utf-8-sig", "Crédit Müller 公司"),
            ("cp1252", "Crédit “Müller” €"),
            ("latin-1", "Cr\x81dit M\xfcller"),
        ):
            with self.subTest(encoding):
                items, reading = read_bytes(f"name\n{name}\n".encode(encoding))
                told = bool(reading.summary.notes)
                self.assertEqual(told, not encoding.startswith("utf"))
                if encoding != "latin-1":
                    self.assertEqual(items[0].names[0].text, name)

    def test_key_is_the_reference_else_the_name(self):
        first, _ = read_bytes(b"name,reference\nA Co.,R1\nB Co.,\n")
        second, _ = read_bytes(b"name,reference\nA Company,R1\nB CO,\n")
        self.assertEqual({i.uid for i in first}, {i.uid for i in second})

    def test_each_mistake_is_named(self):
        for line, reason in (
            (
                "A,robot,,",
                "the type “robot” is not known; use organisation, person, vessel or aircraft",
            ),
            ("A,,31.31.2026,", "start_date “31.31.2026” is no date; write it as 2026-01-31"),
            (
                "A,,,x,y,z",
                "the row has 6 columns, the header 4: put a cell that holds the delimiter "
                "in quotes",
            ),
            ("?,,,", "the name is empty"),
        ):
            with self.subTest(line):
                items, _ = read_bytes(f"name,type,start date,notes\nGood,,,\n{line}\n".encode())
                bad = [(i.row, i.reason) for i in items if isinstance(i, lists.Unreadable)]
                self.assertEqual(bad, [(3, reason)])

    def test_header_mistakes(self):
        for header, reason in (
            ("name,colour", "unknown columns: colour"),
            ("name,company", "more than one column for: name"),
            ("name,,country", "unknown columns: (empty)"),
        ):
            with self.subTest(header), self.assertRaises(lists.ListFormatError) as caught:
                read_bytes(f"{header}\nA,B,C\n".encode())
            self.assertIn(reason, caught.exception.reason)


class XlsxTest(unittest.TestCase):
    header = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c>'
        '<c r="B1" t="s"><v>0</v></c><c r="C1" t="s"><v>1</v></c><c r="D1" t="s"><v>2</v></c></row>'
    )
    shared = (
        "<si><t>Country</t></si>",
        "<si><r><t>Start</t></r><r><t>date</t></r></si>",
        "<si><t>Identifiers</t></si>",
    )

    def read(self, *rows):
        return read_bytes(workbook([self.header, *rows], self.shared), "a.xlsx", "OWN")

    def test_cells_of_all_kinds(self):
        items, reading = self.read(
            '<row r="2"><c r="A2" t="str"><v>Invented &amp; Co.</v></c>'
            '<c r="B2" t="inlineStr"><is><t>China</t></is></c>'
            '<c r="C2"><v>46053</v></c><c r="D2"><v>123456.0</v></c></row>',
            '<row r="3"/>',
            '<row r="5"><c r="A5" t="inlineStr"><is><t>Second</t></is></c>'
            '<c r="D5" t="b"><v>1</v></c></row>',
        )
        self.assertEqual(reading.format, "generic_xlsx")
        party = parties_of(items)["Invented & Co."]
        self.assertEqual((party.list_code, party.countries), ("OWN", ("CN",)))
        self.assertEqual(party.start_date, "2026-01-31")
        self.assertEqual(party.identifiers, (lists.ListedIdentifier("", "123456"),))
        self.assertEqual(parties_of(items)["Second"].row, 5)

    def test_mistakes_are_named_by_the_row_of_the_sheet(self):
        items, _ = self.read(
            '<row r="2"><c r="A2" t="str"><v>Good</v></c></row>',
            '<row r="9"><c r="A9" t="str"><v>A</v></c><c r="Z9" t="str"><v>stray</v></c></row>',
        )
        self.assertEqual([(i.row, i.reason) for i in items if isinstance(i, lists.Unreadable)],
                         [(9, "a cell stands right of the last column")])  # fmt: skip
