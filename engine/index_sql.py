# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The look-up in PostgreSQL: its tables, how it is filled, how it is asked.

The keys stand in raw tables of integers: with an id and its index they would be twice as large.
Only what is in force has keys in ``screening_entry_key``; the keys of an update that waits are
staged, so that no number of waiting updates crowds out a match. ``screening_changed_key`` holds the
keys of what each applied update brought or ended: who shares none of them cannot match otherwise
than before.
``screening_party`` and ``screening_party_entry`` belong to the caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from .match import CandidateRow, Query

CREATE_TABLES = (
    "CREATE TABLE IF NOT EXISTS screening_entry_key ("
    " key int4 NOT NULL,"
    " entry_id int4 NOT NULL REFERENCES screening_party_entry (id) ON DELETE CASCADE)",
    "CREATE INDEX IF NOT EXISTS screening_entry_key_key_idx ON screening_entry_key (key)",
    "CREATE INDEX IF NOT EXISTS screening_entry_key_entry_idx ON screening_entry_key (entry_id)",
    "CREATE TABLE IF NOT EXISTS screening_staged_key ("
    " update_id int4 NOT NULL, key int4 NOT NULL,"
    " entry_id int4 NOT NULL REFERENCES screening_party_entry (id) ON DELETE CASCADE)",
    "CREATE INDEX IF NOT EXISTS screening_staged_key_idx ON screening_staged_key (update_id, key)",
    "CREATE INDEX IF NOT EXISTS screening_staged_entry_idx ON screening_staged_key (entry_id)",
    "CREATE TABLE IF NOT EXISTS screening_changed_key (key int4 NOT NULL, seq int4 NOT NULL)",
    "CREATE INDEX IF NOT EXISTS screening_changed_key_idx ON screening_changed_key (key, seq)",
)
#: After many rows came or went: without fresh statistics the planner reads the whole table.
ANALYZE = "ANALYZE screening_entry_key, screening_party_entry, screening_party"
DROP_TABLES = (
    "DROP TABLE IF EXISTS screening_entry_key",
    "DROP TABLE IF EXISTS screening_staged_key",
    "DROP TABLE IF EXISTS screening_changed_key",
)

_STAGE = "INSERT INTO screening_staged_key (update_id, key, entry_id) VALUES %s"

#: Parameters: the update. Its keys are looked up from now on.
PUT_IN_FORCE = """
INSERT INTO screening_entry_key (key, entry_id)
SELECT key, entry_id FROM screening_staged_key WHERE update_id = %s
"""
DROP_STAGED = "DELETE FROM screening_staged_key WHERE update_id = %s"

#: Parameters: number of the applied update, the update, the parties it ends. Run before those two.
NOTE_CHANGED = """
INSERT INTO screening_changed_key (seq, key)
SELECT %s, key FROM (
    SELECT key FROM screening_staged_key WHERE update_id = %s
     UNION
    SELECT k.key FROM screening_entry_key k JOIN screening_party_entry e ON e.id = k.entry_id
     WHERE e.party_id = ANY(%s)
) changed
"""

#: What ended is not looked for any more; its rows stay readable, its keys go.
DELETE_KEYS_OF_PARTIES = """
DELETE FROM screening_entry_key k USING screening_party_entry e
 WHERE e.id = k.entry_id AND e.party_id = ANY(%s)
"""

#: One query for many subjects. Entries are ranked by their keys alone, then read one by one: a
#: plain join makes the planner read all of them.
_CANDIDATES = """
WITH asked (query, key, weight) AS (
    SELECT * FROM unnest(%s::int4[], %s::int4[], %s::float4[])
), found AS (
    SELECT a.query, k.entry_id, sum(a.weight) AS weight
      FROM asked a JOIN {keys} k ON k.key = a.key
     GROUP BY a.query, k.entry_id
), ranked AS (
    SELECT query, entry_id,
           row_number() OVER (PARTITION BY query ORDER BY weight DESC, entry_id) AS place
      FROM found
)
SELECT r.query, r.entry_id, x.party_id, x.kind, x.form, x.text, x.party_type, x.countries
  FROM ranked r
 CROSS JOIN LATERAL (
    SELECT e.party_id, e.kind, e.form, e.text, p.party_type, p.countries
      FROM screening_party_entry e JOIN screening_party p ON p.id = e.party_id
     WHERE e.id = r.entry_id
     LIMIT 1
 ) x
 WHERE r.place <= %s
 ORDER BY r.query, r.place
"""
_IN_FORCE = _CANDIDATES.format(keys="screening_entry_key")
_STAGED = _CANDIDATES.format(
    keys="(SELECT key, entry_id FROM screening_staged_key WHERE update_id = %s)"
)


class Cursor(Protocol):
    """What is used of a database cursor (Odoo's, or psycopg2's with a thin wrapper)."""

    def execute(self, query: str, params: Sequence[Any]) -> Any:
        """Run a statement."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows of the last one."""

    def execute_values(
        self, query: str, argslist: Sequence[tuple[int, ...]], page_size: int
    ) -> Any:
        """Run an INSERT with many rows."""


def stage_entry_keys(cr: Cursor, rows: Sequence[tuple[int, int, int]]) -> None:
    """Add (update, key, entry) rows, which are not looked up until they are put in force."""
    if rows:
        cr.execute_values(_STAGE, rows, page_size=10_000)


def fetch_candidates(
    cr: Cursor, queries: Sequence[Query], limit: int, update_id: int = 0
) -> list[list[CandidateRow]]:
    """For each query the entries that share most with it, best first.

    :param update_id: look among what this update would bring, instead of what is in force
    """
    results: list[list[CandidateRow]] = [[] for _query in queries]
    numbers: list[int] = []
    keys: list[int] = []
    weights: list[float] = []
    for number, query in enumerate(queries):
        numbers += [number] * len(query.keys)
        keys += query.keys
        weights += query.weights
    if keys:
        if update_id:
            cr.execute(_STAGED, [numbers, keys, weights, update_id, limit])
        else:
            cr.execute(_IN_FORCE, [numbers, keys, weights, limit])
        for (
            number,
            entry_id,
            party_id,
            kind,
            form,
            text,
            party_type,
            countries,
        ) in cr.fetchall():
            results[number].append(
                CandidateRow(
                    entry_id,
                    party_id,
                    kind,
                    form or "",
                    text,
                    party_type or "",
                    countries or (),
                )
            )
    return results
