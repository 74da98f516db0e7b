# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Consolidated Screening List as JSON (``consolidated.json``), one object, read as a stream.

Keys differ by source and absent ones are normal. ``total`` says how many results there are:
one page of the search API is not the list.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

from .countries import is_code
from .csl_csv import COLUMNS
from .csl_ids import is_identifier_kind
from .csl_rows import read_record
from .json_stream import read_members
from .party import ListedIdentifier, TruncatedError, Unreadable
from .reading import Format, Item, Request
from .text import tidy

_ADDRESS = ("address", "city", "state", "postal_code", "country")
_LISTS = ("addresses", "alt_names", "ids")
_FROM_LISTS = ("programs", "citizenships", "nationalities", "dates_of_birth", "places_of_birth")


def accepts(head: bytes) -> bool:
    """Say whether this is a JSON object with results that have a source."""
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    return text.startswith(b"{") and b'"results"' in text and b'"source' in text


def _text(value: object) -> str:
    return "" if value is None or isinstance(value, (list, dict)) else str(value)


def _texts(value: object) -> list[str]:
    return [_text(item) for item in value] if isinstance(value, list) else []


def _mappings(value: object) -> list[Mapping[str, object]]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _address(address: Mapping[str, object]) -> str:
    # “;” parts addresses in a cell, so it must not stand inside one.
    parts = [_text(address.get(key)).strip().replace(";", ",") for key in _ADDRESS]
    return ", ".join(part for part in parts if part)


def _ids(value: object) -> tuple[tuple[ListedIdentifier, ...], list[str]]:
    identifiers, notes = [], []
    for entry in _mappings(value):
        kind, number = tidy(_text(entry.get("type"))), tidy(_text(entry.get("number")))
        country = _text(entry.get("country")).strip()
        if number and is_identifier_kind(kind):
            code = country if is_code(country) else ""
            identifiers.append(ListedIdentifier(kind, number, code))
        elif kind or number:
            notes.append(f"{kind}, {number}".strip(", "))
    return tuple(dict.fromkeys(identifiers)), notes


def _read_result(result: object, row: int) -> Item:
    if not isinstance(result, dict):
        return Unreadable(row, "the record is no JSON object", str(result)[:80])
    for key in _LISTS:
        if not isinstance(result.get(key) or [], list):
            return Unreadable(row, f"“{key}” is no JSON array", str(result.get("name"))[:80])
    cells = dict.fromkeys((*COLUMNS, "country"), "")
    cells |= {key: _text(value) for key, value in result.items() if key in cells}
    cells |= {key: "; ".join(_texts(result.get(key))) for key in _FROM_LISTS}
    cells["addresses"] = "; ".join(map(_address, _mappings(result.get("addresses"))))
    identifiers, notes = _ids(result.get("ids"))
    cells["remarks"] = "; ".join(filter(None, [cells["remarks"], *notes]))
    return read_record(cells, row, aliases=_texts(result.get("alt_names")), identifiers=identifiers)


def read(request: Request) -> Iterator[Item]:
    """Yield the parties of the file; see :class:`lists.reading.Format`.

    :raises ListFormatError: not well-formed, cut off, or fewer results than ``total`` says
    """
    (source,) = request.sources
    reading = request.reading
    total: object = None
    for name, value in read_members(source, "results"):
        if name == "results":
            reading.summary.records += 1
            yield _read_result(value, reading.summary.records)
        elif name == "total":
            total = value
        elif name == "search_performed_at":
            reading.edition = _text(value)[:10]
    if total is not None and total != reading.summary.records:
        raise TruncatedError(
            f"the file says it has {json.dumps(total)[:20]} results and holds "
            f"{reading.summary.records}: it is cut off, or one page of a search."
        )


FORMAT = Format("csl_json", "Consolidated Screening List (JSON)", accepts, read)
