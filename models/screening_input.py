# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads what callers of public methods give: over RPC that may be anything."""

from odoo import fields
from odoo.exceptions import UserError


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
    return reason.strip()


def read_day(env, day):
    """A date, from a date or its text; False when empty. :raises UserError: when it is none"""
    try:
        return fields.Date.to_date(day) if day else False
    except (ValueError, TypeError):
        raise UserError(env._("Give a day as a date such as 2030-12-31.")) from None


def is_number(value):
    """Whether it may be the id of a record."""
    return isinstance(value, int) and not isinstance(value, bool) and 0 < value < 2**31
