# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models

from .. import engine


class ScreeningHitMatching(models.Model):
    """Storing what the engine found, without losing what was decided."""

    _inherit = "screening.hit"

    @api.model
    def _apply_matches(self, found):
        """Make the stored hits of contacts what the engine found.

        :param found: list of (contact, matches, its fingerprint, its stored hits, closed ones too)
        :return: the contacts of which a hit appeared, closed, or was reopened
        """
        moved = self.env["res.partner"].browse()
        concerned = moved
        new = []
        party_ids = [match.party_id for _partner, matches, *_rest in found for match in matches]
        listed = {p.id: p for p in self.env["screening.party"].sudo().browse(party_ids)}
        for partner, matches, fingerprint, known in found:
            if not matches and not known:
                continue
            concerned |= partner
            by_key = {(hit.list_id.id, hit.party_uid): hit for hit in known}
            seen = self.browse()
            for match in matches:
                party = listed[match.party_id]
                values = self._prepare_hit_vals(partner, match, party, fingerprint)
                hit = by_key.get((party.list_id.id, party.uid))
                if not hit:
                    new.append(values)
                    moved |= partner
                elif hit._update_from_match(values):
                    moved |= partner
                seen |= hit or self.browse()
            for hit in known - seen:
                if hit._settle_vanished(fingerprint):
                    moved |= partner
        self._sealed().create(new)
        self._assign_leaders(concerned)
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
        if self.proposed_by_id and not self._proposal_fits():
            self._sealed().write(self._no_proposal())
            self.env["screening.decision.log"]._log(
                self, "reopened", self.env._("something changed since it was proposed")
            )
        if self.decision:
            changed = []
            if self.decided_subject_fingerprint != self.subject_fingerprint:
                changed.append(
                    self.env._("the contact's name, address, country or numbers changed")
                )
            if self.decided_listed_fingerprint != self.listed_fingerprint:
                changed.append(self.env._("the listed party's entry changed"))
            if changed:
                self._reopen("; ".join(changed), self._changes_since_decision())
                return True
            if was == "closed":
                # Listed again, or renamed back: equal facts are never asked twice.
                self._sealed().write({"state": self.decision})
                return True
            return False
        if was == "closed":
            self._sealed().write({"state": "open", "opened_at": fields.Datetime.now()})
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
        listed = self._follow_listed_party()
        if listed and renamed and self.state in ("open", "same"):
            if not self.vendor_changed:
                self._sealed().write({"vendor_changed": True})
                if self.state == "same":
                    self._reopen(
                        self.env._("the contact was changed and no longer matches"),
                        self._changes_since_decision(),
                    )
                return True
            return False
        self._sealed().write({"state": "closed", "vendor_changed": False})
        self.env["screening.event"]._log_event(
            "hit_closed",
            self,
            self.env._("“%s” closed: it no longer matches", self.display_name)
            if listed
            else self.env._("“%s” closed: the party is no longer on the list", self.display_name),
            self._get_snapshot(),
        )
        return True

    def _follow_listed_party(self):
        """Point to the row that is in force now. :return: whether the list still names the party"""
        current = (
            self.env["screening.party"]
            .sudo()
            .search(
                [
                    ("list_id", "=", self.list_id.id),
                    ("uid", "=", self.party_uid),
                    ("in_force", "=", True),
                ],
                limit=1,
            )
        )
        if current and current != self.party_id:
            self._sealed().write({"party_id": current.id})
        return bool(current)

    @api.model
    def _assign_leaders(self, partners):
        """Within one list and contact the best open or confirmed hit leads, open ones follow."""
        if not partners:
            return
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
