# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The remarks of the OFAC CSV files, which hold what the columns have no place for.

“DOB 10 Dec 1948; alt. POB Yemen; Passport 1084010 (Egypt); a.k.a. 'BNC'; Linked To: X.”
Names in quotes are the weak aliases; they stand nowhere else in these files.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from .countries import country_code
from .party import ListedIdentifier, ListedName

_QUOTED_NAME = re.compile(r"(a\.k\.a|f\.k\.a|n\.k\.a)\. '(.+)'$")
_IDENTIFIER = re.compile(
    r"(?P<kind>Vessel Registration Identification|Digital Currency Address - \w+|"
    r"Aircraft Construction Number \(also called L/N or S/N or F/N\)|"
    r"Aircraft Manufacturer's Serial Number \(MSN\)|Unified Social Credit Code \(USCC\)|"
    r"United Social Credit Code Certificate \(USCCC\)|Economic Register Number \(CBLS\)|"
    r"(?:[A-Z][\w.'-]* )*?(?:[\w.'-]+ )?(?:Passport|ID No\.|ID Card|ID Number|"
    r"Document Number|Phone No\.|No\.?|Number|ID|Document)(?: #)?|"
    r"(?:NIT|RUC|RIF|RTN) #|BIK \(RU\)|SWIFT/BIC|ISIN|MMSI|License|US FEIN|SSN|Website|"
    r"Email Address|Phone Number|Telephone|C\.U\.R\.P\.|R\.F\.C\.|RFC|C\.U\.I\.T?\.?|D\.N\.I\.|"
    r"I\.F\.E\.|C\.I\.F\.|N\.I\.E\.|C\.U\.I\.P\.|Italian Fiscal Code|Chinese Commercial Code|"
    r"Credencial electoral|Cartilla de Servicio Militar Nacional|Tarjeta de Identidad|"
    r"Matricula Mercantil No)\s+"
    r"(?P<number>(?=[^;]*[\d@.])[^\s(](?:.*?))"
    r"(?:\s+\((?P<country>[^()]+)\))?(?:\s+(?:issued|expires)\s.*)?"
)


@dataclass(slots=True)
class Remarks:
    """What was found; the whole text is kept with the party as well."""

    names: list[ListedName] = field(default_factory=list)
    identifiers: list[ListedIdentifier] = field(default_factory=list)
    birth_dates: list[str] = field(default_factory=list)
    birth_places: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)

    def take(self, part: str) -> None:
        """Sort one part into its field; what fits none stays text."""
        if match := _QUOTED_NAME.match(part):
            self.names.append(ListedName(match.group(2), "weak"))
            return
        key, _, rest = part.partition(" ")
        if key == "DOB":
            self.birth_dates.append(rest)
        elif key == "POB":
            self.birth_places.append(rest)
        elif key in {"nationality", "citizen"}:
            self.countries.append(country_code(rest))
        elif match := _IDENTIFIER.fullmatch(part):
            country = country_code(match.group("country") or "")
            number = match.group("number")
            if match.group("country") and not country:
                number = f"{number} ({match.group('country')})"
            self.identifiers.append(ListedIdentifier(match.group("kind"), number, country))


def read_remarks(text: str) -> Remarks:
    """Read the remarks of one party, their continuation already joined on."""
    remarks = Remarks()
    for part in text.rstrip(". ").split("; "):
        remarks.take(part.strip().removeprefix("alt. "))
    return remarks
