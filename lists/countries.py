# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A country as a list spells it -> ISO 3166 alpha-2.

The table holds the ISO codes, the names the lists use for them, and three codes that
only lists use (``AN`` withdrawn in 2010, ``XK`` Kosovo). Regions that have no code of
their own go to the state that ISO counts them to (Crimea: UA).
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from importlib import resources

_WORD = re.compile(r"[a-z0-9]+")
_SKIP = frozenset({"the", "of", "and", "s"})


def _key(name: str) -> tuple[str, ...]:
    """Words in any order: “Korea, North” and “North Korea” are one key."""
    plain = unicodedata.normalize("NFKD", name.casefold().replace(".", "").replace("'", " "))
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    return tuple(sorted(word for word in _WORD.findall(plain) if word not in _SKIP))


@cache
def _tables() -> tuple[frozenset[str], dict[tuple[str, ...], str]]:
    text = resources.files(__package__).joinpath("data/countries.csv").read_text("utf-8")
    codes: set[str] = set()
    names: dict[tuple[str, ...], str] = {}
    for row in csv.DictReader(text.splitlines()):
        codes.add(row["code"])
        for name in row["names"].split("|"):
            names[_key(name)] = row["code"]
    return frozenset(codes), names


def is_code(text: str) -> bool:
    """Say whether ``text`` is one of the alpha-2 codes, in upper case."""
    return text in _tables()[0]


@cache
def country_code(text: str) -> str:
    """Return the alpha-2 code of a country name or code, or ``""`` if it is unknown.

    :param text: “CN”, “china”, “Korea, North”, “People's Republic of China” ...
    """
    codes, names = _tables()
    text = text.strip()
    if len(text) == 2 and text.upper() in codes:
        return text.upper()
    return names.get(_key(text), "") if text else ""
