# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Takes the gate apart, piece by piece, and shows that its tests notice.

Run by ``make prove-gate``. Each piece is taken out of a copy of the checkout, and the tests of the
gate are run there. A piece whose loss no test notices ends the command with an error.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from rps.commands import guarded
from rps.paths import CHECKOUT, MODULE
from rps.say import Stop, say

CLASSES = (
    "TestGate",
    "TestGateAfterApproval",
    "TestGateCoreDoors",
    "TestGateDetours",
    "TestGateWire",
    "TestRights",
    "TestExemption",
    "TestFlight",
    "TestLeaksWire",
    "TestWatch",
)
TAGS = ",".join((*(f"/{MODULE}:{name}" for name in CLASSES), f"/{MODULE}_stock"))


@dataclass(frozen=True)
class Piece:
    """A piece of the gate: what it is, where it stands, and the text that takes its place."""

    what: str
    file: str
    text: str
    instead: str


PIECES = (
    Piece(
        "the constraint on the order",
        "models/purchase_order.py",
        "                order._screening_raise_if_blocked(verdict)\n"
        "                order._screening_reserve",
        "                order._screening_reserve",
    ),
    Piece(
        "vendor and delivery address in the constraint",
        "models/purchase_order.py",
        '"state", "partner_id", "dest_address_id", "company_id", "currency_id"',
        '"state"',
    ),
    Piece(
        "parking on Confirm",
        "models/purchase_order.py",
        "and not self._screening_verdict(fresh=True).blocks",
        "and True",
    ),
    Piece(
        "the refusal of Approve",
        "models/purchase_order.py",
        "        for order in self:\n"
        "            order._screening_raise_if_blocked(order._screening_verdict(fresh=True))\n",
        "",
    ),
    Piece(
        "the correction of what lines take from a ceiling",
        "models/purchase_order.py",
        "            order._screening_rebook()\n",
        "            pass\n",
    ),
    Piece(
        "screening afresh what is not up to date",
        "models/screening_gate.py",
        "        if stale:\n",
        "        if False:\n",
    ),
    Piece(
        "the chain of parent companies",
        "models/screening_gate.py",
        "        return chain | chain.commercial_partner_id",
        "        return partners",
    ),
    Piece(
        "the seal on decisions, holds and states",
        "models/screening_sealed.py",
        'return self.env.context.get("screening_seal") is SEAL',
        "return True",
    ),
    Piece(
        "the refusal to merge",
        "wizard/base_partner_merge.py",
        "        self._screening_refuse_merge(partners)\n",
        "",
    ),
    Piece(
        "that a rename does not end a hold",
        "models/screening_hit_matching.py",
        'if listed and renamed and self.state in ("open", "same"):',
        "if False:",
    ),
    Piece(
        "that a contact does not leave a held parent",
        "models/res_partner.py",
        "        if hit:\n            raise UserError(",
        "        if False:\n            raise UserError(",
    ),
    Piece(
        "that an approved order does not grow past a hold",
        "models/purchase_order.py",
        'order.state == "purchase" and order._screening_has_grown(was):',
        "False:",
    ),
    Piece(
        "that a caught refusal refuses the transaction",
        "models/purchase_order.py",
        "            self.env.cr.precommit.add(lambda: self._screening_ask_at_commit(contents))\n",
        "",
    ),
    Piece(
        "that quantities count as growth",
        "models/purchase_order.py",
        "quantity > quantities[product] + TINY",
        "False",
    ),
    Piece(
        "that nobody says that an order passed",
        "models/purchase_order_refresh.py",
        '"screening_alarm", "screening_passed")',
        '"screening_alarm")',
    ),
    Piece(
        "that the vendor reads no refusal",
        "models/screening_wording.py",
        "return not self.env.user._is_internal()",
        "return False",
    ),
    Piece(
        "that users' own defaults fill no sealed field",
        "models/screening_sealed.py",
        "        for name in [name for name in values if name in sealed]:",
        "        for name in []:",
    ),
    Piece(
        "the constraint on vendor bills",
        "models/account_move.py",
        "                if bill:\n                    move._screening_flight_check()",
        "                if False:\n                    move._screening_flight_check()",
    ),
    Piece(
        "the constraint on payments",
        "models/account_payment.py",
        "            if payment.state in REGISTERED:\n",
        "            if False:\n",
    ),
    Piece(
        "the constraint on goods that move",
        "bridges/restricted_party_screening_stock/models/stock_move.py",
        "                    move._screening_flight_check()",
        "                    pass",
    ),
    Piece(
        "the alarm for orders approved past the gate",
        "models/screening_watch.py",
        "        order._screening_set_alarm(True)\n",
        "",
    ),
    Piece(
        "that nobody approves their own exemption",
        "models/screening_exemption_workflow.py",
        "            if self.env.user in people:",
        "            if False:",
    ),
)


def main(_arguments: list[str]) -> int:
    """Take the gate apart."""
    return prove(PIECES, "everything", TAGS)


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
        failed = _failed_tests(copy, job, tags)
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


def _command(copy: Path, name: str) -> list[str]:
    return ["sh", str(copy / "scripts" / "python.sh"), str(copy / "scripts" / "dev.py"), name]


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
