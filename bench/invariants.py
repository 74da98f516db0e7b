# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What must hold in every database of the addon, whatever crashed in it: asked in SQL alone.

    python bench/invariants.py DATABASE [psycopg2 connection words, as host=... port=... user=...]

Run it when nothing else is at work and all contacts are screened (`rescreen`). It writes nothing.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2.extras import RealDictCursor

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from engine import chain
from engine.settings import SENSITIVITIES

#: Each names rows that must not be there.
QUERIES = {
    "approved orders without an event that says what covered them": """
        SELECT o.id, o.name FROM purchase_order o WHERE o.state = 'purchase'
           AND NOT EXISTS (SELECT FROM screening_event e WHERE e.kind = 'order_check'
               AND e.res_model = 'purchase.order' AND e.res_ref = o.id)""",
    "orders approved although their own snapshot held them": """
        SELECT e.id, e.res_name FROM screening_event e WHERE e.kind = 'order_check'
           AND e.payload::jsonb->>'state' = 'held'""",
    # Who may match an order's vendor and is not covered: then the order shows it.
    "approved orders of a held vendor that are not flagged": """
        SELECT DISTINCT o.id, o.name FROM purchase_order o
          JOIN screening_hit h ON h.partner_id IN (o.partner_id, o.dest_address_id)
          JOIN screening_list l ON l.id = h.list_id AND l.default_effect = 'hold'
         WHERE o.state = 'purchase' AND h.leader_id IS NULL AND h.state IN ('open', 'same')
           AND (h.decision IS NOT NULL OR h.score >= %(floor)s)
           AND o.screening_state IS DISTINCT FROM 'held'
           AND NOT (h.state = 'same' AND EXISTS (
               SELECT FROM screening_exemption x JOIN screening_exemption_hit_rel r
                   ON r.exemption_id = x.id AND r.hit_id = h.id
                WHERE x.state = 'approved' AND x.company_id = o.company_id))""",
    "exemptions used beyond their ceiling": """
        SELECT x.id, x.name FROM screening_exemption x WHERE x.amount_ceiling > 0
           AND (SELECT COALESCE(SUM(u.amount), 0) FROM screening_exemption_use u
                 WHERE u.exemption_id = x.id AND u.state = 'reserved')
               > x.amount_ceiling + 0.005""",
    "exemptions whose total is not the sum of their uses": """
        SELECT x.id, x.name FROM screening_exemption x
         WHERE abs(COALESCE(x.amount_used, 0) - (
               SELECT COALESCE(SUM(u.amount), 0) FROM screening_exemption_use u
                WHERE u.exemption_id = x.id AND u.state = 'reserved')) > 0.005""",
    "reservations of orders that are not approved": """
        SELECT u.id, o.name FROM screening_exemption_use u JOIN purchase_order o
            ON o.id = u.order_id WHERE u.state = 'reserved' AND o.state != 'purchase'""",
    "hits that follow one which no longer leads, so nobody is asked": """
        SELECT h.id, h.listed_name FROM screening_hit h JOIN screening_hit l
            ON l.id = h.leader_id WHERE h.state = 'open' AND l.state NOT IN ('open', 'same')""",
    "decided hits without the event of the decision": """
        SELECT h.id, h.listed_name FROM screening_hit h WHERE h.state IN ('same', 'not_same')
           AND NOT EXISTS (SELECT FROM screening_event e WHERE e.kind = 'decision'
               AND e.res_model = 'screening.hit' AND e.res_ref = h.id)""",
    "exemptions without the event of their state": """
        SELECT x.id, x.name FROM screening_exemption x
         WHERE NOT EXISTS (SELECT FROM screening_event e WHERE e.kind = 'exemption'
               AND e.res_ref = x.id AND e.payload::jsonb->>'state' = x.state)""",
    "applied updates without their event": """
        SELECT u.id, u.filename FROM screening_list_update u WHERE u.state = 'applied'
           AND NOT EXISTS (SELECT FROM screening_event e WHERE e.kind = 'update'
               AND e.res_ref = u.id)""",
    "listed parties twice in force": """
        SELECT MIN(id), uid FROM screening_party WHERE in_force GROUP BY list_id, uid
        HAVING COUNT(*) > 1""",
    "contacts not screened against what is in force": """
        SELECT s.id, s.partner_id::text FROM screening_subject s WHERE s.stamp <
               (SELECT COALESCE(MAX(applied_seq), 0) FROM screening_list_update)""",
}


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


def _chain(cursor: Any) -> list[str]:
    cursor.execute("SELECT * FROM screening_event ORDER BY NULLIF(seq, 0) NULLS LAST, id")
    link, expected = chain.GENESIS, 1
    for row in cursor:
        own = chain.content_hash(_content(row))
        if own != row["content_hash"]:
            return [f"event {row['id']} does not match its own hash"]
        if row["seq"]:
            link = chain.link_hash(link, own)
            if (row["seq"], row["chain_hash"]) != (expected, link):
                return [f"the chain breaks at row {row['seq']} (event {row['id']})"]
            expected += 1
    cursor.execute("SELECT last_seq, last_hash FROM screening_chain")
    head = cursor.fetchone()
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
