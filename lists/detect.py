# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The one door to the readers: what a file is, is seen in its content, never in its name."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import BinaryIO

from . import (
    csl_csv,
    csl_json,
    dpl_tsv,
    ecfr_xml,
    eu_xml,
    federal_register_xml,
    generic_csv,
    generic_xlsx,
    ofac_advanced_xml,
    ofac_csv,
    ofac_sdn_xml,
    uflpa_html,
    uk_csv,
    uk_xml,
    un_xml,
)
from .identity import settle
from .party import EmptyError, ListFormatError, Unreadable
from .reading import Format, Item, Reading, Request
from .source import Source, open_sources

#: Tried in this order; the company's own list last, because it asks least of a file.
FORMATS: tuple[Format, ...] = tuple(
    reader.FORMAT
    for reader in (
        csl_csv,
        csl_json,
        ecfr_xml,
        federal_register_xml,
        dpl_tsv,
        ofac_csv,
        ofac_sdn_xml,
        ofac_advanced_xml,
        uflpa_html,
        un_xml,
        eu_xml,
        uk_xml,
        uk_csv,
        generic_xlsx,
        generic_csv,
    )
)


def _recognise(head: bytes) -> Format:
    for known in FORMATS:
        if known.accepts(head):
            return known
    if head[257:262] == b"ustar":
        raise ListFormatError(
            "The file is a tar archive. Unpack it and give the file that is inside, or put that "
            "into a zip or gz file."
        )
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise ListFormatError("The file is UTF-16 text. Save it as UTF-8.")
    if head.startswith((b"PK", b"\x1f\x8b")):
        raise ListFormatError("The archive holds another archive; unpack that first.")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:200].lower()
    if start.startswith((b"<!doctype html", b"<html")):
        raise ListFormatError(
            "The file is a web page, not a list: the address may have moved, or asks for a log-in."
        )
    raise ListFormatError(
        "The content is of no known list format. Known are the files of the Consolidated "
        "Screening List, BIS, OFAC, UN, EU, UK and UFLPA, and tables with a column “name”."
    )


def _something(items: Iterator[Item], reading: Reading) -> Iterator[Item]:
    """An empty list must never take the place of a full one."""
    wrong = None
    for item in items:
        if not wrong and isinstance(item, Unreadable):
            wrong = item
        yield item
    summary = reading.summary
    if summary.parties:
        return
    for error in summary.forgiven:
        raise ListFormatError(error.reason, error.row)  # before it there is nothing to take
    if wrong:
        raise ListFormatError(
            f"No party could be read from the file. What is wrong first stands in row {wrong.row}: "
            f"{wrong.reason.rstrip('.')}. The edition in force stays."
        )
    raise EmptyError("No party could be read from the file. The edition in force stays.")


def read(
    stream: BinaryIO,
    filename: str = "",
    list_code: str = "",
    accept: Collection[str] = (),
) -> Reading:
    """Open one list file.

    :param stream: binary, at best seekable; kept open by the caller until the reading is done
    :param filename: for messages; it does not decide the format
    :param list_code: the list that a company's own file is for; the official formats say it
    :param accept: faults that somebody answers for, see :attr:`ListFormatError.fault`: of a file
        that is ``truncated`` what stands before is read, and nothing is removed for being absent;
        of one with a strange ``header`` the columns that are known
    :return: a reading to iterate once
    :raises ListFormatError: here or while iterating, if the file as a whole cannot be taken
    """
    return read_files([(filename, stream)], list_code=list_code, accept=accept)


def read_files(
    files: Iterable[tuple[str, BinaryIO]], *, list_code: str = "", accept: Collection[str] = ()
) -> Reading:
    """Open one list that comes as several files; else as :func:`read`.

    :param files: file name and binary stream of each
    """
    sources: list[Source] = []
    for name, stream in files:
        sources += open_sources(stream, name)
    if not sources:
        raise ListFormatError("No file was given.")
    known = _recognise(sources[0].head())
    if len(sources) > 1 and known is not ofac_csv.FORMAT:
        names = ", ".join(source.name for source in sources)
        raise ListFormatError(f"Several files that make no known set: {names}. Give them singly.")
    reading = Reading(known.code, known.title, known.complete)
    request = Request(tuple(sources), reading, list_code, frozenset(accept))
    found = request.as_far_as_it_goes(known.read(request))
    reading.items = _something(settle(found, reading.summary), reading)
    return reading
