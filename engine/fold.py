# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text to plain letters: what looks or means the same becomes the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Cyrillic, Greek and Armenian letters that look like a Latin one, for words that mix scripts.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁԛԝвкмнтпһӏѵΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοκνρυոսհցօյՕՏԼ",
    "ABEKMHOPCTYXIJSaeopcyxijsdqwbkmhtnhlvABEZHIKMNOPTYXaiokvpunuhgojOSL",
)
#: Letters of the Lisu script are turned and plain Latin capitals, and no firm writes it.
_LISU = str.maketrans("ꓐꓑꓓꓔꓖꓗꓙꓚꓜꓝꓟꓠꓡꓢꓣꓦꓧꓪꓫꓬꓮꓰꓲꓳꓴ", "BPDTGKJCZFMNLSRVHWXYAEIOU")
#: Letters that show nothing.
_FILLERS = dict.fromkeys(map(ord, "\u115f\u1160"))
#: What follows is shown the other way round than it is stored.
REVERSE = "\u202e"
_REVERSED = re.compile(f"{REVERSE}([^\u202c]*)\u202c?")
#: How Unicode names a letter that is drawn small, in a circle or in a square. Halves of flags are
#: none: firms put flags behind their names.
_DRAWN = re.compile("(?:SMALL CAPITAL|NEGATIVE .* LETTER) ([A-Z])$")
_WORD = re.compile(r"\w+")
_LATIN_LETTER = re.compile("[A-Za-z]")

#: Latin letters that do not decompose.
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i",
     "ħ": "h", "ŋ": "n", "ə": "a"}
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case, compatibility forms, invisible characters and accents away; scripts are kept."""
    text = unicodedata.normalize("NFKC", text)
    if not text.isascii():
        text = _REVERSED.sub(lambda part: part[1][::-1], text)
        text = "".join(map(_drawn, text.translate(_FILLERS).translate(_LISU)))
    text = _WORD.sub(_undisguise, text).casefold()
    text = "".join(
        " " if category[0] in "CZ" and category != "Cf" else char
        for char in text
        if (category := unicodedata.category(char)) != "Cf"
    )
    decomposed = unicodedata.normalize("NFD", text.translate(_LATIN))
    # Voicing marks make another sign of a Japanese one; other marks are accents.
    kept = "".join(
        char for char in decomposed if char in "\u3099\u309a" or unicodedata.category(char) != "Mn"
    )
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=1024)
def _drawn(char: str) -> str:
    """The letter that a sign draws."""
    letter = _DRAWN.search(unicodedata.name(char, ""))
    return letter[1] if letter else char


def _undisguise(match: re.Match[str]) -> str:
    """A word that mixes Latin with another alphabet: its lookalikes become Latin."""
    word = match.group()
    if word.isascii() or not _LATIN_LETTER.search(word):
        return word
    return word.translate(_LOOKALIKES)


def is_han(char: str) -> bool:
    """Whether a character is a Han ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"
