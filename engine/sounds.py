# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words as they sound and look: what people, scanners and alphabets confuse becomes the same."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

#: Digits inside a word that look like a letter.
_LOOKS = str.maketrans("01358|", "olesbl")
#: Letters and digits of one shape.
_SHAPES = str.maketrans("cb1ljt05839", "ehiiiiosesg")
#: Spellings of one sound, longest first; also what a scanner makes of two letters.
_SAME = {
    "shch": "sh", "sch": "sh", "tsch": "ch", "tch": "ch", "dzh": "j", "dj": "j", "zh": "j",
    "ph": "f", "ck": "k", "kh": "h", "gh": "g", "tz": "z", "ts": "z", "cz": "z", "th": "t",
    "qu": "kv", "ks": "x", "ee": "i", "oo": "u", "ou": "u", "ie": "i", "iy": "i", "yi": "i",
    "ij": "i", "ya": "ia", "yu": "iu", "ja": "ia", "ju": "iu", "rn": "m", "vv": "v", "w": "v",
    "y": "i", "q": "k",
}  # fmt: skip


def _grouped(spellings: Iterable[str]) -> str:
    """One branch for each first letter, in it the longest first: many branches are slow to try."""
    by_head: dict[str, list[str]] = {}
    for text in sorted(spellings, key=lambda text: (-len(text), text)):
        by_head.setdefault(text[0], []).append(text[1:])
    return "|".join(f"{head}(?:{'|'.join(tails)})" for head, tails in by_head.items())


_SPELLING = re.compile(_grouped(text for text in _SAME if len(text) > 1))
#: Spellings of a single letter.
_LETTERS = str.maketrans({text: same for text, same in _SAME.items() if len(text) == 1})
_SOFT_C = re.compile("c(?=[eiy])")
_HARD_C = re.compile("c(?!h)")
_TWICE = re.compile(r"(.)\1+")
#: Consonants of one family, for words of which only the consonants are left.
_BONES = str.maketrans("zjxcqgwfbd", "sssskkvvpt", "aeiouh")


def _same(match: re.Match[str]) -> str:
    return _SAME[match[0]]


def _first(match: re.Match[str]) -> str:
    return match[1]


def _once(word: str) -> str:
    return _TWICE.sub(_first, word)


@lru_cache(maxsize=8192)
def sounding(word: str) -> str:
    """The word with one spelling for each sound; ``""`` for numbers and scripts without letters."""
    if not word.isascii() or word.isdigit():
        return ""
    if not word.isalpha():
        word = word.translate(_LOOKS)
    if "c" in word:
        word = _SOFT_C.sub("s", word)
    word = _SPELLING.sub(_same, word).translate(_LETTERS)
    if "c" in word:
        word = _HARD_C.sub("k", word)
    return _once(word.replace("z", "s"))


@lru_cache(maxsize=8192)
def looking(word: str) -> str:
    """The word with one letter for all that a scanner confuses; ``""`` as for :func:`sounding`."""
    if not word.isascii() or word.isdigit():
        return ""
    return word.replace("rn", "m").replace("cl", "d").translate(_SHAPES)


@lru_cache(maxsize=8192)
def consonants(word: str) -> str:
    """First letter and consonants by family; ``""`` if fewer than four are left."""
    plain = sounding(word).replace("ch", "s").replace("sh", "s")
    bones = _once(plain[:1] + plain[1:].translate(_BONES))
    return bones if len(bones) >= 4 else ""
