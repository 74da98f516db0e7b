# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Takes the gate apart, piece by piece, and shows that its tests notice.

Run by ``make prove-gate``. Each piece is taken out of a copy of the checkout, and the tests that
ask for it are run there. A piece whose loss no test notices ends the command with an error. Words
after the command name choose the pieces that are described with all of them.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from gate_pieces import PIECES, Piece
from rps.commands import guarded
from rps.paths import CHECKOUT, MODULE
from rps.say import Stop, say

ADDONS = (MODULE, f"{MODULE}_stock")


def main(words: list[str]) -> int:
    """Take the gate apart, or those pieces of which all the words are said."""
    pieces = [piece for piece in PIECES if all(word in piece.what for word in words)]
    if not pieces:
        raise Stop(f"No piece is described with {' and '.join(words)}: see gate_pieces.py.")
    return prove(pieces, "everything", _tags(*{piece.asked_by for piece in pieces}))


def prove(pieces: Sequence[Piece], job: str, tags: str) -> int:
    """Take out each piece in turn and run a job's tests.

    :raises Stop: if the loss of one goes unnoticed
    """
    with tempfile.TemporaryDirectory(prefix="prove-gate-") as folder:
        copy = Path(folder) / "checkout"
        shutil.copytree(CHECKOUT, copy, ignore=shutil.ignore_patterns(".git", "__pycache__"))
        say("- nothing taken out")
        if failed := _failed_tests(copy, job, tags):
            raise Stop(f"The tests fail as it is: {', '.join(failed)}")
        unnoticed = [piece.what for piece in pieces if not _noticed(copy, piece, job, tags)]
        subprocess.run(_command(copy, "clean"), check=False, stdout=subprocess.DEVNULL)
    if unnoticed:
        raise Stop(f"No test notices the loss of: {'; '.join(unnoticed)}")
    say(f"Each of {len(pieces)} pieces is noticed when it is gone.")
    return 0


def _noticed(copy: Path, piece: Piece, job: str, tags: str) -> bool:
    place = copy / piece.file
    whole = place.read_text()
    if whole.count(piece.text) != 1:
        raise Stop(f"{piece.file} does not hold once what is to be taken out: update it.")
    place.write_text(whole.replace(piece.text, piece.instead))
    try:
        failed = _failed_tests(copy, job, _tags(piece.asked_by) if piece.asked_by else tags)
    finally:
        place.write_text(whole)
    say(f"- without {piece.what}: {len(failed)} tests fail")
    for test in failed:
        say(f"    {test}")
    return bool(failed)


def _failed_tests(copy: Path, job: str, tags: str) -> list[str]:
    """Names of the tests that fail in the copy; :raises Stop: if they did not run."""
    done = subprocess.run(
        [*_command(copy, "odoo-test"), job, tags],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    lines = done.stdout.splitlines()
    failed = {
        line.split(": ", 1)[1]
        for line in lines
        if line.startswith(("FAILED  FAIL: ", "FAILED  ERROR: "))
    }
    if not any(line.endswith(" skipped") for line in lines) or (done.returncode and not failed):
        raise Stop("The tests did not run:\n" + "\n".join(lines[-15:]))
    return sorted(failed)


def _tags(*classes: str) -> str:
    return ",".join(f"/{addon}:{name}" for name in sorted(classes) for addon in ADDONS)


def _command(copy: Path, name: str) -> list[str]:
    return ["sh", str(copy / "scripts" / "python.sh"), str(copy / "scripts" / "dev.py"), name]


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
