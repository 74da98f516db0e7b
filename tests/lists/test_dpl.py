# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Denied Persons List."""

import csv
import unittest
from collections import defaultdict

from support import REAL, accounted_for, fixture, read_path, with_real_files

import lists


class DplTest(unittest.TestCase):
    def test_fixture(self):
        parties, unreadable, reading = fixture("dpl.txt")
        self.assertEqual((reading.format, unreadable), ("dpl_tsv", []))
        self.assertTrue(accounted_for(reading))
        person = parties["J. FICTITIOUS"]
        self.assertEqual(person.countries, ("US",), "blank means the United States")
        self.assertEqual((person.start_date, person.end_date), ("2022-08-24", "2026-01-14"))
        airline = parties["MADE UP AIRWAYS"]
        self.assertEqual([a.country for a in airline.addresses], ["AE", "JO"])
        self.assertEqual(reading.summary.merged, [(4, 3)])

    def test_truncated(self):
        with self.assertRaisesRegex(lists.ListFormatError, "row 3: the file breaks off"):
            fixture("dpl_broken.txt")


def rows_by_key(path):
    """Count independently of the reader: CSL rows are one a name and citation."""
    found = defaultdict(set)
    with open(path, encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream, delimiter="\t"):
            key = (row["Name"].strip().lower(), row["FR_Citation"].strip().lower())
            found[key].add(
                tuple(row[c] for c in ("Street_Address", "City", "State", "Postal_Code"))
            )
    return found


@with_real_files
class RealTest(unittest.TestCase):
    def setUp(self):
        self.paths = [REAL / "dpl" / name for name in ("dpl_2019-06-29.txt", "dpl_2022-09-07.txt")]

    def test_figures_of_two_dates(self):
        old, new = map(rows_by_key, self.paths)
        self.assertEqual((len(new.keys() - old.keys()), len(old.keys() - new.keys())), (191, 137))
        read = [
            {(p.names[0].text.lower(), p.citation.lower()) for p in read_path(path)[0]}
            for path in self.paths
        ]
        one_less = "in each file two rows that a blank alone parts are one party"
        self.assertEqual((len(read[1] - read[0]), len(read[0] - read[1])), (190, 136), one_less)

    def test_a_new_citation_is_a_change_not_a_removal(self):
        """By our keys fewer are added and removed than by the ids of the CSL."""
        old = {p.uid: lists.content_hash(p) for p in read_path(self.paths[0])[0]}
        diff = lists.EditionDiff({"DPL": old})
        for party in read_path(self.paths[1])[0]:
            diff.see(party)
        delta = diff.finish()["DPL"]
        self.assertEqual(len(delta.added) - len(delta.removed), 191 - 137)
        self.assertLess(len(delta.added), 191)
        self.assertGreater(len(delta.changed), 3)

    def test_csl_says_the_same_of_the_same_party(self):
        """Changing the feed from CSL to DPL keeps keys and compared facts of most parties."""
        csl = [
            p for p in read_path(REAL / "csl" / "csl_2022-04_whole.csv")[0] if p.list_code == "DPL"
        ]
        dpl = {p.uid: p for p in read_path(self.paths[1])[0]}
        both = [(p, dpl[p.uid]) for p in csl if p.uid in dpl]
        self.assertGreater(len(both), 0.85 * len(csl))
        same = sum(
            one.names == other.names and one.countries == other.countries for one, other in both
        )
        self.assertGreater(same, 0.95 * len(both))
