# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
import resource
from contextlib import contextmanager, suppress
from pathlib import Path

from odoo.exceptions import UserError
from odoo.tests import BaseCase, tagged
from odoo.tools import mute_logger

from .races import RacesMixin, made_up

#: PostgreSQL's log is written in files of this size, which must not be cut: it would stop.
SEGMENT = 16 << 20
ROWS = 300


def limit_files(pid, size):
    """Set the size up to which files may grow, of a process of whatever user."""
    owner = os.stat(f"/proc/{pid}")
    child = os.fork()
    if not child:
        code = 1
        with suppress(OSError):
            if os.geteuid() == 0:
                os.setgid(owner.st_gid)
                os.setuid(owner.st_uid)
            hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)[1]
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (size, hard))
            code = 0
        os._exit(code)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


@tagged("-standard", "post_install", "-at_install", "rps_races")
class TestFullDisk(RacesMixin, BaseCase):
    """No room, neither for PostgreSQL nor for Odoo's files, in the middle of an update.

    The kernel refuses to let files grow (RLIMIT_FSIZE of the process that writes them), which
    PostgreSQL meets as it meets a full disk: "could not extend file".
    """

    def setUp(self):
        super().setUp()
        with self.current():
            self.list = self.env["screening.list"].create(
                {"name": made_up("disk"), "code": made_up("").strip().upper(), "own": True}
            )
            self.listed = [made_up("Marine") for _number in range(ROWS)]
            first = self.take(self.listed)
            first.action_read()
            first.action_apply()
            # A fifth of the list is not reached, so that the keys are written down, too.
            self.more = [made_up("Polar") for _number in range(ROWS // 6)]

    def take(self, names):
        return self.env["screening.list.update"].create(
            {
                "file": self.csv(names),
                "filename": "disk.csv",
                "list_id": self.list.with_env(self.env).id,
            }
        )

    @contextmanager
    def full(self, env):
        """PostgreSQL's table of listed parties cannot grow, for this transaction."""
        cr = env.cr
        cr.execute("SELECT pg_backend_pid()")
        pid = cr.fetchone()[0]
        process = Path(f"/proc/{pid}/cmdline")
        if not process.is_file() or cr.dbname.encode() not in process.read_bytes():
            self.skipTest("PostgreSQL does not run on this machine.")
        # No vacuum finds room in between, of the rows that earlier tests undid.
        cr.execute("LOCK TABLE screening_party IN SHARE UPDATE EXCLUSIVE MODE")
        cr.execute("SELECT pg_relation_size('screening_party')")
        before = size = cr.fetchone()[0]
        while size < SEGMENT or size == before:
            # As wide as a party, so that none fits in between; they go with the transaction.
            cr.execute(
                "INSERT INTO screening_party (update_id, list_id, uid, name, remarks, in_force)"
                " SELECT update_id, list_id, 'filler', 'filler', repeat('x', 150), false"
                " FROM screening_party, generate_series(1, 50) WHERE list_id = %s AND in_force",
                [self.list.id],
            )
            cr.execute("SELECT pg_relation_size('screening_party')")
            size = cr.fetchone()[0]
        limit_files(pid, size)
        try:
            with mute_logger("odoo.sql_db"):
                yield
        finally:
            limit_files(pid, resource.RLIM_INFINITY)

    def refused(self):
        return self.assertRaisesRegex(UserError, "could not store it.*could not extend file")

    def assert_old(self, update, state, edition=1, parties=ROWS):
        with self.transaction() as env:
            self.assertEqual(update.with_env(env).state, state)
            self.assertEqual(self.list.with_env(env).edition, edition)
            in_force = [("list_id", "=", self.list.id), ("in_force", "=", True)]
            self.assertEqual(env["screening.party"].search_count(in_force), parties)

    def test_reading(self):
        with self.current():
            update = self.take(self.listed + self.more * 10)
        with self.refused(), self.current(), self.full(self.env):
            update.with_env(self.env).action_read()
        self.assert_old(update, "draft")
        with self.current():
            update.with_env(self.env).action_read()
        self.assert_old(update, "read")

    def test_apply_and_roll_back(self):
        with self.current():
            update = self.take(self.listed + self.more)
            update.action_read()
        with self.refused(), self.current(), self.full(self.env):
            update.with_env(self.env).action_apply()
        self.assert_old(update, "read")
        with self.current():
            update.with_env(self.env).action_apply()
        self.assert_old(update, "applied", 2, ROWS + len(self.more))
        with self.refused(), self.current(), self.full(self.env):
            update.with_env(self.env).action_roll_back("published in error")
        self.assert_old(update, "applied", 2, ROWS + len(self.more))
        with self.current():
            update.with_env(self.env).action_roll_back("published in error")
        self.assert_old(update, "rolled_back", 3)

    def test_upload(self):
        """Odoo's own files: what did not get onto the disk as a whole is no upload."""
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (500, hard))
        try:
            with self.assertRaisesRegex(UserError, "could not store it"), self.current():
                self.take(self.more)
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        with self.current():
            update = self.take(self.more)
            update.action_read()
        self.assert_old(update, "read")

    def test_lost_file(self):
        """A file that the disk lost later on is no empty list."""
        with self.current():
            update = self.take(self.more)
            attachment = self.env["ir.attachment"].search(
                [
                    ("res_model", "=", update._name),
                    ("res_id", "=", update.id),
                    ("res_field", "=", "file"),
                ]
            )
            Path(attachment._full_path(attachment.store_fname)).write_bytes(b"name\n")
        with self.current():
            update.with_env(self.env).action_read()
            self.assertIn("no longer holds the file", update.with_env(self.env).error)
        self.assert_old(update, "failed")
