# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text to plain letters: what looks or means the same becomes the same."""

from __future__ import annotations

import re
import unicodedata

#: Cyrillic and Greek letters that look like a Latin one, for words that mix scripts.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοκνρυ",
    "ABEKMHOPCTYXIJSaeopcyxijsdqwABEZHIKMNOPTYXaiokvpu",
)
_WORD = re.compile(r"\w+")
_LATIN_LETTER = re.compile("[A-Za-z]")

#: Latin letters that do not decompose.
_LATIN = str.maketrans(
    {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i",
     "ħ": "h", "ŋ": "n", "ə": "a"}
)  # fmt: skip


def fold(text: str) -> str:
    """Lower case, compatibility forms, invisible characters and accents away; scripts are kept."""
    text = _WORD.sub(_undisguise, unicodedata.normalize("NFKC", text)).casefold()
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


def _undisguise(match: re.Match[str]) -> str:
    """A word that mixes Latin with another alphabet: its lookalikes become Latin."""
    word = match.group()
    if word.isascii() or not _LATIN_LETTER.search(word):
        return word
    return word.translate(_LOOKALIKES)


def is_han(char: str) -> bool:
    """Whether a character is a Han ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"
