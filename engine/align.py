# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which word of one name met which of the other, how, and at how many bits."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

from .keys import sound
from .weights import bits

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """Neighbouring words of the subject that met neighbouring words of the listed name."""

    subject: Words
    listed: Words
    how: str
    credit: float
    bits: float


@dataclass(frozen=True, slots=True)
class Alignment:
    """All pairs of two names, and the words left over on each side."""

    pairs: tuple[Pair, ...]
    left_subject: Words
    left_listed: Words

    @property
    def agreed(self) -> float:
        """Bits that agree."""
        return sum(pair.bits * pair.credit for pair in self.pairs)


@lru_cache(maxsize=100_000)
def likeness(one: str, other: str) -> tuple[str, float]:
    """How two words agree and how surely, 0-1; one typing error counts more in a short word."""
    if one == other:
        return "equal", 1.0
    shorter, longer = min(len(one), len(other)), max(len(one), len(other))
    if shorter >= 5:
        allowed = 1 if shorter < 8 else 2
        distance = OSA.distance(one, other, score_cutoff=allowed)
        if distance <= allowed:
            credit = 1.0 - 1.2 * distance / longer
            return "typo", credit - (0.15 if one[0] != other[0] else 0.0)
        if (by_sound := sound(one)) and by_sound == sound(other):
            return "sound", 0.75
    if shorter >= 5 and longer > shorter and shorter / longer >= 0.55:
        if longer == len(one) and one.startswith(other):
            return "cut", 0.7
        if longer == len(other) and other.startswith(one):
            return "cut", 0.7
    return "", 0.0


def _spans(words: Words) -> list[tuple[int, int, str]]:
    spans = [(place, place + 1, word) for place, word in enumerate(words)]
    for size in (2, 3):
        for start in range(len(words) - size + 1):
            joined = "".join(words[start : start + size])
            if len(joined) >= 4:
                spans.append((start, start + size, joined))
    return spans


def align(subject: Words, listed: Words) -> Alignment:
    """Match words and joined neighbours, the surest and most telling first."""
    found: list[tuple[float, int, tuple[int, int], tuple[int, int], Pair]] = []
    listed_spans = _spans(listed)
    for start, end, text in _spans(subject):
        for listed_start, listed_end, listed_text in listed_spans:
            both_joined = end - start > 1 and listed_end - listed_start > 1
            if both_joined:
                continue
            how, credit = likeness(text, listed_text)
            if not credit:
                continue
            listed_words = listed[listed_start:listed_end]
            joined = end - start > 1 or listed_end - listed_start > 1
            if joined and how == "cut":
                continue
            weight = max(sum(map(bits, listed_words)), bits(listed_text) if joined else 0.0)
            if joined:
                how, credit = "joined" if how == "equal" else how, credit * 0.95
            pair = Pair(subject[start:end], listed_words, how, credit, min(weight, 20.0))
            order = -(len(found))
            found.append((credit * weight, order, (start, end), (listed_start, listed_end), pair))
    found.sort(key=lambda item: item[:2], reverse=True)
    return _choose(found, subject, listed)


def _choose(
    found: list[tuple[float, int, tuple[int, int], tuple[int, int], Pair]],
    subject: Words,
    listed: Words,
) -> Alignment:
    used_subject: set[int] = set()
    used_listed: set[int] = set()
    pairs: list[Pair] = []
    for _value, _order, (start, end), (listed_start, listed_end), pair in found:
        places, listed_places = range(start, end), range(listed_start, listed_end)
        if used_subject.isdisjoint(places) and used_listed.isdisjoint(listed_places):
            used_subject.update(places)
            used_listed.update(listed_places)
            pairs.append(pair)
    return Alignment(
        tuple(pairs),
        tuple(word for place, word in enumerate(subject) if place not in used_subject),
        tuple(word for place, word in enumerate(listed) if place not in used_listed),
    )
