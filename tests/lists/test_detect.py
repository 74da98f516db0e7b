# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The reader is chosen by what a file holds; gz and zip are opened; every real file is known."""

import gzip
import io
import re
import sys
import unittest
import zipfile
from pathlib import Path
from subprocess import run

from support import FIXTURES, REAL, ROOT, read_bytes, read_path, with_real_files

import lists

FORMATS = {
    "csl.csv": "csl_csv",
    "csl_28.tsv": "csl_csv",
    "csl.json": "csl_json",
    "ecfr.xml": "ecfr_xml",
    "federal_register.xml": "federal_register_xml",
    "dpl.txt": "dpl_tsv",
    "sdn.csv": "ofac_csv",
    "cons_prim.csv": "ofac_csv",
    "sdn.xml": "ofac_sdn_xml",
    "sdn_advanced.xml": "ofac_advanced_xml",
    "un.xml": "un_xml",
    "eu.xml": "eu_xml",
    "uk.xml": "uk_xml",
    "uk.csv": "uk_csv",
    "uflpa.html": "uflpa_html",
    "own_list.csv": "generic_csv",
}


class DetectTest(unittest.TestCase):
    def test_by_content_under_a_false_name(self):
        for name, code in FORMATS.items():
            with self.subTest(name):
                data = (FIXTURES / name).read_bytes()
                items, reading = read_bytes(data, "consolidated.csv")
                self.assertEqual(reading.format, code)
                self.assertTrue(any(isinstance(item, lists.ListedParty) for item in items))

    def test_each_format_has_a_fixture_and_only_one_reader_takes_it(self):
        codes = {known.code for known in lists.FORMATS} - {"generic_xlsx"}
        self.assertEqual(set(FORMATS.values()), codes)
        for name, code in FORMATS.items():
            head = (FIXTURES / name).read_bytes()[: 1 << 16]
            takers = [known.code for known in lists.FORMATS if known.accepts(head)]
            with self.subTest(name):
                self.assertEqual(takers[0], code)
                self.assertLessEqual(set(takers[1:]), {"generic_csv"}, "which is asked last")

    def test_packed_files(self):
        plain, _ = read_path(FIXTURES / "un.xml")
        data = (FIXTURES / "un.xml").read_bytes()
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("folder/", b"")
            archive.writestr("folder/list.xml", data)
            archive.writestr("__MACOSX/._list.xml", b"x")
        self.assertEqual(read_bytes(gzip.compress(data))[0], plain)
        self.assertEqual(read_bytes(packed.getvalue())[0], plain)

    def test_stream_that_cannot_seek(self):
        class Pipe(io.BytesIO):
            def seekable(self):
                return False

        data = (FIXTURES / "sdn_advanced.xml").read_bytes()
        self.assertEqual(len(list(lists.read(Pipe(data)))), 2, "the file is read twice")

    def test_reading_goes_on_as_it_is_asked(self):
        """Parties with official numbers come before the file is read to its end."""
        whole = (FIXTURES / "un.xml").read_bytes()
        reading = lists.read(io.BytesIO(whole.replace(b"</CONSOLIDATED_LIST>", b"</WRONG>")))
        items = iter(reading)
        self.assertEqual(next(items).uid, "TEi.001")
        with self.assertRaises(lists.ListFormatError):
            list(items)

    def test_no_file(self):
        with self.assertRaisesRegex(lists.ListFormatError, "No file was given"):
            lists.read_files([])


