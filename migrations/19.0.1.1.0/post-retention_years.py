# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists of the BIS keep their records for five years, as in a new database.

The lists are data that an upgrade leaves alone, so in a database from before there were periods
each list got the general one.
"""

from odoo import SUPERUSER_ID, api

LISTS = ("el", "dpl", "meu", "uvl")
GENERAL, OURS = 10, 5


def migrate(cr, version):
    """Set the period where nobody has set one."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    for code in LISTS:
        record = env.ref(f"restricted_party_screening.screening_list_{code}", False)
        if record and record.retention_years == GENERAL and not _was_set(record):
            record.retention_years = OURS


def _was_set(record):
    """Whether somebody chose the period: each change of it is an event."""
    domain = [("kind", "=", "policy"), ("res_model", "=", record._name)]
    events = record.env["screening.event"].search([*domain, ("res_ref", "=", record.id)])
    return any("retention_years" in (event._payload().get("after") or {}) for event in events)
