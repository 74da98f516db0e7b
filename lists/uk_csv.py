# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The UK Sanctions List as CSV: a line with the date, a header, then one row for each
combination of name, address and date of birth under one unique ID."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from .countries import country_code
from .dates import iso_date
from .generic_csv import encoding_of
from .party import HeaderError, ListFormatError, TruncatedError, Unreadable
from .reading import Format, Item, Request
from .table import Row, first_row, read_rows
from .text import slug
from .uk_party import Designation, birth_date, name_kind

_NEEDED = {"unique id", "name 6", "name type", "regime name", "address country"}
_NAMES = [f"name {number}" for number in range(1, 7)]
_LINES = [f"address line {number}" for number in range(1, 7)] + ["address postal code"]
_KINDS = ("designation type", "individual entity ship")
_NUMBERS = {
    "passport number": "Passport",
    "national identifier number": "National identifier",
    "imo number": "IMO number",
    "business registration number s": "Business registration number",
}
_REMARKS = ("title", "position", "other information", "uk statement of reasons", "type of ship")
_COUNTRIES = ("nationality ies", "nationality", "current believed flag of ship")


def _header(cells: Sequence[str]) -> list[str]:
    return [slug(cell) for cell in cells]


def _first_rows(head: bytes) -> list[list[str]]:
    return [_header(first_row(line)) for line in head.split(b"\n")[:3]]


def _is_old(header: Sequence[str]) -> bool:
    return {"group id", "name 6", "alias type"} <= set(header)


def accepts(head: bytes) -> bool:
    """Say whether one of the first lines is the header of this list, or of the one it replaced."""
    return any({"unique id", "name 6"} <= set(row) or _is_old(row) for row in _first_rows(head))


def _add(designation: Designation, cells: Mapping[str, str]) -> None:
    def get(column: str) -> str:
        return cells.get(column, "").strip()

    kind = name_kind(get("name type"), get("alias strength"))
    designation.add_name([get(part) for part in _NAMES], kind)
    designation.add_name([get("name non latin script")], "alias")
    designation.add_address([get(line) for line in _LINES], get("address country"))
    designation.kind = designation.kind or next(filter(None, map(get, _KINDS)), "")
    designation.designated = designation.designated or get("date designated")
    designation.un_reference = designation.un_reference or get("un reference number")
    designation.regimes.append(get("regime name"))
    designation.birth_dates.append(birth_date(get("d o b")))
    places = [get("town of birth"), get("country of birth")]
    designation.birth_places.append(", ".join(filter(None, places)))
    designation.countries += [country_code(get(column)) for column in _COUNTRIES]
    for column, label in _NUMBERS.items():
        designation.add_identifier(label, get(column))
    if imposed := get("sanctions imposed"):
        designation.remarks.append(f"Sanctions imposed: {imposed.replace('|', ', ')}")
    designation.remarks += [get(column) for column in _REMARKS]


def _find_header(rows: Iterator[Row], request: Request) -> tuple[list[str], str]:
    """Return the header and the date that stands above it."""
    date = ""
    for row in rows:
        header = _header(row.cells)
        if _is_old(header):
            raise ListFormatError(
                "this is OFSI's consolidated list, which ended on 28 January 2026. "
                "Fetch the UK Sanctions List.",
                row.number,
            )
        if "unique id" in header:
            missing = sorted(_NEEDED - set(header))
            if missing:
                request.forgive(
                    HeaderError(f"columns are missing: {', '.join(missing)}", row.number)
                )
                request.reading.summary.lacking += missing
            return header, date
        date = date or iso_date(" ".join(row.cells).replace("-", " "), day_first=True)
    raise ListFormatError("there is no header with a column “Unique ID”.")


def read(request: Request) -> Iterator[Item]:
    """Yield the designations of the list; see :class:`lists.reading.Format`.

    :raises ListFormatError: columns are missing; the file breaks off; the list that ended
    """
    (source,) = request.sources
    summary = request.reading.summary
    rows = read_rows(source, encoding=encoding_of(source))
    header, request.reading.edition = _find_header(rows, request)
    found: dict[str, Designation] = {}
    short = 0
    for row in request.as_far_as_it_goes(rows):
        summary.records += 1
        short = row.number if len(row.cells) < len(header) else 0
        cells = dict(zip(header, row.cells, strict=False))
        uid = cells.get("unique id", "").strip()
        if row.problem or len(row.cells) != len(header) or not uid:
            reason = row.problem or (
                f"the row has {len(row.cells)} columns instead of {len(header)}"
                if uid
                else "the row has no unique ID"
            )
            yield Unreadable(row.number, reason, " ".join(row.cells)[:80])
            continue
        first = found.setdefault(uid, Designation(uid, row.number))
        _add(first, cells)
        if first.row != row.number:
            summary.merged.append((row.number, first.row))
    if short:
        request.forgive(
            TruncatedError("the file breaks off inside this row: it is truncated.", short)
        )
    for designation in found.values():
        yield designation.party()


FORMAT = Format("uk_csv", "UK Sanctions List (CSV)", accepts, read)
