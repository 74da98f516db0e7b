# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The BIS Entity List at its source: Supplement No. 4 to 15 CFR part 744, as eCFR XML.

The table has five columns: country, entity, license requirement, license review policy,
citation. A blank country means the one above; “[Reserved]” rows hold nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from .dates import iso_date
from .entity_cell import country_of
from .entity_row import is_padding, lines_of, read_row
from .party import ListFormatError, Unreadable
from .reading import Format, Item, Request
from .safe_xml import children, local, records, root_of, text_of

_SUPPLEMENT = re.compile(r"Supplement No\. 4 to Part 744", re.IGNORECASE)
_ROOTS = {"ECFR", "DLPSTEXTCLASS", "DIV1", "DIV3", "DIV4", "DIV5", "DIV9"}


def accepts(head: bytes) -> bool:
    """Say whether this is eCFR XML."""
    return root_of(head) in _ROOTS


def _in_supplement(row: etree._Element) -> bool:
    return any(
        local(parent).startswith("DIV") and _SUPPLEMENT.search(parent.get("N", ""))
        for parent in row.iterancestors()
    )


def _breaks(name: str) -> bool:
    return name in {"br", "BR", "P", "LI"}


def _cells(row: etree._Element) -> list[list[str]]:
    return [lines_of(cell, _breaks) for cell in children(row, "TD")]


def read(request: Request) -> Iterator[Item]:
    """Yield the entities; see :class:`lists.reading.Format`.

    :raises ListFormatError: the XML holds no Supplement No. 4
    """
    (source,) = request.sources
    summary = request.reading.summary
    country = ""
    found = False
    for element in records(source, {"TR", "AMDDATE"}):
        if local(element) == "AMDDATE":
            request.reading.edition = request.reading.edition or iso_date(text_of(element))
            continue
        if not _in_supplement(element):
            continue
        found = True
        cells = _cells(element)
        if not cells:  # the header row has TH
            continue
        summary.records += 1
        row = summary.records
        if len(cells) != 5:
            text = text_of(element)
            if is_padding(text):
                summary.skipped += 1
            else:
                yield Unreadable(row, f"the row has {len(cells)} cells instead of 5", text[:80])
            continue
        heading, entity, *texts = cells
        country = country_of(" ".join(heading)) if heading else country
        if is_padding(" ".join(entity)):
            summary.skipped += 1
            continue
        yield read_row(entity, country, [" ".join(text) for text in texts], row)
    if not found:
        raise ListFormatError(
            "the eCFR file holds no Supplement No. 4 to Part 744; fetch title 15 with part=744."
        )


FORMAT = Format("ecfr_xml", "BIS Entity List (eCFR XML of 15 CFR part 744)", accepts, read)
