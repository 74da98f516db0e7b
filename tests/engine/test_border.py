# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is told from the border is what looking up again would show."""

import random
import unittest
from collections.abc import Mapping

from engine import CandidateRow, Facts, Query
from engine.border import border_after, border_of, is_cut_off, within_border
from engine.settings import TIES

LIMIT = 4


def row(entry: int, weight: int) -> CandidateRow:
    """An entry with so much weight for the subject."""
    return CandidateRow(entry, entry, "primary", "", "", "", (), weight)


def query(whole: int) -> Query:
    """A subject whose keys weigh so much."""
    return Query(Facts(()), (), [1], [whole])


def look_up(listed: Mapping[int, int], whole: int) -> list[CandidateRow]:
    """What the look-up gives, by its rule: the best, and what ties with the last of them."""
    ranked = sorted((row(*item) for item in listed.items()), key=lambda r: (-r.weight, r.entry_id))
    rows = ranked[:LIMIT]
    if len(ranked) > LIMIT and 2 * rows[-1].weight >= whole:
        rows += [one for one in ranked[LIMIT:] if one.weight == rows[-1].weight]
    return rows[: LIMIT * TIES]


class TestBorder(unittest.TestCase):
    """A few words, and many lists made up by chance."""

    def test_room_is_used_up(self) -> None:
        """As long as fewer are found than may be looked at, nobody is crowded out."""
        border = border_of(query(10), [row(1, 5)], LIMIT)
        self.assertEqual(border, 1 - LIMIT)
        border = border_after(border, [row(2, 1)], [row(3, 1)], True)
        self.assertEqual(border, 2 - LIMIT)
        self.assertIsNone(border_after(border, [row(4, 1), row(5, 1)], [], False))

    def test_who_has_no_hits_loses_none(self) -> None:
        """What comes crowds something out, which matters only to who has hits."""
        border = border_of(query(100), [row(number, 9) for number in range(LIMIT)], LIMIT)
        self.assertEqual(border_after(border, [row(9, 10)], [], False), border)
        self.assertIsNone(border_after(border, [row(9, 10)], [], True))

    def test_what_goes_lets_another_in(self) -> None:
        """Unless it was beyond the border, or comes again under the same name."""
        border = border_of(query(100), [row(number, 9) for number in range(LIMIT)], LIMIT)
        self.assertIsNone(border_after(border, [], [row(0, 9)], False))
        self.assertEqual(border_after(border, [], [row(7, 9)], True), border)
        self.assertEqual(border_after(border, [row(8, 10)], [row(0, 10)], True), border)

    def test_ties_that_were_cut_off(self) -> None:
        """Who else ties with them is not known."""
        many = [row(number, 9) for number in range(LIMIT * TIES)]
        self.assertIsNone(border_of(query(10), many, LIMIT))
        self.assertIsNone(border_after(None, [], [], False))

    def test_more_may_have_changed_than_was_given(self) -> None:
        """It matters only within the border."""
        border = border_of(query(100), [row(number, 9) for number in range(LIMIT)], LIMIT)
        far = [row(number + 10, 5) for number in range(LIMIT)]
        self.assertFalse(is_cut_off(border or 0, far, LIMIT))
        near = [row(number + 10, 10) for number in range(LIMIT)]
        self.assertTrue(is_cut_off(border or 0, near, LIMIT))
        self.assertFalse(is_cut_off(border or 0, near[:-1], LIMIT))
        self.assertTrue(is_cut_off(-1, far, LIMIT), "all is looked at")

    def test_as_if_looked_up_again(self) -> None:
        """Lists change by chance, several times over: nothing crosses unseen."""
        chance = random.Random(4)  # noqa: S311
        told = 0
        for _number in range(20_000):
            told += self._change_by_chance(chance)
        self.assertGreater(told, 8_000, "it can be told often enough to be of use")

    def _change_by_chance(self, chance: random.Random) -> int:
        whole = chance.choice((4, 12, 40))
        entries = list(range(60))
        chance.shuffle(entries)
        listed = {entries.pop(): chance.randint(1, 8) for _one in range(chance.randint(0, 12))}
        seen = look_up(listed, whole)
        border = border_of(query(whole), seen, LIMIT)
        met = chance.random() < 0.5
        #: What was looked at once, and gave no hit to who has none.
        known = {one.entry_id for one in seen}
        told = 0
        for _update in range(chance.randint(1, 3)):
            ended = chance.sample(sorted(listed), min(len(listed), chance.randint(0, 2)))
            went = [row(entry, listed.pop(entry)) for entry in ended]
            came = {entries.pop(): chance.randint(1, 8) for _one in range(chance.randint(0, 2))}
            if went and chance.random() < 0.5:
                came[entries.pop()] = went[0].weight
            listed |= came
            new = [row(*item) for item in came.items()]
            before = {one.entry_id for one in seen}
            border = border_after(border, new, went, met)
            if border is None:
                break
            told += 1
            seen = look_up(listed, whole)
            now = {one.entry_id for one in seen}
            known |= {one.entry_id for one in within_border(border, new)}
            self.assertLessEqual(now, known, "nothing is looked at that never was")
            if met:
                self.assertEqual(before - set(ended), now - set(came))
        return told


if __name__ == "__main__":
    unittest.main()
