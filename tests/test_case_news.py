from odoo import fields
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin

KINDS = ("decided", "handed_on", "reopened")


@tagged("post_install", "-at_install")
class TestCaseNews(ScreeningMixin, TransactionCase):
    """Followers of a case are told, each can mute it, and nobody else hears of it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.case = cls.env["screening.case"].search([("partner_id", "=", cls.held_vendor.id)])
        cls.today = fields.Date.today()

    def told(self, user):
        """What a user was notified of about the case, oldest first."""
        notes = self.env["mail.notification"].search(
            [
                ("res_partner_id", "=", user.partner_id.id),
                ("mail_message_id.model", "=", "screening.case"),
                ("mail_message_id.res_id", "=", self.case.id),
            ]
        )
        subtypes = [self.env.ref(f"restricted_party_screening.mt_case_{kind}") for kind in KINDS]
        messages = notes.mail_message_id.filtered(lambda message: message.subtype_id in subtypes)
        return [str(message.body) for message in messages.sorted("id")]

    def test_nobody_follows_by_accident(self):
        vendor = (
            self.env["res.partner"]
            .with_user(self.buyer)
            .create({"name": self.held_vendor.name, "is_company": True, "supplier_rank": 1})
        )
        case = self.env["screening.case"].search([("partner_id", "=", vendor.id)])
        self.assertTrue(case)
        self.assertFalse(case.message_follower_ids)
        self.assertFalse(case.hit_id.message_follower_ids)

    def test_who_escalates_hears_what_becomes_of_it(self):
        hit = self.hit.with_user(self.compliance)
        hit.action_escalate(self.manager.id, self.today, "please look")
        self.assertIn(self.compliance.partner_id, self.case.message_partner_ids)
        self.hit.with_user(self.manager).action_set_not_same("<b>another</b> firm")
        self.assertEqual(len(self.told(self.compliance)), 1)
        self.assertIn(
            "Not the same party: &lt;b&gt;another&lt;/b&gt; firm", self.told(self.compliance)[0]
        )
        self.held_vendor.with_user(self.buyer).country_id = self.env.ref("base.de")
        self.assertIn("To be decided again", self.told(self.compliance)[1])

    def test_escalated_person_gets_activity_and_mail(self):
        self.manager.notification_type = "email"
        before = self.env["mail.mail"].search([])
        self.hit.with_user(self.compliance).action_escalate(self.manager.id, self.today, "look")
        mail = self.env["mail.mail"].search([]) - before
        self.assertEqual(mail.recipient_ids, self.manager.partner_id)
        self.assertIn(self.held_vendor.name, mail.body_html)

    def test_proposal_is_told(self):
        self.env["screening.policy"].create(
            {"company_id": self.env.company.id, "second_person": True}
        )
        self.case.message_subscribe(partner_ids=self.manager_2.partner_id.ids)
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.assertIn("proposes: not the same party", self.told(self.manager_2)[0])
        self.hit.with_user(self.manager).action_confirm_proposal()
        self.assertIn("Not the same party", self.told(self.compliance)[0])

    def test_each_follower_may_mute_each_kind(self):
        self.case.message_subscribe(partner_ids=self.manager_2.partner_id.ids)
        reopened = self.env.ref("restricted_party_screening.mt_case_reopened")
        follower = self.case.message_follower_ids
        self.assertEqual(follower.partner_id, self.manager_2.partner_id)
        follower.subtype_ids -= reopened
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        self.hit.with_user(self.compliance).action_reopen("new papers")
        self.assertEqual(len(self.told(self.manager_2)), 1)

    def test_followers_outside_compliance_are_not_told(self):
        outsiders = self.buyer | self.accountant
        self.case.message_subscribe(partner_ids=(outsiders.partner_id | self.clean_vendor).ids)
        self.hit.with_user(self.compliance).action_set_not_same("another firm")
        for user in outsiders:
            self.assertFalse(self.told(user))
        message = self.case.message_ids.filtered(
            lambda message: message.subtype_id.name == "Decided"
        )
        self.assertTrue(message)
        self.assertFalse(message.notified_partner_ids)
