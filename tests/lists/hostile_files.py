# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Broken and hostile files, each with the one error it must end in.

``python tests/lists/hostile_files.py`` (from the root of the project, with it on PYTHONPATH)
prints them with their messages as a Markdown table.
"""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from support import FIXTURES, csl, csl_row

import lists

MIB = 1 << 20


@dataclass(frozen=True)
class Case:
    """``make`` returns the bytes; ``message`` is part of the error they end in."""

    title: str
    make: Callable[[], bytes]
    message: str


def _fixture(name: str) -> bytes:
    return (FIXTURES / name).read_bytes()


def _zip(*members: tuple[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", how) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return data.getvalue()


def _tar() -> bytes:
    data = io.BytesIO()
    with tarfile.open(fileobj=data, mode="w") as archive:
        info = tarfile.TarInfo("sdn.csv")
        info.size = len(_fixture("sdn.csv"))
        archive.addfile(info, io.BytesIO(_fixture("sdn.csv")))
    return data.getvalue()


def _locked_zip() -> bytes:
    data = bytearray(_zip(("sdn.csv", b"x"), how=zipfile.ZIP_STORED))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    return bytes(data)


def _wrong_checksum() -> bytes:
    data = bytearray(_zip(("sdn.csv", _fixture("sdn.csv")), how=zipfile.ZIP_STORED))
    data[data.index(b"FICTITIOUS")] ^= 1
    return bytes(data)


def _entity_bomb() -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return (
        f'<?xml version="1.0"?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY l0 "ha">{entities}]>'
        "<CONSOLIDATED_LIST><INDIVIDUALS>&l9;</INDIVIDUALS></CONSOLIDATED_LIST>"
    ).encode()


def _external_entity() -> bytes:
    return (
        b'<?xml version="1.0"?><!DOCTYPE CONSOLIDATED_LIST [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
        b"<CONSOLIDATED_LIST><ENTITIES><ENTITY><FIRST_NAME>&x;</FIRST_NAME></ENTITY></ENTITIES>"
        b"</CONSOLIDATED_LIST>"
    )


def _external_dtd() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE sdnList SYSTEM "http://127.0.0.1:9/evil.dtd"><sdnList></sdnList>'


def _un(inside: str) -> bytes:
    return f"<CONSOLIDATED_LIST><ENTITIES>{inside}</ENTITIES></CONSOLIDATED_LIST>".encode()


def _sheet(xml: str) -> bytes:
    return _zip(("[Content_Types].xml", b"<Types/>"), ("xl/worksheets/sheet1.xml", xml.encode()))


def _good() -> bytes:
    return csl(*(csl_row("EL", f"Invented {n}") for n in range(3)))


CASES = (
    # the file as such
    Case("0 bytes", lambda: b"", "The file is empty (0 bytes)"),
    Case("blanks only", lambda: b" \n\n ", "of no known list format"),
    Case("random bytes", lambda: bytes(range(256)) * 64, "of no known list format"),
    Case("NUL bytes only", lambda: b"\0" * 100_000, "of no known list format"),
    Case(
        "web page instead of a list",
        lambda: b"<!DOCTYPE html><html><body>Moved</body></html>",
        "is a web page",
    ),
    Case("PDF", lambda: b"%PDF-1.7 ...", "is a PDF document"),
    Case(
        "old Excel workbook",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600,
        "Save it as CSV or XLSX",
    ),
    Case("7z archive", lambda: b"7z\xbc\xaf\x27\x1c....", "is a 7z archive"),
    Case("bzip2 archive", lambda: b"BZh91AY&SY", "is a bzip2 archive"),
    Case("tar archive", lambda: _tar(), "is a tar archive. Unpack it"),
    Case("tar.gz archive", lambda: gzip.compress(_tar()), "is a tar archive. Unpack it"),
    Case(
        "OpenDocument spreadsheet",
        lambda: _zip(("mimetype", b"application/vnd.oasis"), ("content.xml", b"<x/>")),
        "is an OpenDocument file. Save it as CSV or XLSX",
    ),
    Case(
        "Word document",
        lambda: _zip(("[Content_Types].xml", b"<Types/>"), ("word/document.xml", b"<x/>")),
        "no sheet that is read",
    ),
    Case("a list nobody knows", lambda: b"vendor;risk\nInvented;9\n", "of no known list format"),
    # archives
    Case("gz cut in the middle", lambda: gzip.compress(_good())[:-20], "damaged or cut off"),
    Case(
        "gz with rubbish inside", lambda: b"\x1f\x8b\x08\x00" + b"\xff" * 300, "damaged or cut off"
    ),
    Case(
        "gz bomb (200 MB of zeros)",
        lambda: gzip.compress(b"name\n" + b"\0" * (200 * MIB), 9),
        "refused as hostile",
    ),
    Case(
        "gz of eight million good rows",
        lambda: gzip.compress(b"name\n" + b"Invented Trading Company\n" * (8 * MIB), 9),
        "refused as hostile",
    ),
    Case("empty zip", lambda: _zip(), "zip archive is empty"),
    Case(
        "zip cut in the middle",
        lambda: _zip(("sdn.csv", _fixture("sdn.csv")))[:200],
        "damaged or cut off",
    ),
    Case("zip with a wrong checksum", _wrong_checksum, "damaged or cut off"),
    Case("zip with a password", _locked_zip, "locked with a password"),
    Case(
        "zip bomb (200 MB of zeros)",
        lambda: _zip(("sdn.csv", b"name\n" + b"\0" * (200 * MIB))),
        "refused as hostile",
    ),
    Case(
        "zip of a thousand files",
        lambda: _zip(*((f"{n}.csv", b"x") for n in range(1000))),
        "holds 1000 files",
    ),
    Case("zip in a zip", lambda: _zip(("a.zip", _zip(("sdn.csv", b"x")))), "holds another archive"),
    Case(
        "zip of two lists",
        lambda: _zip(("a.csv", _good()), ("b.xml", _fixture("un.xml"))),
        "make no known set",
    ),
    # rows of text
    Case("CSL that breaks off inside a row", lambda: _good()[:-60], "breaks off inside this row"),
    Case(
        "CSL that breaks off inside a quoted cell",
        lambda: _good()[:-2],
        "breaks off inside this row",
    ),
    Case("CSL with a header and nothing else", lambda: csl(), "No party could be read"),
    Case("CSL of which every row is bad", lambda: csl(csl_row("EL", "")), "No party could be read"),
    Case(
        "CSL with a column too many",
        lambda: _good().replace(b'"ids"', b'"ids","score"', 1),
        "unknown: score",
    ),
    Case(
        "CSL with a column renamed",
        lambda: _good().replace(b'"alt_names"', b'"aliases"', 1),
        "missing: alt_names",
    ),
    Case(
        "CSL with a column twice",
        lambda: _good().replace(b'"remarks"', b'"name"', 1),
        "repeated: name",
    ),
    Case("CSL in UTF-16", lambda: _good().decode().encode("utf-16"), "is UTF-16"),
    Case(
        "CSL in Latin-1",
        lambda: csl(csl_row("EL", "Société")).decode().encode("latin-1"),
        "is not UTF-8 text",
    ),
    Case(
        "CSL with NUL in a name",
        lambda: _good().replace(b"Invented 1", b"Inv\0nted 1"),
        "holds NUL characters",
    ),
    Case(
        "CSL with a quote that is never closed",
        lambda: _good() + b'"' + b"x,\n" * MIB,
        "a quote is never closed",
    ),
    Case("one line of 64 MB", lambda: _good() + b"x" * (64 * MIB), "longer than 1 MiB"),
    Case("header of 64 MB", lambda: b"name," + b"x" * (64 * MIB), "longer than 1 MiB"),
    Case(
        "a million columns",
        lambda: _good() + b"," * (MIB // 2) + b"\n" + b"," * (2 * MIB),
        "longer than 1 MiB",
    ),
    Case(
        "own list with columns nobody knows",
        lambda: b"name,colour\nA,red\n",
        "unknown columns: colour",
    ),
    Case(
        "own list of 100,010 parties",
        lambda: b"name\n" + b"".join(b"Invented %d\n" % n for n in range(100_010)),
        "more than 100000 parties",
    ),
    Case("own list without rows", lambda: b"name,country\n", "No party could be read"),
    Case(
        "DPL with other columns",
        lambda: _fixture("dpl.txt").replace(b"Last_Update", b"Updated"),
        "not those of the Denied Persons List",
    ),
    Case("DPL that breaks off", lambda: _fixture("dpl_broken.txt"), "breaks off"),
    Case("OFAC CSV that breaks off", lambda: _fixture("sdn_broken.csv"), "breaks off"),
    Case("OFAC addresses without parties", lambda: _fixture("add.csv"), "main file"),
    Case(
        "UK CSV without a column",
        lambda: _fixture("uk.csv").replace(b"Regime Name", b"Regime"),
        "columns are missing: regime name",
    ),
    Case(
        "UK list that ended in 2026",
        lambda: _fixture("conlist_ended.csv"),
        "ended on 28 January 2026",
    ),
    # XML
    Case("entity bomb", _entity_bomb, "document type or entities"),
    Case("external entity", _external_entity, "document type or entities"),
    Case("external DTD", _external_dtd, "document type or entities"),
    Case("entity nobody declared", lambda: _un("<ENTITY>&x;</ENTITY>"), "Entity 'x' not defined"),
    Case("nested 100,000 deep", lambda: _un("<a>" * 100_000), "nests deeper than 64"),
    Case(
        "one record of 300,000 elements",
        lambda: _un(f"<ENTITY>{'<A/>' * 300_000}</ENTITY>"),
        "more than 100000 elements",
    ),
    Case(
        "text of 32 MB in one element",
        lambda: _un(f"<ENTITY>{'x' * (32 * MIB)}</ENTITY>"),
        "not well-formed",
    ),
    Case("attribute of 32 MB", lambda: _un(f'<ENTITY a="{"x" * (32 * MIB)}"/>'), "not well-formed"),
    Case("NUL in XML", lambda: _un("<ENTITY>a\0b</ENTITY>"), "not well-formed"),
    Case(
        "XML that says UTF-8 and is not",
        lambda: (
            b'<?xml version="1.0" encoding="utf-8"?>'
            + _un("<ENTITY>\xe9</ENTITY>").decode().encode("latin-1")
        ),
        "not well-formed",
    ),
    Case(
        "XML in an encoding nobody knows",
        lambda: b'<?xml version="1.0" encoding="x-none"?>' + _un(""),
        "not well-formed",
    ),
    Case(
        "XML that breaks off between tags",
        lambda: _un("<ENTITY></ENTITY>").split(b"</ENTITIES>")[0],
        "truncated",
    ),
    Case("XML that breaks off inside a tag", lambda: _fixture("un.xml")[:900], "truncated"),
    Case("XML with two roots", lambda: _un("") * 2, "not well-formed"),
    Case("UN list without entries", lambda: _un(""), "No party could be read"),
    Case(
        "OFAC XML with fewer records than stated",
        lambda: _fixture("sdn_broken.xml"),
        "says it has 3 records",
    ),
    Case("OFAC ADVANCED that breaks off", lambda: _fixture("sdn_advanced_broken.xml"), "truncated"),
    Case(
        "eCFR without Supplement No. 4",
        lambda: _fixture("ecfr_broken.xml"),
        "holds no Supplement No. 4",
    ),
    Case(
        "Federal Register rule on another list",
        lambda: _fixture("federal_register_broken.xml"),
        "does not amend",
    ),
    # JSON
    Case("JSON that breaks off", lambda: _fixture("csl.json")[:700], "truncated"),
    Case(
        "JSON of one page of a search",
        lambda: _fixture("csl_broken.json"),
        "25000 results and holds 3",
    ),
    Case(
        "JSON nested 200,000 deep",
        lambda: b'{"source":1,"results":[' + b"[" * 200_000,
        "nests too deep",
    ),
    Case(
        "JSON string of 16 MB",
        lambda: b'{"source":1,"results":["' + b"x" * (16 * MIB) + b'"]}',
        "longer than 4 MiB",
    ),
    Case(
        "JSON figure of 5,000 digits",
        lambda: b'{"source":1,"total":' + b"9" * 5_000 + b',"results":[]}',
        "figure that is none or too long",
    ),
    Case(
        "JSON with a comma missing",
        lambda: _fixture("csl.json").replace(b"},{", b"} {", 1),
        "not well-formed",
    ),
    Case(
        "JSON with a comma missing between results",
        lambda: _fixture("csl.json").replace(b'},{"source"', b'} {"source"', 1),
        "“,” or “]” expected, not “{”",
    ),
    Case(
        "JSON with NUL in a name",
        lambda: _fixture("csl.json").replace(b"FICTITIOUS", b"FICTITIOUS\\u0000", 1),
        "holds NUL characters",
    ),
    Case(
        "JSON in Latin-1",
        lambda: _fixture("csl.json").replace(b"FICTITIOUS", b"FICTI\xc9", 1),
        "not UTF-8",
    ),
    # web page and workbook
    Case("UFLPA page with other columns", lambda: _fixture("uflpa_broken.html"), "unknown columns"),
    Case(
        "UFLPA page that breaks off",
        lambda: _fixture("uflpa.html")[:-20],
        "breaks off before its end",
    ),
    Case(
        "UFLPA page without tables",
        lambda: b"<html><body>UFLPA list moved</body></html>",
        "layout has changed",
    ),
    Case(
        "workbook without a sheet", lambda: _zip(("[Content_Types].xml", b"<Types/>")), "no sheet"
    ),
    Case(
        "workbook with an entity bomb",
        lambda: _sheet('<!DOCTYPE w [<!ENTITY x "y">]><w>&x;</w>'),
        "document type or entities",
    ),
    Case(
        "workbook with a DTD behind 70 KB of comment",
        lambda: _sheet(f'<!--{"x" * 70_000}--><!DOCTYPE w [<!ENTITY x "y">]><w/>'),
        "document type or entities",
    ),
    Case(
        "workbook with 16,384 columns",
        lambda: _sheet('<w><row r="1"><c r="XFD1"><v>1</v></c></row></w>'),
        "more than 256 columns",
    ),
    Case(
        "workbook that is a zip bomb",
        lambda: _sheet(f"<w>{'<row/>' * (10 * MIB)}</w>"),
        "refused as hostile",
    ),
    Case(
        "workbook without a column “name”",
        lambda: _sheet('<w><row><c t="str"><v>Colour</v></c></row></w>'),
        "no column “name”",
    ),
)


def message(case: Case) -> str:
    """Return the error a case ends in, or ``""`` if it is read."""
    try:
        for _ in lists.read(io.BytesIO(case.make()), case.title):
            pass
    except lists.ListFormatError as error:
        return str(error)
    return ""


def table(told: Iterable[tuple[Case, str]]) -> str:
    """Return cases with the errors they ended in as a Markdown table."""
    rows = [f"| {n} | {case.title} | {text} |" for n, (case, text) in enumerate(told, start=1)]
    return "\n".join(["| # | File | What the admin reads |", "|---|---|---|", *rows])


if __name__ == "__main__":
    print(table((case, message(case)) for case in CASES))
