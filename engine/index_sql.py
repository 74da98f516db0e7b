# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The look-up in PostgreSQL: its tables, and how they follow the lists.

A posting says under which key an entry is found: both in one eight-byte number, key first. Those
whose keys begin alike stand together, sorted, in one row of ``screening_index``: a row of its own
for each would be five times as large, nearly all of it headers. ``update_id`` is 0 for what is in
force; what a waiting update would bring stands under the update's number, so that no number of
waiting updates crowds out a match. What an applied one brought and ended stands under that number's
negative as well, until every contact was compared with it: they are compared with nothing else.

Each entry keeps its keys, so what is taken out is what was put in, whatever the engine says by
then. ``screening_changed_key`` holds the keys of what each applied update brought or ended: who
shares none of them cannot match otherwise than before. ``screening_party`` and
``screening_party_entry`` belong to the caller.
"""

from __future__ import annotations

from collections.abc import Iterable

#: Bits of a key that the postings of one row may differ in: 2**18 rows, whatever the list's size.
BUCKET_BITS = 14
#: Takes the entry out of a posting.
ENTRY_MASK = (1 << 32) - 1

CREATE_TABLES = (
    "CREATE TABLE IF NOT EXISTS screening_index ("
    " update_id int4 NOT NULL, bucket int4 NOT NULL, postings int8[] NOT NULL,"
    " PRIMARY KEY (update_id, bucket))",
    "CREATE TABLE IF NOT EXISTS screening_changed_key (key int4 NOT NULL, seq int4 NOT NULL)",
    "CREATE INDEX IF NOT EXISTS screening_changed_key_idx ON screening_changed_key (key, seq)",
    # One row: which code made the index.
    "CREATE TABLE IF NOT EXISTS screening_index_version (version varchar NOT NULL)",
    "ALTER TABLE screening_party_entry ADD COLUMN IF NOT EXISTS keys int4[]",
)
#: How the index lay before: nothing reads it any more.
DROP_FORMER_TABLES = (
    "DROP TABLE IF EXISTS screening_entry_key",
    "DROP TABLE IF EXISTS screening_staged_key",
)
DROP_TABLES = (
    *DROP_FORMER_TABLES,
    "DROP TABLE IF EXISTS screening_index",
    "DROP TABLE IF EXISTS screening_changed_key",
    "DROP TABLE IF EXISTS screening_index_version",
)
#: After many rows came or went: without fresh statistics the planner reads the whole table.
ANALYZE = "ANALYZE screening_index, screening_party_entry, screening_party"

_PACKED = f"""
SELECT %(place)s::int4, key >> {BUCKET_BITS},
       array_agg((key::int8 << 32) | e.id ORDER BY key, e.id)
  FROM screening_party p JOIN screening_party_entry e ON e.party_id = p.id
 CROSS JOIN unnest(e.keys) AS k (key)
"""  # noqa: S608 - a number of our own
_INTO = "INSERT INTO screening_index (update_id, bucket, postings)"

#: Parameters: update, place (the same). What the update would bring can be looked up.
STAGE = f"{_INTO}{_PACKED} WHERE p.update_id = %(update)s AND p.edition_from = 0 GROUP BY 2"
#: Parameters: updates that every contact was compared with.
DROP_CHANGED = "DELETE FROM screening_index WHERE -update_id = ANY(%(updates)s)"
#: Parameters: update. It waits no longer.
DROP_STAGED = "DELETE FROM screening_index WHERE update_id = %(update)s AND update_id > 0"

_ONTO = """
ON CONFLICT (update_id, bucket) DO UPDATE SET postings = ARRAY(
    SELECT unnest(screening_index.postings || EXCLUDED.postings) ORDER BY 1)
"""
#: Parameters: update, place (0). What it brought is looked up from now on.
PUT_IN_FORCE = f"{_INTO}{_PACKED} WHERE p.update_id = %(update)s AND p.in_force GROUP BY 2{_ONTO}"

#: Parameters: update, place (its negative), the parties it ended. Run after the switch, both:
#: it waits no longer, but what it brought and ended is what contacts are to be compared with.
KEEP_CHANGED = (
    "UPDATE screening_index SET update_id = -update_id"
    " WHERE update_id = %(update)s AND update_id > 0",
    f"{_INTO}{_PACKED} WHERE p.id = ANY(%(parties)s) GROUP BY 2{_ONTO}",
)

#: Parameters: parties. What ended is not looked for any more; its rows stay readable.
TAKE_OUT = f"""
WITH gone AS (
    SELECT key >> {BUCKET_BITS} AS bucket, array_agg((key::int8 << 32) | e.id) AS postings
      FROM screening_party_entry e CROSS JOIN unnest(e.keys) AS k (key)
     WHERE e.party_id = ANY(%(parties)s) GROUP BY 1
)
UPDATE screening_index i SET postings = ARRAY(
    SELECT unnest(i.postings) EXCEPT SELECT unnest(g.postings) ORDER BY 1)
  FROM gone g WHERE i.update_id <= 0 AND i.bucket = g.bucket
"""  # noqa: S608 - a number of our own
#: Buckets that were emptied.
DROP_EMPTY = "DELETE FROM screening_index WHERE update_id <= 0 AND postings = '{}'"

#: Parameters: number of the applied update, the update, the parties it ends. Run before the switch.
NOTE_CHANGED = """
INSERT INTO screening_changed_key (seq, key)
SELECT DISTINCT %(seq)s, key
  FROM screening_party p JOIN screening_party_entry e ON e.party_id = p.id
 CROSS JOIN unnest(e.keys) AS k (key)
 WHERE (p.update_id = %(update)s AND p.edition_from = 0) OR p.id = ANY(%(parties)s)
"""

#: Parameters: place (0). All that is in force, into an empty index.
PACK_ALL = f"{_INTO}{_PACKED} WHERE p.in_force GROUP BY 2"
EMPTY = "DELETE FROM screening_index"


def array(numbers: Iterable[int]) -> str:
    """An array as PostgreSQL reads it: much cheaper on both sides than one expression a number."""
    return "{" + ",".join(map(str, numbers)) + "}"
