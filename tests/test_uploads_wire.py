# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import io
import json

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import HttpCase, tagged

from .common import ScreeningMixin, csl_file
from .wire import WireMixin

PARAMETER = "restricted_party_screening."
#: Files that would like to run in the browser of whoever opens them.
HOSTILE = {
    "list.html": b"<html><script>alert(document.cookie)</script></html>",
    "list.svg": b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"></svg>',
    "list.xml": b'<?xml version="1.0"?><x:script xmlns:x="http://www.w3.org/1999/xhtml">1</x:script>',
    "list.xhtml": b'<html xmlns="http://www.w3.org/1999/xhtml"><script>alert(1)</script></html>',
}


@tagged("post_install", "-at_install")
class TestUploadsWire(WireMixin, ScreeningMixin, HttpCase):
    """Uploaded files do not run, are not fetched by others, and do not fill the disk."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.admin = cls.env.ref("base.user_admin")

    def upload(self, user, model, name, content, number=0):
        """As the form's button for documents does."""
        answer = self.over_form(
            user,
            "/web/binary/upload_attachment",
            files={"ufile": (name, io.BytesIO(content), "text/html")},
            model=model,
            id=number,
        )
        [file] = json.loads(answer.text.partition("<pre>")[2].partition("</pre>")[0] or answer.text)
        return self.env["ir.attachment"].browse(file["id"])

    def assert_does_not_run(self, user, route):
        answer = self.get(user, route)
        self.assertEqual(answer.status_code, 200, route)
        self.assertNotRegex(answer.headers["Content-Type"], "html|xml|svg|script")
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertEqual(answer.headers["Content-Security-Policy"], "default-src 'none'")

    # ---- running --------------------------------------------------------------

    def test_list_files_do_not_run(self):
        """Whoever uploads them, also who may write HTML elsewhere, or a server they come from."""
        for user in (self.list_admin, self.admin, self.env.ref("base.user_root")):
            for name, content in HOSTILE.items():
                update = (
                    self.env["screening.list.update"]
                    .with_user(user)
                    .create({"file": base64.b64encode(content), "filename": name})
                )
                with self.subTest(user=user.login, name=name):
                    base = f"/web/content/screening.list.update/{update.id}/file"
                    self.assert_does_not_run(self.list_admin, base)
                    file = self.env["ir.attachment"].search(
                        [
                            ("res_model", "=", update._name),
                            ("res_id", "=", update.id),
                            ("res_field", "=", "file"),
                        ]
                    )
                    self.assertEqual(file.mimetype, "application/octet-stream")
                    self.assertFalse(file.index_content)

    def test_documents_do_not_run(self):
        for user in (self.compliance, self.admin):
            for name, content in HOSTILE.items():
                with self.subTest(user=user.login, name=name):
                    file = self.upload(user, "screening.exemption", name, content)
                    self.assertEqual(file.mimetype, "text/plain")
                    self.assert_does_not_run(user, f"/web/content/{file.id}")
        elsewhere = self.env["ir.attachment"].create({"name": "x.html", "raw": b"<html></html>"})
        self.assertEqual(elsewhere.mimetype, "text/html")
        elsewhere.write({"res_model": "screening.exemption"})
        self.assertEqual(elsewhere.mimetype, "text/plain")

    def test_a_type_in_the_address_runs_nothing(self):
        """Odoo lets the address name a type; its own policy for content stands against that."""
        file = self.upload(self.compliance, "screening.exemption", "x.html", HOSTILE["list.html"])
        answer = self.get(self.compliance, f"/web/content/{file.id}?mimetype=text/html")
        self.assertEqual(answer.headers["Content-Security-Policy"], "default-src 'none'")

    # ---- others ---------------------------------------------------------------

    def test_files_are_not_fetched_by_others(self):
        update = self.env["screening.list.update"].search([], limit=1)
        document = self.upload(self.compliance, "screening.exemption", "licence.pdf", b"secret")
        routes = {
            f"/web/content/screening.list.update/{update.id}/file": (
                self.list_admin,
                self.compliance,
                self.manager,
            ),
            f"/web/content/{document.id}": (self.compliance,),
        }
        for route, readers in routes.items():
            for user in (
                self.buyer,
                self.accountant,
                self.list_admin,
                self.compliance,
                self.manager,
                None,
            ):
                with self.subTest(route=route, user=user and user.login):
                    status = self.get(user, route).status_code
                    self.assertEqual(status == 200, user in readers)

    def test_approver_reads_the_documents(self):
        document = self.upload(self.compliance, "screening.exemption", "licence.pdf", b"licence")
        exemption = self.create_exemption(approve=False, attachment_ids=[Command.set(document.ids)])
        self.assertEqual(document.res_id, exemption.id)
        self.assertEqual(self.get(self.manager, f"/web/content/{document.id}").text, "licence")
        self.assertNotEqual(self.get(self.buyer, f"/web/content/{document.id}").status_code, 200)

    def test_others_documents_are_not_adopted(self):
        """To name a file's number in an exemption gives nobody a right to it."""
        private = (
            self.env["ir.attachment"]
            .with_user(self.manager)
            .create({"name": "private.txt", "raw": b"private"})
        )
        with self.assertRaises(AccessError), self.env.cr.savepoint():
            self.create_exemption(approve=False, attachment_ids=[Command.set(private.ids)])
        self.assertFalse(private.res_id)
        self.assertNotEqual(
            self.get(self.compliance, f"/web/content/{private.id}").status_code, 200
        )

    # ---- size -----------------------------------------------------------------

    def test_size_has_a_limit(self):
        set_param = self.env["ir.config_parameter"].set_param
        set_param(f"{PARAMETER}max_document_mb", "1")
        set_param(f"{PARAMETER}max_list_file_mb", "2")
        for user, model, values, size in (
            (self.compliance, "ir.attachment", {"res_model": "screening.exemption"}, 1),
            (self.compliance, "ir.attachment", {"res_model": "screening.hit"}, 1),
            (self.list_admin, "screening.list.update", {}, 2),
        ):
            name = "datas" if model == "ir.attachment" else "file"
            records = self.env[model].with_user(user)
            with self.assertRaisesRegex(UserError, f"{size} are allowed"):
                content = base64.b64encode(bytes(size * 2**20 + 100))
                records.create({"name": "big", **values, name: content})
            records.create({"name": "fits", **values, name: base64.b64encode(bytes(size * 2**20))})

    def test_waiting_files_have_a_limit(self):
        """Uploads that nobody applies; those in force do not count."""
        self.env["ir.config_parameter"].set_param(f"{PARAMETER}max_waiting_mb", "1")
        updates = self.env["screening.list.update"].with_user(self.list_admin)
        before = self.env["ir.attachment"]._screening_waiting()
        half = base64.b64encode(bytes((2**20 - before) // 2))
        first, _second = updates.create([{"file": half}, {"file": half}])
        with self.assertRaisesRegex(UserError, "nobody applied"):
            updates.create({"file": base64.b64encode(csl_file([("EL", "One More", {})]))})
        first.unlink()
        updates.create({"file": base64.b64encode(csl_file([("EL", "One More", {})]))})
