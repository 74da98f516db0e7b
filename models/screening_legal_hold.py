# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import format_date

from .screening_input import read_reason


class ScreeningLegalHold(models.Model):
    """Keeps evidence beyond its retention period: a contact's, a listed party's, a period's.

    It is lifted with a reason and never changed: another one takes its place.
    """

    _name = "screening.legal.hold"
    _inherit = "screening.sealed"
    _description = "Legal Hold"
    _order = "state, id desc"
    _sealed_fields = (
        "state",
        "partner_ref",
        "partner_name",
        "list_code",
        "party_uid",
        "party_name",
        "lifted_by_id",
        "lifted_at",
        "lifted_reason",
    )

    name = fields.Char(string="Matter", required=True)
    reason = fields.Text(required=True)
    partner_id = fields.Many2one(
        "res.partner", string="Contact", help="All that names this contact; empty: any contact."
    )
    partner_ref = fields.Integer(string="Contact ID", readonly=True, aggregator=None)
    partner_name = fields.Char(readonly=True)
    party_id = fields.Many2one(
        "screening.party",
        "Listed Party",
        help="All that names this listed party; empty: any.",
    )
    list_code = fields.Char(readonly=True)
    party_uid = fields.Char(readonly=True)
    party_name = fields.Char(readonly=True)
    date_from = fields.Date(string="From", help="What happened from this day on; empty: ever.")
    date_to = fields.Date(string="To", help="Up to this day; empty: without end.")
    scope = fields.Char(string="What Is Kept", compute="_compute_scope")
    state = fields.Selection(
        [("active", "In force"), ("lifted", "Lifted")],
        default="active",
        required=True,
        readonly=True,
    )
    lifted_by_id = fields.Many2one("res.users", readonly=True)
    lifted_at = fields.Datetime(readonly=True)
    lifted_reason = fields.Text(string="Why Lifted", readonly=True)

    @api.depends("partner_name", "party_name", "list_code", "date_from", "date_to")
    def _compute_scope(self):
        for hold in self:
            parts = [hold.partner_name or "", hold.party_name or ""]
            if hold.list_code:
                parts[1] += f" ({hold.list_code})"
            if hold.date_from or hold.date_to:
                first = format_date(self.env, hold.date_from) if hold.date_from else "…"
                last = format_date(self.env, hold.date_to) if hold.date_to else "…"
                parts.append(f"{first} – {last}")
            hold.scope = ", ".join(filter(None, parts)) or self.env._("everything")

    @api.constrains("date_from", "date_to")
    def _check_dates(self):
        for hold in self:
            if hold.date_from and hold.date_to and hold.date_to < hold.date_from:
                raise ValidationError(self.env._("To is before From."))

    # ---- placing and lifting ------------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        holds = super().create(vals_list)
        for hold in holds:
            hold._check_manager()
            hold._sealed().write(
                {
                    "partner_ref": hold.partner_id.id,
                    "partner_name": hold.partner_id.display_name,
                    "list_code": hold.party_id.list_id.code,
                    "party_uid": hold.party_id.uid,
                    "party_name": hold.party_id.name,
                }
            )
            hold._log(self.env._("placed"), hold.reason)
        return holds

    def write(self, vals):
        if not self._is_sealed_call():
            raise AccessError(
                self.env._("A legal hold is not changed: place another one, then lift this one.")
            )
        return super().write(vals)

    def action_lift(self, reason=None):
        """Let what it keeps be deleted once its period is over.

        :param reason: why, for the audit trail; a form asks for it when missing
        :raises AccessError: when the user is no compliance manager
        """
        self._check_manager()
        if reason is None:
            return {
                "type": "ir.actions.act_window",
                "name": self.env._("Lift Legal Hold"),
                "res_model": "screening.legal.hold.lift",
                "view_mode": "form",
                "target": "new",
                "context": {"default_hold_ids": [fields.Command.set(self.ids)]},
            }
        reason = read_reason(self.env, reason)
        for hold in self:
            if hold.state != "active":
                raise UserError(self.env._("“%s” is lifted already.", hold.name))
            hold._sealed().write(
                {
                    "state": "lifted",
                    "lifted_by_id": self.env.uid,
                    "lifted_at": fields.Datetime.now(),
                    "lifted_reason": reason,
                }
            )
            hold._log(self.env._("lifted"), reason)
        return True

    def _check_manager(self):
        if not self.env.user.has_group("restricted_party_screening.group_compliance_manager"):
            raise AccessError(self.env._("Only compliance managers place and lift legal holds."))

    def _log(self, what, reason):
        hold = self.sudo()
        details = {
            "scope": hold.scope,
            "reason": reason,
            "from": fields.Date.to_string(hold.date_from) or "",
            "to": fields.Date.to_string(hold.date_to) or "",
        }
        if hold.partner_ref:
            details["partner"] = [hold.partner_ref, hold.partner_name]
        if hold.party_uid:
            details.update(list=hold.list_code, party_uid=hold.party_uid)
        self.env["screening.event"]._log_event(
            "retention",
            hold,
            self.env._("Legal hold “%(name)s” %(what)s", name=hold.name, what=what),
            details,
        )

    # ---- what it keeps ------------------------------------------------------

    @api.model
    def _get_active(self):
        """The holds in force, each with the ids its contact has, or had before it was merged."""
        numbers_of = self.env["screening.evidence"].sudo()._numbers_of
        return [
            (hold, numbers_of(hold.partner_id.id or hold.partner_ref) | {hold.partner_ref})
            for hold in self.sudo().search([("state", "=", "active")])
        ]

    def _keeps(self, numbers, first, last, partners, parties):
        """Whether this hold keeps something.

        :param numbers: ids of the hold's contact, of :meth:`_get_active`
        :param first: day from which on it was about something
        :param last: day up to which
        :param partners: ids of contacts it names; ``None`` for any
        :param parties: listed parties it names, as (list, key); ``None`` for any
        """
        if (self.date_from and last < self.date_from) or (self.date_to and first > self.date_to):
            return False
        if self.partner_ref and partners is not None and not numbers & set(partners):
            return False
        key = (self.list_code, self.party_uid)
        return not self.party_uid or parties is None or key in parties


class ResPartner(models.Model):
    _inherit = "res.partner"

    @api.ondelete(at_uninstall=False)
    def _unlink_except_legal_hold(self):
        hold = (
            self.env["screening.legal.hold"]
            .sudo()
            .search([("state", "=", "active"), ("partner_id", "in", self.ids)], limit=1)
        )
        if hold:
            raise UserError(
                self.env._(
                    "“%s” is under a legal hold and is not deleted.",
                    hold.partner_id.display_name,
                )
            )
