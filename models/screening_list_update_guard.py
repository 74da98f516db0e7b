# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class ScreeningListUpdateGuard(models.Model):
    """Something about an update that speaks against applying it, until somebody says why not."""

    _name = "screening.list.update.guard"
    _inherit = "screening.sealed"
    _description = "Guard of a List Update"
    _order = "update_id, id"

    update_id = fields.Many2one(
        "screening.list.update", required=True, readonly=True, ondelete="cascade", index=True
    )
    list_id = fields.Many2one("screening.list", readonly=True)
    code = fields.Selection(
        [
            ("shrink", "List shrinks"),
            ("source", "List missing from the file"),
            ("older", "Older than what is in force"),
            ("canary", "Known name missing"),
            ("unreadable", "Too many unreadable records"),
            ("lacking", "Files of the set missing"),
        ],
        required=True,
        readonly=True,
    )
    message = fields.Text(required=True, readonly=True)
    override_reason = fields.Text(readonly=True)
    override_user_id = fields.Many2one("res.users", string="Overridden By", readonly=True)


class ScreeningListUpdateGuarded(models.Model):
    """The guards: an update must not make the company less safe without somebody seeing it."""

    _inherit = "screening.list.update"

    guard_ids = fields.One2many("screening.list.update.guard", "update_id", readonly=True)
    blocked = fields.Boolean(compute="_compute_blocked")
    guard_text = fields.Text(compute="_compute_blocked")

    @api.depends("guard_ids.override_reason")
    def _compute_blocked(self):
        for update in self:
            update.blocked = any(not guard.override_reason for guard in update.guard_ids)
            update.guard_text = "\n".join(map(update._guard_line, update.guard_ids)) or False

    def _guard_line(self, guard):
        if not guard.override_reason:
            return guard.message
        return self.env._(
            "%(message)s Overridden by %(user)s: %(reason)s",
            message=guard.message,
            user=guard.override_user_id.name,
            reason=guard.override_reason,
        )

    def action_override(self, reason=None):
        """Apply may go on although a guard speaks against it.

        :param reason: why, for the audit trail; a form asks for it when missing
        """
        self._check_admin()
        self.ensure_one()
        if not self.blocked:
            raise UserError(self.env._("No guard speaks against “%s”.", self.name))
        if reason is None:
            return self._ask_reason("override")
        if not isinstance(reason, str) or not reason.strip():
            raise UserError(self.env._("Give the reason."))
        guards = self.guard_ids.filtered(lambda guard: not guard.override_reason)
        guards._sealed().write(
            {"override_reason": reason.strip(), "override_user_id": self.env.uid}
        )
        self.env["screening.event"]._log_event(
            "update",
            self,
            self.env._("Guards of “%s” overridden", self.name),
            {
                "reason": reason.strip(),
                "guards": [[guard.code, guard.message] for guard in guards],
                "sha256": self.file_sha256,
            },
        )
        return True

    def _ask_reason(self, action):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reason"),
            "res_model": "screening.list.update.reason",
            "view_mode": "form",
            "target": "new",
            "context": {"default_update_id": self.id, "default_action": action},
        }

    def _raise_if_guarded(self):
        if self.blocked:
            guard = self.guard_ids.filtered(lambda guard: not guard.override_reason)[0]
            raise UserError(
                self.env._(
                    "“%(name)s” is not applied: %(why)s Get a better file, or say why it is right.",
                    name=self.name,
                    why=guard.message,
                )
            )
