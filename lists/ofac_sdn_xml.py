# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""OFAC's SDN.XML and its non-SDN twin CONSOLIDATED.XML.

The namespace changed in May 2024; only local names are looked at. “publshInformation” is
spelled so in the files.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import islice

from lxml import etree

from .addresses import settle_country, sorted_countries
from .countries import country_code
from .csl_ids import is_identifier_kind
from .dates import iso_date
from .names import distinct
from .ofac_programs import in_lists, is_sdn
from .party import (
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    TruncatedError,
    Unreadable,
)
from .reading import Format, Item, Request
from .safe_xml import child, children, local, records, root_of, value, values
from .source import Source
from .text import slug

_TYPES = {
    "entity": "organisation",
    "individual": "person",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
_LINES = ("address1", "address2", "address3", "city", "stateOrProvince", "postalCode", "region")
_VESSEL = {
    "vesselType": "Vessel type",
    "vesselFlag": "Flag",
    "vesselOwner": "Vessel owner",
    "tonnage": "Tonnage",
    "grossRegisteredTonnage": "Gross registered tonnage",
}


def accepts(head: bytes) -> bool:
    """Say whether the root element is ``sdnList``."""
    return root_of(head) == "sdnList"


def _full_name(element: etree._Element) -> str:
    return ", ".join(filter(None, [value(element, "lastName"), value(element, "firstName")]))


def _alias(aka: etree._Element) -> ListedName:
    if value(aka, "category").lower() == "weak":
        return ListedName(_full_name(aka), "weak")
    former = value(aka, "type").lower().startswith("f")
    return ListedName(_full_name(aka), "former" if former else "alias")


def _address(element: etree._Element) -> ListedAddress:
    text = ", ".join(filter(None, (value(element, line) for line in _LINES)))
    name = value(element, "country")
    country = settle_country(country_code(name), text)
    if name and not country and name != "undetermined":
        text = ", ".join(filter(None, [text, name]))
    return ListedAddress(text, country)


def _identifiers(entry: etree._Element) -> tuple[tuple[ListedIdentifier, ...], list[str]]:
    found, notes = [], []
    for element in children(child(entry, "idList"), "id"):
        kind, number = value(element, "idType"), value(element, "idNumber")
        if number and is_identifier_kind(kind):
            country = country_code(value(element, "idCountry"))
            found.append(ListedIdentifier(kind, number, country))
        elif kind or number:
            notes.append(f"{kind} {number}".strip())
    if call_sign := value(entry, "vesselInfo", "callSign"):
        found.append(ListedIdentifier("Call Sign", call_sign))
    return tuple(dict.fromkeys(found)), notes


def _party(entry: etree._Element, row: int) -> ListedParty | Unreadable:
    uid, name = value(entry, "uid"), _full_name(entry)
    if not uid or not slug(name):
        return Unreadable(row, "the entry has no uid or no name", (uid or name)[:80])
    addresses = [_address(a) for a in children(child(entry, "addressList"), "address")]
    identifiers, notes = _identifiers(entry)
    aliases = [_alias(aka) for aka in children(child(entry, "akaList"), "aka")]
    vessel = [
        f"{label}: {text}"
        for tag, label in _VESSEL.items()
        if (text := value(entry, "vesselInfo", tag))
    ]
    belongs = [
        *values(entry, "nationalityList", "nationality", "country"),
        *values(entry, "citizenshipList", "citizenship", "country"),
        value(entry, "vesselInfo", "vesselFlag"),
    ]
    remarks = [value(entry, "title"), *vessel, *notes, value(entry, "remarks")]
    return ListedParty(
        list_code="SDN",
        uid=uid,
        row=row,
        names=distinct([ListedName(name), *(a for a in aliases if slug(a.text))]),
        party_type=_TYPES.get(value(entry, "sdnType").lower(), ""),
        countries=sorted_countries((a.country for a in addresses), map(country_code, belongs)),
        addresses=tuple(dict.fromkeys(a for a in addresses if a.text)),
        identifiers=identifiers,
        programs=tuple(values(entry, "programList", "program")),
        remarks="; ".join(filter(None, remarks)),
        birth_dates=tuple(values(entry, "dateOfBirthList", "dateOfBirthItem", "dateOfBirth")),
        birth_places=tuple(values(entry, "placeOfBirthList", "placeOfBirthItem", "placeOfBirth")),
    )


def _is_sdn(source: Source) -> bool:
    programs = []
    with contextlib.suppress(TruncatedError):  # it will be met again, and said then
        for entry in islice(records(source, {"sdnEntry"}), 200):
            programs.append(values(entry, "programList", "program"))
    return is_sdn(programs)


def read(request: Request) -> Iterator[Item]:
    """Yield the parties of the file; see :class:`lists.reading.Format`.

    :raises ListFormatError: fewer entries than the file says it has
    """
    (source,) = request.sources
    summary = request.reading.summary
    sdn = _is_sdn(source)
    stated, row = "", 0
    for element in records(source, {"sdnEntry", "publshInformation"}):
        if local(element) == "publshInformation":
            request.reading.edition = iso_date(value(element, "Publish_Date"))
            stated = value(element, "Record_Count")
            continue
        row += 1
        yield from in_lists(_party(element, row), summary, sdn=sdn)
    if stated and stated != str(row):
        raise TruncatedError(
            f"the file says it has {stated[:12]} records and holds {row}: it is cut. "
            "Fetch it again."
        )


FORMAT = Format("ofac_sdn_xml", "OFAC SDN.XML or CONSOLIDATED.XML", accepts, read)
