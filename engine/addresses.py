# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses made comparable. They are the only evidence of an address-only entry."""

from __future__ import annotations

import re

from .fold import fold

_SPELLINGS = {
    "rd": "road", "st": "street", "str": "street", "ave": "avenue", "av": "avenue",
    "blvd": "boulevard", "bldg": "building", "fl": "floor", "rm": "room", "no": "",
    "dist": "district",
    "n": "north", "s": "south", "e": "east", "w": "west", "ctr": "centre", "center": "centre",
    "ind": "industrial", "zn": "zone", "dr": "drive", "ln": "lane", "sq": "square",
}  # fmt: skip
#: Words that must agree, of the shorter address, and how many at least.
MIN_SHARE, MIN_WORDS = 0.8, 4


def words_of_address(text: str) -> tuple[str, ...]:
    """Words of one address, spellings unified, numbers kept."""
    words = (_SPELLINGS.get(word, word) for word in re.findall(r"\w+", fold(text)))
    return tuple(dict.fromkeys(word for word in words if word))


def address_key(words: tuple[str, ...]) -> str:
    """What one building has in common however it is written: its number and its rarest word."""
    numbers = [word for word in words if word[:1].isdigit()]
    letters = sorted((word for word in words if not word[:1].isdigit()), key=len)
    return f"{numbers[0]} {letters[-1]}" if numbers and letters else ""


def same_address(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two addresses are of the same place: most words and the first number agree."""
    shared = set(one) & set(other)
    shorter = min(len(one), len(other))
    numbers = {word for word in shared if word[:1].isdigit()}
    return bool(numbers) and len(shared) >= MIN_WORDS and len(shared) >= MIN_SHARE * shorter
