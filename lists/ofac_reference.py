# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the parties of OFAC's ADVANCED XML point to: reference values, places, papers, lists.

The parties stand in the middle of the file and point both ways, so this is read first, in a
run of its own.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from lxml import etree

from .addresses import settle_country
from .countries import country_code, is_code
from .party import ListedAddress, ListedIdentifier
from .safe_xml import child, children, local, records, text_of, value, values
from .source import Source

#: OFAC's numbers of its lists.
_LISTS = {
    "1550": "SDN",
    "91507": "SSI",
    "91469": "FSE",
    "91243": "PLC",
    "91763": "CAP",
    "91868": "NS-MBS",
    "92052": "CMIC",
}
_PROGRAM = "1"  # SanctionsTypeID whose comment is the program code
# Numbers are OFAC's and stand in the reference values; these are read if those are missing.
_FEATURES = {
    "8": "Birthdate",
    "9": "Place of Birth",
    "10": "Nationality Country",
    "11": "Citizenship Country",
    "25": "Location",
}
_WANTED = {
    "DateOfIssue",
    "AliasType",
    "Country",
    "AreaCode",
    "FeatureType",
    "IDRegDocType",
    "Location",
    "IDRegDocument",
    "SanctionsEntry",
}


def date_of(element: etree._Element | None) -> str:
    """Return Year, Month, Day as ISO, as far as they are given."""
    parts = [value(element, part) for part in ("Year", "Month", "Day")]
    return "-".join(part.zfill(2) for part in parts if part)


@dataclass(slots=True)
class Listing:
    """One entry of one list: which, since when, under which programs."""

    list_code: str
    start_date: str
    programs: tuple[str, ...]


@dataclass(slots=True)
class Reference:
    """Everything outside the parties, by OFAC's numbers."""

    edition: str = ""
    aliases: dict[str, str] = field(default_factory=dict)
    countries: dict[str, str] = field(default_factory=dict)
    features: dict[str, str] = field(default_factory=lambda: dict(_FEATURES))
    papers: dict[str, str] = field(default_factory=dict)
    locations: dict[str, ListedAddress] = field(default_factory=dict)
    identifiers: dict[str, list[ListedIdentifier]] = field(
        default_factory=lambda: defaultdict(list)
    )
    listings: dict[str, list[Listing]] = field(default_factory=lambda: defaultdict(list))
    entries: int = 0

    def _country(self, number: str) -> str:
        return self.countries.get(number, "")

    def take(self, element: etree._Element) -> None:
        """Store one element outside the parties."""
        name, number = local(element), element.get("ID", "")
        if name == "DateOfIssue":
            self.edition = date_of(element)
        elif name == "AliasType":
            self.aliases[number] = text_of(element)
        elif name in {"Country", "AreaCode"}:
            self._take_country(element)
        elif name == "FeatureType":
            self.features[number] = text_of(element)
        elif name == "IDRegDocType":
            self.papers[number] = text_of(element)
        elif name == "Location":
            self.locations[number] = self._location(element)
        elif name == "IDRegDocument":
            self._take_paper(element)
        else:
            self._take_entry(element)

    def _take_country(self, element: etree._Element) -> None:
        number = element.get("CountryID", "") or element.get("ID", "")
        text = text_of(element)
        code = element.get("ISO2", "") or (text if is_code(text) else "")
        code = code or country_code(element.get("Description", text))
        if code:
            self.countries[number] = code

    def _location(self, element: etree._Element) -> ListedAddress:
        parts = [
            text
            for part in children(element, "LocationPart")
            for text in values(part, "LocationPartValue", "Value")[:1]
        ]
        text = ", ".join(parts)
        country, area = child(element, "LocationCountry"), child(element, "LocationAreaCode")
        code = self._country(country.get("CountryID", "") if country is not None else "")
        code = code or self._country(area.get("AreaCodeID", "") if area is not None else "")
        if not code and len(parts) == 1 and country_code(text):
            return ListedAddress("", country_code(text))
        return ListedAddress(text, settle_country(code, text))

    def _take_paper(self, element: etree._Element) -> None:
        kind = self.papers.get(element.get("IDRegDocTypeID", ""), "")
        number = value(element, "IDRegistrationNo")
        country = self._country(element.get("IssuedBy-CountryID", ""))
        if number:
            paper = ListedIdentifier(kind, number, country)
            self.identifiers[element.get("IdentityID", "")].append(paper)

    def _take_entry(self, element: etree._Element) -> None:
        self.entries += 1
        code = _LISTS.get(element.get("ListID", ""), "")
        measures = children(element, "SanctionsMeasure")
        programs = [value(m, "Comment") for m in measures if m.get("SanctionsTypeID") == _PROGRAM]
        listing = Listing(
            code,
            date_of(child(element, "EntryEvent", "Date")),
            tuple(sorted(filter(None, programs))),
        )
        self.listings[element.get("ProfileID", "")].append(listing)


def read_reference(source: Source) -> Reference:
    """Read the whole file once, for all but its parties."""
    reference = Reference()
    for element in records(source, _WANTED):
        reference.take(element)
    return reference
