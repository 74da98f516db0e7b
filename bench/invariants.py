# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What must hold in every database of the addon, whatever crashed in it: asked in SQL alone.

    python bench/invariants.py DATABASE [psycopg2 connection words, as host=... port=... user=...]

Run it when nothing else is at work and all contacts are screened (`rescreen`). It writes nothing.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extras import RealDictCursor

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from invariants_sql import QUERIES

from engine import chain
from engine.settings import SENSITIVITIES

#: A stored hit: contact, list, party; and what is known of it.
Hits = dict[tuple[int, int, str], tuple[Any, ...]]


def violations(connection: Any) -> list[str]:
    """Say what does not hold."""
    found = []
    with connection.cursor(cursor_factory=RealDictCursor) as cursor:
        cursor.execute("SELECT step FROM screening_sensitivity LIMIT 1")
        floor = SENSITIVITIES[cursor.fetchone()["step"]]
        for what, query in QUERIES.items():
            cursor.execute(query, {"floor": floor})
            rows = cursor.fetchall()
            if rows:
                found.append(f"{len(rows)} {what}: {[list(row.values()) for row in rows[:5]]}")
        found += _chain(cursor)
    return found


def unrecorded(connection: Any, acts: Counter[tuple[str, str, int, str | None]]) -> list[str]:
    """Say what people were told is done and the audit trail, or the table, does not know.

    :param acts: how often, of (kind of event, model, id, state in the event or None); an empty
        kind asks for the record alone
    """
    found = []
    with connection.cursor() as cursor:
        for (kind, model, record, state), times in acts.items():
            if kind:
                cursor.execute(
                    "SELECT COUNT(*) FROM screening_event WHERE kind = %s AND res_model = %s"
                    " AND res_ref = %s AND (%s IS NULL OR payload::jsonb->>'state' = %s)",
                    [kind, model, record, state, state],
                )
            else:
                table = model.replace(".", "_")
                cursor.execute(f"SELECT COUNT(*) FROM {table} WHERE id = %s", [record])  # noqa: S608
            if (known := cursor.fetchone()[0]) < times:
                found.append(f"{kind or 'record'} {model} {record} {state}: {known} of {times}")
    return found


def stored_hits(connection: Any) -> Hits:
    """All hits that are not closed, to be compared with those of a full rescreening."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT partner_id, list_id, party_uid, score, state, decision FROM screening_hit"
            " WHERE state != 'closed'"
        )
        return {tuple(row[:3]): tuple(row[3:]) for row in cursor.fetchall()}


def lost_hits(before: Hits, after: Hits) -> list[str]:
    """Say which hits a full rescreening finds that were not there, or are others then."""
    found = [f"hit lost: {key} {after[key]}" for key in after.keys() - before.keys()]
    found += [f"hit of nothing: {key} {before[key]}" for key in before.keys() - after.keys()]
    found += [
        f"hit is another: {key} {before[key]}, rescreened {after[key]}"
        for key in before.keys() & after.keys()
        if before[key] != after[key]
    ]
    return found


def _chain(cursor: Any) -> list[str]:
    cursor.execute("SELECT * FROM screening_event ORDER BY NULLIF(seq, 0) NULLS LAST, id")
    rows = cursor.fetchall()
    cursor.execute("SELECT last_seq, last_hash, base_seq, base_hash FROM screening_chain")
    head = cursor.fetchone()
    # What a retention period let go of is gone; the chain begins after it.
    link, expected = head["base_hash"] or chain.GENESIS, (head["base_seq"] or 0) + 1
    for row in rows:
        own = chain.content_hash(_content(row))
        if own != row["content_hash"]:
            return [f"event {row['id']} does not match its own hash"]
        if row["seq"]:
            link = chain.link_hash(link, own)
            if (row["seq"], row["chain_hash"]) != (expected, link):
                return [f"the chain breaks at row {row['seq']} (event {row['id']})"]
            expected += 1
    if (head["last_seq"] or 0, head["last_hash"] or chain.GENESIS) != (expected - 1, link):
        return ["the chain's head is not its last row"]
    return []


def _content(row: Any) -> dict[str, object]:
    return {
        "kind": row["kind"],
        "at": row["at"].strftime("%Y-%m-%d %H:%M:%S"),
        "summary": row["summary"] or "",
        "user": [row["user_ref"] or 0, row["user_name"] or ""],
        "company": [row["company_ref"] or 0, row["company_name"] or ""],
        "record": [row["res_model"] or "", row["res_ref"] or 0, row["res_name"] or ""],
        "payload": row["payload"] or "",
    }


def main(arguments: list[str]) -> int:
    """Print what does not hold; 1 when there is anything."""
    if not arguments:
        print(__doc__)
        return 2
    connection = psycopg2.connect(" ".join([f"dbname={arguments[0]}", *arguments[1:]]))
    found = violations(connection)
    print(json.dumps(found, indent=1, ensure_ascii=False) if found else "Everything holds.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
