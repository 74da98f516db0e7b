# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo import api, fields, models

from .screening_text import text_to_html


class ScreeningChain(models.Model):
    """The head of the audit trail's hash chain; one row, which only the sealer locks."""

    _name = "screening.chain"
    _inherit = ["screening.sealed", "mail.thread", "mail.activity.mixin"]
    _description = "Audit Trail Head"
    _sealed_fields = (
        "name",
        "last_seq",
        "last_hash",
        "base_seq",
        "base_hash",
        "verified_at",
        "verified_ok",
        "verified_text",
    )

    name = fields.Char(required=True, readonly=True)
    last_seq = fields.Integer(string="Rows", readonly=True)
    last_hash = fields.Char(string="Head", readonly=True)
    base_seq = fields.Integer(
        string="Rows Deleted after Retention",
        readonly=True,
        help="The first rows, of which no retention period ran any more, up to this one.",
    )
    base_hash = fields.Char(
        string="Hash before the First Row",
        readonly=True,
        help="Chain hash of the last deleted row.",
    )
    verified_at = fields.Datetime(string="Last Verified", readonly=True)
    verified_ok = fields.Boolean(string="Unbroken", readonly=True)
    verified_text = fields.Text(string="Outcome", readonly=True)

    @api.model
    def _create_main(self):
        """Make the one head, at installation."""
        xmlid = "restricted_party_screening.screening_chain_main"
        if not self.env.ref(xmlid, raise_if_not_found=False):
            head = self._sealed().create({"name": "Audit trail"})
            self.env["ir.model.data"]._update_xmlids(
                [{"xml_id": xmlid, "record": head, "noupdate": True}]
            )

    def _note_verification(self, result, text):
        """Keep the outcome; when the trail is broken, tell every compliance manager once."""
        self._sealed().write(
            {
                "verified_at": fields.Datetime.now(),
                "verified_ok": result["ok"],
                "verified_text": text,
            }
        )
        head = self.sudo().with_context(mail_activity_automation_skip=False)
        activity = "restricted_party_screening.mail_activity_chain"
        if result["ok"]:
            head.activity_feedback([activity], feedback=text)
            return
        told = head.activity_search([activity]).user_id
        group = self.env.ref("restricted_party_screening.group_compliance_manager").sudo()
        managers = group.all_user_ids.filtered(lambda user: user.active and not user.share)
        for user in managers - told:
            head.activity_schedule(
                activity,
                user_id=user.id,
                summary=self.env._("Audit trail broken"),
                note=text_to_html(text),
            )
