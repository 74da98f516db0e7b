# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


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

    def _check_guards(self):
        """Write down what speaks against this reading."""
        found = []
        for line in self.line_ids:
            found += self._check_line(line)
        found += self._check_sources()
        self.env["screening.list.update.guard"]._sealed().create(
            [
                {"update_id": self.id, "list_id": record.id, "code": code, "message": message}
                for code, record, message in found
            ]
        )

    def _check_line(self, line):
        record = line.list_id
        found = []
        before = line.changed + line.removed + line.unchanged
        if self.complete and line.removed * 100 > before * record.max_shrink:
            found.append(
                (
                    "shrink",
                    record,
                    self.env._(
                        "%(list)s would lose %(removed)s of its %(before)s parties"
                        " (more than %(limit)s %%).",
                        list=record.name,
                        removed=line.removed,
                        before=before,
                        limit=record.max_shrink,
                    ),
                )
            )
        stated, known = self.stated_edition or "", self._newest_stated(record)
        if stated and known and stated < known:
            found.append(
                (
                    "older",
                    record,
                    self.env._(
                        "The file is of %(stated)s, %(list)s in force is of %(known)s.",
                        stated=stated,
                        list=record.name,
                        known=known,
                    ),
                )
            )
        missing = self._missing_canaries(line) if self.complete else []
        if missing:
            found.append(
                (
                    "canary",
                    record,
                    self.env._(
                        "Names that must be on %(list)s are not in the file: %(names)s.",
                        list=record.name,
                        names=", ".join(missing),
                    ),
                )
            )
        total = self.rows + self.problem_count
        if line == self.line_ids[0] and self.problem_count * 100 > total * record.max_unreadable:
            found.append(
                (
                    "unreadable",
                    record,
                    self.env._(
                        "%(count)s of %(total)s records could not be read"
                        " (more than %(limit)s %%).",
                        count=self.problem_count,
                        total=total,
                        limit=record.max_unreadable,
                    ),
                )
            )
        return found

    def _newest_stated(self, record):
        """Newest date that an applied file of a list stated for itself, rolled back ones aside."""
        lines = (
            self.env["screening.list.update.line"]
            .sudo()
            .search([("list_id", "=", record.id), ("update_id.state", "=", "applied")])
        )
        return max((update.stated_edition or "" for update in lines.update_id), default="")

    def _missing_canaries(self, line):
        """Names of the list's canaries that nothing would carry once this is applied."""
        names = [name.strip() for name in (line.list_id.canaries or "").splitlines()]
        missing = []
        for name in filter(None, names):
            found = self.env.execute_query(
                SQL(
                    "SELECT 1 FROM screening_party_entry e"
                    " JOIN screening_party p ON p.id = e.party_id"
                    " WHERE p.list_id = %s AND e.text ILIKE %s"
                    " AND (p.update_id = %s OR (p.in_force AND NOT p.id = ANY(%s)))"
                    " AND e.kind IN ('primary', 'alias', 'former') LIMIT 1",
                    line.list_id.id,
                    f"%{name}%",
                    self.id,
                    line.closing_ids or [],
                )
            )
            if not found:
                missing.append(name)
        return missing

    def _check_sources(self):
        """A list that came from such a file before and of which this one says nothing."""
        lists = self.env["screening.list"].sudo()
        fed = lists.search(
            [("edition", ">", 0), ("update_id.format", "=", self.format), ("own", "=", False)]
        )
        return [
            (
                "source",
                record,
                self.env._(
                    "The file has no party of %s, which came from such a file before.", record.name
                ),
            )
            for record in (fed - self.line_ids.list_id if self.complete else lists)
        ]
