# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The address cell of the CSL: “street, city, state, postal, CC; street, …”."""

from __future__ import annotations

import re
from collections.abc import Iterable

from .countries import country_code, is_code
from .party import ListedAddress
from .text import tidy

# Some feeds lost the leading zero of the ZIP code.
_US_STATE_ZIP = re.compile(r",\s*[A-Z]{2},?\s+\d{4,5}(?:-\d{4})?$")
_POSTAL = re.compile(r"[,\s.]*(?:\b[\d\s-]+)?$")
# The CSL writes DR Congo as CG (its country mapping); the towns tell.
_DR_CONGO = re.compile(
    r"\b(?:Kinshasa|Goma|Bukavu|Lubumbashi|Bunia|Butembo|Beni|Kisangani|Kivu|Ituri|Katanga)\b",
    re.IGNORECASE,
)
# AN was withdrawn in 2010; the island tells which code follows it.
_ANTILLES = ((re.compile(r"cura[cç]ao|willemstad", re.IGNORECASE), "CW"),
             (re.compile(r"maarten|philipsburg", re.IGNORECASE), "SX"),
             (re.compile(r"bonaire|kralendijk|saba|eustatius", re.IGNORECASE), "BQ"))  # fmt: skip


def settle_country(code: str, text: str) -> str:
    """Return the code that is meant where the lists are known to write another one.

    :param code: alpha-2 code as published
    :param text: the address it belongs to
    """
    if code == "CG" and _DR_CONGO.search(text):
        return "CD"
    if code == "AN":
        return next((new for island, new in _ANTILLES if island.search(text)), code)
    return code


def read_address(text: str) -> ListedAddress | None:
    """Read one address; its last part, or its last word, may be a country.

    :return: ``None`` if nothing is written there. An alpha-2 tail is taken off the text, a
        country written out stays in it; the text is empty if only a country is given
    """
    text = re.sub(r"(?:,\s*)+,", ",", re.sub(r"^and\s+", "", tidy(text))).strip(" ,;")
    if not text or text.casefold() == "undetermined":
        return None
    head, _, tail = text.rpartition(",")
    tail = tail.strip()
    if is_code(tail):
        return ListedAddress(head.strip(" ,"), settle_country(tail, head))
    if not head and (code := country_code(tail)):
        return ListedAddress("", code)
    if _US_STATE_ZIP.search(text):
        return ListedAddress(text, "US")
    before_postal = _POSTAL.sub("", text).rpartition(",")[2]
    last_word = before_postal.rpartition(" ")[2]
    code = country_code(tail) or country_code(before_postal)
    return ListedAddress(text, code or ("" if len(last_word) < 3 else country_code(last_word)))


def read_addresses(cell: str) -> tuple[tuple[ListedAddress, ...], set[str]]:
    """Read an address cell.

    :return: the addresses, and the countries named in it (an address may be a country only)
    """
    found = [address for part in cell.split(";") if (address := read_address(part))]
    return tuple(dict.fromkeys(a for a in found if a.text)), {a.country for a in found if a.country}


def sorted_countries(*groups: Iterable[str]) -> tuple[str, ...]:
    """Return all codes of ``groups`` once, sorted, empty ones left out."""
    return tuple(sorted({code for group in groups for code in group if code}))
