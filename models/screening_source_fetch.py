# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import logging
from datetime import timedelta

import psycopg2

from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from .. import fetching
from .screening_room import said_clearly
from .screening_rows import try_lock_rows

_logger = logging.getLogger(__name__)

#: System parameter: "True" lets sources point into private networks (a mirror of one's own).
PRIVATE = "restricted_party_screening.private_sources"
#: A source that failed is tried again after this, if its own interval is not shorter.
AGAIN = timedelta(hours=1)


class ScreeningSourceFetch(models.Model):
    """Fetching: what came becomes a list update, unless it came before."""

    _inherit = "screening.source"

    # ---- one source ---------------------------------------------------------

    def _get_request(self):
        """Everything the network needs, as plain values: no database is held while it is slow."""
        self.ensure_one()
        private = self.env["ir.config_parameter"].sudo().get_param(PRIVATE)
        options = fetching.Options(
            user_agent=self.user_agent,
            expected=self.expects,
            time_limit=self.time_limit,
            private=str(private).lower() in ("1", "true"),
        )
        # Without an update at hand that was not refused, "nothing changed" would be no answer.
        stands = self.update_id and self.update_id.state != "failed"
        return self._get_addresses(), options, self.validators if stands else None

    def _forget_content(self):
        """Fetch afresh: what came before came from elsewhere or is to be read again."""
        self._sealed().write(
            {
                "etag": False,
                "last_modified": False,
                "validators": False,
                "content_sha256": False,
                "next_try": fields.Datetime.now(),
            }
        )

    def _switched_on(self):
        now = fields.Datetime.now()
        self._sealed().write({"enabled_since": now, "next_try": now})
        if self:
            self._wake_cron()

    def _wake_cron(self, at=None):
        cron = self.env.ref("restricted_party_screening.ir_cron_fetch", raise_if_not_found=False)
        if cron:
            cron._trigger(at)

    def _take(self, fetched):
        """Make what came a list update, and see what becomes of it.

        :param fetched: ``fetching.Fetched``
        """
        self.ensure_one()
        now = fields.Datetime.now()
        self._sealed().write(
            {"last_try": now, "next_try": now + timedelta(hours=self.interval_hours)}
        )
        content = fetched.take()
        same = not content or fetched.digest == self.content_sha256
        if not (same and self.update_id):
            own = self.list_ids.filtered("own")
            update = self.env["screening.list.update"].create(
                {
                    "file": base64.b64encode(content),
                    "filename": fetched.name,
                    "list_id": own.id if len(self.list_ids) == 1 else False,
                }
            )
            with said_clearly(self.env):
                update._read_or_queue()
            self._sealed().write({"update_id": update.id, "content_sha256": fetched.digest})
        first = next(iter(fetched.validators.values()), ["", ""])
        self._sealed().write(
            {
                "validators": fetched.validators or False,
                "etag": first[0] or False,
                "last_modified": first[1] or False,
            }
        )
        self._settle(fetched=True)

    def _take_failure(self, reason):
        """Keep what is in force; say why nothing came."""
        self.ensure_one()
        self._sealed().write({"last_try": fields.Datetime.now()})
        self._fail(reason)

    def _fail(self, reason):
        """It does not work: try again soon, and tell the administrators."""
        again = min(AGAIN, timedelta(hours=self.interval_hours))
        self._sealed().write({"next_try": fields.Datetime.now() + again})
        self._set_state("old" if self._is_too_old() else "failing", reason)

    # ---- by a list administrator --------------------------------------------

    def action_fetch(self):
        """Fetch now, and say what came of it.

        :raises AccessError: when the user is no list administrator
        """
        self._check_admin()
        for source in self:
            if not try_lock_rows(source):
                raise UserError(
                    self.env._("“%s” is being fetched already. Look again soon.", source.name)
                )
            try:
                source._take(fetching.fetch(*source._get_request()))
            except fetching.FetchError as error:
                source._take_failure(source._explain(error))
        failed = self.filtered("last_error")
        states = dict(self._fields["state"]._description_selection(self.env))
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "danger" if failed else "success",
                "title": self.env._("List sources"),
                "message": "\n".join(
                    f"{source.name}: {source.last_error or source._shown_state(states)}"
                    for source in self
                ),
                "sticky": bool(failed),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _shown_state(self, states):
        if self.awaits_reading:
            return self.env._("Fetched; it is being read in the background.")
        return states[self.state]

    def _check_admin(self):
        if not self.env.user.has_group("restricted_party_screening.group_list_admin"):
            raise AccessError(self.env._("Only a list administrator fetches lists."))
        self.check_access("write")

    # ---- in the background --------------------------------------------------

    @api.model
    def _cron_fetch(self):
        """Fetch what is due, each source in transactions of its own; look after the others."""
        commit = self.env["ir.cron"]._commit_progress
        sources = self.search([("enabled", "=", True)], order="next_try, id")
        commit(remaining=len(sources))
        for source in sources:
            source._run_safely(commit)
            if not commit(1):
                break

    def _run_safely(self, commit):
        """One source, whose failures are no other's.

        It is claimed and committed before the network is asked, so nothing is locked meanwhile,
        and a server that dies of it does not begin with it again.
        """
        try:
            locked = try_lock_rows(self)
            if not locked or not locked.enabled:
                return
            now = fields.Datetime.now()
            if self.next_try and self.next_try > now:
                self._settle()
                return
            self._sealed().write({"last_try": now, "next_try": now + AGAIN})
            request = self._get_request()
            commit()
            try:
                fetched = fetching.fetch(*request)
            except fetching.FetchError as error:
                _logger.info("Source %s was not fetched: %s", self.id, error.code)
                self._take_failure(self._explain(error))
            else:
                self._take(fetched)
        except psycopg2.OperationalError:
            self.env.cr.rollback()  # somebody else was at it: the next run looks again
            _logger.info("Source %s is left to the next run", self.id)
        except Exception as error:
            self.env.cr.rollback()
            _logger.exception("Fetching source %s failed", self.id)
            known = isinstance(error, UserError)
            self._take_failure(
                str(error) if known else self.env._("Unexpected error (%s)", type(error).__name__)
            )
