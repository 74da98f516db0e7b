# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The ids cell of the CSL: “CC, number, kind; …” until 2022, “kind, number, CC; …” since.

Neither can be split back for certain: numbers and kinds may hold “, ” and “; ”. Kinds are
known, so a part is an identifier where a known kind stands at one of its ends; all else
(gender, sanctions notes, dates) is kept as a remark.
"""

from __future__ import annotations

import re

from .countries import is_code
from .party import ListedIdentifier

_KIND = re.compile(
    r"(?:.*\b(?:Passport|No\.?|Number|Numero|ID|ID Card|Identification|Code|FEIN|SSN|Ticker|"
    r"License|Certificate|BIC|Document #|Serial Number \(MSN\)|"
    r"R\.?F\.?C|C\.U\.R\.P|C\.U\.I\.?T?|D\.N\.I|"
    r"I\.F\.E|C\.I\.F|Tarjeta de Identidad|Matricula Mercantil|Cartilla de Servicio Militar "
    r"Nacional|Credencial electoral|Visa|MMSI|ISIN|Residency|Cedula)\.?(?: \([A-Z]+\))?"
    r"|(?:NIT|RUC|RIF|RUN|NRIC|LE|C\.R\.|UAE) (?:#|No\.?|Number)?"
    r"|RTN|RSIN|N\.I\.E\.|C\.U\.I\.P\.|Numero de Identidad|VisaNumberID"
    r"|BIK \(RU\)|SWIFT/BIC|Website|Email Address|Digital Currency Address - \w+"
    r"|Aircraft (?:Construction Number.*|Manufacturer's Serial Number \(MSN\)|Tail Number)"
    r"|Unified Social Credit Code \(USCC\)|.*Registr(?:ation|y).*)",
    re.IGNORECASE,
)
_NUMBER_LIKE = re.compile(r"\d|[@]|www\.|\.\w{2,}|[A-Z]{4,}")


def _identifier(part: str) -> ListedIdentifier | None:
    pieces = [piece.strip() for piece in part.split(",")]
    if len(pieces) < 2:
        return None
    if _KIND.fullmatch(pieces[0]) and not is_code(pieces[0]):
        kind, rest = pieces[0], pieces[1:]
        country = rest.pop() if len(rest) > 1 and is_code(rest[-1]) else ""
    elif _KIND.fullmatch(pieces[-1]):
        kind, rest = pieces[-1], pieces[:-1]
        country = rest.pop(0) if len(rest) > 1 and is_code(rest[0]) else ""
    else:
        return None
    number = ", ".join(rest)
    return ListedIdentifier(kind, number, country) if _NUMBER_LIKE.search(number) else None


def is_identifier_kind(kind: str) -> bool:
    """Say whether ``kind`` names a number that identifies, not a note (gender, sanctions risk)."""
    return bool(_KIND.fullmatch(kind.strip()))


def read_ids(cell: str) -> tuple[tuple[ListedIdentifier, ...], tuple[str, ...]]:
    """Read an ids cell.

    :return: the identifiers, and the parts that identify nobody
    """
    identifiers: list[ListedIdentifier] = []
    notes: list[str] = []
    for part in (part.strip() for part in cell.split(";")):
        identifier = _identifier(part)
        if identifier:
            identifiers.append(identifier)
        elif part:
            notes.append(part)
    return tuple(dict.fromkeys(identifiers)), tuple(notes)
