# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Restricted party screening: import lists, rescreen, verify the audit trail, screen a name."""

import argparse
import logging
import sys
from pathlib import Path

import psycopg2

from odoo.cli.command import Command
from odoo.exceptions import UserError
from odoo.tools import config

_logger = logging.getLogger(__name__)

#: Exit codes; argparse ends with 2 when the command line is wrong, a shell calls 130 Ctrl-C.
OK, REFUSED, BROKEN, INTERRUPTED = 0, 1, 3, 130

EPILOG = """\
exit codes:
  0  all is well: applied, screened, unbroken; with --dry-run: could be applied
  1  something was refused or failed; the last good editions stay in force
  2  the command line is wrong
  3  the audit trail is broken
  130  interrupted with Ctrl-C

Progress is a bar on a terminal and now and then a plain line elsewhere; what was refused and why
goes to standard error. On a terminal “import” asks before it applies, elsewhere it does not.
The files of OFAC's CSV set (sdn.csv add.csv alt.csv sdn_comments.csv) in one folder are one list.
"""


class RestrictedPartyScreening(Command):
    """Import restricted-party lists, rescreen contacts, verify the audit trail, screen a name"""

    name = "restricted_party_screening"

    def run(self, args):
        options = self._parse(args)
        config.parse_config(["-d", options.database, "--no-http"], setup_logging=True)
        sys.exit(self._run_guarded(options))

    def _run_guarded(self, options):
        """Run; whatever goes wrong is one line."""
        try:
            return self._run_in_database(options)
        except KeyboardInterrupt:
            print("\ninterrupted: what was not finished is as it was before", file=sys.stderr)
            return INTERRUPTED
        except (UserError, OSError, psycopg2.Error) as error:
            print(f"error: {str(error).strip()}", file=sys.stderr)
        except Exception as error:
            print(f"error: unexpected {type(error).__name__}: {error}", file=sys.stderr)
            _logger.debug("Where it happened", exc_info=True)
        return REFUSED

    def _parse(self, args):
        parser = argparse.ArgumentParser(
            prog=f"{Path(sys.argv[0]).name} --addons-path=... {self.name}",
            description=self.__doc__,
            epilog=EPILOG,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        parser.add_argument("-d", "--database", required=True, help="database to work on")
        actions = parser.add_subparsers(dest="action", required=True)
        take = actions.add_parser("import", help="read list files, show what would change, apply")
        take.add_argument("files", nargs="+", metavar="FILE")
        take.add_argument("--list", default="", metavar="CODE", help="own list the files are for")
        take.add_argument(
            "--dry-run", action="store_true", help="read and show; nothing is stored or applied"
        )
        take.add_argument("--yes", action="store_true", help="apply without asking")
        take.add_argument(
            "--override",
            default="",
            metavar="REASON",
            help="apply although a guard speaks against, or take what can be read of a file that"
            " breaks off; the reason goes into the audit trail",
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

        registry = Registry(options.database)
        with registry.cursor() as cr:
            env = Environment(cr, SUPERUSER_ID, {})
            if "screening.list.update" not in env:
                raise UserError("restricted_party_screening is not installed in this database.")
            if options.action != "rescreen":
                return getattr(self, f"_run_{options.action}")(env, options)
        # Its processes share no connection, so none is open when they begin.
        return self._run_rescreen(registry, options)

    def _run_import(self, env, options):
        # Here, because a command is loaded without its addon.
        from odoo.addons.restricted_party_screening.cli._importing import Importing

        return OK if Importing(env, options).run() else REFUSED

    def _run_rescreen(self, registry, options):
        from odoo.addons.restricted_party_screening.cli._rescreening import Rescreening

        return OK if Rescreening(registry, options).run() else REFUSED

    def _run_verify(self, env, options):
        # As every night: a broken trail alarms compliance, whoever finds it.
        result = env["screening.event"]._verify_and_note()
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
            loaded = env["screening.list"]._get_loaded()
            print(env["screening.wording"]._nothing_found(loaded))
        for hit in hits:
            print(f"{hit['score']:3} {hit['level']:8} {hit['list']:6} {hit['listed_name']}")
            print(f"    {hit['explanation']}")
        return OK
