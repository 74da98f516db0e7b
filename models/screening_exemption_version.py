# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import UserError

from .screening_exemption import CONTENT_FIELDS


class ScreeningExemptionVersion(models.Model):
    """What is approved is never edited: a change is a new version, approved like any other."""

    _inherit = "screening.exemption"

    previous_id = fields.Many2one(
        "screening.exemption", string="New Version Of", readonly=True, copy=False
    )
    superseded_by_id = fields.Many2one("screening.exemption", readonly=True, copy=False)
    version = fields.Integer(compute="_compute_version", recursive=True)

    @api.depends("previous_id.version")
    def _compute_version(self):
        for record in self:
            record.version = record.previous_id.version + 1

    def action_new_version(self):
        """Make a draft that says the same and takes this one's place once it is approved."""
        self._check_group("group_compliance")
        if len(self) != 1:
            raise UserError(self.env._("Choose one licence exemption."))
        self._expect_state("approved", "suspended")
        self._expect_latest()
        waiting = self.search(
            [("previous_id", "=", self.id), ("state", "in", ("draft", "requested"))], limit=1
        )
        if waiting:
            raise UserError(
                self.env._("“%s” is a new version of it already; go on there.", waiting.name)
            )
        values = {
            name: self._fields[name].convert_to_write(self[name], self) for name in CONTENT_FIELDS
        }
        draft = self.create(values)
        draft._sealed().write({"previous_id": self.id})
        draft._log(self.env._("new version of %s", self.name))
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "view_mode": "form",
            "res_id": draft.id,
        }

    def copy(self, default=None):
        """Who wrote the original wrote the copy too, so they do not approve it."""
        copies = super().copy(default)
        for record, duplicate in zip(self, copies, strict=True):
            people = record.author_ids | record.requester_id | record.create_uid
            duplicate._sealed().write(
                {"author_ids": [fields.Command.link(user.id) for user in people]}
            )
        return copies

    def _get_versions(self):
        """This one with all versions before and after it."""
        family = self
        while (
            more := (family.previous_id | self.search([("previous_id", "in", family.ids)])) - family
        ):
            family |= more
        return family

    def _expect_latest(self):
        if self.superseded_by_id:
            raise UserError(
                self.env._(
                    "“%(name)s” was superseded by “%(new)s”.",
                    name=self.name,
                    new=self.superseded_by_id.name,
                )
            )

    def _supersede(self):
        """Take the place of the version before, with what orders use of it."""
        self.ensure_one()
        previous = self.previous_id.sudo()
        if not previous:
            return
        previous._lock_rows()
        previous._expect_latest()
        previous._sealed().write({"superseded_by_id": self.id})
        for use in previous.use_ids.filtered(lambda use: use.state == "reserved"):
            self._carry_over(use)
        previous._sum_up()
        self._sum_up()
        self._refuse_born_overdrawn()
        previous._log(self.env._("superseded by %s", self.name))
        previous._refresh_orders()

    def _carry_over(self, use):
        if use.order_id:
            request = use.order_id._screening_request()
        else:
            requests = use.move_id._screening_flight_requests()
            request = next(request for request in requests if request.bill)
        values = {"amount": self._convert(request), "quantity": 0.0}
        if not self._find_outside_scope(request):
            values["quantity"] = self._count(request)
        use._sealed().write({"state": "moved"})
        self.sudo()._create_use(request, values)

    def _refuse_born_overdrawn(self):
        record = self.sudo()
        over = record.amount_ceiling and (
            record.currency_id.compare_amounts(record.amount_used, record.amount_ceiling) > 0
        )
        over = over or (
            record.quantity_ceiling
            and record.quantity_uom_id.compare(record.quantity_used, record.quantity_ceiling) > 0
        )
        if over:
            raise UserError(
                self.env._(
                    "Approved orders use %(used)s of “%(previous)s” already, which is more than"
                    " “%(name)s” allows.",
                    used=record._show(record.amount_used, record.quantity_used),
                    previous=record.previous_id.name,
                    name=record.name,
                )
            )
