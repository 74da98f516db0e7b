# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One record of the Consolidated Screening List -> one listed party; CSV and TSV alike."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from .addresses import read_addresses, sorted_countries
from .aliases import read_aliases
from .countries import country_code
from .csl_ids import read_ids
from .dates import iso_date
from .names import NameCell, distinct, read_name
from .party import ListedIdentifier, ListedName, ListedParty, Unreadable
from .text import slug, tidy

#: Lists whose entries carry OFAC's own number, which lasts. All others get a derived key.
OFAC_LISTS = frozenset({"SDN", "SSI", "FSE", "PLC", "CAP", "NS-MBS", "CMIC"})
LISTS = OFAC_LISTS | {"EL", "DPL", "UVL", "MEU", "ISN", "DTC"}

_TYPES = {
    "entity": "organisation",
    "individual": "person",
    "vessel": "vessel",
    "aircraft": "aircraft",
}
_COUNTRY_COLUMNS = ("citizenships", "nationalities", "vessel_flag", "country")
_REMARKS = (
    ("title", ""),
    ("remarks", ""),
    ("vessel_type", "Vessel type: "),
    ("gross_tonnage", "Tonnage: "),
    ("gross_registered_tonnage", "Gross registered tonnage: "),
    ("vessel_flag", "Flag: "),
    ("vessel_owner", "Vessel owner: "),
    ("standard_order", "Standard order: "),
)


def source_code(source: str) -> str:
    """Return the list code from a source: “Capta List (CAP) - Treasury Department” -> CAP."""
    match = re.search(r"\(([^)\s]+)[^)]*\)", source)
    return match.group(1).upper() if match else ""


def _split(cell: str) -> list[str]:
    if not cell:
        return []
    return [part for part in map(tidy, cell.split(";")) if part]


def _names(code: str, name: str, aliases: Sequence[str], commas: bool) -> NameCell:
    if code in OFAC_LISTS:
        names = [ListedName(tidy(name))] if slug(name) else []
        parts = [part for alias in aliases for part in _split(alias)]
        others = [ListedName(part, "alias") for part in parts if slug(part)]
        return NameCell(distinct([*names, *others]) if names else ())
    cell = read_name(name)
    if not cell.names:
        return cell
    found = [a for alias in aliases for a in read_aliases(alias, joined_by_commas=commas)]
    return NameCell(distinct([*cell.names, *found]), cell.remarks, cell.party_type)


def read_record(
    cells: Mapping[str, str],
    row: int,
    *,
    aliases: Sequence[str] | None = None,
    identifiers: tuple[ListedIdentifier, ...] = (),
) -> ListedParty | Unreadable:
    """Read one record.

    :param cells: by column name; a column the format does not have counts as empty
    :param row: record number, for messages
    :param aliases: where the feed gives them one by one (JSON), instead of ``alt_names``
    :param identifiers: the same, instead of ``ids``
    """
    excerpt = tidy(cells["name"] or cells["addresses"])[:80]
    code = source_code(cells["source"])
    if code not in LISTS:
        source = tidy(cells["source"])[:80] or "empty"
        return Unreadable(row, f"the source is none of the known lists: {source}", excerpt)
    listed = [cells["alt_names"]] if aliases is None else aliases
    name = _names(code, cells["name"], listed, commas=code == "ISN" and aliases is None)
    addresses, countries = read_addresses(cells["addresses"])
    if not name.names and not (name.party_type == "address" and addresses):
        return Unreadable(row, "the record has no name", excerpt)
    found, notes = read_ids(cells["ids"])
    identifiers += found
    if cells["call_sign"]:
        identifiers += (ListedIdentifier("Call Sign", tidy(cells["call_sign"])),)
    belongs = _split(";".join(cells[column] for column in _COUNTRY_COLUMNS))
    remarks = [prefix + tidy(cells[column]) for column, prefix in _REMARKS if cells[column].strip()]
    return ListedParty(
        list_code=code,
        uid=cells["entity_number"].strip() if code in OFAC_LISTS else "",
        row=row,
        names=name.names,
        party_type=_TYPES.get(cells["type"].strip().lower(), "") or name.party_type,
        countries=sorted_countries(countries, map(country_code, belongs)),
        addresses=addresses,
        identifiers=identifiers,
        programs=tuple(_split(cells["programs"])),
        license_requirement=tidy(cells["license_requirement"]),
        license_policy=tidy(cells["license_policy"]),
        citation=tidy(cells["federal_register_notice"]),
        start_date=iso_date(cells["start_date"]),
        end_date=iso_date(cells["end_date"]),
        remarks="; ".join([*name.remarks, *remarks, *map(tidy, notes)]),
        source_url=tidy(cells["source_information_url"]),
        birth_dates=tuple(_split(cells["dates_of_birth"])),
        birth_places=tuple(_split(cells["places_of_birth"])),
    )
