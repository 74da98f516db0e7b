# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text to plain letters: what looks or means the same becomes the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: Cyrillic and Greek letters that look like a Latin one, for words that mix scripts.
_LOOKALIKES = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧαιοκνρυ",
    "ABEKMHOPCTYXIJSaeopcyxijsdqwABEZHIKMNOPTYXaiokvpu",
)
_WORD = re.compile(r"\w+")
_LATIN_LETTER = re.compile("[A-Za-z]")

#: Cyrillic by sound (ISO 9 simplified as passports do).
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

#: Greek by sound.
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip

_BY_SOUND = str.maketrans({**_CYRILLIC, **_GREEK})

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
    # й and ё are letters of their own; other marks are accents.
    kept = "".join(char for char in decomposed if unicodedata.category(char) != "Mn")
    return unicodedata.normalize("NFC", kept)


def _undisguise(match: re.Match[str]) -> str:
    """A word that mixes Latin with another alphabet: its lookalikes become Latin."""
    word = match.group()
    if word.isascii() or not _LATIN_LETTER.search(word):
        return word
    return word.translate(_LOOKALIKES)


@lru_cache(maxsize=4096)
def to_latin(word: str) -> str:
    """One folded word in Latin letters, read by sound, where its script has a rule."""
    return word if word.isascii() else word.translate(_BY_SOUND)


def is_han(char: str) -> bool:
    """Whether a character is a Han ideograph."""
    return "\u4e00" <= char <= "\u9fff" or "\u3400" <= char <= "\u4dbf"
