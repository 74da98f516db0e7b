# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from .screening_exemption_basis import REQUIRED, REQUIRED_FOR_ENTITY_LIST
from .screening_input import read_reason
from .screening_text import text_to_html


class ScreeningExemptionWorkflow(models.Model):
    """Asked for by one, approved by another; refused, suspended, revoked with a reason."""

    _inherit = "screening.exemption"

    def action_submit(self):
        """Ask for approval. The one who submits cannot approve.

        :raises UserError: when what its basis asks for is missing
        """
        self._check_group("group_compliance")
        for record in self:
            record._expect_state("draft", "refused")
            if not record.hit_ids:
                raise UserError(self.env._("Say which listed parties “%s” covers.", record.name))
            record._check_complete()
            record._submit()
        return True

    def _submit(self):
        """Common end of a buyer's and of compliance's request."""
        self._sealed().write(
            {
                "state": "requested",
                "requester_id": self.env.uid,
                # Who asked once does not approve after another asked again.
                "author_ids": [fields.Command.link(self.env.uid)],
                "closed_reason": False,
            }
        )
        self._log(self.env._("requested"))
        if self.env.user.has_group("restricted_party_screening.group_compliance"):
            self._confirm_hits()
        self._ask_approval()

    def _confirm_hits(self):
        """To record an exemption from a hit is to say that it is the same party."""
        undecided = self.hit_ids.filtered(lambda hit: hit.state == "open")
        if undecided:
            undecided.with_env(self.env(su=False))._decide(
                "same", self.env._("Licence exemption %s recorded", self.name)
            )

    def action_approve(self):
        """Put the exemption in force: by a manager who neither requested, created nor wrote it.

        :raises AccessError: when the user may not approve, or not this one
        :raises UserError: when what its basis asks for is missing
        """
        self._check_group("group_compliance_manager")
        for record in self:
            record._expect_state("requested", "suspended")
            people = record.create_uid | record.requester_id | record.author_ids
            if self.env.user in people:
                raise AccessError(
                    self.env._(
                        "You requested or wrote “%s”. Another compliance manager approves it.",
                        record.name,
                    )
                )
            record._expect_latest()
            record._check_complete()
            record._sealed().write(
                {
                    "state": "approved",
                    "approver_id": self.env.uid,
                    "approved_at": fields.Datetime.now(),
                    "closed_reason": False,
                    "was_expired": False,
                }
            )
            record._confirm_hits()
            record._supersede()
            (record | record.previous_id).sudo().activity_feedback(
                ["restricted_party_screening.mail_activity_exemption_ended"]
            )
            record._log(self.env._("approved"))
            record._tell_requester(self.env._("approved"))
            record._refresh_orders()
        return True

    def action_refuse(self, reason=None):
        """Refuse a request. :param reason: told to the requester; a form asks when missing"""
        return self._close("refused", ("requested",), reason)

    def action_suspend(self, reason=None):
        """Suspend until approved again. :param reason: why; a form asks for it when missing"""
        return self._close("suspended", ("approved",), reason)

    def action_revoke(self, reason=None):
        """End it for good. :param reason: why; a form asks for it when missing"""
        return self._close("revoked", ("approved", "suspended"), reason)

    def _close(self, state, allowed, reason):
        self._check_group("group_compliance_manager")
        for record in self:
            record._expect_state(*allowed)
            record._expect_latest()
        if reason is None:
            asks = self.env["screening.exemption.close"]._fields["state"]
            return {
                "type": "ir.actions.act_window",
                "name": dict(asks._description_selection(self.env))[state],
                "res_model": "screening.exemption.close",
                "view_mode": "form",
                "target": "new",
                "context": {
                    "default_exemption_ids": [fields.Command.set(self.ids)],
                    "default_state": state,
                },
            }
        reason = read_reason(self.env, reason)
        label = dict(self._fields["state"]._description_selection(self.env))[state]
        for record in self:
            record._sealed().write({"state": state, "closed_reason": reason})
            record._log(label, reason)
            record._tell_requester(label, reason)
            record._end_cover(label)
        return True

    # ---- helpers ------------------------------------------------------------

    def _check_group(self, group):
        if not self.env.user.has_group(f"restricted_party_screening.{group}"):
            raise AccessError(
                self.env._("Your rights in Restricted Party Screening do not allow this.")
            )
        self.check_access("write")

    def _expect_state(self, *states):
        self.ensure_one()
        self._lock_rows()
        if self.state not in states:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "“%(name)s” is %(state)s; this asks for: %(expected)s.",
                    name=self.name,
                    state=labels[self.state],
                    expected=", ".join(labels[state] for state in states),
                )
            )

    def _check_complete(self):
        self.ensure_one()
        missing = [] if self.basis else ["basis"]
        required = REQUIRED.get(self.basis, ())
        if self.on_entity_list:
            required += REQUIRED_FOR_ENTITY_LIST.get(self.basis, ())
        missing += [name for name in required if not str(self[name] or "").strip()]
        missing += [] if self.hit_ids else ["hit_ids"]
        if missing:
            labels = self.fields_get(missing, ["string"])
            raise UserError(
                self.env._(
                    "“%(name)s” lacks: %(fields)s.",
                    name=self.name,
                    fields=", ".join(labels[name]["string"] for name in missing),
                )
            )
        if self.expiry_date and self.expiry_date < self._today():
            raise UserError(self.env._("“%s” has expired already.", self.name))

    def _ask_approval(self):
        record = self.sudo().with_context(mail_activity_automation_skip=False)
        responsible = self.env["screening.policy"]._get_responsible(self.company_id)
        for user in responsible - self.env.user:
            record.activity_schedule(
                "restricted_party_screening.mail_activity_exemption",
                user_id=user.id,
                summary=self.env._("Licence exemption %s is requested", self.name),
                note=text_to_html(self.request_reason),
            )

    def _tell_requester(self, what, reason=""):
        record = self.sudo()
        record.activity_feedback(
            ["restricted_party_screening.mail_activity_exemption"], feedback=what
        )
        body = self.env._("Licence exemption %(name)s: %(what)s.", name=self.name, what=what)
        if reason:
            body += " " + self.env._("Reason: %s", reason)
        record.message_post(
            body=body,
            subtype_xmlid="mail.mt_note",
            partner_ids=record.requester_id.partner_id.ids,
        )
