# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The command ``import``: each list by itself, so that one that is refused stops no other."""

import sys
from pathlib import Path

from odoo.exceptions import UserError

from .. import lists
from . import _progress

HEAD = 1 << 16


class Importing:
    """One call of the command.

    :param env: environment on a cursor that this may commit and roll back
    :param options: the parsed command line
    """

    def __init__(self, env, options):
        self._env = env
        self._options = options
        self._own = env["screening.list"]
        if options.list:
            self._own = self._own.search([("code", "=", options.list), ("own", "=", True)])
            if not self._own:
                raise UserError(f"There is no own list with the code {options.list}.")

    def run(self):
        """Take in all files.

        :return: whether every one was taken
        """
        heads = [(path, self._read(path, HEAD)) for path in self._options.files]
        found = [(path, head) for path, head in heads if head is not None]
        good = len(found) == len(heads)
        for places in lists.group(found):
            good &= self._take([found[place][0] for place in places])
        return good

    def _read(self, path, size=-1):
        """Bytes of a file, or None after saying why there are none."""
        try:
            with open(path, "rb") as stream:
                return stream.read(size)
        except OSError as error:
            _complain(f"{path}: not read: {error.strerror or error}")
            return None

    def _take(self, paths):
        """One list: read, show, apply unless something speaks against it."""
        contents = [(Path(path).name, self._read(path)) for path in paths]
        if any(content is None for _name, content in contents):
            return False
        update = self._env["screening.list.update"]._create_from_files(contents, self._own)
        self._read_update(update)
        if self._may_answer_for(update):
            _complain(f"{update.filename}: {update.error}")
            update._raise_if_refused([update.fault])
            update._accept_fault(self._options.override, self._own.id)
            self._read_update(update)
        self._print_preview(update)
        taken = self._would_apply(update) and (self._options.dry_run or self._apply(update))
        # Each list stands for itself: what was applied stays when the next one is refused.
        if self._options.dry_run:
            self._env.cr.rollback()
        else:
            self._env.cr.commit()  # pylint: disable=invalid-commit
        return taken

    def _read_update(self, update):
        progress = _progress.Progress(f"{update.filename}: reading")
        update._read_file(lambda count, percent: progress.show(f"{count} listed parties", percent))
        progress.end()

    def _may_answer_for(self, update):
        """Whether the reason given is for a file that was refused as a whole.

        An empty file is one only of the list that the command line names.
        """
        return self._options.override and update.fault and (update.fault != "empty" or self._own)

    def _would_apply(self, update):
        if update.state != "read":
            return False
        if update.blocked and self._options.override:
            update.action_override(self._options.override)
        if update.blocked:
            print(f"{update.filename}: not applied; --override REASON if it is right as it is")
            return False
        return True

    def _apply(self, update):
        if not self._options.yes and _progress.on_terminal() and not _agrees():
            print(f"{update.filename}: not applied")
            return False
        update.action_apply()
        print(f"{update.filename}: applied")
        return True

    def _print_preview(self, update):
        name = update.filename
        if update.state == "failed":
            _complain(f"{name}: refused: {update.error}")
            return
        print(
            f"{name}: {update.format_title}: {update.rows} listed parties, {update.problem_count}"
            f" records unreadable, {update.merged_count} said twice"
        )
        for line in update.line_ids:
            print(
                f"  {line.list_id.code:8} added {line.added:6} changed {line.changed:6}"
                f" removed {line.removed:6} unchanged {line.unchanged:6}"
            )
        kinds = dict(update.effect_ids._fields["kind"].selection)
        for kind, effects in sorted(update.effect_ids.grouped("kind").items()):
            print(f"  {kinds[kind]}: {len(effects)}")
        for count, what in (
            (update.effects_more, "more of a kind than are kept"),
            (update.effects_total - update.effects_seen, "contacts concerned, not looked at"),
            (update.effects_unscreened, "contacts never screened: what becomes of them is unknown"),
            (update.effects_waiting, "contacts still wait for an earlier update"),
        ):
            if count:
                print(f"  {what}: {count}")
        for note in (update.notes or "").splitlines():
            print(f"  note: {note}")
        for problem in update.problem_ids:
            _complain(f"  row {problem.row}: {problem.reason}")
        for guard in update.guard_ids:
            _complain(f"  GUARD: {guard.message}")


def _complain(text):
    print(text, file=sys.stderr)


def _agrees():
    try:
        return input("Apply? [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False
