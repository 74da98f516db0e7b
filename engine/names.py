# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name as it is written -> the words that are compared."""

from __future__ import annotations

import re
from functools import lru_cache

from .fold import fold, is_han, to_latin
from .words import HAN_LEGAL_FORMS, HAN_WORDS, LEGAL_FORMS, PARTICLES, TRADE_WORDS

#: What is read of a name; longer ones are no names.
MAX_LENGTH = 400
MAX_WORDS = 24

_INITIALS = re.compile(r"\b(?:\w\.\s?){2,}(?:\w\b)?")
_WORD = re.compile(r"\w+")
#: A stock ticker, a registration or a note in brackets at the end.
_BRACKETS = re.compile(r"[(\[（【][^)\]）】]*[)\]）】]")
_PSB = ("public", "security", "bureau")


@lru_cache(maxsize=20000)
def words_of(name: str) -> tuple[str, ...]:
    """Words of a name in reading order, legal forms taken off its ends, trade words unified.

    Total: any text gives words, an empty one or mere punctuation gives none.
    """
    text = fold(name[:MAX_LENGTH].replace("&", " and "))
    bare = _BRACKETS.sub(" ", text)
    words = _split(bare) or _split(text)
    return _unify(_strip_forms(words))[:MAX_WORDS]


def _split(text: str) -> list[str]:
    text = _INITIALS.sub(lambda match: re.sub(r"[.\s]", "", match.group()) + " ", text)
    text = text.replace("'", "").replace("’", "").replace("_", " ")
    words: list[str] = []
    for word in _WORD.findall(text):
        words += _split_han(word) if any(map(is_han, word)) else [to_latin(word)]
    return [word for word in words if word]


def _split_han(run: str) -> list[str]:
    for form in HAN_LEGAL_FORMS:
        run = run.replace(form, " ")
    for word, meaning in HAN_WORDS.items():
        run = run.replace(word, f" {meaning} ")
    return run.split()


def _strip_forms(words: list[str]) -> list[str]:
    start, end = 0, len(words)
    while end > start and (words[end - 1] in LEGAL_FORMS or words[end - 1] in PARTICLES):
        end -= 1
    while start < end and words[start] in LEGAL_FORMS and len(words[start]) > 1:
        start += 1
    # Only legal forms: nothing to compare.
    return words[start:end]


def _unify(words: list[str]) -> tuple[str, ...]:
    unified: list[str] = []
    for word in words:
        word = TRADE_WORDS.get(word, word)
        if (*unified[-2:], word) == _PSB:
            unified[-2:] = ["publicsecuritybureau"]
        elif len(word) > 3 and word in LEGAL_FORMS:
            continue
        else:
            unified.append(word)
    return tuple(unified)
