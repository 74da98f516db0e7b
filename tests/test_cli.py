import contextlib
import io
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

from odoo.tests import TransactionCase, tagged
from odoo.tools import config

from ..cli import _progress
from ..cli._rescreening import Rescreening
from ..cli.restricted_party_screening import BROKEN, OK, REFUSED, RestrictedPartyScreening
from .common import SOURCES, ScreeningMixin, csl_file


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
        return self.with_more("One More Party")

    def test_import(self):
        path = self.file(self.more())
        edition = self.entities.edition
        updates = self.env["screening.list.update"].search([])
        events = self.env["screening.event"].search_count([])
        code, out, _err = self.run_command("import", path, "--dry-run")
        self.assertEqual((code, self.entities.edition), (OK, edition))
        self.assertEqual(self.env["screening.list.update"].search([]), updates, "nothing is stored")
        self.assertEqual(self.env["screening.event"].search_count([]), events)
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

    def test_dry_run_says_what_would_be_refused(self):
        path = self.file(csl_file([("EL", "Somebody Else", {})]))
        code, _out, err = self.run_command("import", path, "--dry-run")
        self.assertEqual(code, REFUSED)
        self.assertIn("GUARD", err)

    def test_missing_file(self):
        """It is named, the others are taken, and the exit code says that not all is well."""
        missing, good = "/nowhere/a.csv", self.file(self.more(), "b.csv")
        edition = self.entities.edition
        code, out, err = self.run_command("import", missing, good, str(Path(good).parent))
        self.assertEqual((code, self.entities.edition), (REFUSED, edition + 1))
        self.assertIn("/nowhere/a.csv: not read: No such file or directory", err)
        self.assertIn("not read: Is a directory", err)
        self.assertIn("b.csv: applied", out)

    def test_files_of_one_set(self):
        """OFAC's files in one folder are one list; another file beside them is another."""
        folder = Path(__file__).parent / "data" / "lists"
        names = ("eu.xml", "sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")
        code, out, err = self.run_command("import", *(str(folder / name) for name in names))
        self.assertEqual((code, err), (OK, ""))
        self.assertIn("eu.xml: applied", out)
        self.assertIn("sdn.zip: applied", out)
        update = self.env["screening.list.update"].search([("filename", "=", "sdn.zip")])
        self.assertIn("alt.csv: ", update.file_list)

    def test_truncated_file_with_a_reason(self):
        path = self.file(self.more()[:3000])
        edition = self.entities.edition
        code, _out, err = self.run_command("import", path)
        self.assertEqual((code, self.entities.edition), (REFUSED, edition))
        self.assertIn("breaks off", err)
        code, out, err = self.run_command("import", path, "--override", "better than nothing")
        self.assertEqual((code, self.entities.edition), (OK, edition + 1))
        self.assertIn("removed      0", out)
        self.assertIn("GUARD: Row", err)

    def test_empty_file_needs_its_list(self):
        path = self.file(b"name\n")
        code, _out, _err = self.run_command("import", path, "--override", "we have none")
        self.assertEqual(code, REFUSED)
        own = self.env["screening.list"].search([("code", "=", "OWN")])
        self.import_list(b"name\nSparkling Gadgets Limited\n", own_list=own)
        words = ("import", path, "--list", "OWN", "--override", "we have none")
        code, out, _err = self.run_command(*words)
        self.assertEqual(code, OK)
        self.assertIn("removed      1", out)

    def test_bar_on_a_terminal(self):
        """By the bytes that are read, though the file has but one line; it never goes back."""
        rows = [
            {
                "source": SOURCES["SDN"],
                "name": f"Party {n}",
                "entity_number": n,
                "remarks": "x" * 99,
            }
            for n in range(1, 3000)
        ]
        path = self.file(json.dumps({"results": rows, "sources_used": []}).encode(), "one.json")
        self.assertEqual(Path(path).read_bytes().count(b"\n"), 0)
        with patch.object(_progress, "on_terminal", return_value=True):
            _code, out, _err = self.run_command("import", path, "--dry-run")
        shown = [int(number) for number in re.findall(r"\] +(\d+) %", out)]
        self.assertGreater(len(set(shown)), 3)
        self.assertEqual(shown, sorted(shown))
        self.assertIn("\rone.json: reading [#", out)
        _code, out, _err = self.run_command("import", path, "--dry-run")
        self.assertNotIn("\r", out)
        self.assertNotIn("%", out)

    def test_progress_lines(self):
        """Elsewhere a plain line now and then."""
        now = [0]
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            progress = _progress.Progress("reading", clock=lambda: now[0])
            for second in range(25):
                now[0] = second
                progress.show(f"{second} parties", 4 * second)
            progress.end()
        self.assertEqual(out.getvalue(), "reading 40 %, 10 parties\nreading 80 %, 20 parties\n")

    def test_time_left(self):
        now, out = [0], io.StringIO()
        with (
            patch.object(_progress, "on_terminal", return_value=True),
            contextlib.redirect_stdout(out),
        ):
            progress = _progress.Progress("reading", clock=lambda: now[0])
            now[0] = 60
            progress.show("x", 25)
        self.assertIn("3:00 left", out.getvalue())

    def test_unexpected_error_is_one_line(self):
        command = RestrictedPartyScreening()
        out, err = io.StringIO(), io.StringIO()
        with (
            patch.object(command, "_run_in_database", side_effect=ZeroDivisionError("oops")),
            contextlib.redirect_stdout(out),
            contextlib.redirect_stderr(err),
        ):
            code = command._run_guarded(None)
        self.assertEqual(code, REFUSED)
        self.assertEqual(err.getvalue(), "error: unexpected ZeroDivisionError: oops\n")

    def run_process(self, *words):
        """The command itself, in a process of its own."""
        paths = ",".join(config["addons_path"])
        # S603: the interpreter that runs this test, and no input of anybody.
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "odoo", f"--addons-path={paths}", *words],
            capture_output=True,
            text=True,
            timeout=120,
        )

    def test_help_and_errors_in_a_process(self):
        name = "restricted_party_screening"
        shown = self.run_process(name, "--help")
        self.assertEqual(shown.returncode, 0, shown.stderr)
        for code in ("  0  ", "  1  ", "  2  ", "  3  "):
            self.assertIn(code, shown.stdout)
        wrong = self.run_process(name, "-d", "nowhere", "dance")
        self.assertEqual(wrong.returncode, 2)
        nowhere = self.run_process(name, "-d", "no_such_database_at_all", "verify")
        self.assertEqual(nowhere.returncode, REFUSED)
        self.assertIn("error: ", nowhere.stderr)
        for done in (shown, wrong, nowhere):
            self.assertNotIn("Traceback", done.stdout + done.stderr)

    def test_rescreen(self):
        self.import_list(self.more())
        code, out, _err = self.run_command("rescreen", "--all")
        self.assertEqual(code, OK)
        self.assertRegex(out, r"^[1-9]\d* contacts screened, 0 left")
        stamp = self.env["screening.list"]._get_stamp()
        self.assertEqual(set(self.env["screening.subject"].search([]).mapped("stamp")), {stamp})

    def test_rescreen_by_several(self):
        """What the others do is counted, however fast they are."""

        def fast(rescreening):
            self.assertEqual(rescreening._help(), 0)
            return subprocess.Popen(["true"]).pid  # noqa: S607

        self.import_list(self.more())
        count = self.env["screening.subject"].search_count([])
        with patch.object(Rescreening, "_fork", fast):
            code, out, _err = self.run_command("rescreen", "--all", "--workers", "2")
        self.assertEqual(code, OK)
        self.assertRegex(out, rf"(?m)^{count} contacts screened, 0 left$")

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
