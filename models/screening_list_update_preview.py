# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from .. import engine
from .screening_facts import facts_from_json
from .screening_foresight import foresee, holding
from .screening_store import OdooStore

#: So many contacts are looked at for the preview; beyond, it says that it is a part.
MAX_CONTACTS = 5_000
BATCH = 500
#: So many rows are shown of each kind.
MAX_ROWS = 500
OPEN_ORDERS = ("draft", "sent", "to approve")


class ScreeningListUpdatePreview(models.Model):
    """Whom an update would touch, worked out before it counts."""

    _inherit = "screening.list.update"

    effect_ids = fields.One2many("screening.list.update.effect", "update_id", readonly=True)
    effects_seen = fields.Integer(string="Contacts Looked At", readonly=True, copy=False)
    effects_total = fields.Integer(string="Contacts Concerned", readonly=True, copy=False)
    effects_more = fields.Integer(
        string="Rows Not Shown", readonly=True, copy=False, help="More of one kind than are kept."
    )
    effects_unscreened = fields.Integer(
        string="Contacts Never Screened",
        readonly=True,
        copy=False,
        help="Nothing is known of them that could be looked up.",
    )
    effects_waiting = fields.Integer(
        string="Contacts Waiting",
        readonly=True,
        copy=False,
        help="They were still to be screened for an earlier update.",
    )

    def _preview_effects(self):
        """Write down who would be touched."""
        foreseen = self._foresee_hits()
        kinds = {"new": "1_hit", "reopened": "3_reopen", "closed": "4_close"}
        rows = [
            dict(item.values, kind=kinds[item.fate])
            for items in foreseen.values()
            for item in items
            if item.fate in kinds
        ]
        rows += self._preview_orders(foreseen) + self._preview_exemptions(foreseen)
        counts = {}
        kept = []
        for row in rows:
            counts[row["kind"]] = counts.get(row["kind"], 0) + 1
            if counts[row["kind"]] <= MAX_ROWS:
                kept.append(dict(row, update_id=self.id))
        self.env["screening.list.update.effect"]._sealed().create(kept)
        self._sealed().write(
            {"effects_more": len(rows) - len(kept), **self._count_who_was_not_screened()}
        )

    def _count_who_was_not_screened(self):
        """How many contacts a preview cannot tell about, or not the last word.

        Who was never screened has no keys, nor has whom an upgrade sends to be screened again.
        """
        [(unscreened, waiting)] = self.env.execute_query(
            SQL(
                "SELECT COUNT(*) FILTER (WHERE keys IS NULL),"
                " COUNT(*) FILTER (WHERE keys IS NOT NULL) FROM screening_subject"
                " WHERE keys IS NULL OR stamp < %s",
                self.env["screening.list"]._get_stamp(),
            )
        )
        return {"effects_unscreened": unscreened, "effects_waiting": waiting}

    # ---- hits ---------------------------------------------------------------

    def _closing_rows(self):
        return [row for line in self.line_ids for row in line.closing_ids or []]

    def _concerned_subjects(self):
        """Screened contacts with a hit on what changes or goes, then those that share a key with
        what comes."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT s.id FROM screening_subject s WHERE s.partner_id IN ("
                " SELECT partner_id FROM screening_hit"
                " WHERE party_id = ANY(%s) AND state != 'closed') ORDER BY s.id",
                self._closing_rows(),
            )
        )
        rows += self.env.execute_query(
            SQL(
                "SELECT DISTINCT s.id FROM screening_subject s CROSS JOIN unnest(s.keys) k(key)"
                " JOIN (SELECT DISTINCT unnest(e.keys) AS key"
                "         FROM screening_party p JOIN screening_party_entry e ON e.party_id = p.id"
                "        WHERE p.update_id = %s AND p.edition_from = 0) t ON t.key = k.key"
                " ORDER BY s.id",
                self.id,
            )
        )
        ids = dict.fromkeys(row for (row,) in rows)
        return self.env["screening.subject"].sudo().browse(ids)

    def _foresee_hits(self):
        """The hits of the contacts concerned, as they would be: ``{contact: [Foreseen]}``."""
        subjects = self._concerned_subjects()
        seen = subjects[:MAX_CONTACTS]
        self._sealed().write({"effects_seen": len(seen), "effects_total": len(subjects)})
        closing = set(self._closing_rows())
        store = OdooStore(self.env, self.id)
        step = self.env["screening.sensitivity"]._get_step()
        foreseen = {}
        for start in range(0, len(seen), BATCH):
            batch = seen[start : start + BATCH]
            known = (
                self.env["screening.hit"]
                .sudo()
                .search([("partner_id", "in", batch.partner_id.ids)])
                .grouped("partner_id")
            )
            results = engine.search([facts_from_json(item.facts) for item in batch], store, step)
            parties = (
                self.env["screening.party"]
                .sudo()
                .browse([match.party_id for matches in results for match in matches])
            )
            by_id = {party.id: party for party in parties}
            for subject, matches in zip(batch, results, strict=True):
                partner = subject.partner_id
                hits = known.get(partner, self.env["screening.hit"])
                found = [(by_id[match.party_id], match.score) for match in matches]
                foreseen[partner] = foresee(partner, hits, found, closing)
        return foreseen

    # ---- orders and exemptions ----------------------------------------------

    def _preview_orders(self, foreseen):
        """Open orders that would be held, or freed, by what becomes of these contacts' hits."""
        moved = self.env["res.partner"].sudo()
        for partner, items in foreseen.items():
            if any(item.fate != "stays" for item in items):
                moved |= partner
        orders = self.env["purchase.order"].sudo()
        if moved:
            orders = orders.search(
                [*orders._screening_domain_of(moved), ("state", "in", OPEN_ORDERS)]
            )
        holds = (
            self.env["screening.hold"]
            .sudo()
            .search([("order_id", "in", orders.ids), ("state", "=", "active")])
        )
        held_by = {hold.order_id: hold.hit_ids for hold in holds}
        effects = self._get_holding_effects(orders.company_id)
        rows = []
        for order in orders:
            lists, held = effects[order.company_id], order in held_by
            causes = holding(order._screening_partners(), foreseen, lists, held_by.get(order))
            if causes and not held:
                rows.append(dict(causes[0].values, kind="2_hold", order_id=order.id))
            elif held and held_by[order] and not causes:
                hit = held_by[order][0]
                rows.append(dict(self._effect_of(hit), kind="5_free", order_id=order.id))
        return rows

    def _get_holding_effects(self, companies):
        """Lists that hold orders, by company; none where a company only observes."""
        found = {}
        for company in companies:
            policy = self.env["screening.policy"]._get(company)
            found[company] = self.env["screening.list"]
            if policy.mode == "hold":
                for record, effect in policy._get_effects().items():
                    if effect == "hold":
                        found[company] |= record
        return found

    def _preview_exemptions(self, foreseen):
        """Approved exemptions of which a listed party goes, or is another than was decided."""
        moved = self.env["screening.hit"].sudo()
        for items in foreseen.values():
            for item in items:
                if item.fate in ("reopened", "closed"):
                    moved |= item.hit
        exemptions = (
            self.env["screening.exemption"]
            .sudo()
            .search([("state", "=", "approved"), ("hit_ids", "in", moved.ids)])
        )
        return [
            dict(
                self._effect_of((exemption.hit_ids & moved)[0]),
                kind="6_exemption",
                exemption_id=exemption.id,
            )
            for exemption in exemptions
        ]

    def _effect_of(self, hit):
        return {
            "partner_id": hit.partner_id.id,
            "list_id": hit.list_id.id,
            "listed_name": hit.listed_name,
            "score": hit.score,
        }
