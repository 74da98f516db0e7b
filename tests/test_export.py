# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import io
import zipfile

from odoo.exceptions import AccessError
from odoo.tests import TransactionCase, tagged

from .common import ScreeningMixin


@tagged("post_install", "-at_install")
class TestExport(ScreeningMixin, TransactionCase):
    """All evidence in one file; a real uninstalling is `make uninstall-test`."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.export = cls.env["screening.export"]

    def test_who_may(self):
        for user in (self.buyer, self.accountant, self.compliance, self.list_admin):
            with self.assertRaises(AccessError):
                self.export.with_user(user).action_export()
        action = self.export.with_user(self.manager).action_export()
        attachment = self.env["ir.attachment"].browse(
            int(action["url"].split("/")[3].split("?")[0])
        )
        self.assertTrue(attachment.with_user(self.manager).raw)
        with self.assertRaises(AccessError):
            attachment.with_user(self.buyer).read(["raw"])

    def test_all_of_it(self):
        exemption = self.create_exemption()
        document = self.env["ir.attachment"].create(
            {
                "name": "licence.txt",
                "raw": b"D1234567",
                "res_model": exemption._name,
                "res_id": exemption.id,
            }
        )
        with zipfile.ZipFile(io.BytesIO(self.export._keep().raw)) as archive:
            names = archive.namelist()
            counts = {
                name: len(archive.read(name).splitlines()) for name in names if "jsonl" in name
            }
        for model in self.export._own_models():
            stored = model.sudo().with_context(active_test=False).search_count([])
            self.assertEqual(counts[f"{model._table}.jsonl"], stored, model._name)
        self.assertTrue(any(f"/{document.id}-licence.txt" in name for name in names))
        self.assertLessEqual({"README.txt", "chain.py", "verify.py"}, set(names))
        users = [name for name in names if name == "res_users.jsonl"]
        self.assertTrue(users, "whom numbers mean")

    def test_wizard_says_what_goes(self):
        wizards = self.env["base.module.uninstall"]
        modules = self.env["ir.module.module"]
        own = modules.search([("name", "=", "restricted_party_screening")])
        wizard = wizards.create({"module_ids": own.ids})
        events = self.env["screening.event"].search_count([])
        self.assertIn(f"{events} events", wizard.screening_removed)
        # Also when what it stands on is uninstalled, but not when something else is.
        below = modules.search([("name", "=", "purchase")])
        self.assertTrue(wizards.create({"module_ids": below.ids}).screening_removed)
        other = modules.search([("name", "=", "rpc")])
        self.assertFalse(wizards.create({"module_ids": other.ids}).screening_removed)
