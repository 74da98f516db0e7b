# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Text as published -> text as meant: damage that follows a rule is repaired, the rest is left.

The CSL lost curly quotes twice: as "?" (written through ASCII) and as C1 control
characters (cp1252 read as Latin-1). Only forms that allow one reading are mended.
"""

from __future__ import annotations

import re
import unicodedata

_SPACE = re.compile(r"\s+")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_C1 = re.compile("[\x80-\x9f]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_POSSESSIVE = re.compile(r"(?<=[A-Za-z)])\?(?=s\b)")
# Pinyin writes an apostrophe before a syllable that begins with a vowel: Xi'an, Yan'an.
_PINYIN = re.compile(
    r"\b([A-Z][a-z]*?(?:[aeiou]|n|ng))\?"
    r"((?i:an|ang|ai|ao|en|er|ou|e))\b"
)
_INNER_QUOTE = re.compile(r"(?<=\w)['’‘`´?](?=\w)")
_WORD = re.compile(r"\w+")
_QUOTED = re.compile(r"(?<![\w?])\?{1,2}(\w[^?]*?[^\s?])\?{1,2}(?![\w?])")


def _from_cp1252(match: re.Match[str]) -> str:
    return match.group().encode("latin-1").decode("cp1252", "ignore")


def repair(text: str) -> str:
    """Return ``text`` with lost apostrophes and quotes put back where a rule says which.

    ``People?s``, ``Xi?an`` and ``Xi\\x92an`` get a typographic apostrophe, ``?Morye?`` becomes
    ``“Morye”``. ``Telecomunicac?es`` stays: no rule says what was lost.
    """
    text = _C1.sub(_from_cp1252, text)
    if "?" not in text:
        return text
    text = _POSSESSIVE.sub("’", text)
    text = _PINYIN.sub(r"\1’\2", text)
    return _QUOTED.sub(r"“\1”", text)


def tidy(text: str) -> str:
    """Return ``text`` repaired, without invisible characters, on one line, single-spaced."""
    if text.isascii() and text.isprintable() and "?" not in text:
        return " ".join(text.split())  # nine of ten cells: there is nothing to mend
    text = _CONTROL.sub(" ", _INVISIBLE.sub("", repair(text)))
    return _SPACE.sub(" ", text).strip()


def slug(text: str) -> str:
    """Return the letters and digits of ``text`` for keys: no case, accents, quotes, punctuation.

    Apostrophes vanish, everything else that is not a letter or digit parts words, so that
    “People's” and “People?s” give one key.
    """
    plain = _INNER_QUOTE.sub("", text).casefold()
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", plain)
        plain = "".join(char for char in plain if not unicodedata.combining(char))
    return " ".join(_WORD.findall(plain))
