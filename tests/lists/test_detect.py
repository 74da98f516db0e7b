# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The reader is chosen by what a file holds; gz and zip are opened; every real file is known."""

import gzip
import io
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
    REFUSED = {
        "csl/csl_2023-11-30_truncated.csv": "breaks off",
        "ofac_sdn/2024-05-04/sdn.csv": "empty",
        "ofac_sdn/sdn_xml_excerpt_2026-06-22.xml": "says it has 19082 records",
        "ofac_sdn/2021-07-07/add.csv": "main file",
        "ofac_sdn/2021-07-07/alt.csv": "main file",
        "ofac_sdn/2021-07-07/sdn_comments.csv": "main file",
    }

    def test_read_or_refused_with_the_right_reason(self):
        folders = ("csl", "dpl", "eu", "ofac_sdn", "uflpa", "uk", "un")
        paths = [p for folder in folders for p in sorted((REAL / folder).rglob("*")) if p.is_file()]
        paths.append(REAL / "entity_list" / "FR-2023-03929.xml")
        for path in paths:
            name = str(path.relative_to(REAL))
            with self.subTest(name), path.open("rb") as stream:
                if reason := self.REFUSED.get(name):
                    with self.assertRaisesRegex(lists.ListFormatError, reason):
                        list(lists.read(stream, name))
                else:
                    reading = lists.read(stream, name)
                    parties = sum(isinstance(item, lists.ListedParty) for item in reading)
                    self.assertGreater(parties, 0)
                    self.assertEqual(reading.summary.unreadable, 0)


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
