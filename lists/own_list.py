# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One row of the company's own list -> one listed party; CSV and XLSX alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .addresses import sorted_countries
from .countries import country_code
from .dates import iso_date
from .names import distinct
from .party import (
    HeaderError,
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    ListFormatError,
    Unreadable,
)
from .reading import Request
from .text import slug, tidy

#: In the order of the template; only ``name`` must be there.
# fmt: off
COLUMNS = (
    "name", "aliases", "country", "address", "identifiers", "reference", "type", "programs",
    "license_requirement", "license_policy", "citation", "start_date", "end_date", "remarks",
    "url",
)
# fmt: on
SYNONYMS = {
    "party": "name",
    "party name": "name",
    "company": "name",
    "company name": "name",
    "alias": "aliases",
    "alt_names": "aliases",
    "also known as": "aliases",
    "aka": "aliases",
    "countries": "country",
    "country code": "country",
    "addresses": "address",
    "identifier": "identifiers",
    "ids": "identifiers",
    "vat": "identifiers",
    "ref": "reference",
    "id": "reference",
    "party type": "type",
    "program": "programs",
    "start date": "start_date",
    "end date": "end_date",
    "licence requirement": "license_requirement",
    "license requirement": "license_requirement",
    "licence policy": "license_policy",
    "license policy": "license_policy",
    "federal_register_notice": "citation",
    "notes": "remarks",
    "note": "remarks",
    "comment": "remarks",
    "reason": "remarks",
}
_TYPES = {
    "": "",
    "organisation": "organisation",
    "organization": "organisation",
    "company": "organisation",
    "entity": "organisation",
    "person": "person",
    "individual": "person",
    "vessel": "vessel",
    "ship": "vessel",
    "aircraft": "aircraft",
}


class _RowProblem(Exception):
    """What is wrong with a row, in words for its author."""


def check_header(cells: Sequence[str], request: Request) -> list[str]:
    """Return the column names of a header in any case and spelling that is known.

    :raises ListFormatError: no column “name”, one twice, or one nobody knows and answers for
    """
    header = [tidy(cell).lower() for cell in cells]
    while header and not header[-1]:
        header.pop()
    names = [SYNONYMS.get(cell, cell) for cell in header]
    unknown = [name or "(empty)" for name in names if name not in COLUMNS]
    twice = sorted({name for name in names if names.count(name) > 1})
    known = f"Known are: {', '.join(COLUMNS)}."
    if "name" not in names:
        raise ListFormatError(f"there is no column “name”. {known}", 1)
    if twice:
        raise ListFormatError(f"more than one column for: {', '.join(twice)}. {known}", 1)
    if unknown:
        request.forgive(HeaderError(f"unknown columns: {', '.join(unknown)}. {known}", 1))
    return names


def _parts(cell: str) -> list[str]:
    return [part for part in (tidy(part) for part in cell.split(";")) if part]


def _countries(cell: str) -> tuple[str, ...]:
    codes = []
    for part in _parts(cell):
        code = country_code(part)
        if not code:
            raise _RowProblem(
                f"the country “{part}” is not known; use its two-letter code, e.g. CN"
            )
        codes.append(code)
    return sorted_countries(codes)


def _identifier(part: str) -> ListedIdentifier:
    kind, colon, number = part.partition(":")
    return ListedIdentifier(kind.strip(), number.strip()) if colon else ListedIdentifier("", part)


def _date(cells: Mapping[str, str], column: str) -> str:
    text = tidy(cells.get(column, ""))
    date = iso_date(text)
    if text and not date:
        raise _RowProblem(f"{column} “{text}” is no date; write it as 2026-01-31")
    return date


def _type(cell: str) -> str:
    kind = tidy(cell).lower()
    if kind not in _TYPES:
        raise _RowProblem(
            f"the type “{kind}” is not known; use organisation, person, vessel or aircraft"
        )
    return _TYPES[kind]


def read_record(cells: Mapping[str, str], row: int, list_code: str) -> ListedParty | Unreadable:
    """Read one row.

    :param cells: by column name of :data:`COLUMNS`; a column may lack
    :param row: row number as a spreadsheet shows it, for messages
    :param list_code: the list the file is for
    :return: the party, keyed by its reference if it has one; or what its author must mend
    """
    name = tidy(cells.get("name", ""))
    try:
        if not slug(name):
            raise _RowProblem("the name is empty")
        countries = _countries(cells.get("country", ""))
        sole = countries[0] if len(countries) == 1 else ""
        aliases = [ListedName(part, "alias") for part in _parts(cells.get("aliases", ""))]
        return ListedParty(
            list_code=list_code,
            uid=tidy(cells.get("reference", "")),
            row=row,
            names=distinct([ListedName(name), *aliases]),
            party_type=_type(cells.get("type", "")),
            countries=countries,
            addresses=tuple(ListedAddress(a, sole) for a in _parts(cells.get("address", ""))),
            identifiers=tuple(map(_identifier, _parts(cells.get("identifiers", "")))),
            programs=tuple(_parts(cells.get("programs", ""))),
            license_requirement=tidy(cells.get("license_requirement", "")),
            license_policy=tidy(cells.get("license_policy", "")),
            citation=tidy(cells.get("citation", "")),
            start_date=_date(cells, "start_date"),
            end_date=_date(cells, "end_date"),
            remarks=tidy(cells.get("remarks", "")),
            source_url=tidy(cells.get("url", "")),
        )
    except _RowProblem as problem:
        return Unreadable(row, str(problem), name[:80])
