# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

SUBTYPE = "restricted_party_screening.mt_case_%s"
DECIDED = ("same", "not_same")
WAITING = ("open", "second", "escalated")


class ScreeningCaseNews(models.Model):
    """Who follows a case is told how it goes on, by the means each chose in Odoo.

    What is told is of three kinds, and each follower can mute each: decided, handed on, to be
    decided again. A case that nobody follows gets no message: its decisions and the audit trail
    say what happened.
    """

    _inherit = "screening.case"

    def _store(self, values):
        before = self.state
        result = super()._store(values)
        if before != self.state and self.message_follower_ids:
            self._tell_followers(before)
        return result

    def _tell_followers(self, before):
        self.ensure_one()
        kind, body = self._get_news(before)
        if body:
            self.with_context(mail_post_autofollow_author_skip=True).message_post(
                body=body, message_type="notification", subtype_xmlid=SUBTYPE % kind
            )

    def _get_news(self, before):
        """(kind, text) of what happened to this case, which was in state ``before``."""
        hit = self.hit_id
        label = dict(self._fields["state"]._description_selection(self.env))[self.state]
        if self.state in DECIDED:
            return "decided", self.env._("%(label)s: %(why)s", label=label, why=hit.reason or "")
        if before in (*DECIDED, "closed") and self.state in WAITING:
            why = hit.reopened or self.env._("there is a new hit")
            return "reopened", self.env._("To be decided again: %s", why)
        if self.state == "second":
            return "handed_on", self.env._(
                "%(user)s proposes: not the same party. Another person confirms it. %(why)s",
                user=hit.proposed_by_id.name,
                why=hit.proposed_reason,
            )
        if self.state == "escalated":
            return "handed_on", self.env._(
                "Escalated to %(user)s, due %(due)s",
                user=self.escalated_to_id.name,
                due=self.due_date,
            )
        if self.state == "closed":
            return "decided", self.env._("Closed: nothing matches any more")
        return None, None

    def _follow(self, user):
        """Who hands a case on wants to know what becomes of it."""
        self.message_subscribe(partner_ids=user.partner_id.ids)

    def _notify_get_recipients(self, message, msg_vals=False, **kwargs):
        """Decisions are told to compliance alone, whoever was made a follower."""
        recipients = super()._notify_get_recipients(message, msg_vals=msg_vals, **kwargs)
        subtype = (msg_vals or {}).get("subtype_id") or message.sudo().subtype_id.id
        ours = [self.env.ref(SUBTYPE % kind).id for kind in ("decided", "handed_on", "reopened")]
        if subtype not in ours:
            return recipients
        group = self.env.ref("restricted_party_screening.group_compliance").sudo()
        told = set(group.all_user_ids.ids)
        return [recipient for recipient in recipients if recipient["uid"] in told]
