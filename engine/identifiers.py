# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Numbers that identify a party, made comparable."""

from __future__ import annotations

import re

from .facts import Facts, Identifier

#: Shorter numbers belong to too many.
MIN_LENGTH = 7
_KEEP = re.compile(r"[^0-9A-Z]")


def normal(identifier: Identifier) -> str:
    """The number without punctuation and country prefix; ``""`` if it says too little."""
    number = _KEEP.sub("", identifier.number.upper())
    prefix = identifier.country.upper()
    if prefix and number.startswith(prefix) and len(number) - 2 >= MIN_LENGTH:
        number = number[2:]
    if len(number) < MIN_LENGTH or sum(char.isdigit() for char in number) < 4:
        return ""
    return number if len(set(number)) > 2 else ""


def numbers_of(facts: Facts) -> tuple[str, ...]:
    """All comparable numbers of a party, without repeats."""
    return tuple(dict.fromkeys(filter(None, map(normal, facts.identifiers))))