@with_real_files
class EveryRealFileTest(unittest.TestCase):
    """All files of ../shared/data: which reader takes each, or why it is refused."""

    READ = {
        "csl/csl_2019-12-03_excerpt.csv": ("csl_csv", 115),
        "csl/csl_2022-04_whole.csv": ("csl_csv", 14_159),
        "csl/csl_2025-06-25_13rows.csv": ("csl_csv", 13),
        "csl/csl_json_excerpt_2026-09-25.json": ("csl_json", 3),
        "dpl/dpl_2019-06-29.txt": ("dpl_tsv", 432),
        "dpl/dpl_2022-09-07.txt": ("dpl_tsv", 486),
        "entity_list/FR-2023-03929.xml": ("federal_register_xml", 13),
        "eu/eu_fsf_1_1_excerpt_2026-08-05.xml": ("eu_xml", 3),
        "ofac_sdn/2021-07-07/sdn.csv": ("ofac_csv", 8_976),
        "ofac_sdn/2022-02-17/sdn.csv": ("ofac_csv", 9_056),
        "ofac_sdn/2022-02-24/sdn.csv": ("ofac_csv", 9_123),
        "ofac_sdn/2024-05-03/sdn.csv": ("ofac_csv", 14_965),
        "ofac_sdn/sdn_advanced_excerpt_2026-09-09.xml": ("ofac_advanced_xml", 1),
        "uflpa/uflpa_2026-07-09.html": ("uflpa_html", 145),
        "uk/uk_sanctions_list_excerpt_2026-09-10.xml": ("uk_xml", 4),
        "un/un_consolidated_2020-11-24.xml": ("un_xml", 1_018),
        "un/un_consolidated_2026-02-27.xml": ("un_xml", 1_003),
    }
    #: By the beginning of the path, the first that fits.
    REFUSED = {
        "csl/csl_2023-11-30_truncated.csv": "row 4229: the file breaks off inside this row",
        "entity_list/entities_2019-10-09.csv": "unknown columns: csl_id, kind",
        "ofac_sdn/2024-05-04/sdn.csv": "empty",
        "ofac_sdn/sdn_xml_excerpt_2026-06-22.xml": "says it has 19082 records and holds 2",
        "ofac_sdn/2021-07-07/add.csv": "main file .* is missing",
        "ofac_sdn/2021-07-07/alt.csv": "main file .* is missing",
        "ofac_sdn/2021-07-07/sdn_comments.csv": "main file .* is missing",
        # No lists: extractions by somebody else, schemas, vendors, pairs of names.
        "entity_list/": "no known list format",
        "matching/": "no known list format",
        "schemas/": "no known list format",
        "vendors/": "no known list format",
        "README.md": "no known list format",
    }

    def test_read_or_refused_with_the_right_reason(self):
        paths = [path for path in sorted(REAL.rglob("*")) if path.is_file()]
        self.assertGreater(len(paths), 30)
        for path in paths:
            name = str(path.relative_to(REAL))
            with self.subTest(name), path.open("rb") as stream:
                if name in self.READ:
                    # The name says nothing: the reader is chosen by content.
                    reading = lists.read(stream, "list.bin")
                    parties = sum(isinstance(item, lists.ListedParty) for item in reading)
                    self.assertEqual((reading.format, parties), self.READ[name])
                    self.assertEqual(reading.summary.unreadable, 0)
                else:
                    [reason, *_] = (v for k, v in self.REFUSED.items() if name.startswith(k))
                    with self.assertRaisesRegex(lists.ListFormatError, reason):
                        list(lists.read(stream, name))


class DocumentTest(unittest.TestCase):
    def test_formats_are_documented(self):
        """Each with the files of :class:`EveryRealFileTest` and what it reads of them."""
        text = (ROOT / "docs" / "formats.md").read_text("utf-8")
        rows = dict(re.findall(r"(?m)^\| `(\w+)` \| (.+)$", text))
        self.assertEqual(list(rows), [known.code for known in lists.FORMATS])
        for name, (code, parties) in EveryRealFileTest.READ.items():
            folder, _, file = name.rpartition("/")
            shown = folder.rpartition("/")[2] if file == "sdn.csv" else f"`{file}`"
            with self.subTest(name):
                self.assertRegex(rows[code], rf"{re.escape(shown)} \({parties:,}\b")


class RoomTest(unittest.TestCase):
    def test_lists_knows_nobody(self):
        """Imports in a bare interpreter, and names neither Odoo nor the database."""
        for path in sorted((ROOT / "lists").glob("*.py")):
            with self.subTest(path.name):
                text = path.read_text("utf-8")
                self.assertNotRegex(text, r"(?m)^\s*(from|import) (odoo|psycopg2)")
                self.assertLessEqual(len(text.splitlines()), 250)
        code = "import lists, sys; print({'odoo', 'psycopg2', 'openpyxl'} & set(sys.modules))"
        command = [sys.executable, "-c", code]
        # S603: the program is the interpreter that runs this test.
        shown = run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
        self.assertEqual(shown.stdout.strip(), "set()")

    def test_fixtures_hold_no_path_of_a_machine(self):
        home = str(Path.home())
        for path in FIXTURES.iterdir():
            with self.subTest(path.name):
                self.assertNotIn(home, path.read_text("utf-8", "replace"))
