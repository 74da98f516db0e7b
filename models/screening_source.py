# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

from .. import fetching

MAX_ADDRESSES = 10
EXPECTED = [
    ("any", "Anything"),
    ("csv", "CSV or text"),
    ("xml", "XML"),
    ("json", "JSON"),
    ("html", "A web page"),
]
STATES = [
    ("new", "Never Fetched"),
    ("ok", "Working"),
    ("review", "Waits for Review"),
    ("failing", "Failing"),
    ("old", "Too Old"),
]


class ScreeningSource(models.Model):
    """Where list files come from: addresses, how often, and what is done with what comes."""

    _name = "screening.source"
    _inherit = ["screening.sealed", "mail.thread", "mail.activity.mixin"]
    _description = "List Source"
    _order = "enabled desc, sequence, name, id"
    _sealed_fields = (
        "state",
        "last_try",
        "last_success",
        "last_error",
        "next_try",
        "enabled_since",
        "etag",
        "last_modified",
        "validators",
        "content_sha256",
        "update_id",
        "awaits_reading",
    )

    name = fields.Char(required=True)
    sequence = fields.Integer(default=100)
    enabled = fields.Boolean(
        string="Switched On", copy=False, help="Only then its files are fetched by themselves."
    )
    addresses = fields.Text(
        required=True,
        help="One http or https address a line; several when a list comes as several files.",
    )
    list_ids = fields.Many2many(
        "screening.list",
        string="Lists",
        help="Which lists its files are about. A list has one source that is switched on, because"
        " two would undo each other's updates.",
    )
    list_codes = fields.Char(string="Lists Fed", compute="_compute_list_codes")
    expects = fields.Selection(
        EXPECTED,
        string="Format",
        default="any",
        required=True,
        help="What its files are. Something else, such as a log-in page, is refused at once.",
    )
    user_agent = fields.Char(
        default=lambda self: fetching.USER_AGENT,
        required=True,
        help="How the server that fetches introduces itself. Some publishers refuse what does not"
        " look like a browser.",
    )
    interval_hours = fields.Integer(string="Every (hours)", default=24, required=True)
    max_age_days = fields.Integer(
        string="Age Limit (days)",
        default=3,
        required=True,
        help="List administrators are told when it did not work for so long; 0 for no limit.",
    )
    time_limit = fields.Integer(
        string="Time Limit (seconds)",
        default=90,
        required=True,
        help="For one file. Odoo ends background work that takes longer than its own limits"
        " (limit-time-real, limit-time-real-cron).",
    )
    auto_apply = fields.Selection(
        [("review", "Wait for review"), ("apply", "Apply when no guard objects")],
        string="New Edition",
        default="review",
        required=True,
    )
    state = fields.Selection(STATES, default="new", required=True, readonly=True, copy=False)
    last_try = fields.Datetime(readonly=True, copy=False)
    last_success = fields.Datetime(readonly=True, copy=False)
    last_error = fields.Text(readonly=True, copy=False)
    next_try = fields.Datetime(readonly=True, copy=False)
    enabled_since = fields.Datetime(readonly=True, copy=False)
    etag = fields.Char(string="ETag", readonly=True, copy=False)
    last_modified = fields.Char(string="Last-Modified", readonly=True, copy=False)
    validators = fields.Json(readonly=True, copy=False, help="Of each address: ETag, Last-Modified")
    content_sha256 = fields.Char(string="SHA-256 of the Content", readonly=True, copy=False)
    update_id = fields.Many2one(
        "screening.list.update", string="Newest Update", readonly=True, copy=False
    )

    awaits_reading = fields.Boolean(
        readonly=True, copy=False, help="What came last is being read in the background."
    )

    _interval_positive = models.Constraint(
        "CHECK (interval_hours BETWEEN 1 AND 8760)", "The interval is 1 to 8760 hours."
    )
    _max_age_positive = models.Constraint(
        "CHECK (max_age_days >= 0)", "The age limit is no negative number of days."
    )
    _time_limit_bounded = models.Constraint(
        "CHECK (time_limit BETWEEN 5 AND 3600)", "The time limit is 5 to 3600 seconds."
    )

    @api.depends("list_ids.code")
    def _compute_list_codes(self):
        for source in self:
            source.list_codes = ", ".join(source.list_ids.mapped("code"))

    # ---- what may be written ------------------------------------------------

    def _get_addresses(self):
        self.ensure_one()
        return [line.strip() for line in (self.addresses or "").splitlines() if line.strip()]

    @api.constrains("addresses")
    def _check_addresses(self):
        for source in self:
            addresses = source._get_addresses()
            if not 1 <= len(set(addresses)) == len(addresses) <= MAX_ADDRESSES:
                raise ValidationError(
                    self.env._("Give 1 to %s different addresses, one a line.", MAX_ADDRESSES)
                )
            for address in addresses:
                try:
                    fetching.check_address(address)
                except fetching.FetchError as error:
                    raise ValidationError(source._explain(error)) from error

    @api.constrains("user_agent")
    def _check_user_agent(self):
        for source in self:
            if not (source.user_agent.isascii() and source.user_agent.isprintable()):
                raise ValidationError(
                    self.env._("The user agent is one line of plain ASCII characters.")
                )

    @api.constrains("enabled", "list_ids")
    def _check_lists(self):
        for source in self.filtered("enabled"):
            lists = source.list_ids
            if not lists:
                raise ValidationError(
                    self.env._(
                        "Say which lists “%s” is about before it is switched on.", source.name
                    )
                )
            if len(lists) > 1 and any(record.own for record in lists):
                raise ValidationError(
                    self.env._("A list of the company's own has a source of its own.")
                )
            other = self.search(
                [("id", "!=", source.id), ("enabled", "=", True), ("list_ids", "in", lists.ids)],
                limit=1,
            )
            if other:
                raise ValidationError(
                    self.env._(
                        "“%(other)s” is switched on already for %(lists)s. Two sources of one list"
                        " undo each other's updates: switch one off.",
                        other=other.name,
                        lists=", ".join((other.list_ids & lists).mapped("code")),
                    )
                )
