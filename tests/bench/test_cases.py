"""The labelled cases are what they say they are, so that the figures mean something."""

import sys
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import cases  # noqa: E402 - the benchmark is no package
from parties import DATA, load, plain  # noqa: E402

with_lists = unittest.skipUnless(DATA.is_dir(), "no ../shared/data here")


class TestCases(unittest.TestCase):
    def setUp(self):
        super().setUp()
        self.positives = cases.positives()
        self.negatives = cases.negatives()

    def test_there_are_enough(self):
        self.assertGreaterEqual(len(self.positives), 600)
        self.assertGreaterEqual(len(self.negatives), 300)
        parties = {case.listed_name for case in self.positives}
        self.assertGreaterEqual(len(parties), 400, "not only the 28 of 2019-10-09")

    def test_every_case_says_where_it_comes_from(self):
        for case in self.positives:
            with self.subTest(case.id):
                self.assertTrue(case.query.strip() and case.listed_name.strip())
                self.assertRegex(case.source, r"^(by hand|rule|alias on the list)")
                self.assertIn(case.category, ("realistic", "A", "S", "C", "native"))
        self.assertFalse([case.id for case in self.negatives if not case.why.strip()])

    def test_no_id_and_no_query_twice(self):
        ids = Counter(case.id for case in [*self.positives, *self.negatives])
        self.assertFalse([name for name, count in ids.items() if count > 1])
        both = {plain(case.query) for case in self.positives} & {
            plain(case.query) for case in self.negatives
        }
        self.assertFalse(both, "a query cannot be right and wrong")

    def test_split_follows_from_the_id_alone(self):
        every = [*self.positives, *self.negatives]
        self.assertFalse([case.id for case in every if case.split != cases.split_of(case.id)])
        held = sum(case.split == "held" for case in every) / len(every)
        self.assertTrue(0.28 < held < 0.40, held)

    def test_what_was_generated_differs_from_the_listed_name(self):
        made = [case for case in self.positives if case.category in "ASC"]
        self.assertFalse([case.id for case in made if case.query == case.listed_name])

    @with_lists
    def test_every_positive_has_a_party_and_no_negative_is_a_listed_name(self):
        listed = load()
        targets = cases.Targets(listed)
        self.assertFalse([case.id for case in self.positives if not targets.of(case)])
        names = {plain(name.text) for party in listed for name in party.facts.names}
        self.assertFalse([case.id for case in self.negatives if plain(case.query) in names])

    @with_lists
    def test_clean_vendors_are_the_same_each_time_and_unseen_by_the_word_table(self):
        vendors = cases.clean_vendors(50)
        self.assertEqual(vendors, cases.clean_vendors(50))
        self.assertTrue(all(cases.is_for_measuring(name) for name, _country in vendors))


if __name__ == "__main__":
    unittest.main()
