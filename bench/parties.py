# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The lists that the benchmark searches, read from the published files in ../shared/data."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

import lists  # noqa: E402 - lists and the engine stand beside this folder
from engine import Facts, Name, facts, house_names  # noqa: E402
from lists.countries import country_code  # noqa: E402
from lists.names import read_name  # noqa: E402

#: Published files; they are not part of the project.
DATA = ROOT.parent / "shared" / "data"
ENTITY_LIST = DATA / "entity_list" / "entity_list_2026-07-09_parsed.json"
CSL = DATA / "csl" / "csl_2022-04_whole.csv"
UN = sorted((DATA / "un").glob("*2026*")) if DATA.is_dir() else []


@dataclass(frozen=True, slots=True)
class Listed:
    """A listed party: its list and what of it is compared. ``name`` is the one to show."""

    list_code: str
    name: str
    facts: Facts

    def without(self, spellings: set[str]) -> Listed:
        """Return the party without the names in ``spellings`` (as :func:`plain` gives them)."""
        names = tuple(name for name in self.facts.names if plain(name.text) not in spellings)
        return replace(self, facts=replace(self.facts, names=names))

    def without_house_names(self) -> Listed:
        """Return the party as its list alone describes it."""
        names = tuple(name for name in self.facts.names if name.kind != "house")
        return replace(self, facts=replace(self.facts, names=names))


def plain(name: str) -> str:
    """Letters and digits only, to see whether two spellings are the same text."""
    return "".join(char for char in name.casefold() if char.isalnum())


def load(every_list: bool = False) -> list[Listed]:
    """Read the Entity List and the SDN organisations, or every list there is.

    :param every_list: the whole CSL and the UN list beside the newest Entity List
    """
    found = list(_entity_list())
    for party in _read(CSL):
        organisation = party.list_code == "SDN" and party.party_type == "organisation"
        if party.list_code != "EL" and (every_list or organisation):
            found.append(_listed(party))
    if every_list:
        found += [_listed(party) for path in UN for party in _read(path)]
    return found


def _read(path: Path) -> Iterator[lists.ListedParty]:
    with path.open("rb") as stream:
        for item in lists.read(stream, path.name):
            if isinstance(item, lists.ListedParty):
                yield item


def _listed(party: lists.ListedParty) -> Listed:
    names = [Name(name.text, name.kind) for name in party.names]
    shown = names[0].text if names else party.addresses[0].text
    listed = Facts(
        names=(*names, *house_names(party.list_code, names)),
        party_type=party.party_type,
        countries=party.countries,
        identifiers=tuple(
            facts.Identifier(item.kind, item.number, item.country) for item in party.identifiers
        ),
        addresses=tuple(facts.Address(item.text, item.country) for item in party.addresses),
    )
    return Listed(party.list_code, shown, listed)


def _entity_list() -> Iterator[Listed]:
    """One party for each entry; this file states a country for each, not for each address."""
    for entry in json.loads(ENTITY_LIST.read_text("utf-8"))["entities"]:
        # Where the extraction cut the cell at a semicolon, the bracket was left open.
        open_brackets = entry["name"].count("(") - entry["name"].count(")")
        cell = read_name(entry["name"] + ")" * max(0, open_brackets))
        if not cell.names:
            continue
        names = [Name(name.text, name.kind) for name in cell.names]
        names += [Name(alias, "alias") for alias in entry["aliases"] if alias.strip()]
        code = country_code(entry["country"])
        yield Listed(
            "EL",
            names[0].text,
            Facts(
                names=(*names, *house_names("EL", names)),
                party_type=cell.party_type,
                countries=(code,) if code else (),
            ),
        )
