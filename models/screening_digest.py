# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib
import json
import logging

from odoo import api, fields, models
from odoo.tools import format_date

_logger = logging.getLogger(__name__)

MANAGERS = "restricted_party_screening.group_compliance_manager"
TEMPLATE = "restricted_party_screening.mail_template_digest"
#: Days before its end on which an exemption is news.
BANDS = (7, 30, 60)
#: What stands unchanged is said again after so many days.
REMIND_DAYS = 7
SHOWN = 10
#: A hit is seen when its transaction ends, which may be so many days after the moment it bears.
OVERLAP_DAYS = 1


class ScreeningDigest(models.Model):
    """What one compliance manager was told last, and what there is to tell today.

    All is read with the rights of that manager, company by company.
    """

    _name = "screening.digest"
    _inherit = "screening.sealed"
    _description = "Daily Screening Digest"
    _rec_name = "user_id"

    user_id = fields.Many2one("res.users", required=True, readonly=True, ondelete="cascade")
    looked_at = fields.Datetime(readonly=True, required=True)
    sent_at = fields.Datetime(readonly=True)
    told = fields.Json(readonly=True, help="Hits told lately, each with the moment it bears.")
    said = fields.Char(readonly=True, help="Hash of what stood when a digest was sent last.")

    _user_uniq = models.Constraint("UNIQUE(user_id)", "A user has one digest.")

    # ---- sending ------------------------------------------------------------

    @api.model
    def _cron_send(self):
        """Tell each compliance manager who wants it what is new."""
        readers = self._get_readers()
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(readers))
        for user in readers:
            try:
                with self.env.cr.savepoint():
                    self._of(user)._send_if_news()
            except Exception:
                # One manager's broken settings must not silence the digests of the others.
                _logger.exception("The screening digest of user %s could not be sent", user.login)
            if not commit(1):
                break

    @api.model
    def _get_readers(self):
        users = self.env.ref(MANAGERS).sudo().all_user_ids
        return users.filtered(
            lambda user: user.active and not user.share and user.screening_digest and user.email
        ).sorted("id")

    @api.model
    def _of(self, user):
        digest = self.sudo().search([("user_id", "=", user.id)])
        return digest or self._sealed().create(
            {"user_id": user.id, "looked_at": fields.Datetime.now()}
        )

    def _send_if_news(self):
        """Send what is new, and what stands when it changed or was last said a week ago."""
        self.ensure_one()
        now = fields.Datetime.now()
        content = self._get_content()
        since = fields.Datetime.to_string(self._overlap(now))
        told = {**(self.told or {}), **content["told"]}
        values = {
            "looked_at": now,
            "told": {hit: moment for hit, moment in told.items() if moment > since},
        }
        unsaid = content["standing"] != self.said or (
            self.sent_at and self.sent_at <= fields.Datetime.subtract(now, days=REMIND_DAYS)
        )
        if content["hit_count"] or (content["standing"] and unsaid):
            self.env.ref(TEMPLATE).sudo().send_mail(self.id)
            values.update(sent_at=now, said=content["standing"])
        self._sealed().write(values)

    # ---- content ------------------------------------------------------------

    def _as_reader(self):
        user = self.user_id
        return (
            self.with_user(user)
            .with_context(
                allowed_company_ids=user.company_ids.ids, lang=user.lang, tz=user.tz or "UTC"
            )
            .env
        )

    def _get_content(self):
        """What there is to tell, as the template shows it."""
        self.ensure_one()
        env = self._as_reader()
        hits, hit_rows = self._new_hits(env)
        holds = [self._holds(env, company) for company in self.user_id.company_ids]
        exemptions = env["screening.exemption"].search(
            env["screening.exemption"]._domain_ending(max(BANDS)), order="expiry_date, id"
        )
        ending = [self._ending(env, record) for record in exemptions]
        lists = env["screening.list"].search([("edition", ">", 0)])
        old = lists.filtered("is_stale").sorted("age_days", reverse=True)
        standing = [
            [row["hold_ids"] for row in holds if row["hold_ids"]],
            [[record.id, row["band"]] for record, row in zip(exemptions, ending, strict=True)],
            old.ids,
        ]
        return {
            "hit_count": len(hits),
            "told": {str(hit.id): fields.Datetime.to_string(hit.opened_at) for hit in hits},
            "hits": hit_rows,
            "waiting": env["screening.case"].search_count(env["screening.case"]._domain_waiting()),
            "holds": [row for row in holds if row["hold_ids"]],
            "ending": ending,
            "old": [
                {"name": record.name, "age": record.age_days, "limit": record.max_age_days}
                for record in old
            ],
            "standing": hashlib.sha256(json.dumps(standing).encode()).hexdigest()
            if any(standing)
            else False,
        }

    @api.model
    def _overlap(self, moment):
        return fields.Datetime.subtract(moment, days=OVERLAP_DAYS)

    def _new_hits(self, env):
        """Hits found or reopened and not told yet; contacts that the reader sees by name."""
        told = self.told or {}
        hits = env["screening.hit"].search(
            [
                ("state", "=", "open"),
                ("counts", "=", True),
                ("leader_id", "=", False),
                ("opened_at", ">", self._overlap(self.looked_at)),
            ],
            order="level desc, score desc, id",
        )
        hits -= hits.filtered(
            lambda hit: told.get(str(hit.id)) == fields.Datetime.to_string(hit.opened_at)
        )
        seen = env["res.partner"].search([("id", "in", hits.sudo().partner_id.ids)])
        levels = dict(env["screening.hit"]._fields["level"]._description_selection(env))
        rows = [
            {
                "contact": hit.partner_id.display_name,
                "listed": hit.listed_name,
                "list": hit.list_id.code,
                "level": levels.get(hit.level, ""),
            }
            for hit in hits.filtered(lambda hit: hit.sudo().partner_id in seen.sudo())[:SHOWN]
        ]
        return hits, rows

    def _holds(self, env, company):
        """What is held in a company, the most valuable orders by name."""
        currency = company.currency_id
        holds = env["screening.hold"].search(
            [("state", "=", "active"), ("company_id", "=", company.id)]
        )
        dearest = holds.sudo().sorted("order_value", reverse=True)[:SHOWN]
        return {
            "company": company.name,
            "hold_ids": sorted(holds.ids),
            "count": len(holds),
            "value": currency.format(sum(holds.mapped("order_value"))),
            "rows": [
                {
                    "order": hold.order_id.name,
                    "vendor": hold.partner_id.display_name,
                    "lists": hold.lists,
                    "value": currency.format(hold.order_value),
                    "parked": hold.parked,
                }
                for hold in dearest
            ],
        }

    def _ending(self, env, exemption):
        left = (exemption.expiry_date - exemption._today()).days
        return {
            "name": exemption.name,
            "vendor": exemption.sudo().partner_id.display_name,
            "company": exemption.company_id.name,
            "day": format_date(env, exemption.expiry_date),
            "days": left,
            "band": next((band for band in BANDS if left <= band), max(BANDS)),
            "left": exemption.currency_id.format(exemption.amount_left)
            if exemption.amount_ceiling
            else "",
        }
