# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name as it is written -> the words that are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from .fold import fold, is_han
from .forms import without_forms
from .han import split_han
from .scripts import to_latin
from .trade import meaning

#: What is read of a name; longer ones are no names.
MAX_LENGTH = 400
MAX_WORDS = 24

_INITIALS = re.compile(r"\b(?:\w\.){2,}(?:\w\b)?")
_WORD = re.compile(r"\w+")
#: A stock ticker, a registration or a note in brackets.
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
#: Words that are one when they stand together.
_ONE = {
    ("hong", "kong"): "hongkong",
    ("saudi", "arabia"): "saudi",
    ("public", "security", "bureau"): "publicsecuritybureau",
    ("psb",): "publicsecuritybureau",
}


@lru_cache(maxsize=2048)
def spelled(name: str) -> tuple[str, ...]:
    """Words of a name in reading order as they are spelled, folded, without legal forms.

    Total: any text gives words, an empty one or mere punctuation gives none.
    """
    text = fold(name[:MAX_LENGTH].replace("&", " and "))
    words = without_forms(_split(_BRACKETS.sub(" ", text))) or without_forms(_split(text))
    return tuple(words[:MAX_WORDS])


def words_of(name: str) -> tuple[str, ...]:
    """Words of a name, trade words unified: equal for names that differ in form only."""
    return tuple(map(meaning, spelled(name)))


def whole_words(name: str) -> tuple[list[str], list[str]]:
    """All words of a name, brackets too: without legal forms, and with them."""
    words = _split(fold(name[:MAX_LENGTH].replace("&", " and ")))[:MAX_WORDS]
    return without_forms(words), words


def bracketed(name: str) -> tuple[str, ...]:
    """What stands in brackets in a name: short names, places, tickers."""
    return tuple(match.group()[1:-1].strip() for match in _BRACKETS.finditer(name[:MAX_LENGTH]))


def _split(text: str) -> list[str]:
    text = _INITIALS.sub(lambda match: f" {match.group().replace('.', '')} ", text)
    text = text.replace("'", "").replace("’", "").replace("`", "").replace("_", " ")
    words: list[str] = []
    for word in _WORD.findall(text):
        if word.isascii():
            words.append(word)
        elif any(map(is_han, word)):
            words += (part for piece in split_han(word) for part in to_latin(piece).split())
        else:
            words += _WORD.findall(to_latin(word))
    return _join(words)


def _join(words: list[str]) -> list[str]:
    """Spelled-out initials and fixed expressions as one word each."""
    joined: list[str] = []
    initials = False
    for word in words:
        letter = len(word) == 1 and "a" <= word <= "z"
        if letter and initials:
            joined[-1] += word
        else:
            joined.append(word)
        initials = letter
        for size in (3, 2, 1):
            if one := _ONE.get(tuple(joined[-size:])):
                joined[-size:] = [one]
    return joined
