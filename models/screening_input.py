# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads what callers of public methods give: over RPC that may be anything."""

from odoo import fields
from odoo.exceptions import UserError

#: Reasons go into the audit trail, which nobody may shorten.
MAX_REASON = 20_000


def read_reason(env, reason):
    """A reason without blanks around it. :raises UserError: when it is none"""
    if not isinstance(reason, str) or not reason.strip():
        raise UserError(env._("Give the reason."))
    try:
        storable = b"\0" not in reason.encode()
    except UnicodeEncodeError:
        storable = False
    if not storable:
        raise UserError(env._("The reason holds characters that cannot be stored."))
    if len(reason) > MAX_REASON:
        raise UserError(
            env._("A reason has at most %s characters. Attach what is longer.", MAX_REASON)
        )
    return reason.strip()


def read_day(env, day):
    """A date, from a date or its text; False when empty. :raises UserError: when it is none"""
    try:
        return fields.Date.to_date(day) if day else False
    except (ValueError, TypeError):
        raise UserError(env._("Give a day as a date such as 2030-12-31.")) from None


def expect_one(records):
    """For buttons of a form: over RPC they are pressed on none and on many too."""
    if len(records) != 1 or not records.exists():
        raise UserError(records.env._("Choose one record that is there."))


def is_number(value):
    """Whether it may be the id of a record."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
