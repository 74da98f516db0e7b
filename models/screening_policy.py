# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .screening_list import ACTIONS, EFFECTS, FLIGHT_EFFECTS


class ScreeningPolicy(models.Model):
    """What hits do in one company. Without a record the defaults of the fields hold."""

    _name = "screening.policy"
    _description = "Screening Policy"
    _rec_name = "company_id"

    company_id = fields.Many2one(
        "res.company", required=True, ondelete="cascade", default=lambda self: self.env.company
    )
    mode = fields.Selection(
        [("hold", "Hold orders"), ("observe", "Observe only")],
        default="hold",
        required=True,
        help="Observe only: everything is shown as it would be, and no order is held.",
    )
    unscreened = fields.Selection(
        [("hold", "Hold the order"), ("warn", "Warn")],
        string="Not Screened",
        default="hold",
        required=True,
        help="What happens to an order when screening failed or no list that holds is loaded.",
    )
    responsible_id = fields.Many2one(
        "res.users",
        domain=[("share", "=", False)],
        help="Gets the activities about holds. Empty: the compliance users of the company.",
    )
    second_person = fields.Boolean(
        string="Second Person for Strong Matches",
        help="Not the same party is decided by two persons where the match is strong. Decisions"
        " about identity hold for all companies, so it does where one company wants it.",
    )
    line_ids = fields.One2many("screening.policy.line", "policy_id", string="Lists")

    _company_uniq = models.Constraint("UNIQUE(company_id)", "This company has a policy already.")

    @api.model_create_multi
    def create(self, vals_list):
        policies = super().create(vals_list)
        policies._after_change(self.env._("created"))
        return policies

    def write(self, vals):
        before = {policy: policy._get_snapshot() for policy in self}
        companies = self.company_id
        result = super().write(vals)
        self._after_change(self.env._("changed"), before, companies)
        return result

    def unlink(self):
        companies = self.company_id
        for policy in self:
            self.env["screening.event"]._log_event(
                "policy",
                policy,
                self.env._("Policy of “%s” removed, defaults hold again", policy.company_id.name),
                {"before": policy._get_snapshot()},
                policy.company_id,
            )
        result = super().unlink()
        self.env["purchase.order"]._screening_refresh_companies(companies)
        return result

    def _after_change(self, what, before=None, companies=None):
        for policy in self:
            self.env["screening.event"]._log_event(
                "policy",
                policy,
                self.env._(
                    "Policy of “%(company)s” %(what)s", company=policy.company_id.name, what=what
                ),
                {"before": (before or {}).get(policy), "after": policy._get_snapshot()},
                policy.company_id,
            )
        self.env["purchase.order"]._screening_refresh_companies(
            self.company_id | (companies or self.env["res.company"])
        )

    def _get_snapshot(self):
        self.ensure_one()
        return {
            "company": self.company_id.name,
            "mode": self.mode,
            "unscreened": self.unscreened,
            "responsible": self.responsible_id.login or "",
            "second_person": self.second_person,
            "lists": {line.list_id.code: line.effect for line in self.line_ids},
            "after_approval": {
                line.list_id.code: {
                    action: line[name]
                    for action, name in line._get_actions().items()
                    if action != "approve" and line[name]
                }
                for line in self.line_ids
            },
        }

    @api.model
    def _get(self, company):
        """Policy of a company, for reading: a stored one or the defaults."""
        policy = self.sudo().search([("company_id", "=", company.id)], limit=1)
        # Said in full: what is left out is filled with defaults that users keep for themselves.
        return policy or self.sudo().new(
            {
                "company_id": company.id,
                "mode": "hold",
                "unscreened": "hold",
                "responsible_id": False,
                "second_person": False,
                "line_ids": [],
            }
        )

    @api.model
    def _wants_second_person(self):
        """Whether any company wants two persons to say *not the same party* of a strong match."""
        return bool(self.sudo().search_count([("second_person", "=", True)], limit=1))

    @api.model
    def _get_responsible(self, company):
        """Users who get the activities about holds in a company."""
        responsible = self._get(company).responsible_id
        if responsible:
            return responsible
        group = self.env.ref("restricted_party_screening.group_compliance").sudo()
        return group.all_user_ids.filtered(
            lambda user: user.active and not user.share and company in user.company_ids
        )

    def _get_effects(self, action="approve"):
        """Effect of each list on an action, as ``{list: effect}``, in this company."""
        self.ensure_one()
        name = self.env["screening.policy.line"]._get_actions()[action]
        own = {line.list_id: line[name] for line in self.line_ids}
        lists = self.env["screening.list"].sudo().search([("active", "=", True)])
        return {record: own.get(record) or record[f"default_{name}"] for record in lists}


class ScreeningPolicyLine(models.Model):
    _name = "screening.policy.line"
    _description = "Screening Policy of a List"
    _order = "list_id"

    policy_id = fields.Many2one("screening.policy", required=True, ondelete="cascade")
    company_id = fields.Many2one(related="policy_id.company_id", store=True)
    list_id = fields.Many2one("screening.list", required=True, ondelete="cascade")
    effect = fields.Selection(EFFECTS, required=True, default="hold")
    effect_bill = fields.Selection(
        FLIGHT_EFFECTS, string="Vendor Bill", help="Empty: what the list itself says."
    )
    effect_pay = fields.Selection(
        FLIGHT_EFFECTS, string="Payment", help="Empty: what the list itself says."
    )

    _list_uniq = models.Constraint(
        "UNIQUE(policy_id, list_id)", "Each list stands once in a policy."
    )

    @api.model
    def _get_actions(self):
        """Field of each action's effect; the list's own has ``default_`` before it."""
        return ACTIONS

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.policy_id._after_change(self.env._("changed"))
        return lines

    def write(self, vals):
        policies = self.policy_id
        before = {policy: policy._get_snapshot() for policy in policies}
        result = super().write(vals)
        (policies | self.policy_id)._after_change(self.env._("changed"), before)
        return result

    def unlink(self):
        policies = self.policy_id
        before = {policy: policy._get_snapshot() for policy in policies}
        result = super().unlink()
        policies.exists()._after_change(self.env._("changed"), before)
        return result
