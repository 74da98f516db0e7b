# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Spellings, short forms and translations of one trade word. General knowledge, kept by hand."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rapidfuzz.distance import OSA

from .sounds import looking, sounding


def _table() -> dict[str, str]:
    text = (Path(__file__).parent / "data" / "trade_words.txt").read_text("utf-8")
    table: dict[str, str] = {}
    for line in text.splitlines():
        if not line.startswith("#"):
            first, *others = line.split()
            for spelling in (first, *others):
                table.setdefault(spelling, first)
    return table


#: Each spelling with the one word that stands for its meaning.
TRADE_WORDS = _table()


@lru_cache(maxsize=1)
def _goods() -> frozenset[str]:
    text = (Path(__file__).parent / "data" / "goods_words.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def is_trade(word: str) -> bool:
    """Whether a word says what a firm does rather than which firm it is."""
    return word in TRADE_WORDS or word in _goods()


def meaning(word: str) -> str:
    """One word that stands for all spellings and translations of it."""
    return TRADE_WORDS.get(word, word)


#: Trade words from this length on are known again with one slip.
_SLIP_LENGTH = 7


@lru_cache(maxsize=1)
def _slips() -> dict[str, str]:
    """Each longer trade word under its sound, its looks, and its sound less any one letter."""
    table: dict[str, str] = {}
    words = [word for word in reversed(TRADE_WORDS) if len(word) >= _SLIP_LENGTH]
    for word in words:
        sound = sounding(word)
        for place in range(1, len(sound)):
            table.setdefault(sound[:place] + sound[place + 1 :], word)
    table.update((looking(word), word) for word in words)
    table.update((sounding(word), word) for word in words)
    return table


@lru_cache(maxsize=8192)
def nearly(word: str) -> str:
    """The trade word that a word is with a slip, else the word itself."""
    if word in TRADE_WORDS or len(word) < _SLIP_LENGTH:
        return word
    sound = sounding(word)
    table = _slips()
    if found := table.get(sound) or table.get(looking(word)):
        return found
    for place in range(1, len(sound)):
        found = table.get(sound[:place] + sound[place + 1 :])
        if found and OSA.distance(sound, sounding(found)) == 1:
            return found
    return word
