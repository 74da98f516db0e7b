# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The BIS Denied Persons List at its source (``dpl.txt``, tab-separated).

A party stands there once an address. Rows of one name and citation are one party, as in the
Consolidated Screening List, so that both feeds give the same parties.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from .addresses import read_address, sorted_countries
from .countries import country_code
from .dates import iso_date
from .names import read_name
from .party import HeaderError, ListedParty, ListFormatError, TruncatedError, Unreadable
from .reading import Format, Item, Request
from .table import first_row, read_rows
from .text import tidy

# fmt: off
COLUMNS = (
    "Name", "Street_Address", "City", "State", "Country", "Postal_Code", "Effective_Date",
    "Expiration_Date", "Standard_Order", "Last_Update", "Action", "FR_Citation",
)
# fmt: on


def accepts(head: bytes) -> bool:
    """Say whether the first line names columns that only this list has."""
    return {"Standard_Order", "FR_Citation"} <= {cell.strip() for cell in first_row(head, "\t")}


def _read_record(cells: Mapping[str, str], row: int) -> ListedParty | Unreadable:
    name = read_name(cells["Name"])
    if not name.names:
        return Unreadable(row, "the record has no name", tidy(cells["Street_Address"])[:80])
    country = country_code(cells["Country"]) or ("" if cells["Country"].strip() else "US")
    parts = [tidy(cells[c]) for c in ("Street_Address", "City", "State", "Postal_Code")]
    address = read_address(", ".join([*filter(None, parts), country or tidy(cells["Country"])]))
    dates = {column: iso_date(cells[column]) for column in ("Effective_Date", "Expiration_Date")}
    for column, date in dates.items():
        if cells[column].strip() and not date:
            problem = f"{column} “{tidy(cells[column])}” is no date"
            return Unreadable(row, problem, name.names[0].text[:80])
    order = tidy(cells["Standard_Order"])
    remarks = [*name.remarks, tidy(cells["Action"]), f"Standard order: {order}" if order else ""]
    return ListedParty(
        list_code="DPL",
        uid="",
        row=row,
        names=name.names,
        party_type=name.party_type,
        countries=sorted_countries([country], [address.country] if address else []),
        addresses=(address,) if address and address.text else (),
        citation=tidy(cells["FR_Citation"]),
        start_date=dates["Effective_Date"],
        end_date=dates["Expiration_Date"],
        remarks="; ".join(filter(None, remarks)),
    )


def _check_header(header: list[str], request: Request) -> None:
    strange = sorted(set(header) ^ set(COLUMNS))
    repeated = len(set(header)) < len(header)
    if not strange and not repeated:
        return
    what = ", ".join(strange) or "one is repeated"
    reason = f"the columns are not those of the Denied Persons List: {what}"
    if repeated or "Name" not in header:
        raise ListFormatError(reason, 1)
    request.forgive(HeaderError(reason, 1))
    request.reading.summary.lacking += sorted(set(COLUMNS) - set(header))


def _join(first: ListedParty, other: ListedParty) -> ListedParty:
    return replace(
        first,
        addresses=tuple(dict.fromkeys(first.addresses + other.addresses)),
        countries=sorted_countries(first.countries, other.countries),
    )


def read(request: Request) -> Iterator[Item]:
    """Yield the denied persons; see :class:`lists.reading.Format`.

    :raises ListFormatError: other columns than the list has; a last row that breaks off
    """
    (source,) = request.sources
    summary = request.reading.summary
    rows = read_rows(source, delimiter="\t")
    header = [cell.strip() for cell in next(rows).cells]
    _check_header(header, request)
    parties: dict[tuple[str, str], ListedParty] = {}
    short = 0
    for row in request.as_far_as_it_goes(rows):
        summary.records += 1
        short = row.number if len(row.cells) < len(header) else 0
        if row.problem or len(row.cells) != len(header):
            problem = row.problem or f"the row has {len(row.cells)} columns, not {len(header)}"
            yield Unreadable(row.number, problem, " ".join(row.cells)[:80])
            continue
        cells = dict.fromkeys(COLUMNS, "") | dict(zip(header, row.cells, strict=True))
        item = _read_record(cells, row.number)
        if isinstance(item, Unreadable):
            yield item
            continue
        key = (item.names[0].text.lower(), item.citation.lower())
        first = parties.setdefault(key, item)
        if first is not item:
            parties[key] = _join(first, item)
            summary.merged.append((item.row, first.row))
    if short:
        request.forgive(
            TruncatedError("the file breaks off inside this row: it is truncated.", short)
        )
    yield from parties.values()


FORMAT = Format("dpl_tsv", "BIS Denied Persons List (dpl.txt)", accepts, read)
