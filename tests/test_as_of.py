# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase, tagged

from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestAsOf(ScreeningMixin, TransactionCase):
    """*As of a Date*: which editions were in force then, and what they said."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entities = cls.hit.list_id
        # Whatever the database held before was in force from long ago.
        lines = cls.env["screening.list.update.line"].search([("edition", ">", 0)])
        lines.update_id._sealed().write({"applied_at": "2019-01-01 12:00:00"})
        cls.first = cls.entities.update_id
        cls.second = cls.import_list(cls.with_more("First Party"), "more.csv")
        cls.second._sealed().write({"applied_at": "2021-01-01 12:00:00"})

    def ask(self, moment, lists=None, user=None):
        form = Form(self.env["screening.list.as.of"].with_user(user or self.list_admin))
        form.moment = moment
        for record in self.entities if lists is None else lists:
            form.list_ids.add(record)
        return form.save()

    def shown(self, asked):
        action = asked.action_show()
        return self.env[action["res_model"]].search(action["domain"]).mapped("name")

    def test_what_a_list_said(self):
        """Before and after an edition; also what has gone since."""
        for moment, update, count in (
            ("2020-12-31 00:00:00", self.first, 28),
            ("2021-01-01 12:00:00", self.second, 29),
        ):
            with self.subTest(moment):
                asked = self.ask(moment)
                self.assertEqual(asked.line_ids.update_id, update)
                self.assertEqual(asked.line_ids.file_sha256, update.file_sha256)
                self.assertFalse(asked.nothing_text)
                names = self.shown(asked)
                self.assertEqual((len(names), "First Party" in names), (count, count == 29))
        self.second.action_roll_back("published in error")
        self.assertIn("First Party", self.shown(self.ask("2021-06-01 00:00:00")))
        self.assertNotIn("First Party", self.shown(self.ask(fields.Datetime.now())))

    def test_all_lists(self):
        """Which of them said nothing yet is told, not left to be guessed."""
        later = self.import_list(csl_file([("UVL", "Later Party", {})]), "uvl.csv")
        later._sealed().write({"applied_at": "2022-01-01 12:00:00"})
        asked = self.ask("2021-06-01 00:00:00", self.entities.browse())
        without = asked.nothing_text.partition(": ")[2].rstrip(".").split(", ")
        self.assertIn("UVL", without)
        self.assertNotIn("EL", without)
        self.assertNotIn("Later Party", self.shown(asked))
        asked = self.ask("2022-06-01 00:00:00", self.entities.browse())
        self.assertLessEqual({"Later Party", "First Party"}, set(self.shown(asked)))

    def test_nothing_was_in_force(self):
        asked = self.ask("2018-06-01 00:00:00")
        self.assertEqual(asked.nothing_text, "No edition was in force of: EL.")
        self.assertFalse(asked.line_ids)
        with self.assertRaisesRegex(UserError, "No edition was in force of: EL"):
            asked.action_show()

    def test_what_is_to_come_is_not_known(self):
        asked = self.ask(fields.Datetime.now() + timedelta(days=1))
        self.assertIn("Choose a past one", asked.nothing_text)
        with self.assertRaisesRegex(UserError, "Choose a past one"):
            asked.action_show()

    def test_what_was_deleted_after_retention(self):
        """It is not said to have been empty."""
        self.entities._sealed().write({"kept_from": self.entities.edition})
        asked = self.ask("2020-06-01 00:00:00")
        self.assertIn("Deleted after its retention period", asked.nothing_text)
        self.assertFalse(asked.line_ids)
        self.assertEqual(len(self.shown(self.ask("2021-06-01 00:00:00"))), 29)

    def test_from_the_list(self):
        """The button on a list's form asks about that list, also for compliance."""
        for user in (self.compliance, self.list_admin):
            model = self.env["screening.list.as.of"].with_user(user)
            form = Form(model.with_context(default_list_ids=self.entities.ids))
            self.assertEqual(form.save().line_ids.update_id, self.second)
