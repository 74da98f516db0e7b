# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Restricted party screening: import lists, rescreen, verify the audit trail, screen a name."""

import argparse
import base64
import subprocess
import sys
from pathlib import Path

import psycopg2

from odoo.cli.command import Command
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tools import config

#: Exit codes; argparse ends with 2 when the command line is wrong.
OK, REFUSED, BROKEN = 0, 1, 3


TERMINAL = sys.stdout.isatty()


class Progress:
    """A line that is rewritten on a terminal, and nothing elsewhere."""

    def __init__(self, what):
        self._what = what

    def show(self, done, total=0):
        """Show how far it is. :param total: a bar is drawn when it is known"""
        if not TERMINAL:
            return
        bar = ""
        if total:
            full = min(30, 30 * done // total)
            bar = f" [{'#' * full}{'.' * (30 - full)}] of {total}"
        print(f"\r{self._what}: {done}{bar}", end="", flush=True)

    def end(self):
        """Leave the line."""
        if TERMINAL:
            print()


class RestrictedPartyScreening(Command):
    """Import restricted-party lists, rescreen contacts, verify the audit trail, screen a name"""

    name = "restricted_party_screening"

    def run(self, args):
        options = self._parse(args)
        config.parse_config(["-d", options.database, "--no-http"], setup_logging=True)
        try:
            sys.exit(self._run_in_database(options))
        except (UserError, ValidationError, AccessError, OSError, psycopg2.Error) as error:
            print(f"error: {error}", file=sys.stderr)
            sys.exit(REFUSED)

    def _parse(self, args):
        parser = argparse.ArgumentParser(
            prog=f"{Path(sys.argv[0]).name} --addons-path=... {self.name}", description=self.__doc__
        )
        parser.add_argument("-d", "--database", required=True, help="database to work on")
        actions = parser.add_subparsers(dest="action", required=True)
        take = actions.add_parser("import", help="read list files, show what would change, apply")
        take.add_argument("files", nargs="+", metavar="FILE")
        take.add_argument("--list", default="", metavar="CODE", help="own list the files are for")
        take.add_argument("--dry-run", action="store_true", help="read and show, apply nothing")
        take.add_argument("--yes", action="store_true", help="apply without asking")
        take.add_argument(
            "--override", default="", metavar="REASON", help="apply although a guard speaks against"
        )
        again = actions.add_parser("rescreen", help="screen contacts that are not up to date")
        again.add_argument("--all", action="store_true", help="also those that are")
        again.add_argument("--workers", type=int, default=1, metavar="N", help="processes (1-16)")
        actions.add_parser("verify", help="verify the audit trail")
        screen = actions.add_parser("screen", help="screen a typed name")
        screen.add_argument("name")
        screen.add_argument("--country", default="", metavar="CC", help="two-letter country code")
        return parser.parse_args(args)

    def _run_in_database(self, options):
        from odoo import SUPERUSER_ID
        from odoo.api import Environment
        from odoo.modules.registry import Registry

        with Registry(options.database).cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            if "screening.list.update" not in env:
                raise UserError("restricted_party_screening is not installed in this database.")
            return getattr(self, f"_run_{options.action}")(env, options)

    def _run_import(self, env, options):
        own = env["screening.list"]
        if options.list:
            own = own.search([("code", "=", options.list), ("own", "=", True)])
            if not own:
                raise UserError(f"There is no own list with the code {options.list}.")
        result = OK
        for path in map(Path, options.files):
            update = env["screening.list.update"].create(
                {
                    "file": base64.b64encode(path.read_bytes()),
                    "filename": path.name,
                    "list_id": own.id,
                }
            )
            update._read_file(Progress(f"{path.name}: reading").show if TERMINAL else None)
            self._print_preview(update)
            applied = options.dry_run or self._apply(update, options)
            if not applied or update.state == "failed":
                result = REFUSED
            # Each file stands for itself: what was applied stays when the next one is refused.
            env.cr.commit()  # pylint: disable=invalid-commit
        return result

    def _apply(self, update, options):
        """Apply what was read; say why not."""
        if update.state != "read":
            return False
        if update.blocked and options.override:
            update.action_override(options.override)
        if update.blocked:
            print(f"{update.filename}: not applied; --override REASON if it is right as it is")
            return False
        if TERMINAL and not options.yes and input("Apply? [y/N] ").strip().lower() != "y":
            print(f"{update.filename}: not applied")
            return False
        update.action_apply()
        print(f"{update.filename}: applied")
        return True

    def _print_preview(self, update):
        if update.state == "failed":
            print(f"{update.filename}: refused: {update.error}", file=sys.stderr)
            return
        print(
            f"{update.filename}: {update.rows} listed parties, {update.problem_count} records"
            f" unreadable, {update.merged_count} said twice"
        )
        for line in update.line_ids:
            print(
                f"  {line.list_id.code:8} added {line.added:6} changed {line.changed:6}"
                f" removed {line.removed:6} unchanged {line.unchanged:6}"
            )
        kinds = dict(update.effect_ids._fields["kind"].selection)
        for kind, effects in sorted(update.effect_ids.grouped("kind").items()):
            print(f"  {kinds[kind]}: {len(effects)}")
        for problem in update.problem_ids:
            print(f"  row {problem.row}: {problem.reason}", file=sys.stderr)
        for guard in update.guard_ids:
            print(f"  GUARD: {guard.message}", file=sys.stderr)

    def _run_rescreen(self, env, options):
        if not 1 <= options.workers <= 16:
            raise UserError("--workers is a number from 1 to 16.")
        subjects = env["screening.subject"]
        subjects._enqueue_vendors()
        if options.all:
            subjects._mark_all_outdated()
        env.cr.commit()  # pylint: disable=invalid-commit
        helpers = [self._start_helper(options) for _number in range(options.workers - 1)]
        done, progress = 0, Progress("contacts screened")
        for count, total in subjects._rescreen_committed(env.cr.commit):
            done += count
            progress.show(done, total)
        failed = [helper for helper in helpers if helper.wait()]
        progress.end()
        left = subjects.search_count(subjects._domain_outdated())
        print(f"{done} contacts screened by this process, {left} left")
        # What is left is in the hands of another process.
        return REFUSED if failed else OK

    def _start_helper(self, options):
        """The same command once more; row locks share the contacts between processes."""
        command = [*sys.orig_argv[: sys.orig_argv.index(self.name) + 1]]
        command += ["-d", options.database, "rescreen"]
        return subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603

    def _run_verify(self, env, options):
        events = env["screening.event"]
        events._seal_all()
        result = events._verify()
        if result["ok"]:
            print(
                f"unbroken: {result['sealed']} rows sealed, {result['unsealed']} not;"
                f" head {result['head']}"
            )
            return OK
        print(
            f"BROKEN at row {result['broken_seq']} (event {result['broken_id']}):"
            f" {result['reason']}",
            file=sys.stderr,
        )
        return BROKEN

    def _run_screen(self, env, options):
        [hits] = env["screening.party"].screen([{"name": options.name, "country": options.country}])
        if not hits:
            print("No match found in the lists in force.")
        for hit in hits:
            print(f"{hit['score']:3} {hit['level']:8} {hit['list']:6} {hit['listed_name']}")
            print(f"    {hit['explanation']}")
        return OK
