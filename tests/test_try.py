# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).

from odoo.exceptions import UserError
from odoo.tests import Form, TransactionCase, tagged

from .common import HIKVISION, ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestTry(ScreeningMixin, TransactionCase):
    """*Try a Name*: what is found and why, and what was looked through when nothing is."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()

    def try_name(self, name, kind=False):
        form = Form(self.env["screening.try"].with_user(self.buyer))
        form.name, form.kind = name, kind
        tried = form.save()
        tried.action_screen()
        return tried

    def test_found(self):
        tried = self.try_name("Hikvision Europe B.V.")
        self.assertIn(HIKVISION, tried.line_ids.mapped("party_id.name"))
        self.assertIn("HIKVISION (rare)", tried.line_ids[0].explanation)
        self.assertFalse(tried.nothing_found)

    def test_nothing_found_says_what_was_looked_through(self):
        tried = self.try_name("Hikvision Europe B.V.")
        tried.name = "Nordic Paperworks AB"
        tried.action_screen()
        self.assertFalse(tried.line_ids)
        entity_list = self.hit.list_id
        self.assertIn(f"No match found in EL {entity_list.edition} (", tried.nothing_found)

    def test_no_list_is_no_answer(self):
        """Neither here nor over the API: an empty answer would look like no match."""
        self.env.cr.execute("UPDATE screening_list SET edition = 0")
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "no list is loaded"):
            self.try_name("Hikvision")

    def test_a_company_is_no_person(self):
        """The kind that is chosen is what the name is compared as."""
        name, other = "Johnson Controls", "JOHNSON, Prince Y."
        self.import_list(csl_file([("SDN", other, {"type": "Individual"})]), "sdn.csv")
        self.assertIn(other, self.try_name(name).line_ids.mapped("party_id.name"))
        self.assertFalse(self.try_name(name, "organisation").line_ids)
