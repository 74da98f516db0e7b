# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One designation of the UK Sanctions List, collected from XML or from many CSV rows."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .addresses import settle_country, sorted_countries
from .countries import country_code
from .dates import iso_date
from .names import distinct
from .party import ListedAddress, ListedIdentifier, ListedName, ListedParty, Unreadable
from .text import slug, tidy

_TYPES = {"individual": "person", "entity": "organisation", "ship": "vessel"}
_URL = "https://www.gov.uk/government/publications/the-uk-sanctions-list"
_PART_DATE = re.compile(r"(?:dd|\d{1,2})/(mm|\d{1,2})/(\d{4})$", re.IGNORECASE)


def birth_date(text: str) -> str:
    """Return what is known of a date: “dd/mm/1968” -> 1968, “dd/05/1968” -> 1968-05."""
    text = tidy(text)
    match = _PART_DATE.match(text)
    if not match:
        return text
    month, year = match.groups()
    return iso_date(text, day_first=True) or (year if month == "mm" else f"{year}-{month:0>2}")


def name_kind(name_type: str, strength: str) -> str:
    """Return the kind of a name. Types come in many cases (“Primary name”)."""
    if strength.lower().startswith("low"):
        return "weak"
    return "primary" if name_type.lower().strip() == "primary name" else "alias"


@dataclass(slots=True)
class Designation:
    """What is known so far; texts as published."""

    uid: str
    row: int
    kind: str = ""
    names: list[ListedName] = field(default_factory=list)
    addresses: list[ListedAddress] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    identifiers: list[ListedIdentifier] = field(default_factory=list)
    regimes: list[str] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    designated: str = ""
    un_reference: str = ""

    def add_name(self, parts: Sequence[str], kind: str) -> None:
        """Add a name from its parts (Name 1 to Name 6)."""
        text = " ".join(filter(None, map(tidy, parts)))
        if slug(text):
            self.names.append(ListedName(text, kind))

    def add_address(self, lines: Sequence[str], country: str) -> None:
        """Add an address; one with a country alone only gives the country."""
        text = ", ".join(filter(None, map(tidy, lines)))
        code = settle_country(country_code(country), text)
        if tidy(country) and not code:
            text = ", ".join(filter(None, [text, tidy(country)]))
        self.countries.append(code)
        if text:
            self.addresses.append(ListedAddress(text, code))

    def add_identifier(self, kind: str, number: str) -> None:
        """Add a number if there is one."""
        if tidy(number):
            self.identifiers.append(ListedIdentifier(kind, tidy(number)))

    def party(self) -> ListedParty | Unreadable:
        """Return the party, its primary name first."""
        names = sorted(self.names, key=lambda name: name.kind != "primary")
        if not self.uid or not names:
            return Unreadable(self.row, "the designation has no unique ID or no name", self.uid)
        # Some records call no name primary; the first strong one is shown then.
        strong = next((name for name in names if name.kind != "weak"), names[0])
        first = ListedName(strong.text)
        rest = [ListedName(n.text, "alias") if n.kind == "primary" else n for n in names]
        return ListedParty(
            list_code="UK",
            uid=self.uid,
            row=self.row,
            names=distinct([first, *rest]),
            party_type=_TYPES.get(self.kind.lower(), ""),
            countries=sorted_countries(self.countries),
            addresses=tuple(dict.fromkeys(self.addresses)),
            identifiers=tuple(dict.fromkeys(self.identifiers)),
            programs=tuple(dict.fromkeys(filter(None, self.regimes))),
            citation=f"UN {self.un_reference}" if self.un_reference else "",
            start_date=iso_date(self.designated, day_first=True),
            remarks="; ".join(dict.fromkeys(filter(None, map(tidy, self.remarks)))),
            source_url=_URL,
            birth_dates=tuple(dict.fromkeys(filter(None, self.birth_dates))),
            birth_places=tuple(dict.fromkeys(filter(None, self.birth_places))),
        )
