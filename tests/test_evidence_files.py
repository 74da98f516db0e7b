from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, new_test_user, tagged

from .common import ScreeningMixin, years_on

MANAGER = "restricted_party_screening.group_compliance_manager"


@tagged("post_install", "-at_install")
class TestEvidenceFiles(ScreeningMixin, TransactionCase):
    """Files that belong to evidence stay what, where and as hidden as they are."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.admin = new_test_user(cls.env, "rps_system", f"base.group_system,{MANAGER}")

    def test_attached_files_are_kept(self):
        """Of what was decided or asked for, wherever they hang; of drafts they may go."""
        exemption = self.create_exemption(approve=False)
        draft = exemption.with_user(self.compliance).copy()
        case = self.env["screening.case"].search([("partner_id", "=", self.held_vendor.id)])
        clean = self.env["screening.case"].search([("partner_id", "=", self.clean_vendor.id)])
        self.assertTrue(case)
        hold = self.env["screening.legal.hold"].with_user(self.manager)
        hold = hold.create({"name": "Inquiry", "reason": "letter of an authority"})
        attach = self.env["ir.attachment"].create
        for record, kept in (
            (exemption, True),
            (draft, False),
            (self.hit, True),
            (case, True),
            (clean, False),
            (hold, True),
            (self.held_vendor, False),
        ):
            values = {"name": "letter.pdf", "raw": b"x", "res_model": record._name}
            file = attach({**values, "res_id": record.id})
            for call in (
                file.unlink,
                lambda item=file: item.write({"raw": b"y"}),
                lambda item=file: item.write({"type": "url", "url": "/web"}),
                lambda item=file: item.write({"public": True}),
                lambda item=file: item.write({"mimetype": "text/html"}),
                lambda item=file: item.write({"index_content": "y"}),
                lambda item=file: item.write({"access_token": "1"}),
                lambda item=file: item.write({"res_id": False}),
            ):
                with self.subTest(record=record), self.env.cr.savepoint() as savepoint:
                    if kept:
                        with self.assertRaises(AccessError):
                            call()
                    else:
                        call()
                    savepoint.rollback()

    def test_files_of_a_decision_stay_when_it_is_asked_again(self):
        """Or when its contact is gone, and PostgreSQL has taken the hit with it."""
        vendor = self.create_vendor("Yitu Technologies")
        hit = vendor.screening_hit_ids[:1]
        values = {"name": "letter.pdf", "raw": b"x", "res_model": hit._name, "res_id": hit.id}
        file = self.env["ir.attachment"].create(values)
        hit.with_user(self.compliance).action_set_same("it is them")
        hit.with_user(self.compliance).action_reopen("a letter came")
        self.assertFalse(hit.decision)
        with self.assertRaisesRegex(AccessError, "kept"):
            file.unlink()
        vendor.unlink()
        self.env.invalidate_all()
        self.assertFalse(hit.exists())
        self.assertTrue(file.exists())
        with self.assertRaisesRegex(AccessError, "kept"):
            file.unlink()

    def test_files_of_other_records_are_nobody_elses(self):
        """A file of something else whose number is that of evidence goes as ever."""
        self.hit.with_user(self.compliance).action_set_same("it is")
        update = self.env["screening.list.update"].search([("state", "=", "applied")], limit=1)
        for model in ("purchase.order", "screening.exemption", "res.country"):
            for number in (self.hit.id, update.id):
                file = self.env["ir.attachment"].create(
                    {"name": "drawing.pdf", "raw": b"x", "res_model": model, "res_id": number}
                )
                self.assertEqual(file._screening_kept_by(), [])
                file.write({"name": "y.pdf"})
                self.assertTrue(file.unlink())

    def test_no_second_file_in_the_place_of_evidence(self):
        """The field would give one or the other."""
        update = self.env["screening.list.update"].search([("state", "=", "applied")], limit=1)
        place = {"res_model": update._name, "res_id": update.id, "res_field": "file"}
        attachments = self.env["ir.attachment"].with_user(self.list_admin).sudo()
        domain = [(name, "=", value) for name, value in place.items()]
        file = attachments.search(domain)
        self.assertEqual(len(file), 1)
        other = attachments.create({"name": "other.csv", "raw": b"name\nX\n"})
        draft = update.with_user(self.list_admin).create({"file": file.datas, "filename": "x.csv"})
        for attempt in (
            lambda: attachments.create({"name": "file", "raw": b"x", **place}),
            lambda: attachments.create({"name": "file", "raw": b"x", **place, "res_id": draft.id}),
            lambda: other.write(place),
            lambda: file.copy(),
            lambda: file.copy({"raw": b"x"}),
            lambda: update.sudo().write({"file": "eA=="}),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                attempt()
        self.assertEqual(attachments.search(domain), file)

    def test_evidence_moves_to_another_storage_and_into_mails(self):
        """Odoo's own doings change nothing that it says."""
        file = self.env["ir.attachment"].search(
            [("res_model", "=", "screening.list.update"), ("res_field", "=", "file")], limit=1
        )
        self.assertTrue(file.store_fname)
        before = file.raw
        self.env["ir.config_parameter"].set_param("ir_attachment.location", "db")
        file._migrate()
        self.assertFalse(file.store_fname)
        self.assertEqual((file.raw, file.db_datas), (before, before))
        [token] = file.generate_access_token()
        self.assertGreater(len(token), 30)
        file.write({"access_token": False, "public": False})
        self.assertFalse(file.access_token)

    def test_purge_leaves_documents_of_others(self):
        """One letter for two exemptions, and one that hangs on a record of its own."""
        exemption = self.create_exemption(expiry_date="2027-12-31", amount_ceiling=500)
        attach = self.env["ir.attachment"].create
        shared = attach({"name": "shared.pdf", "raw": b"x"})
        foreign = attach(
            {
                "name": "foreign.pdf",
                "raw": b"x",
                "res_model": self.clean_vendor._name,
                "res_id": self.clean_vendor.id,
            }
        )
        own = attach({"name": "own.pdf", "raw": b"x"})
        exemption._sealed().attachment_ids = shared | foreign | own
        lasting = self.create_exemption()
        lasting._sealed().attachment_ids = shared
        with years_on(12):
            self.env.invalidate_all()
            self.env["screening.retention"].with_user(self.admin).purge("the yearly deletion")
            self.env.invalidate_all()
            self.assertFalse(exemption.exists())
            self.assertEqual((shared | foreign | own).exists(), shared | foreign)
            self.assertEqual(lasting.sudo().attachment_ids, shared)
