# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name taken apart once: what every comparison needs of its words."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

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


class Word(NamedTuple):
    """What is known of one word."""

    meaning: str
    bits: float
    sound: str
    place: bool
    own: bool


@lru_cache(maxsize=32768)
def word(text: str) -> Word:
    """Look a word up once: names of one list are made of the same words over and over."""
    meant, weight, place = meaning(text), bits(text), is_place(text)
    own = not place and weight >= TELLING and not is_trade(meant)
    return Word(meant, weight, sounding(text), place, own)


class Parsed:
    """Words of one name as spelled, and for each its meaning, bits, sound, whether a place, and
    whether it is the name's own: neither a place nor a trade nor common.

    ``spans`` are runs of two and more neighbours that may be one word on the other side;
    ``span_heads`` has them by first letter; ``has_short`` says whether a word may be the initials
    of others. Few comparisons come to look at these, so they are made when first asked for.
    """

    __slots__ = (
        "bits",
        "has_short",
        "meaning_set",
        "meanings",
        "own",
        "places",
        "sounds",
        "span_heads",
        "span_set",
        "spans",
        "word_set",
        "words",
    )  # fmt: skip
    words: Words
    meanings: Words
    bits: tuple[float, ...]
    sounds: Words
    places: tuple[bool, ...]
    own: tuple[bool, ...]
    word_set: frozenset[str]
    meaning_set: frozenset[str]
    spans: tuple[Span, ...]
    span_set: frozenset[str]
    span_heads: dict[str, list[Span]]
    has_short: bool

    def __init__(self, form: str) -> None:
        self.words = tuple(form.split(SEPARATOR)) if form else ()
        known = tuple(map(word, self.words))
        self.meanings = tuple(one.meaning for one in known)
        self.bits = tuple(one.bits for one in known)
        self.sounds = tuple(one.sound for one in known)
        self.places = tuple(one.place for one in known)
        self.own = tuple(one.own for one in known)
        self.word_set = frozenset(self.words)
        self.meaning_set = frozenset(self.meanings)

    def __getattr__(self, name: str) -> Any:
        """Make what was not asked for before."""
        make = _LATER.get(name)
        if not make:
            raise AttributeError(name)
        made = make(self)
        setattr(self, name, made)
        return made


@lru_cache(maxsize=1024)
def parsed(form: str) -> Parsed:
    """Take the words of a stored form apart."""
    return Parsed(form)


def _spans(name: Parsed) -> tuple[Span, ...]:
    words = name.words
    found = []
    for start in range(len(words) - 1):
        for end in range(start + 2, min(start + MAX_SPAN, len(words)) + 1):
            joined = "".join(words[start:end])
            if len(joined) > MAX_SPAN_LENGTH:
                break
            found.append((start, end, joined))
    return tuple(found)


def _heads(name: Parsed) -> dict[str, list[Span]]:
    heads: dict[str, list[Span]] = {}
    for span in name.spans:
        heads.setdefault(span[2][0], []).append(span)
    return heads


_LATER: dict[str, Callable[[Parsed], Any]] = {
    "spans": _spans,
    "span_set": lambda name: frozenset(text for _start, _end, text in name.spans),
    "span_heads": _heads,
    "has_short": lambda name: any(
        2 <= len(word) <= MAX_SPAN and word.isalpha() for word in name.words
    ),
}
