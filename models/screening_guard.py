# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError

GUARDS = [
    ("empty", "The file is empty"),
    ("truncated", "The file breaks off"),
    ("header", "Columns are unknown or missing"),
    ("unreadable", "Too many unreadable records"),
    ("shrink", "A list shrinks"),
    ("source", "A list is missing from the file"),
    ("older", "Older than what is in force"),
    ("canary", "A known name is missing"),
    ("lacking", "Files of the set are missing"),
]
#: Faults of the file as a whole: what is wrong with it cannot just be noted.
OF_THE_FILE = ("empty", "truncated", "header")


class ScreeningGuard(models.Model):
    """What speaks against a list update, and what happens when it does."""

    _name = "screening.guard"
    _description = "Guard of List Updates"
    _order = "sequence, id"
    _rec_name = "code"

    sequence = fields.Integer(default=100)
    code = fields.Selection(GUARDS, string="Guard", required=True, readonly=True)
    description = fields.Char(translate=True, readonly=True)
    reaction = fields.Selection(
        [
            ("wait", "Wait for a reason"),
            ("note", "Only say so"),
            ("refuse", "Refuse"),
        ],
        string="Then",
        default="wait",
        required=True,
        help="Wait: the update is applied when a list administrator gives a reason, which goes into"
        " the audit trail. Only say so: it is shown and nobody is asked. Refuse: it is never"
        " applied, whatever the reason.",
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "There is one row for each guard.")

    @api.constrains("code", "reaction")
    def _check_reaction(self):
        for guard in self:
            if guard.code in OF_THE_FILE and guard.reaction == "note":
                raise ValidationError(
                    self.env._("A file with such a fault waits for a reason, or is refused.")
                )

    def write(self, vals):
        """Who relaxes a guard is an event."""
        if "code" in vals:
            raise AccessError(self.env._("Which guards there are is not a setting."))
        before = {guard: guard.reaction for guard in self}
        result = super().write(vals)
        labels = dict(self._fields["code"]._description_selection(self.env))
        for guard in self.filtered(lambda guard: guard.reaction != before[guard]):
            self.env["screening.event"]._log_event(
                "policy",
                guard,
                self.env._("Guard of list updates changed: %s", labels[guard.code]),
                {"guard": guard.code, "before": before[guard], "after": guard.reaction},
            )
        return result

    @api.model
    def _get_reactions(self):
        """What happens when a guard speaks, by its code; each waits unless set otherwise."""
        return {code: "wait" for code, _label in GUARDS} | {
            guard.code: guard.reaction for guard in self.sudo().search([])
        }
