# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How telling a word is, in bits: how rare it is among company names at large.

The table is made from GLEIF legal names (CC0) by ``scripts/make_word_frequencies.py``.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from .words import PARTICLES

#: Bits of a word that the table does not know, by its length: short ones are often initials.
_UNKNOWN = {1: 2.0, 2: 5.0, 3: 9.0, 4: 13.0}
_RARE = 16.0
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


@lru_cache(maxsize=65536)
def bits(word: str) -> float:
    """Bits of one word as :func:`engine.names.words_of` gives it."""
    if word in PARTICLES:
        return 0.5
    known = _table().get(word)
    cap = _UNKNOWN.get(len(word), _RARE) if word.isascii() else _RARE
    if word.isdigit():
        cap = min(cap, 2.0 + 1.5 * len(word))
    return min(cap, known) if known is not None else cap
