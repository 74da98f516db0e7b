# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .. import engine
from .screening_facts import facts_from_partner


class ScreeningHitDecision(models.Model):
    """How a hit is decided, by whom, and how a decision is taken back."""

    _inherit = "screening.hit"

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
            raise UserError(
                self.env._("A licence exemption is recorded for one contact at a time.")
            )
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
        self.env["screening.subject"].sudo()._meet(self.sudo().partner_id)
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
        # Also a hit that is found at this moment and would follow one of these must be noticed.
        self.env["screening.subject"].sudo()._meet(self.sudo().partner_id)
        closed = self.filtered(lambda hit: hit.state == "closed")
        if closed:
            raise UserError(
                self.env._("“%s” is closed; there is nothing to decide.", closed[0].display_name)
            )
        for hit in self:
            # What was decided on is the contact as it is now, also when it was renamed since.
            facts = facts_from_partner(hit.sudo().partner_id)
            hit._sealed().write(
                {
                    "decision": decision,
                    "state": decision,
                    "reason": reason.strip(),
                    "decided_by_id": self.env.uid,
                    "decided_at": fields.Datetime.now(),
                    "decided_subject_fingerprint": engine.subject_fingerprint(facts),
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
        self._sealed().write(
            {
                "state": "open",
                "decision": False,
                "reopened": why,
                "opened_at": fields.Datetime.now(),
            }
        )
        self.env["screening.event"]._log_event(
            "decision_reopened",
            self,
            self.env._("“%(hit)s” is to be decided again: %(why)s", hit=self.display_name, why=why),
            {"before": before, "after": self._get_snapshot()},
        )
