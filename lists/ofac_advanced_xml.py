# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""OFAC's SDN_ADVANCED.XML and CONS_ADVANCED.XML, the only OFAC files with original scripts.

A low-quality alias is what the other files call weak.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from lxml import etree

from .addresses import sorted_countries
from .names import distinct
from .ofac_reference import Listing, Reference, date_of, read_reference
from .party import ListedAddress, ListedName, ListedParty, ListFormatError, Unreadable
from .reading import Format, Item, Request
from .safe_xml import child, children, records, root_of, text_of, value
from .text import slug

# PartySubTypeID
_TYPES = {"1": "vessel", "2": "aircraft", "3": "organisation", "4": "person"}
_LAST_NAME = "1520"  # NamePartTypeID


def accepts(head: bytes) -> bool:
    """Say whether the root element is ``Sanctions``."""
    return root_of(head) == "Sanctions"


def _part_types(identity: etree._Element) -> dict[str, str]:
    groups = children(child(identity, "NamePartGroups"), "MasterNamePartGroup")
    parts = [part for group in groups for part in children(group, "NamePartGroup")]
    return {part.get("ID", ""): part.get("NamePartTypeID", "") for part in parts}


def _documented(name: etree._Element, types: dict[str, str]) -> str:
    """One spelling: “LAST, First Middle” for persons, as in OFAC's other files."""
    last: list[str] = []
    others: list[str] = []
    for part in children(name, "DocumentedNamePart"):
        for found in children(part, "NamePartValue"):
            kind = types.get(found.get("NamePartGroupID", ""), "")
            (last if kind == _LAST_NAME else others).append(text_of(found))
    return ", ".join(filter(None, [" ".join(last), " ".join(others)]))


def _names(identity: etree._Element, reference: Reference) -> list[ListedName]:
    types = _part_types(identity)
    primary: list[ListedName] = []
    others: list[ListedName] = []
    for alias in children(identity, "Alias"):
        is_primary = alias.get("Primary") == "true"
        former = reference.aliases.get(alias.get("AliasTypeID", "")) == "F.K.A."
        kind = "former" if former else "alias"
        if alias.get("LowQuality") == "true":
            kind = "weak"
        for name in children(alias, "DocumentedName"):
            text = _documented(name, types)
            if not slug(text):
                continue
            # The primary name in another script is one more spelling, not a second first name.
            if is_primary and not primary:
                primary.append(ListedName(text))
            else:
                others.append(ListedName(text, kind))
    return [*primary, *others]


def _period(version: etree._Element) -> str:
    period = child(version, "DatePeriod")
    start = date_of(child(period, "Start", "From"))
    end = date_of(child(period, "End", "To"))
    return start if start == end or not end else f"{start} to {end}"


class _Features:
    """What is known of a party beside its names."""

    def __init__(self, profile: etree._Element, reference: Reference) -> None:
        self.addresses: list[ListedAddress] = []
        self.countries: list[str] = []
        self.birth_dates: list[str] = []
        self.birth_places: list[str] = []
        self.notes: list[str] = []
        for feature in children(profile, "Feature"):
            kind = reference.features.get(feature.get("FeatureTypeID", ""), "")
            for version in children(feature, "FeatureVersion"):
                self._take(kind, version, reference)

    def _take(self, kind: str, version: etree._Element, reference: Reference) -> None:
        places = [
            reference.locations[number]
            for place in children(version, "VersionLocation")
            if (number := place.get("LocationID", "")) in reference.locations
        ]
        detail = value(version, "VersionDetail")
        if kind == "Birthdate":
            self.birth_dates.append(_period(version))
        elif kind == "Place of Birth":
            self.birth_places += [p.text or p.country for p in places] or [detail]
        elif kind == "Location":
            self.addresses += places
        elif kind.startswith(("Nationality", "Citizenship")):
            self.countries += [place.country for place in places]
        elif detail:
            self.notes.append(f"{kind} {detail}".strip())


def _party(element: etree._Element, row: int, reference: Reference) -> Iterator[Item]:
    profile = child(element, "Profile")
    identities = children(profile, "Identity")
    uid = element.get("FixedRef", "")
    names = [name for identity in identities for name in _names(identity, reference)]
    number = "" if profile is None else profile.get("ID", "")
    listings = reference.listings.get(number, [])
    if profile is None or not uid or not names or names[0].kind != "primary":
        yield Unreadable(row, "the party has no number or no primary name", uid)
        return
    if not listings:
        yield Unreadable(row, "the party is on no list of the file", names[0].text[:80])
    features = _Features(profile, reference)
    papers = [p for i in identities for p in reference.identifiers.get(i.get("ID", ""), [])]
    party = ListedParty(
        list_code="",
        uid=uid,
        row=row,
        names=distinct(names),
        party_type=_TYPES.get(profile.get("PartySubTypeID", ""), ""),
        countries=sorted_countries(
            (address.country for address in features.addresses), features.countries
        ),
        addresses=tuple(dict.fromkeys(a for a in features.addresses if a.text)),
        identifiers=tuple(dict.fromkeys(papers)),
        remarks="; ".join([*features.notes, *filter(None, [value(element, "Comment")])]),
        birth_dates=tuple(filter(None, features.birth_dates)),
        birth_places=tuple(filter(None, features.birth_places)),
    )
    for listing in listings:
        yield _listed(party, listing)


def _listed(party: ListedParty, listing: Listing) -> Item:
    if not listing.list_code:
        return Unreadable(
            party.row, "the party is on a list that is not known", party.names[0].text
        )
    return replace(
        party,
        list_code=listing.list_code,
        programs=listing.programs,
        start_date=listing.start_date,
    )


def read(request: Request) -> Iterator[Item]:
    """Yield the parties of the file; see :class:`lists.reading.Format`.

    :raises ListFormatError: not the ADVANCED format; no list entries
    """
    (source,) = request.sources
    reference = read_reference(source)
    if not reference.entries:
        raise ListFormatError("the file has no SanctionsEntries: it is not whole.")
    request.reading.edition = reference.edition
    summary = request.reading.summary
    for row, element in enumerate(records(source, {"DistinctParty"}), start=1):
        for item in _party(element, row, reference):
            summary.records += 1
            yield item


FORMAT = Format("ofac_advanced_xml", "OFAC SDN_ADVANCED.XML or CONS_ADVANCED.XML", accepts, read)
