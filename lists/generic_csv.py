# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The company's own list as CSV: comma, semicolon or tab, as a spreadsheet saves it."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator

from .own_list import COLUMNS, SYNONYMS, check_header, read_record
from .party import Unreadable
from .reading import Format, Item, Request
from .source import Source
from .table import first_row, read_rows

_DELIMITERS = ",;\t"


def _known(head: bytes, delimiter: str) -> int:
    cells = [cell.strip().lower() for cell in first_row(head, delimiter)]
    named = [SYNONYMS.get(cell, cell) for cell in cells]
    return len(set(named) & set(COLUMNS)) if "name" in named else 0


def _delimiter(head: bytes) -> str:
    return max(_DELIMITERS, key=lambda delimiter: _known(head, delimiter))


def accepts(head: bytes) -> bool:
    """Say whether the first line has a column “name”, whatever the delimiter."""
    return any(_known(head, delimiter) for delimiter in _DELIMITERS)


def encoding_of(source: Source) -> str:
    """Return UTF-8 if the whole file is that; else cp1252 (Excel); else Latin-1, which is any."""
    names = ["utf-8-sig", "cp1252"]
    decoders = {name: codecs.getincrementaldecoder(name)() for name in names}
    stream = source.open()
    while decoders:
        data = stream.read(1 << 20)
        for name in list(decoders):
            try:
                decoders[name].decode(data, final=not data)
            except UnicodeDecodeError:
                del decoders[name]
        if not data:
            break
    return next((name for name in names if name in decoders), "latin-1")


def read(request: Request) -> Iterator[Item]:
    """Yield the parties of the file; see :class:`lists.reading.Format`.

    :raises ListFormatError: no column “name”, or one nobody knows
    """
    (source,) = request.sources
    summary = request.reading.summary
    encoding = encoding_of(source)
    if encoding != "utf-8-sig":
        summary.notes.append(
            f"The file is not UTF-8; it was read as {encoding}. Check names with accents."
        )
    rows = read_rows(source, delimiter=_delimiter(source.head()), encoding=encoding, may_end=True)
    header = check_header(next(rows).cells, request)
    for row in rows:
        cells = row.cells
        if not any(cell.strip() for cell in cells) and not row.problem:
            continue
        summary.records += 1
        # Spreadsheets leave trailing empty cells out, or add some.
        while len(cells) > len(header) and not cells[-1].strip():
            cells.pop()
        if row.problem or len(cells) > len(header):
            problem = row.problem or (
                f"the row has {len(cells)} columns, the header {len(header)}: put a cell that "
                "holds the delimiter in quotes"
            )
            yield Unreadable(row.number, problem, " ".join(cells)[:80])
            continue
        cells += [""] * (len(header) - len(cells))
        yield read_record(dict(zip(header, cells, strict=True)), row.number, request.list_code)


def template() -> str:
    """Return a CSV text to start one's own list from: the header and one fictitious party."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, restval="", lineterminator="\r\n")
    writer.writeheader()
    writer.writerow(
        {
            "name": "Fictitious Example Trading Co., Ltd.",
            "aliases": "FET; Example Trading",
            "country": "CN",
            "address": "1 Example Road, Shenzhen",
            "identifiers": "VAT: 000000000",
            "reference": "OWN-0001",
            "type": "organisation",
            "remarks": "Replace this row by your own",
        }
    )
    return text.getvalue()


FORMAT = Format("generic_csv", "A list of one's own (CSV with a column “name”)", accepts, read)
