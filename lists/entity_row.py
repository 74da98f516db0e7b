# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One row of the table of Supplement No. 4 to 15 CFR part 744 -> one listed party."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from lxml import etree

from .addresses import read_address, sorted_countries
from .dates import iso_date
from .entity_cell import read_cell
from .party import ListedParty, Unreadable
from .safe_xml import local
from .text import tidy

_PADDING = re.compile(r"[\s*]*")
_RESERVED = re.compile(r"\[?\s*reserved\s*\]?\.?", re.IGNORECASE)
# The page is not known when a rule is signed: “88 FR [INSERT FR PAGE NUMBER AND 2/27/2023].”
_NO_PAGE = re.compile(r"\[INSERT[^\]]*?(?:AND|,)\s*(?:DATE OF PUBLICATION[^\]]*|([^\]]*))\]")
_URL = "https://www.bis.gov/regulations/ear/744#supplement-4-744"


def lines_of(element: etree._Element, breaks: Callable[[str], bool]) -> list[str]:
    """Return the text of a cell by lines.

    :param breaks: says of an element name whether a new line begins there
    """
    parts: list[str] = [element.text or ""]
    for inner in element.iter():
        if inner is element:
            continue
        if breaks(local(inner)):
            parts.append("\n")
        # A footnote figure must not melt into the figure before it.
        parts.append(f" {inner.text or ''}" if local(inner) == "SU" else inner.text or "")
        parts.append(inner.tail or "")
    # In this markup a line end is white space; only the elements break lines.
    joined = "".join(part if part == "\n" else " ".join(re.split(r"\s", part)) for part in parts)
    return [line for line in (tidy(line) for line in joined.split("\n")) if line]


def is_padding(text: str) -> bool:
    """Say whether a cell holds nothing but stars and blanks, or “[Reserved]”."""
    return bool(_PADDING.fullmatch(text) or _RESERVED.fullmatch(text.strip()))


def citation_of(text: str) -> str:
    """Return a citation; where the page was still to be inserted, say so in few words."""
    return _NO_PAGE.sub(lambda match: f"(page to be inserted) {match.group(1) or ''}", text).strip()


def read_row(
    entity: Sequence[str], country: str, texts: Sequence[str], row: int
) -> ListedParty | Unreadable:
    """Read one row.

    :param entity: lines of the entity cell
    :param country: alpha-2 code of the heading the row stands under
    :param texts: license requirement, license review policy, citation
    :param row: row number, for messages
    """
    cell = read_cell(entity)
    excerpt = " ".join(entity)[:80]
    if not cell.names and cell.party_type != "address":
        return Unreadable(row, "the entity cell has no name", excerpt)
    if not country:
        return Unreadable(row, "the row stands under no country that is known", excerpt)
    addresses = tuple(dict.fromkeys(filter(None, map(read_address, cell.addresses))))
    requirement, policy, citation = (tidy(text) for text in texts)
    citation = citation_of(citation)
    return ListedParty(
        list_code="EL",
        uid="",
        row=row,
        names=cell.names,
        party_type=cell.party_type,
        countries=sorted_countries([country], (address.country for address in addresses)),
        addresses=addresses,
        license_requirement=requirement,
        license_policy=policy,
        citation=citation,
        start_date=iso_date(citation),
        remarks="; ".join(cell.remarks),
        source_url=_URL,
    )
