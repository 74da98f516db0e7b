# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from .. import engine
from .screening_facts import facts_from_json
from .screening_store import OdooStore

#: So many contacts are looked at for the preview; beyond, it says that it is a part.
MAX_CONTACTS = 5_000
BATCH = 500
#: So many rows are shown of each kind.
MAX_ROWS = 500


class ScreeningListUpdateEffect(models.Model):
    """Somebody or something that an update would touch if it were applied now."""

    _name = "screening.list.update.effect"
    _inherit = "screening.sealed"
    _description = "Effect of a List Update"
    _order = "update_id, kind, score desc, id"

    update_id = fields.Many2one(
        "screening.list.update", required=True, readonly=True, ondelete="cascade", index=True
    )
    kind = fields.Selection(
        [
            ("1_hit", "Contact gets a hit"),
            ("2_hold", "Order would be held"),
            ("3_reopen", "Decision reopens"),
            ("4_close", "Hit closes"),
            ("5_free", "Order would be freed"),
            ("6_exemption", "Exemption's listed party changes"),
        ],
        required=True,
        readonly=True,
    )
    partner_id = fields.Many2one("res.partner", string="Contact", readonly=True, ondelete="cascade")
    order_id = fields.Many2one("purchase.order", readonly=True, ondelete="cascade")
    exemption_id = fields.Many2one("screening.exemption", readonly=True, ondelete="cascade")
    list_id = fields.Many2one("screening.list", readonly=True)
    listed_name = fields.Char(readonly=True)
    score = fields.Integer(readonly=True)


class ScreeningListUpdatePreview(models.Model):
    """Whom an update would touch, worked out before it counts."""

    _inherit = "screening.list.update"

    effect_ids = fields.One2many("screening.list.update.effect", "update_id", readonly=True)
    effects_seen = fields.Integer(string="Contacts Looked At", readonly=True, copy=False)
    effects_total = fields.Integer(string="Contacts Concerned", readonly=True, copy=False)

    def _preview_effects(self):
        """Write down who would be touched."""
        rows = []
        new = self._preview_hits()
        rows += [dict(values, kind="1_hit") for values in new]
        rows += self._preview_holds(new)
        rows += self._preview_ended()
        counts = {}
        kept = []
        for row in rows:
            counts[row["kind"]] = counts.get(row["kind"], 0) + 1
            if counts[row["kind"]] <= MAX_ROWS:
                kept.append(dict(row, update_id=self.id))
        self.env["screening.list.update.effect"]._sealed().create(kept)

    def _concerned_subjects(self):
        """Screened contacts that share a key with what this update brings."""
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT DISTINCT s.id FROM screening_subject s CROSS JOIN unnest(s.keys) k(key)"
                " JOIN (SELECT DISTINCT unnest(e.keys) AS key"
                "         FROM screening_party p JOIN screening_party_entry e ON e.party_id = p.id"
                "        WHERE p.update_id = %s AND p.edition_from = 0) t ON t.key = k.key",
                self.id,
            )
        )
        return self.env["screening.subject"].sudo().browse(sorted(row for (row,) in rows))

    def _preview_hits(self):
        """New hits, each as values of an effect."""
        subjects = self._concerned_subjects()
        seen = subjects[:MAX_CONTACTS]
        self._sealed().write({"effects_seen": len(seen), "effects_total": len(subjects)})
        found = []
        store = OdooStore(self.env, self.id)
        step = self.env["screening.sensitivity"]._get_step()
        for start in range(0, len(seen), BATCH):
            batch = seen[start : start + BATCH]
            known = {
                (hit.partner_id.id, hit.list_id.id, hit.party_uid)
                for hit in self.env["screening.hit"]
                .sudo()
                .search([("partner_id", "in", batch.partner_id.ids), ("state", "!=", "closed")])
            }
            results = engine.search([facts_from_json(item.facts) for item in batch], store, step)
            for subject, matches in zip(batch, results, strict=True):
                for match in matches:
                    party = self.env["screening.party"].sudo().browse(match.party_id)
                    key = (subject.partner_id.id, party.list_id.id, party.uid)
                    if key not in known:
                        found.append(
                            {
                                "partner_id": subject.partner_id.id,
                                "list_id": party.list_id.id,
                                "listed_name": party.name,
                                "score": match.score,
                            }
                        )
        return found

    def _preview_holds(self, new):
        """Open orders that the new hits would hold and that are not held yet."""
        orders = self.env["purchase.order"].sudo()
        policies = self.env["screening.policy"]
        rows, effects = [], {}
        for values in new:
            partner = self.env["res.partner"].sudo().browse(values["partner_id"])
            concerned = orders.search(
                [
                    *orders._screening_domain_of(partner),
                    ("state", "in", ("draft", "sent", "to approve")),
                    ("screening_state", "!=", "held"),
                ]
            )
            for order in concerned:
                company = order.company_id
                if company not in effects:
                    policy = policies._get(company)
                    effects[company] = policy._get_effects() if policy.mode == "hold" else {}
                record = self.env["screening.list"].sudo().browse(values["list_id"])
                if effects[company].get(record) == "hold":
                    rows.append(dict(values, kind="2_hold", order_id=order.id))
        return list({row["order_id"]: row for row in reversed(rows)}.values())

    def _preview_ended(self):
        """Hits, decisions, orders and exemptions whose listed party goes or changes."""
        removed = [row for line in self.line_ids for row in line.removed_ids or []]
        hits = self.env["screening.hit"].sudo()
        closing = hits.search([("party_id", "in", removed), ("state", "!=", "closed")])
        reopening = hits.search(
            [
                ("party_id", "in", self._changed_rows()),
                ("decision", "!=", False),
                ("state", "!=", "closed"),
            ]
        )
        rows = [dict(self._effect_of(hit), kind="4_close") for hit in closing]
        rows += [dict(self._effect_of(hit), kind="3_reopen") for hit in reopening]
        holds = (
            self.env["screening.hold"]
            .sudo()
            .search([("state", "=", "active"), ("hit_ids", "in", closing.ids)])
        )
        for hold in holds.filtered(lambda hold: not hold.hit_ids - closing):
            values = self._effect_of(hold.hit_ids[:1])
            rows.append(dict(values, kind="5_free", order_id=hold.order_id.id))
        exemptions = (
            self.env["screening.exemption"]
            .sudo()
            .search([("state", "=", "approved"), ("hit_ids", "in", (closing | reopening).ids)])
        )
        for exemption in exemptions:
            hit = (exemption.hit_ids & (closing | reopening))[:1]
            rows.append(dict(self._effect_of(hit), kind="6_exemption", exemption_id=exemption.id))
        return rows

    def _changed_rows(self):
        """Rows in force whose compared facts this update changes."""
        return [
            row
            for (row,) in self.env.execute_query(
                SQL(
                    "SELECT old.id FROM screening_party new JOIN screening_party old"
                    " ON old.id = new.previous_id"
                    " WHERE new.update_id = %s AND new.fingerprint != old.fingerprint",
                    self.id,
                )
            )
        ]

    def _effect_of(self, hit):
        return {
            "partner_id": hit.partner_id.id,
            "list_id": hit.list_id.id,
            "listed_name": hit.listed_name,
            "score": hit.score,
        }
