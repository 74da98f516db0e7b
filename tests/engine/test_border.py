# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is told from the border is what looking up again would show."""

import random
import unittest
from collections.abc import Mapping
from unittest.mock import patch

from engine import CandidateRow, Facts, Query
from engine import border as module
from engine.border import Changed, border_after, border_of, within_border

LIMIT = 4
#: Who shares a quarter is looked at beyond, up to twice as many.
SHARE, WIDER = 4, 2


def row(entry: int, weight: int) -> CandidateRow:
    """An entry with so much weight for the subject."""
    return CandidateRow(entry, entry, "primary", "", "", "", (), weight)


def query(whole: int) -> Query:
    """A subject whose keys weigh so much."""
    return Query(Facts(()), (), [1], [whole])


def look_up(listed: Mapping[int, int], whole: int) -> list[CandidateRow]:
    """What the look-up gives, by its rule: the best, and who shares much."""
    ranked = sorted((row(*item) for item in listed.items()), key=lambda r: (-r.weight, r.entry_id))
    return [
        one
        for rank, one in enumerate(ranked)
        if rank < LIMIT or (rank < WIDER * LIMIT and SHARE * one.weight >= whole)
    ]


def changed(came: Mapping[int, int], went: Mapping[int, int], whole: int = 100) -> Changed:
    """What a look-up among what came and went gives."""
    rows = look_up({**came, **went}, whole)
    return Changed(
        rows,
        [one for one in rows if one.entry_id in came],
        [one for one in rows if one.entry_id in went],
    )


def after(border: int, change: Changed, met: bool, whole: int = 100) -> int | None:
    """The border after one change."""
    return border_after(query(whole), border, [change], met, LIMIT)


FULL = [row(number, 9) for number in range(LIMIT)]


class TestBorder(unittest.TestCase):
    """A few words, and many lists made up by chance."""

    def setUp(self) -> None:
        super().setUp()
        wider = patch.multiple(module, SHARE=SHARE, WIDER=WIDER)
        wider.start()
        self.addCleanup(wider.stop)

    def test_room_is_used_up(self) -> None:
        """As long as fewer are found than are looked at in any case, nobody is crowded out."""
        border = border_of(query(10), [row(1, 5)], LIMIT)
        self.assertEqual(border, 1 - LIMIT)
        self.assertEqual(after(border, changed({2: 1}, {3: 1}), True), 2 - LIMIT)
        more = changed({2: 1, 4: 1, 5: 1}, {})
        self.assertIsNone(after(border, more, True))
        self.assertEqual(after(border, more, False), -1, "all was looked at once")

    def test_who_has_no_hits_loses_none(self) -> None:
        """What comes crowds something out, which matters only to who has hits."""
        border = border_of(query(100), FULL, LIMIT)
        self.assertEqual(after(border, changed({9: 10}, {}), False), border)
        self.assertIsNone(after(border, changed({9: 10}, {}), True))

    def test_what_goes_lets_another_in(self) -> None:
        """Unless it was beyond the border, or comes again under the same name."""
        border = border_of(query(100), FULL, LIMIT)
        self.assertIsNone(after(border, changed({}, {0: 9}), False))
        self.assertEqual(after(border, changed({}, {7: 9}), True), border)
        self.assertEqual(after(border, changed({8: 10}, {0: 10}), True), border)

    def test_who_shares_much_is_looked_at_beyond(self) -> None:
        """So one that comes is, too, until there are too many."""
        border = border_of(query(20), FULL, LIMIT)
        self.assertTrue(within_border(border, [row(9, 5)]))
        self.assertFalse(within_border(border, [row(9, 4)]))
        border = border_of(query(20), [row(number, 9) for number in range(WIDER * LIMIT)], LIMIT)
        self.assertFalse(within_border(border, [row(9, 9)]))

    def test_so_much_came_that_not_all_is_given(self) -> None:
        """It matters only within the border, and where something went or was met."""
        border = border_of(query(100), FULL, LIMIT)
        far = {number: 5 for number in range(10, 20)}
        self.assertEqual(after(border, changed(far, {}), True), border)
        near = {number: 10 for number in range(10, 20)}
        self.assertEqual(
            after(border, changed(near, {}), False), after(-1, changed(near, {}), False)
        )
        self.assertFalse(within_border(after(-1, changed(near, {}), False) or 0, [row(14, 10)]))
        self.assertIsNone(after(border, changed(near, {}), True))
        self.assertIsNone(after(border, changed(near, {0: 11}), False))

    def test_as_if_looked_up_again(self) -> None:
        """Lists change by chance, several times over: nothing crosses unseen."""
        chance = random.Random(4)  # noqa: S311
        told = sum(self._change_by_chance(chance) for _number in range(20_000))
        self.assertGreater(told, 8_000, "it can be told often enough to be of use")

    def _change_by_chance(self, chance: random.Random) -> int:
        whole = chance.choice((4, 12, 40))
        entries = list(range(90))
        chance.shuffle(entries)
        listed = {entries.pop(): chance.randint(1, 8) for _one in range(chance.randint(0, 20))}
        seen = look_up(listed, whole)
        border: int | None = border_of(query(whole), seen, LIMIT)
        met = chance.random() < 0.5
        #: What was looked at once, and gave no hit to who has none.
        known = {one.entry_id for one in seen}
        told = 0
        for _update in range(chance.randint(1, 4)):
            ended = chance.sample(sorted(listed), min(len(listed), chance.choice((0, 1, 2, 6))))
            went = {entry: listed.pop(entry) for entry in ended}
            many = range(chance.choice((0, 1, 2, 12)))
            came = {entries.pop(): chance.randint(1, 8) for _one in many}
            if went and chance.random() < 0.5:
                came[entries.pop()] = went[ended[0]]
            listed |= came
            change = changed(came, went, whole)
            before = {one.entry_id for one in seen}
            border = after(border, change, met, whole)
            if border is None:
                return told
            told += 1
            seen = look_up(listed, whole)
            now = {one.entry_id for one in seen}
            known |= {one.entry_id for one in within_border(border, change.came)}
            self.assertLessEqual(now, known, "nothing is looked at that never was")
            if met:
                self.assertEqual(before - set(went), now - set(came))
        return told


if __name__ == "__main__":
    unittest.main()
