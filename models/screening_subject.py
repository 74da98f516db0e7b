# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

import psycopg2

from odoo import api, fields, models
from odoo.tools import SQL

from .. import engine

_logger = logging.getLogger(__name__)

BATCH = 200


class ScreeningSubject(models.Model):
    """When a contact was last screened, against what, and how it came out.

    It stands beside the contact, not on it: a buyer may write contacts, nobody writes this.
    """

    _name = "screening.subject"
    _inherit = "screening.sealed"
    _description = "Screened Contact"
    _rec_name = "partner_id"

    partner_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="cascade")
    state = fields.Selection(
        [
            ("not_screened", "Not screened"),
            ("no_match", "No match found"),
            ("review", "To review"),
            ("confirmed", "Same party"),
        ],
        default="not_screened",
        required=True,
        readonly=True,
    )
    stamp = fields.Integer(readonly=True, help="Last list update applied when this contact was screened; -1: never.")
    fingerprint = fields.Char(readonly=True)
    facts = fields.Json(readonly=True, help="What was compared.")
    screened_at = fields.Datetime(readonly=True)
    matcher_version = fields.Char(readonly=True)
    error = fields.Char(readonly=True, help="Why screening failed, empty when it did not.")

    _partner_uniq = models.Constraint("UNIQUE(partner_id)", "A contact is screened as one.")
    _stamp_idx = models.Index("(stamp, id)")

    @api.model
    def _ensure(self, partners):
        """Subjects of contacts, made where missing, as ``{partner: subject}``."""
        self.flush_model()
        partners.flush_recordset(["name"])
        self.env.cr.execute(
            SQL(
                "INSERT INTO screening_subject (partner_id, state, stamp, create_uid, create_date)"
                " SELECT id, 'not_screened', -1, %s, now() AT TIME ZONE 'UTC' FROM res_partner"
                " WHERE id = ANY(%s) AND NOT EXISTS"
                " (SELECT FROM screening_subject s WHERE s.partner_id = res_partner.id)"
                " ON CONFLICT (partner_id) DO NOTHING",
                self.env.uid,
                partners.ids,
            )
        )
        self.invalidate_model()
        subjects = self.sudo().search([("partner_id", "in", partners.ids)])
        return {subject.partner_id: subject for subject in subjects}

    def _set_screened(self, stamp, fingerprint, facts, log):
        """Store the outcome of a screening.

        :return: whether the outcome changed
        """
        self.ensure_one()
        before = (self.state, self.fingerprint)
        state = self._state_from_hits()
        values = {
            "state": state,
            "stamp": stamp,
            "fingerprint": fingerprint,
            "facts": facts,
            "matcher_version": engine.MATCHER_VERSION,
            "error": False,
        }
        changed = before != (state, fingerprint)
        if not changed and self.stamp == stamp:
            return False
        values["screened_at"] = fields.Datetime.now()
        self._sealed().write(values)
        if changed and log:
            hits = self.partner_id.sudo().screening_hit_ids.filtered(lambda hit: hit.state != "closed")
            self.env["screening.event"]._log_event(
                "partner_check",
                self.partner_id,
                self.env._(
                    "Vendor check of “%(name)s”: %(outcome)s",
                    name=self.partner_id.display_name,
                    outcome=dict(self._fields["state"]._description_selection(self.env))[state],
                ),
                {
                    "facts": facts,
                    "fingerprint": fingerprint,
                    "matcher": engine.MATCHER_VERSION,
                    "outcome": state,
                    "hits": [hit._get_snapshot() for hit in hits],
                    "editions": self.env["screening.list"].sudo().search([])._get_editions(),
                },
            )
        return before[0] != state

    def _state_from_hits(self):
        hits = self.env["screening.hit"].sudo().search(
            [("partner_id", "=", self.partner_id.id), ("state", "!=", "closed")]
        )
        states = set(hits.filtered(lambda hit: not hit.leader_id).mapped("state"))
        if "open" in states:
            return "review"
        if "same" in states:
            return "confirmed"
        return "no_match" if self.env["screening.list"].sudo()._has_any_edition() else "not_screened"

    def _refresh_state(self):
        for subject in self:
            if subject.stamp >= 0:
                state = subject._state_from_hits()
                if state != subject.state:
                    subject._sealed().write({"state": state})

    # ---- background ---------------------------------------------------------

    @api.model
    def _enqueue_vendors(self):
        """Queue whom screening is about and who was never screened; the cron takes them from there.

        Vendors, whoever stands on an order, and their parents.
        """
        self.env.flush_all()
        self.env.cr.execute(
            "WITH RECURSIVE concerned(id) AS ("
            " SELECT id FROM res_partner WHERE supplier_rank > 0"
            " UNION SELECT partner_id FROM purchase_order"
            " UNION SELECT dest_address_id FROM purchase_order WHERE dest_address_id IS NOT NULL"
            "), family(id) AS ("
            " SELECT id FROM concerned"
            " UNION SELECT p.parent_id FROM res_partner p JOIN family f ON f.id = p.id"
            " WHERE p.parent_id IS NOT NULL)"
            " INSERT INTO screening_subject (partner_id, state, stamp, create_uid, create_date)"
            " SELECT f.id, 'not_screened', -1, 1, now() AT TIME ZONE 'UTC' FROM family f"
            " WHERE NOT EXISTS (SELECT FROM screening_subject s WHERE s.partner_id = f.id)"
            " ON CONFLICT (partner_id) DO NOTHING"
        )
        self.invalidate_model()
        self._trigger()

    @api.model
    def _trigger(self):
        for xmlid in ("ir_cron_screen_1", "ir_cron_screen_2"):
            cron = self.env.ref(f"restricted_party_screening.{xmlid}", raise_if_not_found=False)
            if cron:
                cron._trigger()

    @api.model
    def _domain_outdated(self):
        return [("stamp", "<", self.env["screening.list"]._get_stamp())]

    @api.model
    def _cron_screen(self, batch_size=BATCH):
        """Screen what is queued or was screened against older lists, in committed batches.

        Several cron records share the work: a batch is locked row by row, what another
        worker holds is left to it.
        """
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=self.sudo().search_count(self._domain_outdated()))
        for done, _total in self._rescreen(batch_size=batch_size):
            if not commit(done):
                break

    @api.model
    def _rescreen(self, everything=False, batch_size=BATCH):
        """Screen contacts batch by batch; the caller commits between batches.

        :param everything: also those that are up to date
        :return: generator of (contacts of this batch, contacts to do in all)
        """
        domain = [] if everything else self._domain_outdated()
        total = self.sudo().search_count(domain)
        last_id = 0
        while batch := self.sudo().search([*domain, ("id", ">", last_id)], limit=batch_size, order="id"):
            last_id = batch[-1].id
            batch = batch.try_lock_for_update(allow_referencing=True)
            yield (self._screen_batch(batch) if batch else 0), total

    @api.model
    def _screen_batch(self, batch):
        changed, failed = self._screen_each_safely(batch.partner_id)
        self.env["purchase.order"]._screening_refresh_partners(changed)
        self.env["screening.event"]._log_event(
            "batch_check",
            self.browse(),
            self.env._(
                "%(count)s contacts screened in the background, %(changed)s with a new outcome, %(failed)s failed",
                count=len(batch),
                changed=len(changed),
                failed=len(failed),
            ),
            {
                "first_partner": min(batch.partner_id.ids),
                "last_partner": max(batch.partner_id.ids),
                "count": len(batch),
                "changed": changed.ids,
                "failed": failed.ids,
                "matcher": engine.MATCHER_VERSION,
                "editions": self.env["screening.list"].sudo().search([])._get_editions(),
            },
        )
        return len(batch)

    def _screen_each_safely(self, partners):
        """Screen a batch; when it fails, one by one, so that one contact does not stop the others.

        :return: (contacts with a new outcome, contacts whose screening failed)
        """
        matcher = self.env["screening.matcher"]
        try:
            with self.env.cr.savepoint():
                return matcher._screen_partners(partners, log_each=False), partners.browse()
        except psycopg2.OperationalError:
            raise  # a conflict with another transaction: the batch is run again
        except Exception:
            _logger.exception("Screening a batch failed, its contacts are screened one by one")
        changed = failed = partners.browse()
        for partner in partners:
            try:
                with self.env.cr.savepoint():
                    changed |= matcher._screen_partners(partner, log_each=False)
            except psycopg2.OperationalError:
                raise
            except Exception as error:
                _logger.exception("Screening contact %s failed", partner.id)
                failed |= partner
                self._mark_failed(partner, error)
        return changed, failed

    def _mark_failed(self, partner, error):
        """A contact that cannot be screened is *not screened*, which holds its orders."""
        subject = self._ensure(partner)[partner]
        subject._sealed().write(
            {
                "state": "not_screened",
                "stamp": self.env["screening.list"]._get_stamp(),
                "error": f"{type(error).__name__}: {error}"[:500],
            }
        )
