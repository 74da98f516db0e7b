# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The United Nations Security Council Consolidated List, as XML.

``REFERENCE_NUMBER`` is the key. Aliases of persons are of good or low quality; low is weak.
Empty alias elements are normal.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .addresses import settle_country, sorted_countries
from .countries import country_code
from .dates import iso_date
from .names import distinct
from .party import ListedAddress, ListedIdentifier, ListedName, ListedParty, Unreadable
from .reading import Format, Item, Request
from .safe_xml import children, local, records, root_of, value, values
from .text import slug, tidy

_NAMES = ("FIRST_NAME", "SECOND_NAME", "THIRD_NAME", "FOURTH_NAME")
_LINES = ("STREET", "CITY", "STATE_PROVINCE", "ZIP_CODE")
_URL = "https://www.un.org/securitycouncil/content/un-sc-consolidated-list"


def accepts(head: bytes) -> bool:
    """Say whether the root element is ``CONSOLIDATED_LIST``."""
    return root_of(head) == "CONSOLIDATED_LIST"


def _alias(element: etree._Element) -> ListedName:
    quality = value(element, "QUALITY").lower()
    kind = {"low": "weak", "f.k.a.": "former"}.get(quality, "alias")
    return ListedName(tidy(value(element, "ALIAS_NAME")), kind)


def _address(element: etree._Element) -> ListedAddress:
    text = ", ".join(filter(None, (value(element, line) for line in _LINES)))
    name = value(element, "COUNTRY")
    country = settle_country(country_code(name), text)
    return ListedAddress(text if country or not name else f"{text}, {name}".strip(", "), country)


def _birth_date(element: etree._Element) -> str:
    exact = value(element, "DATE") or value(element, "YEAR")
    years = [value(element, "FROM_YEAR"), value(element, "TO_YEAR")]
    about = "circa " if value(element, "TYPE_OF_DATE").upper() == "APPROXIMATELY" else ""
    text = exact or " to ".join(filter(None, years))
    return f"{about}{text}" if text else ""


def _documents(entry: etree._Element, prefix: str) -> Iterator[ListedIdentifier]:
    for element in children(entry, f"{prefix}_DOCUMENT"):
        kind = value(element, "TYPE_OF_DOCUMENT") or "Document"
        country = country_code(value(element, "ISSUING_COUNTRY"))
        if number := value(element, "NUMBER"):
            yield ListedIdentifier(
                kind, number, country or country_code(value(element, "COUNTRY_OF_ISSUE"))
            )


def _party(entry: etree._Element, row: int) -> ListedParty | Unreadable:
    prefix = local(entry)
    reference = value(entry, "REFERENCE_NUMBER")
    name = " ".join(tidy(value(entry, part)) for part in _NAMES if value(entry, part))
    if not reference or not slug(name):
        return Unreadable(row, "the entry has no reference number or no name", reference or name)
    original = value(entry, "NAME_ORIGINAL_SCRIPT")
    aliases = [_alias(element) for element in children(entry, f"{prefix}_ALIAS")]
    addresses = [_address(element) for element in children(entry, f"{prefix}_ADDRESS")]
    places = [
        ", ".join(filter(None, (value(e, "CITY"), value(e, "STATE_PROVINCE"), value(e, "COUNTRY"))))
        for e in children(entry, f"{prefix}_PLACE_OF_BIRTH")
    ]
    births = map(_birth_date, children(entry, f"{prefix}_DATE_OF_BIRTH"))
    remarks = [*values(entry, "TITLE", "VALUE"), *values(entry, "DESIGNATION", "VALUE")]
    remarks.append(value(entry, "COMMENTS1"))
    return ListedParty(
        list_code="UN",
        uid=reference,
        row=row,
        names=distinct(
            [
                ListedName(name),
                *(alias for alias in aliases if slug(alias.text)),
                *([ListedName(original, "alias")] if slug(original) else []),
            ]
        ),
        party_type="person" if prefix == "INDIVIDUAL" else "organisation",
        countries=sorted_countries(
            (address.country for address in addresses),
            map(country_code, values(entry, "NATIONALITY", "VALUE")),
        ),
        addresses=tuple(dict.fromkeys(address for address in addresses if address.text)),
        identifiers=tuple(dict.fromkeys(_documents(entry, prefix))),
        programs=tuple(values(entry, "UN_LIST_TYPE")),
        start_date=iso_date(value(entry, "LISTED_ON")),
        remarks="; ".join(filter(None, remarks)),
        source_url=_URL,
        birth_dates=tuple(filter(None, births)),
        birth_places=tuple(filter(None, places)),
    )


def read(request: Request) -> Iterator[Item]:
    """Yield the entries of the list; see :class:`lists.reading.Format`."""
    (source,) = request.sources
    reading = request.reading

    def edition(root: etree._Element) -> None:
        reading.edition = iso_date(root.get("dateGenerated", ""))

    for entry in records(source, {"INDIVIDUAL", "ENTITY"}, edition):
        reading.summary.records += 1
        yield _party(entry, reading.summary.records)


FORMAT = Format("un_xml", "UN Security Council Consolidated List (XML)", accepts, read)
