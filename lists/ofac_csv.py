# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The OFAC CSV files: sdn, add, alt, sdn_comments, and the same of the non-SDN lists (cons_*).

They have no header: a file is known by the number and kind of its columns. Null is “-0- ”,
the last byte is 0x1A. Given as one zip, as several files, or the main file alone.
"""

from __future__ import annotations

import contextlib
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from .addresses import settle_country, sorted_countries
from .countries import country_code
from .names import distinct
from .ofac_programs import in_lists, is_sdn
from .ofac_remarks import read_remarks
from .party import (
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    ListFormatError,
    TruncatedError,
    Unreadable,
)
from .reading import Format, Item, Request
from .source import Source
from .table import Row, first_row, read_rows
from .text import slug, tidy

_WIDTHS = {12: "main", 6: "addresses", 5: "aliases", 2: "comments"}
_TYPES = {"": "organisation", "individual": "person", "vessel": "vessel", "aircraft": "aircraft"}
_ALIASES = {"aka", "fka", "nka"}


def _null(cell: str) -> str:
    return "" if cell.strip() == "-0-" else tidy(cell)


def part_of(head: bytes) -> str:
    """Return which file of the set this is, or ``""``: main, addresses, aliases, comments."""
    cells = first_row(head)
    if not cells or not cells[0].strip().isdigit() or len(cells[0].strip()) > 9:
        return ""
    part = _WIDTHS.get(len(cells), "")
    if part in {"addresses", "aliases"} and not cells[1].strip().isdigit():
        return ""
    if part == "aliases" and cells[2].strip() not in _ALIASES:
        return ""
    return "" if part == "main" and cells[2].strip().lower() not in {*_TYPES, "-0-"} else part


def accepts(head: bytes) -> bool:
    """Say whether this is a file of the set."""
    return bool(part_of(head))


@dataclass(slots=True)
class _Details:
    """What the other files of the set say of one party."""

    addresses: list[ListedAddress] = field(default_factory=list)
    countries: set[str] = field(default_factory=set)
    aliases: list[ListedName] = field(default_factory=list)
    comments: str = ""


def _rows(source: Source, width: int) -> Iterator[Row]:
    """Yield rows of the right width; a short last row is a file that breaks off."""
    short = 0
    for row in read_rows(source):
        if [cell.strip("\x1a") for cell in row.cells] == [""]:
            continue
        short = row.number if len(row.cells) < width else 0
        yield row
    if short:
        raise TruncatedError(f"“{source.name}” breaks off inside this row: truncated.", short)


def _alias(cells: list[str]) -> ListedName:
    kind = "former" if cells[2].strip() == "fka" else "alias"
    return ListedName(_null(cells[3]), kind)


def _take(part: str, cells: list[str], details: _Details) -> None:
    if part == "comments":
        details.comments += cells[1]
    elif part == "aliases":
        if slug(cells[3]):
            details.aliases.append(_alias(cells))
    else:
        text = ", ".join(filter(None, map(_null, cells[2:4])))
        country = settle_country(country_code(_null(cells[4])), text)
        if not country and _null(cells[4]) not in {"", "undetermined"}:
            text = ", ".join(filter(None, [text, _null(cells[4])]))
        details.countries.add(country)
        if text:
            details.addresses.append(ListedAddress(text, country))


def _details(
    parts: Mapping[Source, str], request: Request
) -> Iterator[Item | tuple[str, _Details]]:
    """Yield what the other files say, by party number, after what in them cannot be read."""
    summary = request.reading.summary
    found: dict[str, _Details] = defaultdict(_Details)
    for source, part in parts.items():
        if part == "main":
            continue
        width = next(number for number, name in _WIDTHS.items() if name == part)
        forgiven = len(summary.forgiven)
        for row in request.as_far_as_it_goes(_rows(source, width)):
            if row.problem or len(row.cells) != width:
                summary.records += 1
                reason = row.problem or f"{len(row.cells)} columns instead of {width}"
                yield Unreadable(row.number, f"{source.name}: {reason}", " ".join(row.cells)[:80])
            else:
                _take(part, row.cells, found[row.cells[0].strip()])
        if len(summary.forgiven) > forgiven:
            summary.lacking.append(part)
    yield from found.items()


def _party(cells: list[str], row: int, details: _Details) -> ListedParty | Unreadable:
    uid, name, kind, programs, title, call_sign, vessel, tons, gross, flag, owner = map(
        _null, cells[:11]
    )
    if not uid.isdigit() or not slug(name) or kind.lower() not in _TYPES:
        return Unreadable(row, "the row has no number, no name, or an unknown type", name[:80])
    text = _null(cells[11]) + tidy(details.comments)
    remarks = read_remarks(text)
    identifiers = [ListedIdentifier("Call Sign", call_sign)] if call_sign else []
    notes = [title, f"Vessel type: {vessel}" if vessel else "", f"Tonnage: {tons}" if tons else ""]
    notes += [
        f"Gross registered tonnage: {gross}" if gross else "",
        f"Flag: {flag}" if flag else "",
    ]
    notes += [f"Vessel owner: {owner}" if owner else "", text]
    return ListedParty(
        list_code="SDN",
        uid=uid,
        row=row,
        names=distinct([ListedName(name), *details.aliases, *remarks.names]),
        party_type=_TYPES[kind.lower()],
        countries=sorted_countries(details.countries, remarks.countries, [country_code(flag)]),
        addresses=tuple(dict.fromkeys(details.addresses)),
        identifiers=tuple(dict.fromkeys(identifiers + remarks.identifiers)),
        programs=tuple(part for part in re.split(r"\]\s*\[|;\s*", programs.strip("[] ")) if part),
        remarks="; ".join(filter(None, notes)),
        birth_dates=tuple(remarks.birth_dates),
        birth_places=tuple(remarks.birth_places),
    )


def _main_rows(source: Source, details: Mapping[str, _Details]) -> Iterator[Item]:
    for row in _rows(source, 12):
        if row.problem or len(row.cells) != 12:
            reason = row.problem or f"the row has {len(row.cells)} columns instead of 12"
            yield Unreadable(row.number, reason, " ".join(row.cells)[:80])
        else:
            yield _party(row.cells, row.number, details.get(row.cells[0].strip(), _Details()))


def _is_sdn(source: Source) -> bool:
    """Look at the first 200 parties."""
    programs = []
    with contextlib.suppress(TruncatedError):  # it will be met again, and said then
        for item in islice(_main_rows(source, {}), 200):
            if isinstance(item, ListedParty):
                programs.append(item.programs)
    return is_sdn(programs)


def read(request: Request) -> Iterator[Item]:
    """Yield the parties of the set; see :class:`lists.reading.Format`.

    :raises ListFormatError: no main file, one that breaks off
    """
    parts = {source: part_of(source.head()) for source in request.sources}
    strange = [source.name for source, part in parts.items() if not part]
    if strange:
        raise ListFormatError(f"not a file of the OFAC CSV set: {', '.join(strange)}.")
    mains = [source for source, part in parts.items() if part == "main"]
    if not mains:
        raise ListFormatError(
            "the main file (sdn.csv or cons_prim.csv) of the OFAC set is missing."
        )
    summary = request.reading.summary
    if set(parts.values()) != set(_WIDTHS.values()):
        missing = sorted(set(_WIDTHS.values()) - set(parts.values()))
        summary.lacking += missing
        summary.notes.append(f"Files of the OFAC set that were not given: {', '.join(missing)}.")
    details: dict[str, _Details] = {}
    for found in _details(parts, request):
        if isinstance(found, tuple):
            details[found[0]] = found[1]
        else:
            yield found
    for source in mains:
        sdn = _is_sdn(source)
        for item in request.as_far_as_it_goes(_main_rows(source, details)):
            yield from in_lists(item, summary, sdn=sdn)


FORMAT = Format(
    "ofac_csv", "OFAC CSV files (sdn.csv or cons_prim.csv and their set)", accepts, read
)
