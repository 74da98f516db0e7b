import base64
import io
import zipfile

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import file_open

from .common import ScreeningMixin, csl_file

OFAC = ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")


@tagged("post_install", "-at_install")
class TestListUpdateFiles(ScreeningMixin, TransactionCase):
    """A list that comes as several files, and guards of what is missing from it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.sdn = cls.env["screening.list"].search([("code", "=", "SDN")])

    def data(self, name):
        with file_open(f"restricted_party_screening/tests/data/lists/{name}", "rb") as stream:
            return stream.read()

    def upload(self, main, *more, user=None):
        """As the form does it: the further files are attachments of a record yet to come."""
        env = self.env(user=user or self.list_admin)
        attachments = env["ir.attachment"].create(
            [
                {"name": name, "raw": self.data(name), "res_model": "screening.list.update"}
                for name in more
            ]
        )
        return env["screening.list.update"].create(
            {
                "file": base64.b64encode(self.data(main)) if main else False,
                "filename": main,
                "more_file_ids": attachments.ids,
            }
        )

    def party(self, update):
        return self.env["screening.party"].search([("update_id", "=", update.id)])[0]

    def test_set_as_separate_files(self):
        update = self.upload(*OFAC)
        attachments = update.more_file_ids
        update.action_read_or_queue()
        self.assertEqual((update.state, update.filename), ("read", "sdn.zip"))
        kinds = {kind for _text, kind in self.party(update).facts["names"]}
        self.assertLessEqual({"primary", "alias", "former"}, kinds)
        self.assertTrue(self.party(update).facts["addresses"])
        self.assertFalse(update.notes)
        for name in OFAC:
            self.assertRegex(update.file_list, rf"(?m)^{name}: \d+ bytes, SHA-256 [0-9a-f]{{64}}$")
        self.assertFalse(attachments.exists(), "they are in the archive")
        with zipfile.ZipFile(io.BytesIO(update._file_data())) as archive:
            self.assertEqual(archive.namelist(), list(OFAC))
            self.assertEqual(archive.read("add.csv"), self.data("add.csv"))
        self.apply_update(update)
        event = self.env["screening.event"].search([("kind", "=", "update")], limit=1)
        self.assertIn("sdn_comments.csv: ", event.payload)

    def test_set_without_a_first_file(self):
        """All of them among the further files is as good."""
        update = self.upload(False, *OFAC)
        update.action_read()
        self.assertEqual(update.state, "read")

    def test_the_twin(self):
        """SDN and non-SDN files come in one format, but say nothing of each other."""
        first = self.upload(*OFAC)
        first.action_read()
        self.apply_update(first)
        other = self.upload("cons_prim.csv")
        other.action_read()
        self.assertFalse(other.guard_ids.filtered(lambda guard: guard.code == "source"))
        self.apply_update(other)
        again = self.upload(*OFAC)
        again.action_read()
        self.assertFalse(again.guard_ids)

    def test_files_that_make_no_set(self):
        update = self.upload("un.xml", "eu.xml")
        update.action_read()
        self.assertEqual(update.state, "failed")
        self.assertIn("no known set", update.error)

    def test_main_file_alone_would_lose_aliases(self):
        update = self.upload(*OFAC)
        update.action_read()
        self.apply_update(update)
        alone = self.upload("sdn.csv")
        alone.action_read()
        self.assertEqual(alone.guard_ids.mapped("code"), ["lacking"])
        self.assertIn("addresses, aliases, comments", alone.guard_text)
        with self.assertRaises(UserError):
            alone.action_apply()
        alone.action_override("the others are on their way")
        alone.action_apply()
        self.assertEqual(self.sdn.update_id, alone)

    def test_main_file_alone_loses_nothing_the_first_time(self):
        alone = self.upload("sdn.csv")
        alone.action_read()
        self.assertFalse(alone.guard_ids)
        self.assertIn("were not given", alone.notes)

    def test_nobody_elses_attachment(self):
        """Who may read a file is asked of the file, not of the update it is put into."""
        secret = self.env["ir.attachment"].create({"name": "secret.csv", "raw": b"name\nX\n"})
        update = self.upload("sdn.csv")
        with self.assertRaises(AccessError):
            update.write({"more_file_ids": secret.ids})
            update.action_read()

    # ---- guards of what is missing ------------------------------------------

    def test_two_lists_of_ones_own(self):
        """Each is a file of its own: the one does not miss the other."""
        own = self.env["screening.list"].search([("code", "=", "OWN")])
        other = own.create({"name": "Another", "code": "OWN2", "own": True})
        for record in (own, other):
            self.import_list(b"name\nSparkling Gadgets Limited\n", own_list=record)
        update = self.import_list(b"name\nSparkling Gadgets Ltd\n", own_list=other, apply=False)
        self.assertNotIn("source", update.guard_ids.mapped("code"))

    def test_older_file_that_states_no_date(self):
        """Known by its content: it was in force, and another came since."""
        old = self.entity_list
        new = csl_file([("EL", "One More Party", {})]) + old.split(b"\n", 1)[1]
        self.import_list(new)
        update = self.import_list(old, apply=False)
        self.assertEqual(update.guard_ids.mapped("code"), ["older"])
        again = self.import_list(new, apply=False)
        self.assertFalse(again.guard_ids, "it is the one in force")

    def test_older_file_by_its_date(self):
        newer = self.data("un.xml")
        self.import_list(newer)
        older = newer.replace(b'dateGenerated="20', b'dateGenerated="19', 1)
        self.assertNotEqual(older, newer)
        update = self.import_list(older, apply=False)
        self.assertIn("older", update.guard_ids.mapped("code"))
