# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The UFLPA Entity List."""

import unittest

from support import REAL, accounted_for, fixture, names, parties_of, read_path, with_real_files

import lists


class UflpaTest(unittest.TestCase):
    def test_fixture(self):
        parties, unreadable, reading = fixture("uflpa.html")
        self.assertEqual(reading.format, "uflpa_html")
        self.assertTrue(accounted_for(reading))
        hair = parties["Fictitious Hair Co., Ltd."]
        self.assertEqual(
            [text for text, _ in names(hair)][1:],
            ["Made Up Hair", "Invented Hair", "Fictitious Hair Co. Ltd."],
        )
        self.assertEqual(hair.start_date, "2022-05-01", "the earlier of two")
        silicon = parties["Invented Silicon (Group) Co., Ltd"]
        self.assertEqual(
            (names(silicon)[1:], silicon.remarks), ([("IS Co.", "alias")], "subsidiaries")
        )
        self.assertEqual(
            names(parties["Made Up Foods Co., Ltd."])[1:],
            [
                ("MUF Co., Ltd.", "alias"),
                ("Muf Trading", "alias"),
                ("Old Foods Co., Ltd.", "former"),
            ],
        )
        self.assertEqual([item.row for item in unreadable], [5])

    def test_new_columns_are_refused(self):
        with self.assertRaisesRegex(
            lists.ListFormatError, "unknown columns: Name of Entity, Date of Effect"
        ):
            fixture("uflpa_broken.html")

    @with_real_files
    def test_real_page(self):
        items, reading = read_path(REAL / "uflpa" / "uflpa_2026-07-09.html")
        self.assertTrue(accounted_for(reading))
        self.assertEqual((reading.summary.records, reading.summary.unreadable), (160, 0))
        # 148 names by letter; three more rows differ from another in punctuation alone.
        self.assertEqual(len(items), 145)
        parties = parties_of(items)
        self.assertEqual(
            [text for text, _ in names(parties["Xinjiang Production and Construction Corps"])][1:],
            ["XPCC", "Xinjiang Corps", "Bingtuan"],
        )
        for party in items:
            for text, _ in names(party):
                self.assertNotRegex(text, r"(?i)known as|alias|\band$|^and\b|;")
