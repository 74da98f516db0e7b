# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names in Han script: legal forms, trade words and places cut out and translated.

What is left is the brand. It is compared as it is: brands do not transliterate. General knowledge,
kept by hand.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_DATA = Path(__file__).parent / "data"


def _lines(name: str) -> list[str]:
    text = (_DATA / name).read_text("utf-8")
    return [line for line in text.splitlines() if line and not line.startswith("#")]


#: Traditional characters to simplified ones.
_SIMPLE = str.maketrans(
    {pair[0]: pair[1] for line in _lines("han_simple.txt") for pair in line.split()}
)

_FORMS = (
    "股份有限公司", "有限责任公司", "有限公司", "集团公司", "股份公司", "株式会社", "有限会社",
    "合同会社", "总公司", "分公司", "子公司", "公司", "集团", "股份", "有限", "责任",
)  # fmt: skip


def _table() -> dict[str, str]:
    """Chinese words with what they say, in the words of a translated name; "" for the forms."""
    table = dict.fromkeys(_FORMS, " ")
    for line in _lines("han_words.txt"):
        word, _space, meaning = line.partition(" ")
        table[word] = f" {meaning} "
    return table


_ALL = _table()
_ONE = re.compile("|".join(sorted(_ALL, key=lambda word: (-len(word), word))))


@lru_cache(maxsize=4096)
def split_han(run: str) -> tuple[str, ...]:
    """Words of one run of Han characters: translated where known, the rest as it stands."""
    return tuple(_ONE.sub(lambda match: _ALL[match.group()], run.translate(_SIMPLE)).split())
