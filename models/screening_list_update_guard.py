# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .screening_guard import GUARDS
from .screening_input import expect_one, read_reason
from .screening_room import said_clearly


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
    code = fields.Selection(GUARDS, required=True, readonly=True)
    noted = fields.Boolean(readonly=True, help="By its setting it is only said.")
    message = fields.Text(required=True, readonly=True)
    override_reason = fields.Text(readonly=True)
    override_user_id = fields.Many2one("res.users", string="Overridden By", readonly=True)


class ScreeningListUpdateGuarded(models.Model):
    """The guards: an update must not make the company less safe without somebody seeing it."""

    _inherit = "screening.list.update"

    guard_ids = fields.One2many("screening.list.update.guard", "update_id", readonly=True)
    blocked = fields.Boolean(compute="_compute_blocked")
    guard_text = fields.Text(compute="_compute_blocked")

    @api.depends("guard_ids.override_reason", "guard_ids.noted")
    def _compute_blocked(self):
        for update in self:
            update.blocked = bool(update._guards_that_wait())
            update.guard_text = "\n".join(map(update._guard_line, update.guard_ids)) or False

    def _guards_that_wait(self):
        return self.guard_ids.filtered(lambda guard: not (guard.override_reason or guard.noted))

    def _guard_line(self, guard):
        if not guard.override_reason:
            return guard.message
        return self.env._(
            "%(message)s Overridden by %(user)s: %(reason)s",
            message=guard.message,
            user=guard.override_user_id.name,
            reason=guard.override_reason,
        )

    def action_override(self, reason=None, list_id=None):
        """Apply may go on although a guard speaks against it; a refused file is read as far as
        it goes.

        :param reason: why, for the audit trail; a form asks for it when missing
        :param list_id: of an empty file, the list that it says is empty
        """
        self._check_admin()
        expect_one(self)
        faulty = self.state == "failed" and self.fault
        if not faulty and not (self.state == "read" and self.blocked):
            raise UserError(self.env._("No guard speaks against “%s”.", self.name))
        guards = self._guards_that_wait()
        self._raise_if_refused([self.fault] if faulty else guards.mapped("code"))
        if reason is None:
            return self._ask_reason("override")
        reason = read_reason(self.env, reason)
        if faulty:
            with said_clearly(self.env):
                self._accept_fault(reason, list_id)
                self._read_or_queue()
        else:
            self._override(guards, reason)
        return True

    def _raise_if_refused(self, codes):
        """Settings can say that nobody overrides a guard."""
        reactions = self.env["screening.guard"]._get_reactions()
        labels = dict(self.env["screening.guard"]._fields["code"]._description_selection(self.env))
        for code in codes:
            if reactions[code] == "refuse":
                raise UserError(
                    self.env._(
                        "“%(name)s” stays refused: the settings let nobody override the guard"
                        " “%(guard)s”.",
                        name=self.name,
                        guard=labels[code],
                    )
                )

    def _override(self, guards, reason):
        guards._sealed().write({"override_reason": reason, "override_user_id": self.env.uid})
        self.env["screening.event"]._log_event(
            "update",
            self,
            self.env._("Guards of “%s” overridden", self.name),
            {
                "reason": reason,
                "guards": [[guard.code, guard.message] for guard in guards],
                "sha256": self.file_sha256,
            },
        )

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
            guard = self._guards_that_wait()[0]
            raise UserError(
                self.env._(
                    "“%(name)s” is not applied: %(why)s Get a better file, or say why it is right.",
                    name=self.name,
                    why=guard.message,
                )
            )
