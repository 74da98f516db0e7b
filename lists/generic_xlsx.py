# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The company's own list as an Excel workbook: the first sheet, the same columns as the CSV.

Read with the guarded XML reader, not a spreadsheet library: a workbook is a zip of XML from
strangers like any other.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from lxml import etree

from .own_list import check_header, read_record
from .party import ListFormatError, Unreadable
from .reading import Format, Item, Request
from .safe_xml import child, children, records, value
from .source import Source, open_members

_COLUMN = re.compile(r"([A-Z]{1,3})\d+$")
_DATES = {"start_date", "end_date"}
_EPOCH = datetime.date(1899, 12, 30)  # day 0 of Excel's calendar as of 1 March 1900
#: Columns that are looked at; a list has some fifteen.
MAX_COLUMNS = 256


def accepts(head: bytes) -> bool:
    """Say whether this is a workbook."""
    return head.startswith(b"PK\x03\x04") and b"[Content_Types].xml" in head


def _text(element: etree._Element) -> str:
    """Text of a rich string: all runs, phonetic hints left out."""
    runs = children(element, "r")
    parts = [value(run, "t") for run in runs] if runs else [value(element, "t")]
    return " ".join(filter(None, parts))


def _shared(source: Source | None) -> list[str]:
    return [] if source is None else [_text(item) for item in records(source, {"si"})]


def _index(reference: str, following: int) -> int:
    match = _COLUMN.match(reference)
    if not match:
        return following
    number = 0
    for letter in match.group(1):
        number = number * 26 + ord(letter) - 64
    return number - 1


def _cell(element: etree._Element, shared: list[str]) -> str:
    kind, text = element.get("t", "n"), value(element, "v")
    if kind == "s":
        position = int(text) if text.isdecimal() else -1
        return shared[position] if 0 <= position < len(shared) else ""
    if kind == "inlineStr":
        inline = child(element, "is")
        return "" if inline is None else _text(inline)
    # Excel keeps whole numbers as floats: a registration number must not end in “.0”.
    return text.removesuffix(".0") if kind == "n" else text


def _cells(row: etree._Element, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for element in children(row, "c"):
        index = _index(element.get("r", ""), len(cells))
        if index >= MAX_COLUMNS:
            raise ListFormatError(f"the sheet has more than {MAX_COLUMNS} columns.")
        cells += [""] * (index + 1 - len(cells))
        cells[index] = _cell(element, shared)
    return cells


def _date(text: str) -> str:
    """A date cell holds the days since 1900."""
    if not re.fullmatch(r"\d{4,5}(\.\d+)?", text):
        return text
    return (_EPOCH + datetime.timedelta(days=int(float(text)))).isoformat()


def _sheet(members: dict[str, Source]) -> Source:
    sheets = [name for name in members if re.fullmatch(r"sheet\d+\.xml", name)]
    if not sheets:
        raise ListFormatError("the file has no sheet that is read. Save it as XLSX or CSV.")
    return members[min(sheets, key=lambda name: int(re.sub(r"\D", "", name)))]


def read(request: Request) -> Iterator[Item]:
    """Yield the parties of the first sheet; see :class:`lists.reading.Format`.

    :raises ListFormatError: no sheet, no column “name”, or one nobody knows
    """
    (source,) = request.sources
    summary = request.reading.summary
    members = {member.name: member for member in open_members(source)}
    shared = _shared(members.get("sharedStrings.xml"))
    header: list[str] = []
    for number, element in enumerate(records(_sheet(members), {"row"}), start=1):
        said = element.get("r", "")
        row = int(said) if said.isdecimal() and len(said) < 10 else number
        cells = _cells(element, shared)
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = check_header(cells, request)
            continue
        summary.records += 1
        if any(cell.strip() for cell in cells[len(header) :]):
            yield Unreadable(row, "a cell stands right of the last column", " ".join(cells)[:80])
            continue
        cells = [*cells, *[""] * (len(header) - len(cells))][: len(header)]
        named = dict(zip(header, cells, strict=True))
        named |= {column: _date(named[column]) for column in _DATES & set(named)}
        yield read_record(named, row, request.list_code)


FORMAT = Format("generic_xlsx", "A list of one's own (XLSX with a column “name”)", accepts, read)
