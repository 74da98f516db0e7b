# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import engine
from .screening_facts import facts_from_partner

DECISIONS = [("not_same", "Not the same party"), ("same", "Same party")]


class ScreeningHit(models.Model):
    """A contact and a listed party that may be the same, and what compliance decided about it.

    A decision is about identity, so it holds for all companies. It is tied to the facts of
    both sides: when either changes it reopens, while both stay it is never asked again.
    """

    _name = "screening.hit"
    _inherit = ["screening.sealed", "mail.thread", "mail.activity.mixin"]
    _description = "Screening Hit"
    _order = "state_order, leader_id desc, score desc, id"
    _sealed_fields = (
        "partner_id",
        "list_id",
        "party_uid",
        "party_id",
        "listed_name",
        "matched_name",
        "matched_kind",
        "subject_name",
        "score",
        "level",
        "relation",
        "evidence",
        "matcher_version",
        "subject_fingerprint",
        "listed_fingerprint",
        "state",
        "state_order",
        "leader_id",
        "decision",
        "reason",
        "decided_by_id",
        "decided_at",
        "decided_subject_fingerprint",
        "decided_listed_fingerprint",
        "reopened",
        "vendor_changed",
    )

    partner_id = fields.Many2one("res.partner", "Contact", required=True, index=True, ondelete="cascade")
    list_id = fields.Many2one("screening.list", required=True, index=True)
    party_uid = fields.Char(required=True)
    party_id = fields.Many2one("screening.party", string="Listed Party", required=True, index=True)
    listed_name = fields.Char(required=True)
    matched_name = fields.Char(string="Spelling That Matched")
    matched_kind = fields.Char()
    subject_name = fields.Char(string="Contact's Spelling")
    score = fields.Integer(aggregator="max")
    level = fields.Selection([("strong", "Strong"), ("possible", "Possible")])
    relation = fields.Char()
    evidence = fields.Json()
    explanation = fields.Text(compute="_compute_explanation")
    against = fields.Text(string="What Speaks Against It", compute="_compute_explanation")
    matcher_version = fields.Char()
    subject_fingerprint = fields.Char()
    listed_fingerprint = fields.Char()
    state = fields.Selection(
        [
            ("open", "To decide"),
            ("same", "Same party"),
            ("not_same", "Not the same party"),
            ("closed", "Closed"),
        ],
        default="open",
        required=True,
        index=True,
    )
    state_order = fields.Integer(default=0)
    leader_id = fields.Many2one(
        "screening.hit",
        string="Follows",
        help="The better hit of the same list and contact, whose decision this one follows.",
    )
    follower_ids = fields.One2many("screening.hit", "leader_id", string="Hits That Follow")
    decision = fields.Selection(DECISIONS, string="Last Decision")
    reason = fields.Text()
    decided_by_id = fields.Many2one("res.users", string="Decided By")
    decided_at = fields.Datetime()
    decided_subject_fingerprint = fields.Char()
    decided_listed_fingerprint = fields.Char()
    reopened = fields.Text(string="Why It Was Reopened")
    vendor_changed = fields.Boolean(
        help="The contact was changed so that it no longer matches; a person decides whether that is right."
    )
    # For the screen that compares both sides.
    partner_country_id = fields.Many2one(related="partner_id.country_id", string="Contact's Country")
    partner_address = fields.Char(compute="_compute_partner_address", string="Contact's Address")
    partner_vat = fields.Char(related="partner_id.vat", string="Contact's Tax ID")
    party_countries = fields.Char(related="party_id.country_codes", string="Listed Countries")
    party_addresses = fields.Text(related="party_id.address_text", string="Listed Addresses")
    party_requirement = fields.Text(related="party_id.license_requirement")
    party_policy = fields.Text(related="party_id.license_policy")
    party_citation = fields.Char(related="party_id.citation")
    exemption_ids = fields.Many2many("screening.exemption", "screening_exemption_hit_rel", "hit_id", "exemption_id")
    other_hit_ids = fields.Many2many("screening.hit", compute="_compute_other_hit_ids", string="Other Hits")
    order_ids = fields.Many2many("purchase.order", compute="_compute_order_ids", string="Orders")

    _key_uniq = models.Constraint(
        "UNIQUE(partner_id, list_id, party_uid)", "A contact and a listed party meet in one hit."
    )

    # ---- computes -----------------------------------------------------------

    @api.depends("partner_id", "listed_name", "list_id.code")
    def _compute_display_name(self):
        for hit in self:
            hit.display_name = f"{hit.partner_id.display_name} ~ {hit.listed_name} ({hit.list_id.code})"

    @api.depends("evidence")
    @api.depends_context("lang")
    def _compute_explanation(self):
        wording = self.env["screening.wording"]
        for hit in self:
            hit.explanation = wording._explain(hit.evidence)
            hit.against = wording._explain_against(hit.evidence)

    def _compute_partner_address(self):
        for hit in self:
            addresses = facts_from_partner(hit.partner_id.sudo()).addresses
            hit.partner_address = addresses[0].text if addresses else False

    def _compute_other_hit_ids(self):
        by_partner = self.search(
            [("partner_id", "in", self.partner_id.ids), ("state", "!=", "closed")]
        ).grouped("partner_id")
        for hit in self:
            hit.other_hit_ids = by_partner.get(hit.partner_id, self.browse()) - hit

    def _compute_order_ids(self):
        orders = self.env["purchase.order"]
        for hit in self:
            hit.order_ids = orders.search(orders._screening_domain_of(hit.partner_id), limit=80)

    # ---- decisions ----------------------------------------------------------

    def action_decide(self):
        """Open the decision form for these hits."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Decide"),
            "res_model": "screening.decision",
            "view_mode": "form",
            "target": "new",
            "context": {"default_hit_ids": [fields.Command.set(self.ids)]},
        }

    def action_record_exemption(self):
        """Open a new licence exemption for the contact of these hits."""
        if len(self.partner_id) != 1:
            raise UserError(self.env._("A licence exemption is recorded for one contact at a time."))
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Licence Exemption"),
            "res_model": "screening.exemption",
            "view_mode": "form",
            "context": {
                "default_partner_id": self.partner_id.id,
                "default_hit_ids": [fields.Command.set(self.ids)],
            },
        }

    def action_set_same(self, reason):
        """Decide these hits as *same party*. :param reason: why, required"""
        return self._decide("same", reason)

    def action_set_not_same(self, reason):
        """Decide these hits as *not the same party*. :param reason: why, required"""
        return self._decide("not_same", reason)

    def action_reopen(self, reason):
        """Take a decision back; the hit holds again until decided. :param reason: why, required"""
        self._check_may_decide(reason)
        for hit in self.filtered("decision"):
            hit._reopen(reason)
        self._after_decision()
        return True

    def _check_may_decide(self, reason):
        if not self.env.user.has_group("restricted_party_screening.group_compliance"):
            raise AccessError(self.env._("Only compliance decides hits."))
        self.check_access("write")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Give the reason of the decision."))

    def _decide(self, decision, reason):
        self._check_may_decide(reason)
        closed = self.filtered(lambda hit: hit.state == "closed")
        if closed:
            raise UserError(self.env._("“%s” is closed; there is nothing to decide.", closed[0].display_name))
        for hit in self:
            hit._sealed().write(
                {
                    "decision": decision,
                    "state": decision,
                    "reason": reason.strip(),
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                    "decided_subject_fingerprint": hit.subject_fingerprint,
                    "decided_listed_fingerprint": hit.listed_fingerprint,
                    "reopened": False,
                    "vendor_changed": False,
                }
            )
            label = dict(self._fields["decision"]._description_selection(self.env))[decision]
            self.env["screening.event"]._log_event(
                "decision",
                hit,
                self.env._("“%(hit)s”: %(decision)s", hit=hit.display_name, decision=label),
                hit._get_snapshot(),
            )
        self._after_decision()
        return True

    def _after_decision(self):
        partners = self.sudo().partner_id
        self.sudo()._assign_leaders(partners)
        self.env["screening.subject"].sudo().search(
            [("partner_id", "in", partners.ids)]
        )._refresh_state()
        self.env["purchase.order"]._screening_refresh_partners(partners)

    def _reopen(self, why):
        self.ensure_one()
        before = self._get_snapshot()
        self._sealed().write({"state": "open", "decision": False, "reopened": why})
        self.env["screening.event"]._log_event(
            "decision_reopened",
            self,
            self.env._("“%(hit)s” is to be decided again: %(why)s", hit=self.display_name, why=why),
            {"before": before, "after": self._get_snapshot()},
        )

    # ---- storing what the engine found -------------------------------------

    @api.model
    def _apply_matches(self, partner, matches, subject_fingerprint, known, facts):
        """Make the stored hits of one contact what the engine found.

        :param known: its stored hits, closed ones too
        :return: whether a hit appeared, closed, or was reopened
        """
        parties = self.env["screening.party"].sudo().browse([match.party_id for match in matches])
        known_by_key = {(hit.list_id.id, hit.party_uid): hit for hit in known}
        moved = False
        seen = self.browse()
        for match, party in zip(matches, parties, strict=True):
            hit = known_by_key.get((party.list_id.id, party.uid))
            values = self._prepare_hit_vals(partner, match, party, subject_fingerprint)
            if not hit:
                hit = self._sealed().create(values)
                moved = True
            else:
                moved |= hit._update_from_match(values)
            seen |= hit
        for hit in known - seen:
            moved |= hit._settle_vanished(subject_fingerprint)
        self._assign_leaders(partner)
        return moved

    @api.model
    def _prepare_hit_vals(self, partner, match, party, subject_fingerprint):
        return {
            "partner_id": partner.id,
            "list_id": party.list_id.id,
            "party_uid": party.uid,
            "party_id": party.id,
            "listed_name": party.name,
            "matched_name": match.matched_name,
            "matched_kind": match.matched_kind,
            "subject_name": match.subject_name,
            "score": match.score,
            "level": match.level,
            "relation": match.relation,
            "evidence": match.evidence,
            "matcher_version": engine.MATCHER_VERSION,
            "subject_fingerprint": subject_fingerprint,
            "listed_fingerprint": party.fingerprint,
        }

    def _update_from_match(self, values):
        """Bring a stored hit up to date; reopen its decision when the compared facts moved."""
        self.ensure_one()
        was = self.state
        fresh = {
            name: value
            for name, value in values.items()
            if (self[name].id if isinstance(self[name], models.BaseModel) else self[name]) != value
        }
        if self.vendor_changed:
            fresh["vendor_changed"] = False
        if fresh:
            self._sealed().write(fresh)
        if self.decision:
            changed = []
            if self.decided_subject_fingerprint != self.subject_fingerprint:
                changed.append(self.env._("the contact's name, address, country or numbers changed"))
            if self.decided_listed_fingerprint != self.listed_fingerprint:
                changed.append(self.env._("the listed party's entry changed"))
            if changed:
                self._reopen("; ".join(changed))
                return True
            if was == "closed":
                # Listed again, or renamed back: equal facts are never asked twice.
                self._sealed().write({"state": self.decision})
                return True
            return False
        if was == "closed":
            self._sealed().write({"state": "open"})
            return True
        return False

    def _settle_vanished(self, subject_fingerprint):
        """A stored hit that the engine no longer finds.

        When the list dropped the party, the hit closes. When the *contact* changed, a rename must
        not be a way out of a hold: what was undecided or confirmed stays, for a person to decide.
        """
        self.ensure_one()
        if self.state == "closed":
            return False
        renamed = self.subject_fingerprint != subject_fingerprint
        if self.party_id.in_force and renamed and self.state in ("open", "same"):
            if not self.vendor_changed:
                self._sealed().write({"vendor_changed": True})
                if self.state == "same":
                    self._reopen(self.env._("the contact was changed and no longer matches"))
                return True
            return False
        self._sealed().write({"state": "closed", "vendor_changed": False})
        self.env["screening.event"]._log_event(
            "hit_closed",
            self,
            self.env._("“%s” closed: it no longer matches", self.display_name)
            if self.party_id.in_force
            else self.env._("“%s” closed: the party is no longer on the list", self.display_name),
            self._get_snapshot(),
        )
        return True

    @api.model
    def _assign_leaders(self, partners):
        """Within one list and contact the best undecided or confirmed hit leads, open ones follow it."""
        self.flush_model()
        hits = self.sudo().search(
            [("partner_id", "in", partners.ids), ("state", "in", ("open", "same"))],
            order="partner_id, list_id, score desc, id",
        )
        groups = hits.grouped(lambda hit: (hit.partner_id, hit.list_id))
        for group in groups.values():
            leader = group[0]
            for hit in group:
                follows = leader if hit != leader and hit.state == "open" else self.browse()
                if hit.leader_id != follows:
                    hit._sealed().write({"leader_id": follows.id})
        stray = self.sudo().search(
            [
                ("partner_id", "in", partners.ids),
                ("state", "in", ("not_same", "closed")),
                ("leader_id", "!=", False),
            ]
        )
        if stray:
            stray._sealed().write({"leader_id": False})

    def _get_snapshot(self):
        """This hit as it is now, for the audit trail."""
        self.ensure_one()
        hit = self.sudo()
        return {
            "partner": [hit.partner_id.id, hit.partner_id.display_name],
            "list": hit.list_id.code,
            "edition": hit.list_id.edition,
            "party_uid": hit.party_uid,
            "listed_name": hit.listed_name,
            "matched_name": hit.matched_name or "",
            "subject_name": hit.subject_name or "",
            "score": hit.score,
            "level": hit.level or "",
            "state": hit.state,
            "decision": hit.decision or "",
            "reason": hit.reason or "",
            "decided_by": hit.decided_by_id.login or "",
            "decided_at": fields.Datetime.to_string(hit.decided_at) if hit.decided_at else "",
            "subject_fingerprint": hit.subject_fingerprint or "",
            "listed_fingerprint": hit.listed_fingerprint or "",
            "evidence": hit.evidence or {},
            "matcher": hit.matcher_version or "",
        }
