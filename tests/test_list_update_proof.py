import base64
import hashlib
import json
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestListUpdateProof(ScreeningMixin, TransactionCase):
    """Every edition stays provable: its file, who applied it, when, what changed, what it said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entities = cls.hit.list_id

    def apply_at(self, moment, data):
        update = self.import_list(data)
        update._sealed().write({"applied_at": moment})
        return update

    def test_file_and_hash(self):
        data = self.with_more("One More Party")
        update = self.import_list(data, "el.csv")
        attachment = self.env["ir.attachment"].search(
            [
                ("res_model", "=", update._name),
                ("res_id", "=", update.id),
                ("res_field", "=", "file"),
            ]
        )
        self.assertEqual(attachment.raw, data)
        self.assertEqual(update.file_sha256, hashlib.sha256(data).hexdigest())
        for change in (
            lambda: attachment.unlink(),
            lambda: attachment.write({"raw": b"other"}),
            lambda: attachment.write({"res_id": 0}),
            lambda: update.write({"file": base64.b64encode(b"other")}),
            lambda: update.unlink(),
        ):
            with self.assertRaises(UserError), self.env.cr.savepoint():
                change()
        self.assertEqual(attachment.raw, data)

    def test_who_when_what(self):
        update = self.import_list(self.with_more("One More Party"), "el.csv", apply=False)
        update.with_user(self.list_admin).action_apply()
        self.assertEqual(update.applied_by_id, self.list_admin)
        self.assertTrue(update.applied_at)
        event = self.env["screening.event"].search([("kind", "=", "update")], limit=1)
        self.assertEqual(event.user_name, self.list_admin.name)
        self.assertLess(fields.Datetime.now() - event.at, timedelta(minutes=5))
        said = json.loads(event.payload)
        self.assertEqual(said["sha256"], update.file_sha256)
        self.assertEqual(said["lists"]["EL"], [self.entities.edition, 1, 0, 0])

    def test_what_a_list_said_on_a_day(self):
        """Each edition from the moment it was applied to the moment of the next."""
        self.entities.update_id._sealed().write({"applied_at": "2020-01-01 12:00:00"})
        self.apply_at("2021-01-01 12:00:00", self.with_more("First Party"))
        second = self.apply_at("2022-01-01 12:00:00", self.with_more("Second Party"))
        second.action_roll_back("published in error")
        back = second.rolled_back_id
        back._sealed().write({"applied_at": "2023-01-01 12:00:00"})

        def added(moment):
            names = self.entities.parties_as_of(moment).mapped("name")
            return len(names), sorted(set(names) & {"First Party", "Second Party"})

        for moment, expected in (
            ("2019-12-31", (0, [])),
            ("2020-01-01 11:59:59", (0, [])),
            ("2020-01-01 12:00:00", (28, [])),
            ("2021-01-01 11:59:59", (28, [])),
            ("2021-01-01 12:00:00", (29, ["First Party"])),
            ("2022-06-30", (29, ["Second Party"])),
            ("2023-01-01 12:00:00", (29, ["First Party"])),
            (fields.Datetime.now(), (29, ["First Party"])),
        ):
            with self.subTest(moment):
                self.assertEqual(added(moment), expected)
        with self.assertRaises(UserError):
            self.entities.parties_as_of("some day")

    def test_what_a_roll_back_put_in_force_is_proven_by_its_own_file(self):
        """Not by the file that was taken back, which says something else."""
        first = self.entities.update_id
        second = self.import_list(self.with_more("First Party"), "second.csv")
        self.assertNotEqual(first.file_sha256, second.file_sha256)
        second.action_roll_back("published in error")
        back = second.rolled_back_id
        self.assertEqual((self.entities.update_id, back.file_sha256), (back, first.file_sha256))
        self.assertEqual(back.name, f"Roll back of second.csv to {first.name}")
        [edition] = self.entities._get_editions()
        self.assertEqual(edition["file_sha256"], first.file_sha256)
        event = self.env["screening.event"].search([("kind", "=", "update")], limit=1)
        self.assertEqual(json.loads(event.payload)["sha256"], first.file_sha256)
        # A feed that is taken back was never left: the next file of the old one is no change.
        self.assertEqual(back.format, first.format)

    def test_what_one_party_said(self):
        """An entry as it was, not as it is: a change is another row."""
        self.entities.update_id._sealed().write({"applied_at": "2020-01-01 12:00:00"})
        data = self.entity_list.replace(b"84 FR 54002", b"84 FR 54002; 99 FR 1")
        self.apply_at("2021-01-01 12:00:00", data)
        for moment, later in (("2020-06-01", False), ("2021-06-01", True)):
            parties = self.entities.parties_as_of(moment)
            self.assertEqual(len(parties), 28)
            self.assertEqual(any("99 FR 1" in party.citation for party in parties), later)
