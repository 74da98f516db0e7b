# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

import logging
import random
import time
from datetime import timedelta

import psycopg2

from odoo import api, fields, models

from .. import engine
from .screening_rows import try_lock_rows

_logger = logging.getLogger(__name__)

BATCH = 200
#: How often a batch is begun again when other transactions get in its way.
MAX_CONFLICTS = 10
#: What others hold is looked at again after this.
SOON = timedelta(minutes=1)


class ScreeningSubjectBackground(models.Model):
    """Screening many contacts in committed batches, shared by several workers."""

    _inherit = "screening.subject"

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
    def _trigger(self, at=None):
        for xmlid in ("ir_cron_screen_1", "ir_cron_screen_2"):
            cron = self.env.ref(f"restricted_party_screening.{xmlid}", raise_if_not_found=False)
            if cron:
                cron._trigger(at)

    @api.model
    def _domain_outdated(self):
        return [
            "|",
            ("stamp", "<", self.env["screening.list"]._get_stamp()),
            ("matcher_version", "!=", engine.MATCHER_VERSION),
        ]

    @api.model
    def _cron_screen(self, batch_size=BATCH):
        """Screen what is queued or was screened against older lists, in committed batches.

        First those whom no change concerns are marked as such, then the others are compared with
        what changed, and whoever is met by it is screened.
        Several cron records share the work: a batch is locked row by row, what another
        worker holds is left to it.
        """
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=self.sudo().search_count(self._domain_outdated()))
        for done, _total in self._rescreen_committed(commit, batch_size):
            if not commit(done):
                return
        # What is left is in the hands of others, workers or people: who of them dies leaves it.
        if self.sudo().search_count(self._domain_outdated(), limit=1):
            self._trigger(fields.Datetime.now() + SOON)
        commit(remaining=0)

    @api.model
    def _rescreen_committed(self, commit, batch_size=BATCH):
        """Bring all up to date that are not, committing batch by batch.

        :param commit: called without arguments after each batch
        :return: generator of (contacts of this batch, contacts to do in all)
        """
        self._look_again_committed(commit)
        total = self.sudo().search_count(self._domain_outdated())
        for pass_over in (self._advance_unconcerned, self._compare_with_changes):
            last, moved = self._safely(pass_over, 0)
            while last:
                commit()
                yield moved, total
                last, moved = self._safely(pass_over, last)
        for done, _left in self._rescreen(batch_size=batch_size):
            commit()
            yield done, total
        self._safely(self._after_rescreening)
        commit()

    @api.model
    def _safely(self, act, *arguments):
        """Do one step; begin it again when another transaction gets in its way."""
        for _conflict in range(MAX_CONFLICTS):
            try:
                result = act(*arguments)
                self.env.flush_all()
            except psycopg2.OperationalError as error:
                failure = error
                self.env.cr.rollback()
                self.env.invalidate_all()
                time.sleep(random.uniform(0.05, 0.3))  # noqa: S311
            else:
                return result
        raise failure

    @api.model
    def _mark_all_outdated(self):
        """Ask for a fresh screening of every contact that was ever screened."""
        self.env.flush_all()
        self.env.cr.execute("UPDATE screening_subject SET stamp = -1")
        self.invalidate_model()

    @api.model
    def _after_rescreening(self):
        """When nobody is left to screen: tidy up, and tell compliance what an update found."""
        # Two workers may end at once: the second waits here, and begins again.
        self.env.cr.execute(
            "SELECT id FROM screening_list_update WHERE applied_seq > 0"
            " AND NOT (keys_forgotten IS TRUE AND outcome_told IS TRUE)"
            " ORDER BY id FOR NO KEY UPDATE",
            log_exceptions=False,
        )
        if not self.sudo().search_count(self._domain_outdated(), limit=1):
            self._forget_changed_keys()
            self.env["screening.list.update"].sudo()._tell_outcome()

    @api.model
    def _rescreen(self, batch_size=BATCH):
        """Screen contacts batch by batch; the caller commits between batches.

        :return: generator of (contacts of this batch, contacts to do in all)
        """
        domain = self._domain_outdated()
        total = self.sudo().search_count(domain)
        last_id, conflicts = 0, 0
        while batch := self.sudo().search(
            [*domain, ("id", ">", last_id)], limit=batch_size, order="id"
        ):
            end = batch[-1].id
            try:
                batch = try_lock_rows(batch)
                done = self._screen_batch(batch) if batch else 0
                self.env.flush_all()
            except psycopg2.OperationalError:
                conflicts += 1
                if conflicts > MAX_CONFLICTS:
                    raise
                self._give_way()
                continue
            last_id, conflicts = end, 0
            yield done, total

    @api.model
    def _give_way(self):
        """Another transaction wrote what this one read: roll back, so that the caller begins its
        batch again a moment later."""
        self.env.cr.rollback()
        self.env.invalidate_all()
        time.sleep(random.uniform(0.05, 0.3))  # noqa: S311

    @api.model
    def _screen_batch(self, batch):
        changed, failed = self._screen_each_safely(batch.partner_id)
        self.env["purchase.order"]._screening_refresh_partners(changed)
        self.env["screening.event"]._log_event(
            "batch_check",
            self.browse(),
            self.env._(
                "%(count)s contacts screened in the background, %(changed)s with a new outcome,"
                " %(failed)s failed",
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
                "editions": self.env["screening.list"]._get_loaded()._get_editions(),
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
