# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Hits from before there were cases get theirs at once, not when their contacts are screened."""

from odoo import SUPERUSER_ID, api
from odoo.tools import split_every

BATCH = 1_000


def migrate(cr, version):
    """Make the queue what the stored hits say, and wake the background, which does the rest."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    cr.execute(
        "SELECT DISTINCT partner_id FROM screening_hit WHERE state != 'closed'"
        " AND partner_id NOT IN (SELECT partner_id FROM screening_case) ORDER BY partner_id"
    )
    for ids in split_every(BATCH, [partner_id for (partner_id,) in cr.fetchall()]):
        env["screening.case"]._refresh(env["res.partner"].browse(ids))
    env["screening.subject"]._trigger()
