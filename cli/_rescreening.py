# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command ``rescreen``: contacts that are not up to date, by one process or several."""

import os
import sys
from contextlib import contextmanager

from odoo import SUPERUSER_ID, sql_db
from odoo.api import Environment
from odoo.exceptions import UserError

from . import _progress

MAX_WORKERS = 16


class Rescreening:
    """One call of the command.

    :param registry: of the database
    :param options: the parsed command line
    """

    def __init__(self, registry, options):
        self._registry = registry
        self._options = options

    def run(self):
        """Screen whoever waits.

        :return: whether every process came to its end
        """
        workers = self._options.workers
        if not 1 <= workers <= MAX_WORKERS:
            raise UserError(f"--workers is a number from 1 to {MAX_WORKERS}.")
        if workers > 1 and not hasattr(os, "fork"):
            raise UserError("--workers: this system does not fork processes.")
        with self._subjects() as subjects:
            subjects._enqueue_vendors()
            if self._options.all:
                subjects._mark_all_outdated()
            # Before the others begin: what they do meanwhile counts, too.
            total = self._count_left(subjects)
        helpers = [self._fork() for _number in range(workers - 1)]
        with self._subjects() as subjects:
            progress = _progress.Progress("screening")
            done = 0
            for count, _total in subjects._rescreen_committed(subjects.env.cr.commit):
                done = total - self._count_left(subjects) if helpers else done + count
                text = f"{done} of {total} contacts"
                progress.show(text, min(100, 100 * done // max(1, total)))
            failed = [pid for pid in helpers if os.waitpid(pid, 0)[1]]
            progress.end()
            left = self._count_left(subjects)
        # What is left is in the hands of somebody else.
        print(f"{max(0, total - left)} contacts screened, {left} left")
        return not failed

    @contextmanager
    def _subjects(self):
        with self._registry.cursor() as cr:
            yield Environment(cr, SUPERUSER_ID, {})["screening.subject"]

    def _count_left(self, subjects):
        return subjects.search_count(subjects._domain_outdated())

    def _fork(self):
        """A further process, made as Odoo makes its workers: what is loaded is loaded for all.

        Row locks share the contacts between them. It has connections of its own.
        """
        sql_db.close_all()
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if not pid:
            # Nothing of what the first process does at its end.
            os._exit(self._help())
        return pid

    def _help(self):
        try:
            with self._subjects() as subjects:
                for _count in subjects._rescreen_committed(subjects.env.cr.commit):
                    pass
        except KeyboardInterrupt:
            return 1  # the first process says so
        except Exception as error:
            print(f"error: {type(error).__name__}: {error}", file=sys.stderr, flush=True)
            return 1
        return 0
