# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

from .. import engine
from .screening_facts import MAX_NAME, PARTNER_FACT_FIELDS, address_of, facts_from_partner
from .screening_input import expect_one

#: More than this in one transaction is left to the background.
MAX_SYNCHRONOUS = 200


class ResPartner(models.Model):
    _inherit = "res.partner"

    screening_state = fields.Selection(
        [
            ("not_screened", "Not screened"),
            ("no_match", "No match found"),
            ("review", "To review"),
            ("confirmed", "Same party"),
        ],
        string="Screening",
        compute="_compute_screening_state",
        search="_search_screening_state",
        compute_sudo=True,
        groups="base.group_user",
    )
    screening_subject_ids = fields.One2many(
        "screening.subject", "partner_id", copy=False, groups="base.group_user"
    )
    screening_hit_ids = fields.One2many(
        "screening.hit",
        "partner_id",
        string="Screening Hits",
        copy=False,
        groups="restricted_party_screening.group_compliance",
    )
    screening_hit_count = fields.Integer(
        compute="_compute_screening_hit_count", groups="restricted_party_screening.group_compliance"
    )

    @api.depends("screening_subject_ids.state")
    def _compute_screening_state(self):
        for partner in self:
            partner.screening_state = partner.screening_subject_ids[:1].state or "not_screened"

    def _search_screening_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        domain = [("screening_subject_ids.state", "in", list(value))]
        if "not_screened" in value:
            return ["|", ("screening_subject_ids", "=", False), *domain]
        return domain

    def _compute_screening_hit_count(self):
        counts = dict(
            self.env["screening.hit"]._read_group(
                [("partner_id", "in", self.ids), ("state", "!=", "closed"), ("counts", "=", True)],
                ["partner_id"],
                ["__count"],
            )
        )
        for partner in self:
            partner.screening_hit_count = counts.get(partner, 0)

    @api.constrains("name", "company_name", "street", "street2", "zip", "city")
    def _check_screening_length(self):
        """What is longer than what is compared would not be screened to its end."""
        for partner in self:
            texts = (partner.name, partner.company_name, address_of(partner))
            if any(len(text or "") > MAX_NAME for text in texts):
                raise ValidationError(
                    self.env._(
                        "“%(contact)s…”: names and addresses have at most %(limit)s characters,"
                        " blanks included, because no more is screened. Shorten it.",
                        contact=(partner.name or "").strip()[:40],
                        limit=MAX_NAME,
                    )
                )

    # ---- screening when facts change ---------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        partners = super().create(vals_list)
        partners.filtered("supplier_rank")._screening_after_change()
        return partners

    def write(self, vals):
        before = self.parent_id if "parent_id" in vals else self.browse()
        if "parent_id" in vals:
            # First, so that nobody learns of a suspicion by trying to write what is not theirs.
            self.check_access("write")
            self._screening_refuse_detaching(vals["parent_id"])
            self.env["screening.subject"].sudo()._meet(self)
        result = super().write(vals)
        if "supplier_rank" in vals or set(vals) & set(PARTNER_FACT_FIELDS):
            (self | before)._screening_concerned()._screening_after_change()
            if "parent_id" in vals:
                self.env["purchase.order"]._screening_refresh_partners(self)
                self.env["screening.subject"]._look_again_at(self, any_state=True)
        return result

    def _screening_concerned(self):
        """Those whom screening is about: vendors, and whoever was screened before."""
        partners = self.sudo().with_context(active_test=False)
        known = (
            self.env["screening.subject"]
            .sudo()
            .search_fetch([("partner_id", "in", partners.ids)], ["partner_id"])
            .partner_id
        )
        return partners.filtered("supplier_rank") | known

    def _screening_after_change(self):
        """Screen now what is little, queue what is much; bring the orders concerned up to date."""
        partners = self.sudo()
        if not partners:
            return
        partners |= partners.parent_id
        if len(partners) > MAX_SYNCHRONOUS:
            subjects = self.env["screening.subject"]._ensure(partners)
            self.env["screening.subject"].browse([s.id for s in subjects.values()])._sealed().write(
                {"stamp": -1}
            )
            self.env["screening.subject"]._trigger()
            return
        changed = self.env["screening.matcher"]._screen_partners(partners)
        self.env["purchase.order"]._screening_refresh_partners(changed)

    def _screening_outdated(self):
        """Those whose stored screening is of other facts, other editions or another matcher."""
        partners = self.sudo()
        stamp = self.env["screening.list"]._get_stamp()
        subjects = {
            subject.partner_id: subject
            for subject in self.env["screening.subject"]
            .sudo()
            .search([("partner_id", "in", partners.ids)])
        }
        return partners.filtered(
            lambda partner: (
                not (subject := subjects.get(partner))
                or subject.error
                or subject.stamp != stamp
                or subject.matcher_version != engine.MATCHER_VERSION
                or subject.fingerprint != engine.subject_fingerprint(facts_from_partner(partner))
            )
        )

    # ---- actions ------------------------------------------------------------

    def action_screen(self):
        """Screen these contacts against the lists in force, now.

        :raises AccessError: when the user has no right to screening
        """
        if not self.env.user.has_group("restricted_party_screening.group_user"):
            raise AccessError(self.env._("You need the right to use restricted party screening."))
        self.check_access("read")
        changed = self.env["screening.matcher"]._screen_partners(self)
        self.env["purchase.order"]._screening_refresh_partners(changed)
        labels = dict(self._fields["screening_state"]._description_selection(self.env))
        self.invalidate_recordset(["screening_state"])
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "title": self.env._("Screening"),
                "message": "\n".join(
                    f"{partner.display_name}: {labels[partner.screening_state]}" for partner in self
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def action_view_screening_hits(self):
        expect_one(self)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "restricted_party_screening.screening_hit_action"
        )
        action["domain"] = [("partner_id", "=", self.id), ("counts", "=", True)]
        action["context"] = {}
        return action
