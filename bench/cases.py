# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The labelled cases, the clean vendors, and the labelled pairs."""

from __future__ import annotations

import csv
import gzip
import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from parties import DATA, ROOT, Listed, plain

CASES = Path(__file__).parent / "cases"
VENDORS = DATA / "vendors"
SEED = 20191009


@dataclass(frozen=True, slots=True)
class Positive:
    """A query that must find a party; columns as in positives.csv."""

    id: str
    category: str
    query: str
    country: str
    list: str
    listed_name: str
    source: str
    split: str


@dataclass(frozen=True, slots=True)
class Negative:
    """A query that must find nobody; columns as in negatives.csv."""

    id: str
    query: str
    country: str
    near: str
    why: str
    split: str


def split_of(case_id: str) -> str:
    """Which part a case belongs to; nobody tunes on the held third."""
    return "held" if int(hashlib.sha256(case_id.encode()).hexdigest(), 16) % 3 == 0 else "dev"


def positives() -> list[Positive]:
    """All labelled cases that are in the lists."""
    with (CASES / "positives.csv").open(encoding="utf-8", newline="") as stream:
        return [Positive(**row) for row in csv.DictReader(stream)]


def negatives() -> list[Negative]:
    """All near namesakes that are somebody else."""
    with (CASES / "negatives.csv").open(encoding="utf-8", newline="") as stream:
        return [Negative(**row) for row in csv.DictReader(stream)]


class Targets:
    """Finds the parties that are right answers to a case.

    That is who carries ``listed_name`` as a name; where it ends in “*”, whoever's shown name begins
    so (a group whose firms stand on the list one by one). An organisation that stands on several
    lists under the same name is a right answer on each.
    """

    def __init__(self, listed: Sequence[Listed]) -> None:
        self._shown = [plain(party.name) for party in listed]
        self._lists = [party.list_code for party in listed]
        self._by_name: dict[str, set[int]] = {}
        for number, party in enumerate(listed):
            for name in party.facts.names:
                if name.kind != "house":
                    self._by_name.setdefault(plain(name.text), set()).add(number)

    def of(self, case: Positive) -> list[int]:
        """Numbers of the right parties; empty if the lists loaded do not hold them."""
        wanted = plain(case.listed_name)
        if not case.listed_name.endswith("*"):
            return sorted(self._by_name.get(wanted, ()))
        return [
            number
            for number, shown in enumerate(self._shown)
            if shown.startswith(wanted) and self._lists[number] == case.list
        ]


def is_for_measuring(name: str) -> bool:
    """Whether the word-frequency table was made without this name; the same rule as there."""
    return hashlib.sha256(name.encode()).hexdigest()[-1] in "0123"


def unlisted_vendors() -> list[tuple[str, str]]:
    """Vendors' names with their country that are on no list and in no word-frequency table."""
    with (VENDORS / "known_overlap_with_lists.csv").open(encoding="utf-8", newline="") as stream:
        overlap = {row["vendor_id"] for row in csv.DictReader(stream)}
    with gzip.open(VENDORS / "gleif_legal_names.csv.gz", "rt", encoding="utf-8") as stream:
        return [
            (row["legal_name"], row["country"])
            for row in csv.DictReader(stream)
            if row["lei"] not in overlap and is_for_measuring(row["legal_name"])
        ]


def clean_vendors(count: int) -> list[tuple[str, str]]:
    """A fixed sample of vendors' names with their country that are on no list."""
    vendors = unlisted_vendors()
    return random.Random(SEED).sample(vendors, min(count, len(vendors)))  # noqa: S311 - no secret


def pairs() -> list[tuple[bool, str, str, bool]]:
    """Labelled pairs: whether organisations, both names, whether they are the same."""
    path = DATA / "matching" / "name_bench_cases.csv"
    kinds = {"Company": True, "Organization": True, "LegalEntity": True, "Person": False}
    with path.open(encoding="utf-8", newline="") as stream:
        return [
            (kinds[row["schema"]], row["name1"], row["name2"], row["is_match"] == "true")
            for row in csv.DictReader(stream)
            if row["schema"] in kinds
        ]


__all__ = ["CASES", "ROOT", "SEED", "Negative", "Positive", "Targets"]
