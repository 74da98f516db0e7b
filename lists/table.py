# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Rows of a delimited text file, read strictly and in bounded memory."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass

from .party import ListFormatError, TruncatedError
from .source import Source

#: Bytes of one line and of one record. The longest record met in a real list has 20 KB.
MAX_RECORD = 1 << 20
#: Empty lines of one file. Real lists have one at the end.
MAX_EMPTY = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One record. ``number`` counts records from 1, as a spreadsheet does; ``problem`` says why
    ``cells`` cannot be trusted."""

    number: int
    cells: list[str]
    problem: str = ""


class _Lines:
    """Decoded lines. ``record`` and ``size`` are those of the record being read."""

    def __init__(self, source: Source, encoding: str) -> None:
        self._stream = source.open()
        self._encoding = encoding
        self.record = 1
        self.size = 0
        self.last = b""

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._stream.readline(MAX_RECORD + 1)
        if not line:
            raise StopIteration
        self.size += len(line)
        if self.size > MAX_RECORD:
            raise ListFormatError(
                "the row is longer than 1 MiB: this is no list, or a quote is never closed.",
                self.record,
            )
        if b"\0" in line:
            raise ListFormatError(
                "the row holds NUL characters: the file is damaged, or UTF-16 without a mark. "
                "Save it as UTF-8.",
                self.record,
            )
        self.last = line
        try:
            return line.decode(self._encoding)
        except UnicodeDecodeError as error:
            raise ListFormatError(
                f"the row is not {self._encoding.upper().removesuffix('-SIG')} text (byte "
                f"{error.object[error.start]:#04x}). Fetch the file again or save it as UTF-8.",
                self.record,
            ) from error


def first_row(head: bytes, delimiter: str = ",") -> list[str]:
    """Return the cells of the first line of ``head``, or none if it has no such form."""
    line = head.split(b"\n", 1)[0][:8192].decode("utf-8-sig", "replace")
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def read_rows(
    source: Source, *, delimiter: str = ",", encoding: str = "utf-8-sig", may_end: bool = False
) -> Iterator[Row]:
    """Yield the records of a delimited file, empty lines left out.

    :param delimiter: one character
    :param encoding: an 8-bit encoding or UTF-8; a byte order mark is skipped with ``utf-8-sig``
    :param may_end: the last row needs no line end (files typed by hand)
    :raises ListFormatError: a record of more than 1 MiB, thousands of empty lines, NUL, wrong
        encoding, or a file that breaks off inside a cell of its last line
    """
    lines = _Lines(source, encoding)
    empty = 0
    reader = csv.reader(lines, delimiter=delimiter, strict=True)
    while True:
        try:
            cells = next(reader)
            problem = ""
        except StopIteration:
            break
        except csv.Error as error:
            if "field limit" in str(error):
                raise ListFormatError(
                    f"a cell is too long ({error}): a quote is never closed.", lines.record
                ) from error
            if "unexpected end" in str(error):
                raise TruncatedError(
                    "the file breaks off inside this row: it is truncated. Fetch it again.",
                    lines.record,
                ) from error
            cells, problem = [], f"the row is not well-formed ({error})"
        lines.size = 0
        if not cells and not problem:
            empty += 1
            if empty > MAX_EMPTY:
                raise ListFormatError(
                    f"more than {MAX_EMPTY} lines are empty: this is no list.", lines.record
                )
        else:
            yield Row(lines.record, cells, problem)
        lines.record += 1
    if not may_end and lines.last and lines.last[-1:] not in b'\r\n"\x1a':
        raise TruncatedError(
            "the file breaks off inside this row, which has no line end: it is truncated. "
            "Fetch it again.",
            lines.record - 1,
        )
