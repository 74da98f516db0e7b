# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name taken apart once: what every comparison needs of its words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from .places import is_place
from .sounds import sounding
from .trade import is_trade, meaning
from .weights import bits

Words = tuple[str, ...]
#: Neighbouring words: where they begin, where they end, their letters without spaces.
Span = tuple[int, int, str]
#: Separates the words in a stored form; no word contains it.
SEPARATOR = " "
#: Neighbours that may be one word on the other side, at most so many, of so many letters.
MAX_SPAN, MAX_SPAN_LENGTH = 4, 30
#: A word of so many bits may be a name's own.
TELLING = 9.5


@dataclass(frozen=True, slots=True)
class Parsed:
    """Words of one name as spelled, and for each its meaning, bits, sound, whether a place, and whether
    the name's own: neither a place nor a trade nor common.

    ``spans`` are runs of two and more neighbours that may be one word on the other side;
    ``span_heads`` has them by first letter; ``has_short`` says whether a word may be the initials
    of others.
    """

    words: Words
    meanings: Words
    bits: tuple[float, ...]
    sounds: Words
    places: tuple[bool, ...]
    own: tuple[bool, ...]
    spans: tuple[Span, ...]
    word_set: frozenset[str]
    meaning_set: frozenset[str]
    span_set: frozenset[str]
    span_heads: dict[str, list[Span]]
    has_short: bool


@lru_cache(maxsize=2048)
def parsed(form: str) -> Parsed:
    """Take the words of a stored form apart."""
    words = tuple(form.split(SEPARATOR)) if form else ()
    weights = tuple(map(bits, words))
    meanings = tuple(map(meaning, words))
    places = tuple(map(is_place, words))
    spans = tuple(_spans(words))
    heads: dict[str, list[Span]] = {}
    for span in spans:
        heads.setdefault(span[2][0], []).append(span)
    return Parsed(
        words,
        meanings,
        weights,
        tuple(map(sounding, words)),
        places,
        tuple(
            not place and weight >= TELLING and not is_trade(meant)
            for place, weight, meant in zip(places, weights, meanings, strict=True)
        ),
        spans,
        frozenset(words),
        frozenset(meanings),
        frozenset(text for _start, _end, text in spans),
        heads,
        any(2 <= len(word) <= MAX_SPAN and word.isalpha() for word in words),
    )


def _spans(words: Words) -> Iterator[Span]:
    for start in range(len(words) - 1):
        for end in range(start + 2, min(start + MAX_SPAN, len(words)) + 1):
            joined = "".join(words[start:end])
            if len(joined) > MAX_SPAN_LENGTH:
                break
            yield start, end, joined
