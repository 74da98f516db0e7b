# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names of people: any order, initials, a name more or less, but no two different ones."""

from __future__ import annotations

from itertools import pairwise

from rapidfuzz.distance import OSA, JaroWinkler

from .align import Alignment, Pair
from .parsed import Parsed
from .sounds import consonants, sounding

#: Words that are no part of a person's name, or part of too many.
_TITLES_TEXT = """
    mr mrs ms miss dr prof professor sir lord lady sheikh shaikh shaykh sheik haji hajji hadji hajj
    mullah mulla maulana maulavi maulawi mawlawi ayatollah imam general gen colonel col major maj
    captain capt admiral brigadier prince princess king president minister hon honourable don dona
    al el ul ur bin ben ibn bint bent abu abd van von der den de da di del dos la le ter zu y and of
    jr sr ii iii phd senor herr frau the
    """
_TITLES = frozenset(_TITLES_TEXT.split())
#: A word agrees from this likeness on.
_ALIKE = 0.82
#: Credit of an initial, and what leftover words cost, in points: on one side, on both.
_INITIAL, _MORE, _OTHER = 0.86, 7.0, 24.0
#: Names written together.
_JOINED = 0.97
#: Points of names of people, and the score they come to: so that a step means as much for a person
#: as for a firm. A name in which one of three words is another one has 69 points and is no hit.
_SCALE = ((0.0, 0.0), (70.0, 55.0), (76.0, 68.0), (83.0, 75.0), (90.0, 90.0), (100.0, 100.0))


def align_persons(subject: Parsed, listed: Parsed) -> Alignment:
    """Match the words of two persons' names, the most alike first."""
    mine, others = _places(subject), _places(listed)
    if "".join(sorted("".join(subject.words[place] for place in mine))) == "".join(
        sorted("".join(listed.words[place] for place in others))
    ) and len(mine) != len(others):
        pair = Pair(
            subject.words, listed.words, "joined", _JOINED, 20.0,
            (0, len(subject.words), 0, len(listed.words)),
        )  # fmt: skip
        return Alignment((pair,), (), ())
    found = []
    for place in mine:
        for other in others:
            how, credit = _alike(subject.words[place], listed.words[other])
            if credit >= _ALIKE:
                found.append((-credit, abs(place - other), place, other, how))
    pairs: list[Pair] = []
    for minus, _away, place, other, how in sorted(found):
        if place in mine and other in others:
            mine.remove(place)
            others.remove(other)
            weight = min(subject.bits[place], listed.bits[other])
            pairs.append(
                Pair(
                    (subject.words[place],),
                    (listed.words[other],),
                    how,
                    -minus,
                    weight,
                    (place, place + 1, other, other + 1),
                )
            )
    pairs.sort(key=lambda pair: pair.places)
    return Alignment(tuple(pairs), tuple(mine), tuple(others))


def person_value(alignment: Alignment, subject: Parsed, listed: Parsed) -> float:
    """Score, 0-100, of two persons' names; 0 when too little agrees to speak of."""
    pairs = alignment.pairs
    if not pairs:
        return 0.0
    whole = len(pairs) > 1 or len(pairs[0].listed) > 1
    single = min(len(_places(subject)), len(_places(listed))) == 1
    if not whole and not (single and pairs[0].credit > 0.9):
        return 0.0
    letters = [sum(map(len, pair.listed)) for pair in pairs]
    sure = sum(pair.credit * size for pair, size in zip(pairs, letters, strict=True)) / sum(letters)
    left, left_listed = len(alignment.left_subject), len(alignment.left_listed)
    value = 100 * sure - _MORE * max(left, left_listed) - _OTHER * min(left, left_listed)
    return _scaled(value - (12.0 if not whole and left + left_listed else 0.0))


def _scaled(points: float) -> float:
    for (low, start), (high, end) in pairwise(_SCALE):
        if points < high:
            return max(0.0, start + (points - low) * (end - start) / (high - low))
    return 100.0


def _places(name: Parsed) -> list[int]:
    """Places of the words that are a person's own."""
    own = [place for place, word in enumerate(name.words) if word not in _TITLES]
    return own or list(range(len(name.words)))


def _alike(one: str, other: str) -> tuple[str, float]:
    if one == other:
        return "equal", 1.0
    if min(len(one), len(other)) == 1:
        return ("initials", _INITIAL) if one[0] == other[0] else ("", 0.0)
    if (sound := sounding(one)) and len(sound) > 2 and sound == sounding(other):
        return "sound", 0.96
    distance = OSA.distance(one, other)
    longer = max(len(one), len(other))
    credit = 1.0 - distance / longer
    if distance == 1 and longer >= 4:
        credit = max(credit, 0.88 + 0.005 * longer)
    if (bones := consonants(one)) and bones == consonants(other):
        credit = max(credit, 0.88)
    if distance <= 2 and longer >= 7:
        credit = max(credit, JaroWinkler.similarity(one, other) - 0.06)
    return "typo", credit
