# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields, models
from odoo.exceptions import UserError

from .screening_source_templates import TEMPLATES
from .screening_text import text_to_html

ACTIVITY = "restricted_party_screening.mail_activity_source"
#: Editions being read in the background are looked at again after this.
SOON = timedelta(minutes=2)


class ScreeningSourceOutcome(models.Model):
    """What became of what came: applied, waiting, refused; and who is told."""

    _inherit = "screening.source"

    def _explain(self, error):
        """:param error: ``fetching.FetchError``; its sentence in the reader's language"""
        return error.sentence(lambda text: self.env._(TEMPLATES[text]))

    def _may_apply(self, update):
        """Whether policy lets an update be applied that nobody has looked at.

        Only when no guard objects. What guards an update has is the update's own affair.
        """
        self.ensure_one()
        blocked = bool(update.blocked or update.guard_ids)
        return self.auto_apply == "apply" and update.state == "read" and not blocked

    def _settle(self, fetched=False):
        """See what became of the newest update.

        :param fetched: the source has just answered
        """
        self.ensure_one()
        update = self.update_id
        waits = update.state in ("draft", "queued", "reading")
        # What came is judged when it has been read.
        came = fetched or self.awaits_reading
        self._sealed().write({"awaits_reading": came and waits})
        if came and update.state in ("read", "applied", "rolled_back"):
            self._sealed().write({"last_success": fields.Datetime.now()})
        if self._may_apply(update):
            self._apply(update)
        elif not came and self._is_too_old():
            self._set_state("old", self.last_error)
        elif not came and self._has_failed():
            pass  # looking at it again mends nothing
        elif update.state == "failed":
            if came or self.state not in ("failing", "old"):  # else it is known already
                self._fail(update.error)
        elif update.state == "read":
            self._set_state("review")
        elif waits:
            self._wake_cron(fields.Datetime.now() + SOON)
        elif update:
            self._set_state("ok")
        if fetched and update.state == "applied":
            self._confirm_lists()

    def _has_failed(self):
        """Whether the last try brought nothing that can be used."""
        since = self.last_success
        return self.state in ("failing", "old") and not (since and since >= self.last_try)

    def _apply(self, update):
        try:
            with self.env.cr.savepoint():
                update.action_apply()
        except UserError as error:
            # A list changed since it was read: read it again the next time.
            self._forget_content()
            self._set_state("review", str(error))
        else:
            self._set_state("ok")

    def _confirm_lists(self):
        """An edition that its publisher still publishes is not old."""
        lists = self.env["screening.list"].sudo().search([("update_id", "=", self.update_id.id)])
        lists._sealed().write({"confirmed_date": fields.Datetime.now()})

    def _is_too_old(self):
        """Whether it did not work for longer than its age limit."""
        self.ensure_one()
        since = max(filter(None, (self.last_success, self.enabled_since)), default=None)
        limit = timedelta(days=self.max_age_days)
        return bool(self.enabled and limit and since and fields.Datetime.now() - since > limit)

    # ---- who is told --------------------------------------------------------

    def _set_state(self, state, error=False):
        self.ensure_one()
        before, known = self.state, self.last_error
        self._sealed().write({"state": state, "last_error": error})
        if before == state:
            if (error or "") != (known or ""):
                self._get_activities().write({"note": text_to_html(error)})
            return
        what = {
            "ok": self.env._("List source “%s” works", self.name),
            "review": self.env._("List source “%s” brought a new edition to review", self.name),
            "failing": self.env._("List source “%s” fails", self.name),
            "old": self.env._("List source “%s” did not work for too long", self.name),
        }[state]
        if {before, state} & {"failing", "old"}:
            self._log_change(what, before=before, after={"state": state, "reason": error or ""})
        if state == "ok":
            self._untell_admins()
        else:
            self._tell_admins(what, error)

    def _tell_admins(self, summary, note):
        """One open activity for each list administrator; what it says is the newest."""
        if not self.enabled:
            return
        group = self.env.ref("restricted_party_screening.group_list_admin").sudo()
        values = {"summary": summary, "note": text_to_html(note)}
        for user in group.all_user_ids.filtered(lambda user: user.active and not user.share):
            if open_ones := self._get_activities(user):
                open_ones.write(values)
            else:
                self._with_activities().activity_schedule(ACTIVITY, user_id=user.id, **values)

    def _untell_admins(self):
        self._with_activities().activity_unlink([ACTIVITY])

    def _get_activities(self, user=None):
        """What administrators, or this one, have not done yet."""
        found = self._with_activities().activity_search([ACTIVITY])
        return found.filtered(lambda activity: activity.user_id == user) if user else found

    def _with_activities(self):
        return self.sudo().with_context(mail_activity_automation_skip=False)
