# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is given out for spreadsheets runs nothing in them."""

import csv
import io
import unittest

from lists.spreadsheet import harmless, to_csv


class SpreadsheetTest(unittest.TestCase):
    def test_formulas_are_text(self):
        for text in (
            "=1+1",
            "+1",
            "-1",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            " =1",
            "＝1",
            "=cmd|' /C x'!A0",
        ):
            with self.subTest(text):
                self.assertEqual(harmless(text), f"'{text}")
        for text in ("", "A = B", "Co-op", "1-2", "'=1"):
            with self.subTest(text):
                self.assertEqual(harmless(text), text)

    def test_file(self):
        data = to_csv(["Row", "Text"], [(2, '=HYPERLINK("http://x")'), (3, 'a "b"; c,\nd')])
        self.assertTrue(data.startswith(b"\xef\xbb\xbf"))
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
        self.assertEqual(
            rows, [["Row", "Text"], ["2", '\'=HYPERLINK("http://x")'], ["3", 'a "b"; c,\nd']]
        )

    def test_half_characters_do_not_stop_it(self):
        self.assertIn(b"?", to_csv(["a"], [("\ud800",)]))
