# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the engine takes and gives: entries of the look-up, candidates, matches."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple, Protocol

from .facts import Facts


@dataclass(frozen=True, slots=True)
class Entry:
    """One name, number or address of a listed party as the look-up holds it.

    :param form: the prepared form, opaque to callers, so that scoring normalises nothing again
    :param keys: signed 32-bit integers under which it is found
    """

    kind: str
    text: str
    form: str
    keys: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """A subject made ready for the look-up.

    :param names: each name as written, with its prepared form
    :param weights: of the keys, in hundredths of a bit: sums of whole numbers never depend on order
    """

    facts: Facts
    names: tuple[tuple[str, str], ...]
    keys: list[int]
    weights: list[int]


class CandidateRow(NamedTuple):
    """One entry that shares keys with a query.

    :param weight: of the keys that they share
    :param update_id: the update that brought its party
    """

    entry_id: int
    party_id: int
    kind: str
    form: str
    text: str
    party_type: str
    countries: Sequence[str]
    weight: int
    update_id: int = 0


class Store(Protocol):
    """Where the listed parties are: PostgreSQL in production, a dictionary in tests."""

    def candidates(self, queries: Sequence[Query], limit: int) -> list[list[CandidateRow]]:
        """For each query the entries that share most with it, best first."""

    def facts(self, party_ids: Collection[int]) -> dict[int, Facts]:
        """Facts of listed parties."""


@dataclass(frozen=True, slots=True)
class Match:
    """A subject and a listed party that may be the same.

    :param score: 0-100
    :param level: ``strong`` or ``possible``
    :param relation: ``same`` (one name but for spelling), ``affiliate`` (the listed name and more),
        ``similar`` (neither), ``address``, ``identifier``
    :param evidence: JSON-able: what agreed, what was missing, what speaks against it
    """

    party_id: int
    entry_id: int
    score: int
    level: str
    matched_name: str
    matched_kind: str
    subject_name: str
    relation: str
    evidence: dict[str, Any]
