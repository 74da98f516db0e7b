"""What every reader yields: one listed party, or the reason a record could not be read."""

from __future__ import annotations

from dataclasses import dataclass


class ListFormatError(Exception):
    """The file as a whole cannot be taken: wrong format, truncated, hostile.

    :param reason: one English sentence: what is wrong and what to do
    :param row: 1-based line or record number in the file where it was noticed, 0 for the whole file
    """

    def __init__(self, reason: str, row: int = 0) -> None:
        super().__init__(f"row {row}: {reason}" if row else reason[:1].upper() + reason[1:])
        self.reason = reason
        self.row = row

    #: What kind of fault, where what can be read may be taken by somebody's decision; else "".
    fault = ""


class TruncatedError(ListFormatError):
    """The file breaks off; what stands before can be read."""

    fault = "truncated"


class HeaderError(ListFormatError):
    """Columns are unknown or missing; the others can be read."""

    fault = "header"


class EmptyError(ListFormatError):
    """The file has no listed party."""

    fault = "empty"


@dataclass(frozen=True, slots=True)
class ListedName:
    """One name of a listed party. ``kind``: primary, alias, weak, former."""

    text: str
    kind: str = "primary"


@dataclass(frozen=True, slots=True)
class ListedAddress:
    """One address on one line; ``country`` is an ISO 3166 alpha-2 code or ``""``."""

    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class ListedIdentifier:
    """A number that identifies the party; ``kind`` as the source words it."""

    kind: str
    number: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class ListedParty:
    """One entry of one list, the same whatever format it came in.

    :param list_code: EL, SDN, DPL, UVL, MEU, ISN, DTC, SSI, FSE, PLC, CAP, NS-MBS, CMIC, UFLPA,
        UN, EU, UK, or ``""`` for a list of the company's own (the update form says which)
    :param uid: stable key of the party inside its list; never a random id of the feed
        (list-specific rule in the reader), unique inside one file
    :param row: 1-based line or record number where the party starts in its file, for messages
    :param party_type: organisation, person, vessel, aircraft, address, or ``""`` when the source
        does not say
    :param names: the first primary one is the one to show; empty for an address-only entry
    :param countries: ISO 3166 alpha-2 codes of the party and its addresses, upper case, sorted,
        no duplicates
    :param programs: program codes of the source, e.g. ``("SDGT", "IFSR")``
    :param license_requirement: text of the entry, verbatim but for repaired characters and white
        space
    :param license_policy: licence review policy, same rule
    :param citation: Federal Register or other legal citation
    :param start_date: ISO date the listing took effect, or ``""``
    :param end_date: ISO date the listing ends, or ``""``
    :param birth_dates: as the source writes them: “1968”, “circa 1965”, “1955-11-19”
    :param birth_places: as the source writes them
    """

    list_code: str
    uid: str
    row: int
    names: tuple[ListedName, ...]
    party_type: str = ""
    countries: tuple[str, ...] = ()
    addresses: tuple[ListedAddress, ...] = ()
    identifiers: tuple[ListedIdentifier, ...] = ()
    programs: tuple[str, ...] = ()
    license_requirement: str = ""
    license_policy: str = ""
    citation: str = ""
    start_date: str = ""
    end_date: str = ""
    remarks: str = ""
    source_url: str = ""
    birth_dates: tuple[str, ...] = ()
    birth_places: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A record that is not taken in, with the row and the reason an admin can act on."""

    row: int
    reason: str
    excerpt: str = ""
