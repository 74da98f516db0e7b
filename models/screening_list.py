# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError

#: What decides whether orders are held.
POLICY_FIELDS = (
    "default_effect",
    "default_effect_bill",
    "default_effect_pay",
    "active",
    "code",
)
#: What decides whether an update is applied without a reason.
GUARD_FIELDS = ("max_shrink", "max_unreadable", "canaries", "max_age_days")
#: What people read about it.
TEXT_FIELDS = ("name", "own", "text_buy", "text_pay", "text_send", "text_import", "text_use")

EFFECTS = [
    ("hold", "Hold the order"),
    ("warn", "Warn"),
    ("inform", "Inform"),
    ("off", "Off"),
]
#: What a hit does to what follows an approved order: its bill, its payment, ...
FLIGHT_EFFECTS = [("hold", "Hold"), ("warn", "Warn"), ("off", "Off")]
#: Field of a policy line that says what hits do to an action.
ACTIONS = {"approve": "effect", "bill": "effect_bill", "pay": "effect_pay"}


class ScreeningList(models.Model):
    """One program (Entity List, SDN, ...): what it restricts, and which edition is in force."""

    _name = "screening.list"
    _inherit = "screening.sealed"
    _description = "Restricted Party List"
    _order = "sequence, code"
    _rec_names_search = ["name", "code"]
    _sealed_fields = ("edition", "edition_date", "update_id", "kept_from")

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True)
    authority = fields.Char(translate=True)
    sequence = fields.Integer(default=100)
    active = fields.Boolean(default=True)
    own = fields.Boolean(
        string="Company's Own List",
        help="Kept by the company itself, not published by an authority.",
    )
    default_effect = fields.Selection(
        EFFECTS,
        default="hold",
        required=True,
        help="What a hit on this list does where a company has not set its own policy.",
    )
    default_effect_bill = fields.Selection(
        FLIGHT_EFFECTS,
        string="Vendor Bill",
        default="off",
        required=True,
        help="What a hit on this list does when a vendor bill is posted.",
    )
    default_effect_pay = fields.Selection(
        FLIGHT_EFFECTS,
        string="Payment",
        default="off",
        required=True,
        help="What a hit on this list does when a payment is registered.",
    )
    max_age_days = fields.Integer(
        string="Age Limit (days)",
        default=30,
        help="An edition older than this is said to be old in every message; 0 for no limit.",
    )
    max_shrink = fields.Integer(
        string="Largest Loss (%)",
        default=10,
        help="An update that takes more than this share of the parties away waits for a reason.",
    )
    max_unreadable = fields.Integer(
        string="Unreadable at Most (%)",
        default=1,
        help="A file of which more records cannot be read waits for a reason.",
    )
    canaries = fields.Text(
        string="Names That Must Be There",
        help="One a line. A file that lacks one of them waits for a reason.",
    )
    edition = fields.Integer(
        readonly=True, help="Number of the edition in force, 0 when none is loaded."
    )
    edition_date = fields.Datetime(string="In Force Since", readonly=True)
    update_id = fields.Many2one("screening.list.update", string="Last Update", readonly=True)
    party_count = fields.Integer(compute="_compute_party_count", string="Listed Parties")
    is_stale = fields.Boolean(compute="_compute_is_stale", string="Too Old")
    text_buy = fields.Text(string="Buying From", translate=True)
    text_pay = fields.Text(string="Paying", translate=True)
    text_send = fields.Text(string="Sending To", translate=True)
    text_import = fields.Text(string="Importing", translate=True)
    text_use = fields.Text(string="Using", translate=True)

    _code_uniq = models.Constraint("UNIQUE(code)", "Another list has this code already.")

    def write(self, vals):
        """What a list does to orders is policy: for compliance managers, and an event."""
        policy = set(self._get_policy_fields())
        watched = {name for name in (*policy, *GUARD_FIELDS, *TEXT_FIELDS) if name in vals}
        if policy & watched and not (
            self.env.su
            or self.env.user.has_group("restricted_party_screening.group_compliance_manager")
        ):
            raise AccessError(self.env._("Only compliance managers change what a list does."))
        if set(vals) - policy and not (
            self.env.su or self.env.user.has_group("restricted_party_screening.group_list_admin")
        ):
            raise AccessError(self.env._("Only list administrators change this of a list."))
        before = {record: {name: record[name] for name in watched} for record in self}
        result = super().write(vals)
        for record in self:
            after = {name: record[name] for name in watched}
            if before[record] != after:
                record._log_settings(before[record], after)
        if policy & watched:
            self.env["purchase.order"]._screening_refresh_companies()
        return result

    def _update_field_translations(self, field_name, translations, digest=None, source_lang=""):
        """The dialog of translations writes past :meth:`write`, what people read all the same."""
        field = self._fields.get(field_name)
        told = field_name in TEXT_FIELDS and field.translate
        before = told and field._get_stored_translations(self)
        result = super()._update_field_translations(field_name, translations, digest, source_lang)
        after = told and field._get_stored_translations(self)
        if before != after:
            self._log_settings({field_name: before}, {field_name: after})
        return result

    def _log_settings(self, before, after):
        self.env["screening.event"]._log_event(
            "policy",
            self,
            self.env._("Settings of list “%s” changed", self.name),
            {"before": before, "after": after},
        )

    @api.model
    def _get_policy_fields(self):
        """Fields that compliance managers alone may write."""
        return POLICY_FIELDS

    def _compute_party_count(self):
        counts = dict(
            self.env["screening.party"]
            .sudo()
            ._read_group(
                [("list_id", "in", self.ids), ("in_force", "=", True)], ["list_id"], ["__count"]
            )
        )
        for record in self:
            record.party_count = counts.get(record, 0)

    @api.depends("edition_date", "max_age_days")
    def _compute_is_stale(self):
        now = fields.Datetime.now()
        for record in self:
            record.is_stale = bool(
                record.edition
                and record.max_age_days
                and record.edition_date
                and (now - record.edition_date).days > record.max_age_days
            )

    @api.depends("code")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"{record.name} ({record.code})" if record.code else record.name

    @api.model
    def _get_stamp(self):
        """Number that grows with each applied update: what a check was made against."""
        return self.env["screening.list.update"].sudo()._get_last_applied_id()

    @api.model
    def _has_any_edition(self):
        return bool(self.sudo().search_count([("edition", ">", 0)], limit=1))

    @api.model
    def _get_loaded(self):
        """Lists of which an edition is in force."""
        shown = ["code", "name", "edition", "edition_date", "update_id"]
        return self.sudo().search_fetch([("edition", ">", 0)], shown)

    def _get_editions(self):
        """Snapshot of these lists for the audit trail: code, edition, date, hash of the file."""
        return [
            {
                "list": record.code,
                "name": record.name,
                "edition": record.edition,
                "since": fields.Datetime.to_string(record.edition_date),
                "file": record.update_id.filename or "",
                "stated": record.update_id.stated_edition or "",
                "file_sha256": record.update_id.file_sha256 or "",
            }
            for record in self.sudo()
            if record.edition
        ]
