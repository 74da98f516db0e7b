# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models

from .. import engine


class ScreeningSensitivity(models.Model):
    """How sensitive matching is: one setting of the database.

    Hits are stored at the most sensitive step and filtered when they are read, so that changing the
    step screens nobody again.
    """

    _name = "screening.sensitivity"
    _description = "Sensitivity of Matching"
    _rec_name = "step"

    step = fields.Selection(
        [("strict", "Strict"), ("standard", "Standard"), ("broad", "Broad")],
        required=True,
        default="standard",
        help="Broad finds more spellings and asks more often.",
    )
    costs = fields.Text(compute="_compute_costs", string="What Each Step Costs")

    def _compute_costs(self):
        labels = dict(self._fields["step"]._description_selection(self.env))
        self.costs = "\n".join(
            self.env._(
                "%(step)s: a score from %(floor)s counts; of 1,000 vendors that are on no list, as"
                " measured, %(few)s raise an alarm against the Entity List and the SDN list,"
                " %(many)s against all lists together",
                step=labels[step],
                floor=floor,
                few=engine.ALARMS_PER_1000[step][0],
                many=engine.ALARMS_PER_1000[step][1],
            )
            for step, floor in sorted(engine.SENSITIVITIES.items(), key=lambda item: -item[1])
        )

    @api.model
    def _get_step(self):
        """Step in force."""
        # Asked several times for each contact: a number that Odoo remembers, not a look whether the
        # record, which nobody may delete, exists.
        number = self.env["ir.model.data"]._xmlid_to_res_id(
            "restricted_party_screening.screening_sensitivity_main", raise_if_not_found=False
        )
        return self.sudo().browse(number).step if number else "standard"

    @api.model
    def _get_floor(self):
        """Score from which a hit counts."""
        return engine.SENSITIVITIES[self._get_step()]

    def write(self, vals):
        before = self._get_floor()
        result = super().write(vals)
        after = self._get_floor()
        if before != after:
            self.env["screening.event"]._log_event(
                "policy",
                self[:1],
                self.env._("Sensitivity of matching changed"),
                {"floor_before": before, "floor_after": after},
            )
            self._refresh_between(*sorted((before, after)))
        return result

    def _refresh_between(self, low, high):
        """Bring contacts and orders up to date whose hits begin or cease to count."""
        hits = (
            self.env["screening.hit"]
            .sudo()
            .search([("score", ">=", low), ("score", "<", high), ("state", "!=", "closed")])
        )
        partners = hits.partner_id
        self.env["screening.subject"].sudo().search(
            [("partner_id", "in", partners.ids)]
        )._refresh_state()
        self.env["purchase.order"]._screening_refresh_partners(partners)
        self.env["screening.case"]._refresh(partners)
