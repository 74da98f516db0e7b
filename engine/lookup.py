# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Asking the index in PostgreSQL: one query for one subject or for hundreds.

The query is a function of the database: so each connection plans it once, behind a pooler too.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Protocol

from .index_sql import BUCKET_BITS, ENTRY_MASK, array
from .index_version import index_version
from .match import CandidateRow, Query
from .settings import SHARE, WIDER

#: The keys' postings are cut out of their rows, which are sorted, by binary search. Entries are
#: ranked by their keys alone, then read one by one: a plain join makes the planner read all.
_BODY = f"""
BEGIN
    IF NOT EXISTS (SELECT FROM screening_index_version v WHERE v.version = made_by) THEN
        RETURN QUERY SELECT -1, NULL::varchar, 0, 0, NULL::varchar, NULL::varchar, NULL::varchar,
            NULL::text, 0, 0;
        RETURN;
    END IF;
    RETURN QUERY
    WITH found AS (
        SELECT a.query, (posting & {ENTRY_MASK})::int4 AS entry_id, sum(a.weight) AS weight
          FROM unnest(queries, keys, weights) AS a (query, key, weight)
          JOIN screening_index i ON i.update_id = place AND i.bucket = a.key >> {BUCKET_BITS}
         CROSS JOIN LATERAL unnest(i.postings[
            width_bucket(a.key::int8 << 32, i.postings) + 1 :
            width_bucket(a.key::int8 << 32 | {ENTRY_MASK}, i.postings)]) AS posting
         GROUP BY 1, 2
    ), ranked AS (
        SELECT f.query, f.entry_id, f.weight,
               row_number() OVER (PARTITION BY f.query ORDER BY f.weight DESC, f.entry_id) AS rank
          FROM found f
    ), whole AS (
        SELECT a.query, sum(a.weight) AS weight
          FROM unnest(queries, weights) AS a (query, weight) GROUP BY 1
    )
    SELECT r.query, x.kind, r.entry_id, x.party_id, x.form, x.text, x.party_type, x.countries,
           r.weight::int4, x.update_id
      FROM ranked r JOIN whole w ON w.query = r.query
     CROSS JOIN LATERAL (
        SELECT e.party_id, e.kind, e.form, e.text, p.party_type, p.countries::text, p.update_id
          FROM screening_party_entry e JOIN screening_party p ON p.id = e.party_id
         WHERE e.id = r.entry_id
         LIMIT 1
     ) x
     WHERE r.rank <= most
        OR r.rank <= {WIDER} * most AND {SHARE} * r.weight >= w.weight
     ORDER BY r.query, r.rank;
END
"""  # noqa: S608 - numbers of our own
DROP_FUNCTION = (
    "DROP FUNCTION IF EXISTS screening_candidates(varchar, int4, int4[], int4[], int4[], int4)"
)
CREATE_FUNCTION = (
    "CREATE FUNCTION screening_candidates("
    " made_by varchar, place int4, queries int4[], keys int4[], weights int4[], most int4)"
    " RETURNS TABLE (query int4, kind varchar, entry_id int4, party_id int4, form varchar,"
    " text varchar, party_type varchar, countries text, weight int4, update_id int4)"
    f" LANGUAGE plpgsql STABLE AS $body${_BODY}$body$"
)
_ASK = "SELECT * FROM screening_candidates(%s, %s, %s, %s, %s, %s)"


class Cursor(Protocol):
    """What is used of a database cursor."""

    def execute(self, query: str, params: Sequence[Any]) -> Any:
        """Run a statement."""

    def fetchall(self) -> list[tuple[Any, ...]]:
        """All rows of the last one."""


class OtherIndexError(Exception):
    """The index was made by other code than asks it: its keys may not be those looked up."""


@lru_cache(maxsize=4096)
def _countries(text: str | None) -> tuple[str, ...]:
    return tuple(json.loads(text) or ()) if text else ()


def fetch_candidates(
    cr: Cursor, queries: Sequence[Query], limit: int, update_id: int = 0
) -> list[list[CandidateRow]]:
    """For each query the entries that share most with it, best first.

    :param limit: so many of each, and some that share much (``settings.SHARE``)
    :param update_id: look among what this update would bring, instead of what is in force; its
        negative: among what it brought and ended (``index_sql.KEEP_CHANGED``)
    :raises OtherIndexError: when the index was made by another version of this code
    """
    results: list[list[CandidateRow]] = [[] for _query in queries]
    numbers: list[int] = []
    keys: list[int] = []
    weights: list[int] = []
    for number, query in enumerate(queries):
        numbers += [number] * len(query.keys)
        keys += query.keys
        weights += query.weights
    if not keys:
        return results
    asked = (array(numbers), array(keys), array(weights))
    cr.execute(_ASK, [index_version(), update_id, *asked, limit])
    for number, kind, entry, party, form, text, party_type, countries, *more in cr.fetchall():
        if number < 0:
            raise OtherIndexError
        results[number].append(
            CandidateRow(
                entry,
                party,
                kind,
                form or "",
                text,
                party_type or "",
                _countries(countries),
                *more,  # weight and update
            )
        )
    return results
