# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The published lists as the engine sees them, for tests; read once a run."""

import json
import unittest
from functools import lru_cache
from pathlib import Path

import lists
from engine import Facts, MemoryStore, Name, house_names
from lists.names import read_name

#: Real published files; not part of the project.
REAL = Path(__file__).resolve().parents[3] / "shared" / "data"
with_real_files = unittest.skipUnless(REAL.is_dir(), "no ../shared/data here")


@lru_cache(maxsize=1)
def whole_lists() -> MemoryStore:
    """The whole Entity List and the whole Consolidated Screening List."""
    parties = [*_entity_list(), *_csl()]
    return MemoryStore(dict(enumerate(parties)))


def _entity_list() -> list[Facts]:
    path = REAL / "entity_list" / "entity_list_2026-07-09_parsed.json"
    parties = []
    for entry in json.loads(path.read_text("utf-8"))["entities"]:
        cell = read_name(entry["name"])
        names = [Name(name.text, name.kind) for name in cell.names]
        names += [Name(alias, "alias") for alias in entry["aliases"]]
        parties.append(Facts((*names, *house_names("EL", names)), cell.party_type))
    return parties


def _csl() -> list[Facts]:
    with (REAL / "csl" / "csl_2022-04_whole.csv").open("rb") as stream:
        read = [item for item in lists.read(stream, "csl.csv")]
    parties = []
    for item in read:
        if isinstance(item, lists.ListedParty):
            names = [Name(name.text, name.kind) for name in item.names]
            names += house_names(item.list_code, names)
            parties.append(Facts(tuple(names), item.party_type, item.countries))
    return parties
