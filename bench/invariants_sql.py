# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What must never be found, in SQL: each query names rows that must not be there.

They know the tables alone and nothing of the addon's code, which they are to judge.
``%(floor)s`` is the score from which a hit counts.
"""

# ruff: noqa: S608 - put together from this page alone

#: Each order's parties: vendor and delivery address, with all above them.
_PARTIES = """
    WITH RECURSIVE party(order_id, partner_id) AS (
        SELECT o.id, p.id FROM purchase_order o
          JOIN res_partner p ON p.id IN (o.partner_id, o.dest_address_id)
        UNION
        SELECT party.order_id, up.id FROM party JOIN res_partner p ON p.id = party.partner_id
          JOIN res_partner up ON up.id IN (p.parent_id, p.commercial_partner_id))"""
#: What a list does in an order's company; nothing is held where the company only observes.
_HOLDS = """
    COALESCE((SELECT pl.effect FROM screening_policy_line pl
                JOIN screening_policy sp ON sp.id = pl.policy_id
               WHERE sp.company_id = o.company_id AND pl.list_id = l.id),
             l.default_effect) = 'hold'
    AND NOT EXISTS (SELECT FROM screening_policy sp
                     WHERE sp.company_id = o.company_id AND sp.mode = 'observe')"""
#: A hit that is asked or confirmed, leads its list, and is near enough to count.
_COUNTS = """h.leader_id IS NULL AND h.state IN ('open', 'same')
    AND (h.decision IS NOT NULL OR h.vendor_changed OR h.score >= %(floor)s)"""
#: An exemption that may cover a confirmed hit: whether it suffices is the ledger's matter.
_COVER = """h.state = 'same' AND EXISTS (
    SELECT FROM screening_exemption x JOIN screening_exemption_hit_rel r ON r.exemption_id = x.id
      JOIN screening_hit c ON c.id = r.hit_id
     WHERE x.state = 'approved' AND x.company_id = o.company_id AND c.list_id = h.list_id
       AND (c.id = h.id OR x.reach = 'vendor' OR x.reach = 'party' AND c.party_uid = h.party_uid))
