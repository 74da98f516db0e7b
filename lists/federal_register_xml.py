# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A Federal Register rule that adds entities to the Entity List, as FR XML. It only adds.

The table prints entries as the book does: rows of stars are padding, a country has a row of
its own, and an entry that runs over a page goes on in a row with nothing but the entity cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

from .entity_cell import country_of
from .entity_row import is_padding, lines_of, read_row
from .party import ListFormatError, Unreadable
from .reading import Format, Item, Request, Summary
from .safe_xml import children, local, records, root_of, value

_ROOTS = {"RULE", "FEDREG"}
_TITLES = {"country", "entity"}


def accepts(head: bytes) -> bool:
    """Say whether this is a rule in FR XML."""
    return root_of(head) in _ROOTS


def _breaks(name: str) -> bool:
    return name in {"LI", "P"}


@dataclass
class _Entry:
    """An entry, until a row shows that it does not go on."""

    row: int
    country: str
    entity: list[str]
    texts: list[str] = field(default_factory=lambda: ["", "", ""])


def _is_text(cells: list[list[str]]) -> list[str]:
    return [" ".join(cell) for cell in cells]


def _rows(table: etree._Element) -> Iterator[tuple[list[str], list[str]]]:
    """Yield the entity lines and the joined text of all cells of each row."""
    for row in children(table, "ROW"):
        cells = [lines_of(cell, _breaks) for cell in children(row, "ENT")]
        yield (cells[1] if len(cells) > 1 else []), _is_text(cells)


def _entries(table: etree._Element, summary: Summary) -> Iterator[_Entry]:
    country = ""
    entry: _Entry | None = None
    for entity, texts in _rows(table):
        summary.records += 1
        heading = texts[0] if texts else ""
        is_title = heading.casefold() in _TITLES
        if not is_title and not is_padding(heading):
            country = country_of(heading)
        if is_title or is_padding(" ".join(entity)):
            summary.skipped += 1
            continue
        rest = [*texts[2:], "", "", ""][:3]
        if entry and not any(rest):
            entry.entity += entity
            summary.merged.append((summary.records, entry.row))
            continue
        if entry:
            yield entry
        entry = _Entry(summary.records, country, list(entity), rest)
    if entry:
        yield entry


def read(request: Request) -> Iterator[Item]:
    """Yield the entities that the rule adds or revises; see :class:`lists.reading.Format`.

    :raises ListFormatError: the rule holds no table of entities
    """
    (source,) = request.sources
    found = False
    for element in records(source, {"REGTEXT", "DATE"}):
        if local(element) == "DATE":
            continue
        amended = " ".join(value(part) for part in children(element, "AMDPAR"))
        for table in children(element, "GPOTABLE"):
            if "supplement no. 4" not in (amended + value(element, "HD")).lower():
                continue
            found = True
            for entry in _entries(table, request.reading.summary):
                if not any(entry.texts):
                    yield Unreadable(
                        entry.row,
                        "the entry has neither license requirement nor citation",
                        " ".join(entry.entity)[:80],
                    )
                    continue
                yield read_row(entry.entity, entry.country, entry.texts, entry.row)
    if not found:
        raise ListFormatError("the rule does not amend Supplement No. 4 to part 744.")


FORMAT = Format(
    "federal_register_xml",
    "Federal Register rule on the Entity List (XML; adds only)",
    accepts,
    read,
    complete=False,
)
