# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A store in memory: for tests, single pairs and short lists."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence

from .facts import Facts
from .match import CandidateRow, Query
from .prepare import entries
from .settings import SHARE, WIDER


class MemoryStore:
    """Listed parties by number. Implements :class:`engine.match.Store`."""

    def __init__(self, parties: Mapping[int, Facts]) -> None:
        self._parties = dict(parties)
        self._rows: list[CandidateRow] = []  # each with a weight of 0
        self._by_key: dict[int, list[int]] = defaultdict(list)
        for party_id, facts in self._parties.items():
            for entry in entries(facts):
                number = len(self._rows)
                self._rows.append(
                    CandidateRow(
                        number,
                        party_id,
                        entry.kind,
                        entry.form,
                        entry.text,
                        facts.party_type,
                        facts.countries,
                        0,
                    )
                )
                for key in entry.keys:
                    self._by_key[key].append(number)

    def candidates(self, queries: Sequence[Query], limit: int) -> list[list[CandidateRow]]:
        """Entries that share keys with each query, the heaviest first."""
        results = []
        for query in queries:
            weights: dict[int, int] = defaultdict(int)
            for key, weight in zip(query.keys, query.weights, strict=True):
                for number in self._by_key.get(key, ()):
                    weights[number] += weight
            ranked = sorted(weights, key=lambda number: (-weights[number], number))
            whole = sum(query.weights)
            sharing = sum(SHARE * weight >= whole for weight in weights.values())
            count = max(limit, min(sharing, WIDER * limit))
            results.append(
                [self._rows[number]._replace(weight=weights[number]) for number in ranked[:count]]
            )
        return results

    def facts(self, party_ids: Collection[int]) -> dict[int, Facts]:
        """Facts of listed parties."""
        return {party_id: self._parties[party_id] for party_id in party_ids}
