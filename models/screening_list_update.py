# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

from .screening_room import said_clearly

#: What is as it was uploaded from the moment it is read.
_UPLOADED = {"file", "filename", "list_id", "more_file_ids"}


class ScreeningListUpdate(models.Model):
    """One file taken in for one or more lists: read, looked at, applied or refused."""

    _name = "screening.list.update"
    _inherit = "screening.sealed"
    _description = "List Update"
    _order = "id desc"
    _sealed_fields = (
        "state",
        "error",
        "file_sha256",
        "file_list",
        "lacking",
        "fault",
        "accepted",
        "format",
        "format_title",
        "line_ids",
        "problem_ids",
        "problem_count",
        "merged_count",
        "rows",
        "applied_at",
        "applied_by_id",
        "applied_seq",
        "complete",
        "stated_edition",
        "notes",
        "rescreen_all",
        "keys_forgotten",
        "records_read",
        "read_tries",
        "reading_percent",
        "guard_ids",
        "effect_ids",
        "effects_seen",
        "effects_total",
        "effects_more",
        "effects_unscreened",
        "effects_waiting",
        "rolls_back_id",
        "rolled_back_id",
        "outcome_told",
    )

    name = fields.Char(compute="_compute_name", store=True)
    file = fields.Binary(attachment=True)
    filename = fields.Char()
    list_id = fields.Many2one(
        "screening.list",
        string="Own List",
        domain=[("own", "=", True)],
        help="Which list a file of the company's own is for. Official files say it themselves.",
    )
    state = fields.Selection(
        [
            ("draft", "Uploaded"),
            ("queued", "Waiting to Be Read"),
            ("reading", "Being Read"),
            ("read", "Read"),
            ("applied", "Applied"),
            ("rolled_back", "Rolled Back"),
            ("failed", "Refused"),
        ],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    error = fields.Text(readonly=True, copy=False)
    file_sha256 = fields.Char(string="SHA-256", readonly=True, copy=False)
    format = fields.Char(string="Format's Code", readonly=True, copy=False)
    format_title = fields.Char(string="Format", readonly=True, copy=False)
    rows = fields.Integer(string="Records", readonly=True, copy=False)
    line_ids = fields.One2many("screening.list.update.line", "update_id", readonly=True, copy=False)
    applied_at = fields.Datetime(readonly=True, copy=False)
    applied_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    applied_seq = fields.Integer(readonly=True, copy=False)

    complete = fields.Boolean(
        readonly=True, copy=False, help="The file states whole lists: what it lacks is removed."
    )
    stated_edition = fields.Char(
        readonly=True, copy=False, help="Date that the file states for itself."
    )
    notes = fields.Text(readonly=True, copy=False)
    rescreen_all = fields.Boolean(
        readonly=True, copy=False, help="The first of all: every contact is screened against it."
    )
    keys_forgotten = fields.Boolean(readonly=True, copy=False)
    records_read = fields.Integer(readonly=True, copy=False)

    _applied_uniq = models.UniqueIndex("(applied_seq) WHERE applied_seq > 0")

    @api.depends("filename")
    def _compute_name(self):
        for update in self:
            update.name = update.filename or self.env._("List update")

    @api.model
    def _get_last_applied_id(self):
        """Number of the last update that changed a list: it grows, and never repeats."""
        self.flush_model(["applied_seq"])
        [(last,)] = self.env.execute_query(
            SQL("SELECT COALESCE(MAX(applied_seq), 0) FROM screening_list_update")
        )
        return last

    @api.model_create_multi
    def create(self, vals_list):
        with said_clearly(self.env):
            return super().create(vals_list)

    def write(self, vals):
        read = any(update.state not in ("draft", "failed") for update in self)
        if read and _UPLOADED & set(vals) and not self._is_sealed_call():
            raise UserError(
                self.env._("This update was read already. Upload the file as a new one.")
            )
        if _UPLOADED & set(vals) and not self._is_sealed_call():
            # What somebody answered for was another file.
            self._sealed().write({"fault": False, "accepted": False})
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        if any(update.state in ("applied", "rolled_back") for update in self):
            raise AccessError(self.env._("An applied update is evidence and is not deleted."))
        if any(update.state == "reading" for update in self):
            raise UserError(self.env._("It is being read: press “Stop Reading” first."))

    def unlink(self):
        for update in self.filtered(lambda update: update.state not in ("applied", "rolled_back")):
            update._forget_reading()
        return super().unlink()

    def _forget_file(self):
        """After retention: what was in the file goes, that it was applied and its hash stay."""
        sealed = self._sealed()
        sealed.more_file_ids.filtered(
            lambda item: item.res_model == self._name and item.res_id == self.id
        ).unlink()
        sealed.write({"file": False})
        for records in (self.effect_ids, self.problem_ids):
            if records:
                records._sealed().unlink()

    def _check_admin(self):
        if not self.env.user.has_group("restricted_party_screening.group_list_admin"):
            raise AccessError(self.env._("Only a list administrator updates the lists."))
        self.check_access("write")
