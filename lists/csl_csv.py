# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Consolidated Screening List of the International Trade Administration, as CSV or TSV.

29 columns since 2021, 28 before (no ``_id``). Columns are found by name: a feed that changes
is refused, not misread. ``_id`` is never a key: it changes with every citation, or at random.
"""

from __future__ import annotations

from collections.abc import Iterator

from .csl_rows import read_record
from .party import HeaderError, ListFormatError, TruncatedError, Unreadable
from .reading import Format, Item, Request
from .table import Row, first_row, read_rows

# fmt: off
COLUMNS = (
    "_id", "source", "entity_number", "type", "programs", "name", "title", "addresses",
    "federal_register_notice", "start_date", "end_date", "standard_order", "license_requirement",
    "license_policy", "call_sign", "vessel_type", "gross_tonnage", "gross_registered_tonnage",
    "vessel_flag", "vessel_owner", "remarks", "source_list_url", "alt_names", "citizenships",
    "dates_of_birth", "nationalities", "places_of_birth", "source_information_url", "ids",
)
# fmt: on
_OPTIONAL = {"_id"}
_ESSENTIAL = {"source", "name"}
# Enough to know the feed by, few enough to know it after a change of columns, and refuse it.
_TELLING = {"source", "name", "alt_names", "federal_register_notice", "source_list_url"}


def _delimiter(head: bytes) -> str:
    line = head.split(b"\n", 1)[0]
    return "\t" if line.count(b"\t") > line.count(b",") else ","


def _header(cells: list[str]) -> list[str]:
    return [cell.strip().strip("\ufeff").lower() for cell in cells]


def accepts(head: bytes) -> bool:
    """Say whether the first line names three or more of the telling columns."""
    return len(_TELLING & set(_header(first_row(head, _delimiter(head))))) >= 3


def check_header(found: list[str], request: Request) -> None:
    """Refuse a header that lacks a column, has one twice, or has one nobody knows.

    :raises ListFormatError: naming the columns, unless somebody answers for those that are known
    """
    unknown = [name for name in found if name not in COLUMNS]
    missing = [name for name in COLUMNS if name not in found and name not in _OPTIONAL]
    twice = sorted({name for name in found if found.count(name) > 1})
    problems = [
        f"{what}: {', '.join(names)}"
        for what, names in (("unknown", unknown), ("missing", missing), ("repeated", twice))
        if names
    ]
    if not problems:
        return
    reason = (
        "the columns are not those of the Consolidated Screening List "
        f"({'; '.join(problems)}). The feed has changed; nothing is taken in."
    )
    if twice or not set(found) >= _ESSENTIAL:
        raise ListFormatError(reason, 1)
    request.forgive(HeaderError(reason, 1))
    request.reading.summary.lacking += missing


def _width_problem(row: Row, width: int) -> str:
    if row.problem or len(row.cells) == width:
        return row.problem
    return f"the row has {len(row.cells)} columns instead of {width}"


def read(request: Request) -> Iterator[Item]:
    """Yield the parties of the file; see :class:`lists.reading.Format`.

    :raises ListFormatError: unknown or missing columns; a last row that breaks off
    """
    (source,) = request.sources
    summary = request.reading.summary
    rows = read_rows(source, delimiter=_delimiter(source.head()))
    header = _header(next(rows).cells)
    check_header(header, request)
    empty = dict.fromkeys((*COLUMNS, "country"), "")
    broken: Unreadable | None = None
    for row in rows:
        if broken:
            yield broken
            broken = None
        if _header(row.cells[:1]) == header[:1] and _header(row.cells) == header:
            summary.skipped += 1
            summary.records += 1
            continue
        summary.records += 1
        problem = _width_problem(row, len(header))
        if problem:
            # Held back: in the last row it is a file that breaks off, elsewhere one bad row.
            broken = Unreadable(row.number, problem, " ".join(row.cells)[:80])
            continue
        yield read_record(empty | dict(zip(header, row.cells, strict=True)), row.number)
    if not broken:
        return
    if row.problem or len(row.cells) < len(header):
        request.forgive(
            TruncatedError(
                f"the file breaks off inside this row ({broken.reason}): it is truncated. "
                "Fetch it again.",
                broken.row,
            )
        )
    yield broken


FORMAT = Format("csl_csv", "Consolidated Screening List (CSV or TSV)", accepts, read)
