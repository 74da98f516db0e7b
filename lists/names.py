# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name cell as published -> the names in it, and the prose that is no name.

BIS and State write more than a name there: the parent (“Huawei Technologies Co., Ltd.
(Huawei).  Affiliated Entity:  Y”), reach (“and any successor, sub-unit, or subsidiary
thereof”), kind (“(PRC individual)”). Only names may be matched; the prose becomes a remark.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .aliases import other_names, trim
from .party import ListedName
from .text import slug, tidy

_CHILD = re.compile(
    r"[.,]?\s+(?:Affiliated Entity\s*:|Subordinate (?:Institution|Entity)\s*[-:\u2013]|"
    r"and subordinate entity)\s+",
    re.IGNORECASE,
)
_CHILD_AFTER_COLON = re.compile(r"(?<=\w) entity:\s+")
# “283 Factory” names nobody without its parent.
_BARE_UNIT = re.compile(
    r"(?:the )?(?:\d+(?:st|nd|rd|th)?|first|second|third|fourth|fifth) "
    r"(?:research |design )?(?:institute|factory|department|academy|plant)",
    re.IGNORECASE,
)
_PROSE = re.compile(r"\bincluding\b|\bnot under\b", re.IGNORECASE)
_TAILS = (
    re.compile(r"[;,]?\s+and (?:any|all|its) (?:successors?|sub-?units?)\b.*$", re.IGNORECASE),
    re.compile(r",\s+including\s.*$", re.IGNORECASE),
    re.compile(r"\s*\((?:Parent Organization:|a subordinate institute of)\s.*\)$", re.IGNORECASE),
    re.compile(r"\s*\[[^\]]*\]$"),
)
_PERSON = re.compile(r"\s*\([^()]*\bindividual\b[^()]*\)$", re.IGNORECASE)
_ADDRESS_ONLY = re.compile(r"Address\s+\d+\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NameCell:
    """What one name cell holds. ``party_type`` is set where the cell itself says it."""

    names: tuple[ListedName, ...]
    remarks: tuple[str, ...] = ()
    party_type: str = ""


def is_address_only(name: str) -> bool:
    """Say whether the cell names no party but an address (“Address 01”, Entity List since 2024)."""
    return bool(_ADDRESS_ONLY.match(name.strip()))


def _split_child(text: str) -> tuple[str, str]:
    """Return the name and a remark: the child is the party, its parent is listed by itself."""
    for pattern in (_CHILD, _CHILD_AFTER_COLON):
        parent, *rest = pattern.split(text, maxsplit=1)
        if not rest:
            continue
        child = rest[0].strip()
        if _PROSE.search(child):
            return parent, child
        if _BARE_UNIT.fullmatch(child):
            return f"{parent} {child}", ""
        return child, f"Part of: {parent}"
    return text, ""


def distinct(names: Iterable[ListedName]) -> tuple[ListedName, ...]:
    """Return ``names`` in their order, each spelling once, the first kind kept."""
    seen: dict[str, ListedName] = {}
    for name in names:
        seen.setdefault(" ".join(name.text.split()), name)
    return tuple(seen.values())


def read_name(cell: str) -> NameCell:
    """Take a name cell of BIS or State apart.

    :return: names with the primary one first; none for an address-only entry or an empty cell
    """
    text = tidy(cell)
    if is_address_only(text):
        return NameCell((), (text,), "address")
    name, note = _split_child(text)
    remarks = [note] if note else []
    party_type = ""
    if match := _PERSON.search(name):
        name, party_type = name[: match.start()], "person"
    name, others = other_names(name)
    for tail in _TAILS:
        if match := tail.search(name):
            remarks.append(trim(match.group().strip()))
            name = trim(name[: match.start()])
    if not slug(name):
        return NameCell((), tuple(remarks), party_type)
    return NameCell(distinct([ListedName(name), *others]), tuple(remarks), party_type)
