# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whatever is wrong with the machine is said in one line."""

import os
import socket
import subprocess
import unittest
from pathlib import Path

from rps import demo, fingerprint, odoo_source, paths, ports
from rps.locks import exclusive
from rps.say import Stop
from surroundings import Surroundings

PYTHON_SH = paths.SCRIPTS / "python.sh"


class PathsTest(Surroundings):
    def test_the_addons_folder_holds_only_links_under_the_addons_names(self):
        addons = paths.addons_link()
        self.assertEqual(
            sorted(p.name for p in addons.iterdir()),
            ["restricted_party_screening", "restricted_party_screening_stock"],
        )
        self.assertEqual((addons / paths.MODULE).resolve(), paths.CHECKOUT)

    def test_a_link_to_a_moved_checkout_is_mended(self):
        link = paths.addons_link() / paths.MODULE
        link.unlink()
        link.symlink_to("/nowhere")
        self.assertEqual((paths.addons_link() / paths.MODULE).resolve(), paths.CHECKOUT)

    def test_too_little_space(self):
        with self.assertRaisesRegex(Stop, "No room for Odoo: 1e\\+09 GB needed.*RPS_CACHE"):
            paths.require_space(self.folder, 1e9, "Odoo")

    def test_a_cache_that_cannot_be_written(self):
        (self.folder / "file").write_text("")
        os.environ["RPS_CACHE"] = str(self.folder / "file")
        with self.assertRaisesRegex(Stop, "Cannot write to .*RPS_CACHE"):
            paths.state()


class OdooPathTest(Surroundings):
    def tree(self, version: str, *folders: str) -> Path:
        for folder in folders:
            (self.folder / folder).mkdir(parents=True)
        release = self.folder / "odoo" / "release.py"
        release.parent.mkdir(exist_ok=True)
        release.write_text(f"version_info = ({version}, FINAL, 0, '')\n")
        os.environ["ODOO_PATH"] = str(self.folder)
        return self.folder

    def test_no_odoo_there(self):
        os.environ["ODOO_PATH"] = str(self.folder)
        with self.assertRaisesRegex(Stop, "holds no Odoo source"):
            odoo_source.find()

    def test_another_version(self):
        self.tree("18, 0")
        with self.assertRaisesRegex(Stop, "is Odoo 18.0: name a source of Odoo 19.0"):
            odoo_source.find()

    def test_a_git_checkout_has_two_addons_folders(self):
        root = self.tree("19, 0", "addons/web", "odoo/addons/base")
        found = odoo_source.find()
        self.assertEqual(found.addons, [root / "odoo/addons", root / "addons"])

    def test_a_package_has_one(self):
        root = self.tree("19, 0", "addons/web", "odoo/addons/web")
        self.assertEqual(odoo_source.find().addons, [root / "odoo/addons"])

    def test_the_package_folder_itself_will_do(self):
        root = self.tree("19, 0")
        os.environ["ODOO_PATH"] = str(root / "odoo")
        self.assertEqual(odoo_source.find().root, root)


class PortTest(Surroundings):
    def test_a_taken_port_is_named_with_a_way_out(self):
        with socket.socket() as other:
            other.bind((ports.HOST, 0))
            other.listen()
            os.environ["DEMO_PORT"] = str(other.getsockname()[1])
            with self.assertRaisesRegex(Stop, "is taken: choose another"):
                demo.port()

    def test_no_port(self):
        for wanted in ("http", "80", "70000"):
            os.environ["DEMO_PORT"] = wanted
            with self.subTest(wanted), self.assertRaisesRegex(Stop, "is not a port"):
                demo.port()

    def test_a_free_port(self):
        os.environ["DEMO_PORT"] = str(ports.any_free())
        self.assertEqual(str(demo.port()), os.environ["DEMO_PORT"])


class LockTest(Surroundings):
    def test_the_second_one_is_told_and_the_third_may_again(self):
        lock = self.folder / "lock"
        with (
            exclusive(lock, "busy"),
            self.assertRaisesRegex(Stop, "busy"),
            exclusive(lock, "busy"),
        ):
            self.fail("two hold the lock")
        with exclusive(lock, "busy"):
            pass


class PythonTest(Surroundings):
    def run_with_path(self, **programs: str) -> "subprocess.CompletedProcess[str]":
        for name, script in programs.items():
            program = self.folder / name
            program.write_text(f"#!/bin/sh\n{script}\n")
            program.chmod(0o755)
        env = {"PATH": str(self.folder)}
        command = ["/bin/sh", str(PYTHON_SH), "dev.py"]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=False)

    def test_no_python_that_fits(self):
        done = self.run_with_path(python3="exit 1")
        self.assertEqual(done.returncode, 1)
        self.assertRegex(done.stderr, r"^STOP: Odoo 19 needs Python 3\.10 to 3\.13 .*\n$")

    def test_another_python_on_path_is_found(self):
        fits = "[ $1 = -c ] || echo running $1"
        done = self.run_with_path(**{"python3": "exit 1", "python3.12": fits})
        self.assertEqual((done.returncode, done.stdout), (0, "running dev.py\n"))


class FingerprintTest(Surroundings):
    def after(self, path: str, content: str) -> str:
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
        return fingerprint.of_files(self.folder)

    def test_what_odoo_loads_counts(self):
        before = self.after("models/hit.py", "a = 1")
        self.assertNotEqual(before, self.after("models/hit.py", "a = 2"))
        self.assertEqual(before, self.after("models/hit.py", "a = 1"))
        self.assertNotEqual(before, self.after("views/new.xml", ""))

    def test_what_no_database_depends_on_does_not(self):
        before = self.after("models/hit.py", "a = 1")
        for path in ("tests/test_hit.py", "models/__pycache__/hit.pyc", ".git/HEAD", "docs/a.png"):
            self.assertEqual(before, self.after(path, "x"), path)


if __name__ == "__main__":
    unittest.main()
