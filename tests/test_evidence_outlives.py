# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools import mute_logger

from .common import ScreeningMixin, years_on

MANAGER = "restricted_party_screening.group_compliance_manager"


@tagged("post_install", "-at_install")
class TestEvidenceOutlives(ScreeningMixin, TransactionCase):
    """Orders, contacts and goods are deleted by people who may; what was recorded stays."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.events = cls.env["screening.event"]
        cls.deleter = new_test_user(
            cls.env, "rps_deleter", "purchase.group_purchase_manager,base.group_partner_manager"
        )

    def evidence(self, kind, **values):
        """What the form gives for a former name or number."""
        wizard = self.env["screening.evidence.print"].with_user(self.compliance)
        return wizard.create({"kind": kind, "replay": False, **values})._collect()

    def assert_kept(self, records, message):
        with self.assertRaisesRegex(UserError, message), self.env.cr.savepoint():
            records.with_user(self.deleter).unlink()
        self.env.invalidate_all()
        self.assertTrue(records.exists())

    # ---- orders -------------------------------------------------------------

    def test_a_held_order_that_somebody_confirmed_stays(self):
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        self.assertEqual(order.state, "to approve")
        order.button_cancel()
        self.assert_kept(order, "was held by the screening")
        with years_on(12):
            self.env.flush_all()
            admin = new_test_user(self.env, "rps_system", f"base.group_system,{MANAGER}")
            self.env["screening.retention"].with_user(admin).purge("the yearly deletion")
            self.env.invalidate_all()
            order.with_user(self.deleter).unlink()
        self.assertFalse(order.exists())

    def test_an_order_with_confirmed_conditions_stays(self):
        self.create_exemption(conditions="Sealed media only")
        order = self.create_order(self.held_vendor)
        checklist = self.env["screening.exemption.checklist"].with_user(self.buyer)
        checklist.create({"order_id": order.id}).action_confirm_all()
        order.button_cancel()
        self.assert_kept(order, "used a licence exemption")

    def test_an_order_that_used_an_exemption_stays(self):
        self.create_exemption()
        order = self.create_order(self.held_vendor)
        order.button_confirm()
        order.button_cancel()
        self.assert_kept(order, "used a licence exemption")

    def test_a_deleted_draft_stays_readable(self):
        """Nobody tried to confirm it, so it may go. Its hold leaves nothing behind but its rows."""
        order = self.create_order(self.held_vendor)
        hold = self.env["screening.hold"].search([("order_id", "=", order.id)])
        hold.sudo().message_post(body="seen", message_type="comment")
        number, name, hold_id = order.id, order.name, hold.id
        order.button_cancel()
        order.with_user(self.deleter).unlink()
        self.assertFalse(hold.exists())
        left = [("model", "=", "screening.hold"), ("res_id", "=", hold_id)]
        self.assertFalse(self.env["mail.message"].search(left))
        for former in (str(number), name, f" {name.lower()} "):
            evidence = self.evidence("order", former=former)
            self.assertEqual(evidence["about"]["name"], name)
            kinds = {row["content"]["kind"] for row in evidence["events"]}
            self.assertLessEqual({"hold_start", "hold_end", "partner_check"}, kinds)

    def test_a_clean_order_goes_as_ever(self):
        order = self.create_order(self.clean_vendor)
        order.button_confirm()
        order.button_cancel()
        order.with_user(self.deleter).unlink()
        self.assertFalse(order.exists())

    # ---- what limits an exemption -------------------------------------------

    def test_a_limit_of_an_exemption_does_not_vanish(self):
        """With its only order, product or category gone it would cover everything."""
        order = self.create_order(self.held_vendor)
        order.button_cancel()
        product = self.env["product.product"].create({"name": "Lens", "type": "consu"})
        category = self.env["product.category"].create({"name": "Optics"})
        for field, record in (
            ("order_ids", order),
            ("product_ids", product),
            ("category_ids", category),
        ):
            exemption = self.create_exemption(**{field: [Command.set(record.ids)]})
            with self.subTest(field=field):
                with self.assertRaisesRegex(UserError, exemption.name), self.env.cr.savepoint():
                    record.sudo().unlink()
                # Nor by SQL, as modules and PostgreSQL's own cascades do it.
                with (
                    self.assertRaises(IntegrityError),
                    mute_logger("odoo.sql_db"),
                    self.env.cr.savepoint(),
                ):
                    self.env.cr.execute(
                        f"DELETE FROM {record._table} WHERE id = %s",  # noqa: S608
                        [record.id],
                    )
                self.env.invalidate_all()
                self.assertEqual(exemption[field], record)

    # ---- contacts -----------------------------------------------------------

    def test_a_contact_with_an_exemption_stays(self):
        exemption = self.create_exemption()
        self.assert_kept(self.held_vendor | self.contact, exemption.name)

    def test_files_and_remarks_outlive_the_contact(self):
        vendor = self.create_vendor("Beijing Sensetime Technology Development Co., Ltd.", "CN")
        case = self.env["screening.case"].search([("partner_id", "=", vendor.id)])
        hits = vendor.screening_hit_ids
        hits.with_user(self.compliance).action_set_not_same("another street")
        attach = self.env["ir.attachment"].with_user(self.compliance).create
        file = attach({"name": "register.pdf", "raw": b"x", "res_model": hits._name})
        file.sudo().res_id = hits[0].id
        case.with_user(self.compliance).message_post(
            body="They sent us their register.", message_type="comment"
        )
        hits[0].sudo().activity_schedule("mail.mail_activity_data_todo", user_id=self.manager.id)
        number, name = vendor.id, vendor.display_name
        vendor.with_user(self.deleter).unlink()
        self.assertFalse(hits.exists() or case.exists())
        activities = self.env["mail.activity"].search([("user_id", "=", self.manager.id)])
        self.assertNotIn("screening.hit", activities.mapped("res_model"))
        log = self.env["screening.decision.log"].search([("partner_ref", "=", number)])
        [entry] = log.with_user(self.compliance).filtered("file_ids")
        self.assertEqual(entry.file_ids.raw, b"x", "compliance reads it still")
        for call in (file.unlink, lambda: file.write({"raw": b"y"})):
            with self.assertRaises(AccessError), self.env.cr.savepoint():
                call()
        for former in (str(number), name, "beijing sensetime"):
            evidence = self.evidence("contact", former=former)
            self.assertEqual(evidence["about"]["name"], name)
            text = json.dumps(evidence["events"])
            for said in ("another street", "their register", "register.pdf"):
                self.assertIn(said, text)

    def test_a_name_that_several_bore(self):
        first = self.create_vendor("Paper Mill Oy", "FI")
        second = self.create_vendor("Paper Mill Oy", "SE")
        numbers = [first.id, second.id]
        (first | second).unlink()
        with self.assertRaisesRegex(UserError, f"(?s){numbers[1]}.*{numbers[0]}|{numbers[0]}.*"):
            self.evidence("contact", former="Paper Mill")
        with self.assertRaisesRegex(UserError, "knows nothing"):
            self.evidence("contact", former="100%")
        with self.assertRaisesRegex(UserError, "wanted"):
            self.evidence("order")

    # ---- merges -------------------------------------------------------------

    def merge(self, source, into):
        ids = (source | into).ids
        self.env["base.partner.merge.automatic.wizard"].create({})._merge(ids, into)
        self.assertFalse(source.exists())

    def test_a_merge_that_something_hangs_on_is_not_purged(self):
        """An order is open that was made to a contact which was merged, and that merged again."""
        first = self.create_vendor("Zhejiang Dahua Technology Co., Ltd.", "CN")
        order = self.create_order(first)
        first.screening_hit_ids.with_user(self.compliance).action_set_not_same("a namesake")
        number = first.id
        second = self.create_vendor("Acme Optics", "DE")
        self.merge(first, second)
        self.merge(second, self.clean_vendor)
        self.assertEqual((order.partner_id, order.state), (self.clean_vendor, "draft"))
        third = self.create_vendor("Acme Papers", "DE")
        self.merge(third, self.clean_vendor)
        merges = self.events.search([("kind", "=", "merge")], order="id")
        self.events._seal_all()
        with years_on(12):
            due = self.env["screening.retention"]._find_due()
            self.assertFalse(set(merges[:2].mapped("seq")) & set(due.rows))
            self.assertIn(merges[2].seq, due.rows, "nothing of the third one is left")
            admin = new_test_user(self.env, "rps_system", f"base.group_system,{MANAGER}")
            self.env["screening.retention"].with_user(admin).purge("the yearly deletion")
            self.env.invalidate_all()
            self.assertTrue(self.events._verify()["ok"])
            text = json.dumps(self.evidence("contact", partner_id=self.clean_vendor.id)["events"])
        self.assertIn(f'"vendor": [{number}, ', text)

    def test_a_hit_that_a_merge_drops_is_recorded(self):
        """Both had the same hit, and core's SQL leaves one of them."""
        twins = self.create_vendor("Dahua Technology", "CN") | self.create_vendor(
            "Dahua Technology", "CN"
        )
        for twin, reason in zip(twins, ("first reason", "second reason"), strict=True):
            twin.screening_hit_ids.with_user(self.compliance).action_set_not_same(reason)
        self.merge(twins[0], twins[1])
        event = self.events.search([("kind", "=", "merge")], limit=1)
        self.assertTrue(event._payload()["hits"])
        self.assertEqual({hit["reason"] for hit in event._payload()["hits"]}, {"first reason"})
