"""What is compared: the facts of one party, on either side of a screening.

The same shape describes a vendor and a listed party, so that a comparison never
depends on where a fact came from. Nothing here knows Odoo or a file format.
"""

from __future__ import annotations

from dataclasses import dataclass

#: What a name is to its party. ``weak`` names support a hit and never open one
#: (OFAC FAQ 124); ``house`` names are our own, unofficial, and say so.
NAME_KINDS = ("primary", "alias", "weak", "former", "house")

#: ``""`` means the source does not say.
PARTY_TYPES = ("", "organisation", "person", "vessel", "aircraft", "address")


@dataclass(frozen=True, slots=True)
class Name:
    """One name as its source spells it, with what it is to the party."""

    text: str
    kind: str = "primary"


@dataclass(frozen=True, slots=True)
class Identifier:
    """A registration, tax, passport, IMO ... number. ``kind`` is free text of the source."""

    kind: str
    number: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Address:
    """One address on one line; ``country`` is an ISO 3166 alpha-2 code or ``""``."""

    text: str
    country: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of one party that a comparison may look at, and nothing else.

    :param names: in any script; the first primary name is the one to show
    :param party_type: one of :data:`PARTY_TYPES`
    :param countries: ISO 3166 alpha-2 codes, upper case, in any order
    """

    names: tuple[Name, ...]
    party_type: str = ""
    countries: tuple[str, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    addresses: tuple[Address, ...] = ()
