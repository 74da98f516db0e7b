# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How telling a word is, in bits: how rare it is among company names at large.

The table is made from GLEIF legal names (CC0) by ``scripts/make_word_frequencies.py``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .places import is_place
from .trade import is_trade, meaning, nearly
from .words import ADMINISTRATIVE, PARTICLES

#: Bits of a word that the table does not know, by its length: short ones are often initials.
_UNKNOWN = {1: 2.5, 2: 7.0, 3: 11.5, 4: 14.0, 5: 16.5}
_RARE = 18.0
#: A character of a script without letters says more than a letter.
_IDEOGRAPH = 5.5
#: A place says where, not who.
_PLACE = 5.2
#: A trade or its goods say what a firm does, seldom which firm it is, however few say so.
_TRADE = 9.4
#: Words of authorities, of which registers of firms know nothing.
_COMMON = {"publicsecuritybureau": 9.0}
#: From here on a word is called rare when a match is explained.
RARE_BITS = 10.0


@lru_cache(maxsize=1)
def _table() -> dict[str, float]:
    path = Path(__file__).parent / "data" / "word_bits.tsv"
    table: dict[str, float] = {}
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if not line.startswith("#"):
                word, _tab, bits = line.rstrip("\n").partition("\t")
                table[word] = int(bits) / 10
    return table


def is_known(word: str) -> bool:
    """Whether firms at large carry the word: then it is hardly a slip for another one."""
    return word in _table()


@lru_cache(maxsize=16384)
def bits(word: str) -> float:
    """Bits of one word as :func:`engine.names.spelled` or :func:`engine.names.words_of` gives."""
    if word in PARTICLES:
        return 0.5
    if word in ADMINISTRATIVE:
        return 1.0
    word = meaning(nearly(word))
    if word in _COMMON:
        return _COMMON[word]
    cap = _UNKNOWN.get(len(word), _RARE) if word.isascii() else min(_RARE, _IDEOGRAPH * len(word))
    if word.isdigit():
        cap = min(cap, 2.0 + 1.5 * len(word))
    if is_place(word):
        cap = min(cap, _PLACE)
    elif is_trade(word):
        cap = min(cap, _TRADE)
    return min(cap, _table().get(word, cap))
