# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Aliases of our own, unofficial and marked so: names in native script that no list carries."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from .facts import Name
from .names import words_of


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, tuple[str, ...]], list[str]]:
    path = Path(__file__).parent / "data" / "house_aliases.csv"
    table: dict[tuple[str, tuple[str, ...]], list[str]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            table[row["list"], words_of(row["listed_name"])].append(row["alias"])
    return table


def house_names(list_code: str, names: Sequence[Name]) -> list[Name]:
    """House aliases of a listed party, found by its list and any of its names."""
    aliases = [
        alias for name in names for alias in _table().get((list_code, words_of(name.text)), ())
    ]
    return [Name(alias, "house") for alias in dict.fromkeys(aliases)]
