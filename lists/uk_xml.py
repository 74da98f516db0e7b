# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The UK Sanctions List as XML: since 28 January 2026 the only list of the UK."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from .countries import country_code
from .dates import iso_date
from .reading import Format, Item, Request
from .safe_xml import child, children, local, records, root_of, text_of, value, values
from .uk_party import Designation, birth_date, name_kind

_NAME_PARTS = [f"Name{number}" for number in range(1, 7)]
_ADDRESS_LINES = [f"AddressLine{number}" for number in range(1, 7)] + ["AddressPostalCode"]
_REMARKS = ("OtherInformation", "UKStatementofReasons")


def accepts(head: bytes) -> bool:
    """Say whether the root element is ``Designations``."""
    return root_of(head) == "Designations"


def _names(designation: Designation, element: etree._Element) -> None:
    for name in children(child(element, "Names"), "Name"):
        kind = name_kind(value(name, "NameType"), value(name, "AliasStrength"))
        designation.add_name([value(name, part) for part in _NAME_PARTS], kind)
    for text in values(element, "NonLatinNames", "NonLatinName", "NameNonLatinScript"):
        designation.add_name([text], "alias")


def _person(designation: Designation, person: etree._Element) -> None:
    designation.birth_dates += map(birth_date, values(person, "DOBs", "DOB"))
    designation.countries += map(country_code, values(person, "Nationalities", "Nationality"))
    for number in values(person, "PassportDetails", "Passport", "PassportNumber"):
        designation.add_identifier("Passport", number)
    for number in values(
        person, "NationalIdentifierDetails", "NationalIdentifier", "NationalIdentifierNumber"
    ):
        designation.add_identifier("National identifier", number)
    for place in children(child(person, "BirthDetails"), "Location"):
        parts = [value(place, "TownOfBirth"), value(place, "CountryOfBirth")]
        designation.birth_places.append(", ".join(filter(None, parts)))
    designation.remarks += values(person, "Positions", "Position")


def _ship(designation: Designation, ship: etree._Element) -> None:
    for number in values(ship, "IMONumbers", "IMONumber"):
        designation.add_identifier("IMO number", number)
    flags = values(ship, "CurrentBelievedFlagOfShips", "CurrentBelievedFlagOfShip")
    designation.countries += map(country_code, flags)
    designation.remarks += values(ship, "TypeOfShipDetails", "TypeOfShip")
    for owner in values(ship, "CurrentOwnerOperators", "CurrentOwnerOperator"):
        designation.remarks.append(f"Owner or operator: {owner}")


def _entity(designation: Designation, entity: etree._Element) -> None:
    for number in values(entity, "BusinessRegistrationNumbers", "BusinessRegistrationNumber"):
        designation.add_identifier("Business registration number", number)
    for parent in values(entity, "ParentCompanies", "ParentCompany"):
        designation.remarks.append(f"Parent company: {parent}")
    for subsidiary in values(entity, "Subsidiaries", "Subsidiary"):
        designation.remarks.append(f"Subsidiary: {subsidiary}")


def _designation(element: etree._Element, row: int) -> Designation:
    found = Designation(
        uid=value(element, "UniqueID"),
        row=row,
        kind=value(element, "IndividualEntityShip"),
        regimes=values(element, "RegimeName"),
        designated=value(element, "DateDesignated"),
        un_reference=value(element, "UNReferenceNumber"),
    )
    _names(found, element)
    for address in children(child(element, "Addresses"), "Address"):
        lines = [value(address, line) for line in _ADDRESS_LINES]
        found.add_address(lines, value(address, "AddressCountry"))
    found.remarks += values(element, "Titles", "Title")
    if imposed := value(element, "SanctionsImposed"):
        found.remarks.append(f"Sanctions imposed: {imposed.replace('|', ', ')}")
    for person in children(child(element, "IndividualDetails"), "Individual"):
        _person(found, person)
    for ship in children(child(element, "ShipDetails"), "Ship"):
        _ship(found, ship)
    for entity in children(child(element, "EntityDetails"), "Entity"):
        _entity(found, entity)
    found.remarks += [value(element, name) for name in _REMARKS]
    return found


def read(request: Request) -> Iterator[Item]:
    """Yield the designations of the list; see :class:`lists.reading.Format`."""
    (source,) = request.sources
    reading = request.reading
    for element in records(source, {"Designation", "DateGenerated"}):
        if local(element) == "DateGenerated":
            reading.edition = iso_date(text_of(element), day_first=True)
            continue
        reading.summary.records += 1
        yield _designation(element, reading.summary.records).party()


FORMAT = Format("uk_xml", "UK Sanctions List (XML)", accepts, read)