"""
#: Orders that existed before screening began were not asked.
_BEFORE = """EXISTS (SELECT FROM screening_event b WHERE b.kind = 'baseline'
    AND o.id <= (b.payload::jsonb->>'last_order')::int
    AND NOT b.payload::jsonb->'not_approved' @> to_jsonb(o.id))"""

QUERIES = {
    # ---- orders
    "approved orders without an event that says what covered them": f"""
        SELECT o.id, o.name FROM purchase_order o WHERE o.state = 'purchase'
           AND NOT o.screening_alarm IS TRUE AND NOT {_BEFORE}
           AND NOT EXISTS (SELECT FROM screening_event e WHERE e.kind = 'order_check'
               AND e.res_model = 'purchase.order' AND e.res_ref = o.id)""",
    "approved orders whose last check is of other parties": f"""
        SELECT o.id, o.name FROM purchase_order o
          JOIN LATERAL (SELECT e.payload::jsonb->'order' AS parties FROM screening_event e
                 WHERE e.kind = 'order_check' AND e.res_model = 'purchase.order'
                   AND e.res_ref = o.id ORDER BY e.id DESC LIMIT 1) last ON true
         WHERE o.state = 'purchase' AND NOT o.screening_alarm IS TRUE AND NOT {_BEFORE}
           AND NOT EXISTS (SELECT FROM screening_event e WHERE e.kind = 'merge')
           AND last.parties != jsonb_build_object('partner', o.partner_id,
               'address', COALESCE(o.dest_address_id, 0), 'company', o.company_id)""",
    "orders approved although their own snapshot held them": """
        SELECT e.id, e.res_name FROM screening_event e WHERE e.kind = 'order_check'
           AND e.payload::jsonb->>'state' = 'held'
           AND NOT COALESCE((e.payload::jsonb->>'observe')::boolean, false)""",
    # Both take the exemption's row, so that their events follow each other as they did.
    "orders approved under an exemption that was not approved then": """
        SELECT e.id, e.res_name, c.value FROM screening_event e,
               jsonb_each_text(e.payload::jsonb->'covered') c
         WHERE e.kind = 'order_check' AND (
               SELECT x.payload::jsonb->>'state' FROM screening_event x
                WHERE x.kind = 'exemption' AND x.res_name = c.value AND x.id < e.id
                  AND x.payload::jsonb ? 'state' ORDER BY x.id DESC LIMIT 1)
               IS DISTINCT FROM 'approved'""",
    "approved orders of a held party that are not flagged": f"""
        {_PARTIES}
        SELECT DISTINCT o.id, o.name FROM purchase_order o JOIN party ON party.order_id = o.id
          JOIN screening_hit h ON h.partner_id = party.partner_id
          JOIN screening_list l ON l.id = h.list_id AND l.active
         WHERE o.state = 'purchase' AND {_COUNTS} AND {_HOLDS} AND NOT ({_COVER})
           AND o.screening_state IS DISTINCT FROM 'held'""",
    "orders flagged without the event that says since when": """
        SELECT o.id, o.name FROM purchase_order o
         WHERE o.state = 'purchase' AND o.screening_state = 'held'
           AND NOT o.screening_alarm IS TRUE
           AND NOT EXISTS (SELECT FROM screening_event e
               WHERE e.kind IN ('hold_start', 'order_check')
               AND e.res_model = 'purchase.order' AND e.res_ref = o.id
               AND (e.kind = 'hold_start' OR e.payload::jsonb->>'state' = 'held'))""",
    # ---- holds
    "open orders shown as held without a hold": """
        SELECT o.id, o.name FROM purchase_order o
         WHERE o.state IN ('draft', 'sent', 'to approve') AND o.screening_state = 'held'
           AND NOT EXISTS (SELECT FROM screening_hold s
               WHERE s.order_id = o.id AND s.state = 'active')
           AND NOT EXISTS (SELECT FROM screening_policy sp
               WHERE sp.company_id = o.company_id AND sp.mode = 'observe')""",
    "holds of orders that are approved or cancelled": """
        SELECT s.id, o.name FROM screening_hold s JOIN purchase_order o ON o.id = s.order_id
         WHERE s.state = 'active' AND o.state IN ('purchase', 'cancel')""",
    "holds without the event of their state": """
        SELECT s.id, o.name FROM screening_hold s JOIN purchase_order o ON o.id = s.order_id
         WHERE (SELECT COUNT(*) FROM screening_event e WHERE e.res_model = 'purchase.order'
                   AND e.res_ref = o.id AND e.kind = 'hold_start')
             < (SELECT COUNT(*) FROM screening_hold t WHERE t.order_id = o.id)
            OR (SELECT COUNT(*) FROM screening_event e WHERE e.res_model = 'purchase.order'
                   AND e.res_ref = o.id AND e.kind = 'hold_end')
             < (SELECT COUNT(*) FROM screening_hold t
                 WHERE t.order_id = o.id AND t.state = 'lifted')""",
    # ---- exemptions
    "exemptions used beyond their ceiling": """
        SELECT x.id, x.name FROM screening_exemption x
          JOIN LATERAL (SELECT COALESCE(SUM(u.amount), 0) AS amount,
                       COALESCE(SUM(u.quantity), 0) AS quantity
                  FROM screening_exemption_use u
                 WHERE u.exemption_id = x.id AND u.state = 'reserved') used ON true
         WHERE x.amount_ceiling > 0
           AND used.amount > x.amount_ceiling * (1 + COALESCE(x.tolerance, 0) / 100) + 0.005
            OR x.quantity_ceiling > 0
           AND used.quantity > x.quantity_ceiling * (1 + COALESCE(x.tolerance, 0) / 100) + 0.00001
        """,
    "exemptions whose total is not the sum of their uses": """
        SELECT x.id, x.name FROM screening_exemption x
         WHERE abs(COALESCE(x.amount_used, 0) - (
               SELECT COALESCE(SUM(u.amount), 0) FROM screening_exemption_use u
                WHERE u.exemption_id = x.id AND u.state = 'reserved')) > 0.005
            OR abs(COALESCE(x.quantity_used, 0) - (
               SELECT COALESCE(SUM(u.quantity), 0) FROM screening_exemption_use u
                WHERE u.exemption_id = x.id AND u.state = 'reserved')) > 0.00001""",
    "reservations of orders that are not approved": """
        SELECT u.id, o.name FROM screening_exemption_use u JOIN purchase_order o
            ON o.id = u.order_id WHERE u.state = 'reserved' AND o.state != 'purchase'""",
    "approved orders whose cover is not booked": """
        SELECT o.id, o.name FROM purchase_order o
          JOIN LATERAL (SELECT e.payload::jsonb->'covered' AS covered FROM screening_event e
                 WHERE e.kind = 'order_check' AND e.res_model = 'purchase.order'
                   AND e.res_ref = o.id ORDER BY e.id DESC LIMIT 1) last ON true
         WHERE o.state = 'purchase' AND last.covered != '{}'
           AND NOT EXISTS (SELECT FROM screening_exemption_use u
               WHERE u.order_id = o.id AND u.state = 'reserved')""",
    "uses of exemptions without the event of their booking": """
        SELECT u.id, x.name FROM screening_exemption_use u
          JOIN screening_exemption x ON x.id = u.exemption_id
         WHERE NOT EXISTS (SELECT FROM screening_event e WHERE e.kind = 'use'
               AND e.res_model = 'screening.exemption' AND e.res_ref = x.id
               AND e.payload::jsonb->(CASE WHEN u.move_id IS NULL THEN 'order' ELSE 'bill' END)->0
                   = to_jsonb(COALESCE(u.move_id, u.order_id)))""",
    "exemptions whose last event is of another state": """
        SELECT x.id, x.name FROM screening_exemption x WHERE x.state != 'draft' AND (
               SELECT e.payload::jsonb->>'state' FROM screening_event e
                WHERE e.kind = 'exemption' AND e.res_ref = x.id AND e.payload::jsonb ? 'state'
                ORDER BY e.id DESC LIMIT 1) IS DISTINCT FROM x.state""",
    "exemptions approved by who asked for them": """
        SELECT x.id, x.name FROM screening_exemption x WHERE x.state = 'approved'
           AND x.approver_id IN (x.create_uid, x.requester_id)""",
    # ---- hits and decisions
    "hits that follow one which no longer leads, so nobody is asked": """
        SELECT h.id, h.listed_name FROM screening_hit h JOIN screening_hit l
            ON l.id = h.leader_id WHERE h.state = 'open' AND l.state NOT IN ('open', 'same')""",
    "decided hits whose last decision in the trail is another": """
        SELECT h.id, h.listed_name FROM screening_hit h WHERE h.state IN ('same', 'not_same')
           AND (SELECT e.payload::jsonb->>'decision' FROM screening_event e
                 WHERE e.kind = 'decision' AND e.res_model = 'screening.hit' AND e.res_ref = h.id
                 ORDER BY e.id DESC LIMIT 1) IS DISTINCT FROM h.state""",
    "decisions taken back without their event": """
        SELECT h.id, h.listed_name FROM screening_hit h WHERE h.state = 'open'
           AND (SELECT e.kind FROM screening_event e WHERE e.res_model = 'screening.hit'
                   AND e.res_ref = h.id AND e.kind IN ('decision', 'decision_reopened')
                 ORDER BY e.id DESC LIMIT 1) = 'decision'""",
    "contacts shown as without a match that have one": """
        SELECT s.id, s.partner_id FROM screening_subject s JOIN screening_hit h
            ON h.partner_id = s.partner_id
         WHERE s.state = 'no_match' AND """
    + _COUNTS,
    # ---- lists
    "applied updates without their event": """
        SELECT u.id, u.filename FROM screening_list_update u
         WHERE u.state IN ('applied', 'rolled_back') AND NOT EXISTS (
               SELECT FROM screening_event e WHERE e.kind = 'update' AND e.res_ref = u.id)""",
    "lists whose parties in force are not those of their last update": """
        SELECT l.id, l.code FROM screening_list l JOIN LATERAL (
               SELECT n.* FROM screening_list_update_line n
                 JOIN screening_list_update u ON u.id = n.update_id
                WHERE n.list_id = l.id AND u.state IN ('applied', 'rolled_back')
                ORDER BY u.applied_seq DESC LIMIT 1) last ON true
         WHERE last.added + last.changed + last.unchanged != (SELECT COUNT(*)
               FROM screening_party p WHERE p.list_id = l.id AND p.in_force)
           AND last.edition = l.edition""",
    "parties in force that no name is found by": """
        SELECT p.id, p.name FROM screening_party p WHERE p.in_force AND NOT EXISTS (
               SELECT FROM screening_party_entry e CROSS JOIN unnest(e.keys) AS k (key)
                 JOIN screening_index i ON i.update_id = 0 AND i.bucket = k.key >> 14
                WHERE e.party_id = p.id AND (k.key::int8 << 32 | e.id) = ANY(i.postings))""",
    "names found that are not in force": """
        SELECT DISTINCT i.bucket, e.text FROM screening_index i
         CROSS JOIN unnest(i.postings) AS posting
          LEFT JOIN screening_party_entry e ON e.id = posting & 4294967295
          LEFT JOIN screening_party p ON p.id = e.party_id
         WHERE i.update_id = 0 AND p.in_force IS NOT TRUE""",
    "contacts not screened against what is in force": """
        SELECT s.id, s.partner_id::text FROM screening_subject s WHERE s.stamp <
               (SELECT COALESCE(MAX(applied_seq), 0) FROM screening_list_update)""",
}
