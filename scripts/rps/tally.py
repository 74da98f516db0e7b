# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Counting what passed, and the rules by which a run of Odoo's tests counts as failed."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from .odoo_log import Record, complaints, tests
from .paths import MODULE

# A test on real published lists may be skipped where they are not at hand; any other skipped test
# (no browser, no websocket-client) proves nothing and must not look green.
EXCUSE = "shared/data"


@dataclass
class Tally:
    """Counts, and one line for each thing that failed or was skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0
    remarks: list[str] = field(default_factory=list)

    def fail(self, remark: str) -> None:
        """Count one failure."""
        self.failed += 1
        self.remarks.append(f"FAILED  {remark}")

    def expect(self, what: str, holds: bool) -> None:
        """Count what must hold, as a success or as a failure."""
        if holds:
            self.passed += 1
        else:
            self.fail(what)

    def skip(self, name: str, reason: str) -> None:
        """Count a skipped test: as skipped if it is excused, else as failed."""
        if EXCUSE in reason:
            self.skipped += 1
            self.remarks.append(f"skipped {name}: {reason}")
        else:
            self.fail(f"{name} was skipped: {reason}")

    def add(self, other: "Tally") -> None:
        """Take in another tally."""
        self.passed += other.passed
        self.failed += other.failed
        self.skipped += other.skipped
        self.remarks += other.remarks

    def line(self) -> str:
        """Return the closing line, in the form that CI reads."""
        return f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped"


def judge(code: int, records: list[Record], without_us: Iterable[Record], with_demo: bool) -> Tally:
    """Turn the log of a run of Odoo's tests into counts.

    Odoo's exit code alone will not do: it is 0 when no test matched, when tours were skipped, and
    when demo data could not be loaded.

    :param code: exit code of the run.
    :param records: its log.
    :param without_us: log of installing the same modules without this addon.
    :param with_demo: whether our demo data had to be loaded.
    """
    tally = Tally()
    run = tests(records)
    for verdict in run.failed.values():
        tally.fail(verdict)
    for name, reason in run.skipped.items():
        tally.skip(name, reason)
    if run.ran is None:
        tally.fail(f"Odoo stopped before the tests were through (exit code {code})")
    elif run.ran == 0:
        tally.fail("no test ran")
    else:
        tally.passed = run.passed
    if with_demo and not any(r.text == f"Module {MODULE}: loading demo" for r in records):
        tally.fail("the demo data was not loaded")
    for record in complaints(records, without_us):
        first, _, rest = record.text.partition("\n")
        last = f" ... {rest.splitlines()[-1].strip()}" if rest else ""
        tally.fail(f"logged {record.level} by {record.logger}: {first}{last}")
    if code and not tally.failed:
        tally.fail(f"Odoo ended with exit code {code}")
    return tally
