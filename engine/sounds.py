# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words as they sound and look: what people, scanners and alphabets confuse becomes the same."""

from __future__ import annotations

import re
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
_SPELLING = re.compile("|".join(sorted(_SAME, key=lambda text: (-len(text), text))))
_SOFT_C = re.compile("c(?=[eiy])")
_HARD_C = re.compile("c(?!h)")
_TWICE = re.compile(r"(.)\1+")
_VOWELS = re.compile("[aeiouh]")
#: Consonants of one family, for words of which only the consonants are left.
_FAMILY = str.maketrans("zjxcqgwfbd", "sssskkvvpt")


@lru_cache(maxsize=8192)
def sounding(word: str) -> str:
    """The word with one spelling for each sound; ``""`` for numbers and scripts without letters."""
    if not word.isascii() or word.isdigit():
        return ""
    if not word.isalpha():
        word = word.translate(_LOOKS)
    word = _SOFT_C.sub("s", word)
    word = _SPELLING.sub(lambda match: _SAME[match.group()], word)
    word = _HARD_C.sub("k", word).replace("z", "s")
    return _TWICE.sub(r"\1", word)


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
    bones = _TWICE.sub(r"\1", plain[:1] + _VOWELS.sub("", plain[1:]).translate(_FAMILY))
    return bones if len(bones) >= 4 else ""
