# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The templates that the form offers for download."""

import unittest
from dataclasses import replace

from support import ROOT, read_bytes

import lists

FOLDER = ROOT / "static" / "templates"


class TemplateTest(unittest.TestCase):
    def test_csv_is_what_the_reader_says(self):
        shipped = (FOLDER / "own_list.csv").read_bytes()
        self.assertEqual(shipped.decode("utf-8-sig"), lists.template())

    def test_workbook_says_the_same(self):
        """Made by ``scripts/make_templates.py``."""
        [[one], first] = read_bytes((FOLDER / "own_list.csv").read_bytes(), list_code="OWN")
        [[other], second] = read_bytes((FOLDER / "own_list.xlsx").read_bytes(), list_code="OWN")
        self.assertEqual((first.format, second.format), ("generic_csv", "generic_xlsx"))
        self.assertEqual(replace(one, row=0), replace(other, row=0))

    def test_the_form_offers_both(self):
        view = (ROOT / "views" / "screening_list_update_views.xml").read_text("utf-8")
        for name in ("own_list.csv", "own_list.xlsx"):
            self.assertIn(f"/restricted_party_screening/static/templates/{name}", view)
