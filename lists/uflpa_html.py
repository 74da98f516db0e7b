# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The UFLPA Entity List as its web page prints it: tables of names and dates, aliases in prose.

A party stands in more than one table, at times spelled a little otherwise. The page gives
neither addresses nor countries nor numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lxml import etree, html

from .aliases import trim
from .dates import iso_date
from .names import distinct
from .party import ListedName, ListedParty, ListFormatError, TruncatedError, Unreadable
from .reading import Format, Item, Request
from .safe_xml import text_of
from .text import slug, tidy

#: Bytes of the page; the real one has 130 KB.
MAX_PAGE = 8 << 20

_NAME_HEADS = {"name of entity", "entity name"}
_DATE_HEAD = "effective date"
_BRACKET = re.compile(r"\s*\(((?:[^()]|\([^()]*\))*)\)")
_ALIASES = re.compile(
    r"^(?:(?:and|including)\s+)?(?:[\w-]+\s+)?(?:alias(?:es)?|other names?)\s*:\s*", re.IGNORECASE
)
_KNOWN = re.compile(r"\b(also|formerly|previously) known as:?\s+", re.IGNORECASE)
_REACH = re.compile(
    r"[,;]?\s+and (?:its |all )?(?:subsidiaries|subordinate|affiliate)[^()]*$", re.IGNORECASE
)
# What is left of “…; and formerly known as …” once the mark is taken off.
_DANGLING = re.compile(r"[;,]?\s*\band\s*$", re.IGNORECASE)
_LEGAL_AND = re.compile(r"(?<=\.)\s+and\s+(?=[A-Z])")


def accepts(head: bytes) -> bool:
    """Say whether this is a web page that speaks of the UFLPA."""
    lowered = head.lower()
    return b"<html" in lowered and b"uflpa" in lowered


def _split(text: str, kind: str) -> list[ListedName]:
    text = _DANGLING.sub("", text)
    parts = [piece for part in text.split(";") for piece in _LEGAL_AND.split(part)]
    return [ListedName(name, kind) for name in map(trim, parts) if slug(name)]


def read_name(cell: str) -> tuple[list[ListedName], str]:
    """Take a name cell apart.

    :return: names, the primary one first, and the prose on whom else the entry reaches
    """
    text = tidy(cell)
    reach = ""
    if match := _REACH.search(text):
        reach, text = trim(match.group().strip()), text[: match.start()]
    others: list[ListedName] = []

    def take(match: re.Match[str]) -> str:
        inner = match.group(1)
        if _ALIASES.match(inner):
            others.extend(_split(_ALIASES.sub("", inner), "alias"))
            return ""
        first, *rest = _KNOWN.split(inner)
        if not rest:
            return match.group()
        others.extend(_split(first, "alias"))
        for mark, names in zip(rest[::2], rest[1::2], strict=True):
            others.extend(_split(names, "alias" if mark.lower() == "also" else "former"))
        return ""

    name = trim(_BRACKET.sub(take, text))
    return ([ListedName(name), *others] if slug(name) else []), reach


def _key(name: str) -> str:
    """One key for the spellings of one name: “Co., Ltd” is “Co. Ltd.”."""
    return slug(name).replace(" ", "")


def _tables(page: bytes) -> Iterator[list[list[str]]]:
    root = html.document_fromstring(page, parser=html.HTMLParser(no_network=True, encoding="utf-8"))
    for table in root.iter("table"):
        rows = [[text_of(cell) for cell in row.iter("td", "th")] for row in table.iter("tr")]
        if rows and rows[0][:1] and rows[0][0].casefold() in _NAME_HEADS:
            if [head.casefold() for head in rows[0][1:]] != [_DATE_HEAD]:
                raise ListFormatError(f"a table has unknown columns: {', '.join(rows[0])}.")
            yield rows[1:]


def read(request: Request) -> Iterator[Item]:
    """Yield the entities of all tables; see :class:`lists.reading.Format`.

    :raises ListFormatError: no table of entities, or one with other columns; not a web page
    """
    (source,) = request.sources
    summary = request.reading.summary
    page = source.open().read(MAX_PAGE + 1)
    if len(page) > MAX_PAGE:
        raise ListFormatError("the web page is larger than 8 MiB: this is not the UFLPA list.")
    try:
        tables = list(_tables(page))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise ListFormatError(f"the web page cannot be read ({error}).") from error
    if b"</html>" not in page.lower():
        request.forgive(TruncatedError("the web page breaks off before its end. Fetch it again."))
    if not tables:
        raise ListFormatError("the web page holds no table of entities: its layout has changed.")
    found: dict[str, ListedParty] = {}
    for rows in tables:
        for cells in rows:
            summary.records += 1
            row = summary.records
            item = _read_row(cells, row)
            if isinstance(item, Unreadable):
                yield item
                continue
            key = _key(item.names[0].text)
            first = found.setdefault(key, item)
            if first is not item:
                found[key] = _join(first, item)
                summary.merged.append((row, first.row))
    yield from found.values()


def _read_row(cells: list[str], row: int) -> ListedParty | Unreadable:
    names, reach = read_name(cells[0]) if cells else ([], "")
    date = iso_date(cells[1]) if len(cells) == 2 else ""
    if not names or not date:
        return Unreadable(row, "the row has no name or no date", " ".join(cells)[:80])
    return ListedParty(
        list_code="UFLPA",
        uid="",
        row=row,
        names=distinct(names),
        party_type="organisation",
        start_date=date,
        remarks=reach,
        source_url="https://www.dhs.gov/uflpa-entity-list",
    )


def _join(first: ListedParty, other: ListedParty) -> ListedParty:
    """Both rows' names count; the earlier date does, since the party has been listed since."""
    others = [ListedName(n.text, "alias" if n.kind == "primary" else n.kind) for n in other.names]
    return replace(
        first,
        names=distinct([*first.names, *others]),
        start_date=min(first.start_date, other.start_date),
        remarks="; ".join(dict.fromkeys(filter(None, (first.remarks, other.remarks)))),
    )


FORMAT = Format("uflpa_html", "UFLPA Entity List (web page)", accepts, read)
