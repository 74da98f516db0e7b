# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The EU Consolidated Financial Sanctions List, XML 1.1.

No element says which name is the first one: it is the first strong English one, else the
first strong one. Names come in many languages; each is a name. ``00`` is no country.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .addresses import settle_country, sorted_countries
from .countries import is_code
from .dates import iso_date
from .names import distinct
from .party import ListedAddress, ListedIdentifier, ListedName, ListedParty, Unreadable
from .reading import Format, Item, Request
from .safe_xml import child, children, records, root_of, value, values
from .text import slug, tidy

_TYPES = {"person": "person", "enterprise": "organisation"}
_LINES = ("street", "poBox", "place", "zipCode", "city", "region")


def accepts(head: bytes) -> bool:
    """Say whether the root element is ``export`` and holds what this list holds."""
    return root_of(head) == "export" and b"globalFileId" in head.replace(b"\0", b"")[:4096]


def _get(element: etree._Element | None, name: str) -> str:
    text = "" if element is None else tidy(element.get(name, ""))
    return "" if text == "-" else text


def _country(element: etree._Element) -> str:
    code = _get(element, "countryIso2Code")
    return code if is_code(code) else ""


def _whole_name(alias: etree._Element) -> str:
    parts = [_get(alias, part) for part in ("firstName", "middleName", "lastName")]
    return _get(alias, "wholeName") or " ".join(filter(None, parts))


def _names(entity: etree._Element) -> list[ListedName]:
    aliases = [alias for alias in children(entity, "nameAlias") if slug(_whole_name(alias))]
    strong = [alias for alias in aliases if alias.get("strong") != "false"]
    english = [a for a in strong if _get(a, "nameLanguage").upper() in {"EN", ""}]
    first = next(iter([*english, *strong, *aliases]), None)
    names = [] if first is None else [ListedName(_whole_name(first))]
    for alias in aliases:
        kind = "weak" if alias.get("strong") == "false" else "alias"
        names.append(ListedName(_whole_name(alias), kind))
    return names


def _address(element: etree._Element) -> ListedAddress:
    text = ", ".join(filter(None, (_get(element, line) for line in _LINES)))
    return ListedAddress(text, settle_country(_country(element), text))


def _birth_date(element: etree._Element) -> str:
    years = [_get(element, "yearRangeFrom"), _get(element, "yearRangeTo")]
    text = _get(element, "birthdate") or _get(element, "year") or " to ".join(filter(None, years))
    return f"circa {text}" if text and element.get("circa") == "true" else text


def _identifiers(entity: etree._Element) -> Iterator[ListedIdentifier]:
    for element in children(entity, "identification"):
        kind = _get(element, "identificationTypeDescription")
        number = _get(element, "number") or _get(element, "latinNumber")
        if number:
            code = _get(element, "identificationTypeCode")
            yield ListedIdentifier(kind or code, number, _country(element))


def _party(entity: etree._Element, row: int) -> ListedParty | Unreadable:
    names = _names(entity)
    uid = _get(entity, "euReferenceNumber") or _get(entity, "logicalId")
    if not uid or not names:
        return Unreadable(row, "the entity has no reference number or no name", uid)
    addresses = [_address(element) for element in children(entity, "address")]
    births = children(entity, "birthdate")
    regulation = child(entity, "regulation")
    functions = [_get(alias, "function") for alias in children(entity, "nameAlias")]
    remarks = [*functions, _get(entity, "designationDetails"), *values(entity, "remark")]
    kind = _get(child(entity, "subjectType"), "code")
    since = _get(entity, "designationDate") or _get(regulation, "entryIntoForceDate")
    return ListedParty(
        list_code="EU",
        uid=uid,
        row=row,
        names=distinct(names),
        party_type=_TYPES.get(kind, ""),
        countries=sorted_countries(
            (address.country for address in addresses),
            map(_country, children(entity, "citizenship")),
        ),
        addresses=tuple(dict.fromkeys(address for address in addresses if address.text)),
        identifiers=tuple(dict.fromkeys(_identifiers(entity))),
        programs=tuple(
            dict.fromkeys(
                filter(None, (_get(r, "programme") for r in children(entity, "regulation")))
            )
        ),
        citation=_get(regulation, "numberTitle"),
        start_date=iso_date(since),
        remarks="; ".join(dict.fromkeys(filter(None, remarks))),
        source_url=value(regulation, "publicationUrl"),
        birth_dates=tuple(filter(None, map(_birth_date, births))),
        birth_places=tuple(
            filter(
                None,
                (
                    ", ".join(
                        filter(None, (_get(b, k) for k in ("place", "city", "countryDescription")))
                    )
                    for b in births
                ),
            )
        ),
    )


def read(request: Request) -> Iterator[Item]:
    """Yield the entities of the list; see :class:`lists.reading.Format`."""
    (source,) = request.sources
    reading = request.reading

    def edition(root: etree._Element) -> None:
        reading.edition = iso_date(root.get("generationDate", ""))

    for entity in records(source, {"sanctionEntity"}, edition):
        reading.summary.records += 1
        yield _party(entity, reading.summary.records)


FORMAT = Format("eu_xml", "EU Consolidated Financial Sanctions List (XML 1.1)", accepts, read)
