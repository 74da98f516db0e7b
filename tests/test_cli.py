import contextlib
import io
import tempfile
from pathlib import Path

from odoo.tests import TransactionCase, tagged

from ..cli.restricted_party_screening import BROKEN, OK, REFUSED, RestrictedPartyScreening
from .common import ScreeningMixin, csl_file


@tagged("post_install", "-at_install")
class TestCommandLine(ScreeningMixin, TransactionCase):
    """What is printed, what is done, and how each command ends."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.entities = cls.env["screening.list"].search([("code", "=", "EL")])

    def run_command(self, *words):
        """:return: (exit code, standard output, standard error)"""
        command = RestrictedPartyScreening()
        options = command._parse(["-d", self.env.cr.dbname, *words])
        self.env.flush_all()
        out, err = io.StringIO(), io.StringIO()
        with (
            self.enter_registry_test_mode(),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = command._run_in_database(options)
        self.env.invalidate_all()
        return code, out.getvalue(), err.getvalue()

    def file(self, data, name="list.csv"):
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        (folder / name).write_bytes(data)
        return str(folder / name)

    def more(self):
        return csl_file([("EL", "One More Party", {})]) + self.entity_list.split(b"\n", 1)[1]

    def test_import(self):
        path = self.file(self.more())
        edition = self.entities.edition
        code, out, _err = self.run_command("import", path, "--dry-run")
        self.assertEqual((code, self.entities.edition), (OK, edition))
        self.assertIn("EL       added      1", out)
        code, out, _err = self.run_command("import", path, "--yes")
        self.assertEqual((code, self.entities.edition), (OK, edition + 1))
        self.assertIn("applied", out)

    def test_import_of_a_guarded_file(self):
        path = self.file(csl_file([("EL", "Somebody Else", {})]))
        edition = self.entities.edition
        code, out, err = self.run_command("import", path)
        self.assertEqual((code, self.entities.edition), (REFUSED, edition))
        self.assertIn("GUARD: BIS Entity List would lose 28 of its 28 parties", err)
        self.assertIn("--override", out)
        code, _out, _err = self.run_command("import", path, "--override", "we know")
        self.assertEqual((code, self.entities.edition), (OK, edition + 1))

    def test_import_of_a_broken_file(self):
        """The other files of the same call are taken."""
        broken, good = self.file(b"<html>503</html>", "a.csv"), self.file(self.more(), "b.csv")
        edition = self.entities.edition
        code, out, err = self.run_command("import", broken, good)
        self.assertEqual((code, self.entities.edition), (REFUSED, edition + 1))
        self.assertIn("a.csv: refused", err)
        self.assertIn("b.csv: applied", out)
        self.assertNotIn("Traceback", err)

    def test_rescreen(self):
        self.import_list(self.more())
        code, out, _err = self.run_command("rescreen", "--all")
        self.assertEqual(code, OK)
        self.assertIn(" 0 left", out)
        stamp = self.env["screening.list"]._get_stamp()
        self.assertEqual(set(self.env["screening.subject"].search([]).mapped("stamp")), {stamp})

    def test_screen(self):
        code, out, _err = self.run_command("screen", "Hik Vision", "--country", "cn")
        self.assertEqual(code, OK)
        self.assertIn("Hikvision", out)
        code, out, _err = self.run_command("screen", "Nordic Paperworks AB")
        self.assertIn("No match found", out)

    def test_verify(self):
        code, out, _err = self.run_command("verify")
        self.assertEqual(code, OK)
        self.assertIn("unbroken", out)
        self.env.cr.execute("UPDATE screening_event SET summary = 'x' WHERE seq = 2")
        code, _out, err = self.run_command("verify")
        self.assertEqual(code, BROKEN)
        self.assertIn("BROKEN at row 2", err)

    def test_a_broken_trail_alarms_whoever_finds_it(self):
        """Command line, menu and night: the same first row, one activity for each manager."""
        events = self.env["screening.event"]
        head = self.env.ref("restricted_party_screening.screening_chain_main")
        events._seal_all()
        self.env.cr.execute("UPDATE screening_event SET summary = 'x' WHERE seq IN (3, 5)")
        for find in (
            lambda: self.run_command("verify")[2],
            lambda: events.with_user(self.list_admin).action_verify()["params"]["message"],
            events._cron_verify,
        ):
            self.env.invalidate_all()
            said = find() or head.verified_text
            self.assertRegex(said, r"(?i)broken at row 3\b")
            self.assertEqual((head.verified_ok, "row 3 " in head.verified_text), (False, True))
            self.assertLessEqual(self.manager | self.manager_2, head.activity_ids.user_id)
            self.assertEqual(len(head.activity_ids), len(head.activity_ids.user_id))
            head.activity_ids.unlink()
            head._sealed().write({"verified_ok": True, "verified_text": False})
