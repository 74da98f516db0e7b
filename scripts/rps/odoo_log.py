# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Reads Odoo's log: what happened to the tests, and what our addon had to say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from .paths import MODULE

LINE = re.compile(
    r"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \d+ "
    r"(?P<level>DEBUG|INFO|RUNBOT|WARNING|ERROR|CRITICAL) \S+ (?P<logger>[\w.\-]+): (?P<text>.*)$"
)
# A state folder named after a checkout called like the addon (``...-1a2b3c4d``) is not the addon.
OURS = re.compile(rf"{MODULE}(?!-[0-9a-f]{{8}})")
BAD = ("WARNING", "ERROR", "CRITICAL")
# Loggers of loading: there, whatever was not said without our addon is our addon's doing, also
# when the message does not name it (an ignored ``_sql_constraints``, an invalid view, ...).
LOADING = re.compile(
    r"^(odoo\.(orm|modules|registry|models|fields|schema|domains|api)\b"
    r"|odoo\.tools\.(convert|translate|view_validation)"
    r"|odoo\.addons\.base\.models\.ir_(asset|model|module|qweb|ui_view)|py\.warn)"
)
SUMMARY = re.compile(r"^(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")
VERDICT = re.compile(r"^(FAIL|ERROR): ")
TALLY = re.compile(r"^Module \w+: \d+ failures, \d+ errors of \d+ tests|^At least one test failed")
SKIPPED = re.compile(r"^skipped (?P<test>.+?) : (?P<reason>.*)", re.S)
OF_A_CLASS = re.compile(r"^(setUp|tearDown)Class \(")
NUMBERS = re.compile(r"\d+(\.\d+)?")


@dataclass
class Record:
    """One entry of the log with all its lines: a traceback belongs to the line it follows."""

    level: str
    logger: str
    text: str


@dataclass
class TestRun:
    """What a log says about the tests: how many ran, and which failed or were skipped.

    ``failed`` holds the first verdict by test, ``skipped`` the reason by test; many failed subtests
    are one failed test.
    """

    ran: int | None = None
    failed: dict[str, str] = field(default_factory=dict)
    skipped: dict[str, str] = field(default_factory=dict)

    @property
    def passed(self) -> int:
        """Tests that ran to their end and found nothing wrong."""
        # What befalls a whole class befalls tests that Odoo does not count as run.
        others = [n for n in {**self.failed, **self.skipped} if not OF_A_CLASS.match(n)]
        return max(0, (self.ran or 0) - len(others))


def read(lines: Iterable[str]) -> list[Record]:
    """Split a log into its entries; what comes before the first one is an entry of its own."""
    records: list[Record] = []
    for line in lines:
        line = line.rstrip()
        if match := LINE.match(line):
            records.append(Record(match["level"], match["logger"], match["text"]))
        elif records:
            records[-1].text += f"\n{line}"
        elif line.strip():
            records.append(Record("INFO", "", line))
    return records


def tests(records: Iterable[Record]) -> TestRun:
    """Collect the verdicts; ``ran`` stays None if the log has no summary: the run broke off."""
    run = TestRun()
    for record in records:
        if match := SUMMARY.match(record.text):
            run.ran = int(match[3])
        elif VERDICT.match(record.text) and record.level == "ERROR":
            verdict = record.text.split("\n", 1)[0]
            run.failed.setdefault(_test(verdict), verdict)
        elif match := SKIPPED.match(record.text):
            run.skipped[_test(match["test"])] = match["reason"].strip()
    return run


def failures(records: Iterable[Record]) -> list[Record]:
    """Return the entries that say why a test failed, or why the addon could not be loaded."""
    return [
        record
        for record in records
        if (record.level == "ERROR" and VERDICT.match(record.text)) or record.level == "CRITICAL"
    ]


def complaints(records: Iterable[Record], without_us: Iterable[Record] = ()) -> list[Record]:
    """Return warnings and errors that are our addon's, once each, failed tests left out.

    Ours is what names the addon (as logger, in the message, or in a traceback), and what Odoo's
    loading says that it did not say in ``without_us``, the log of the same modules without it.
    """
    usual = {_shape(record) for record in without_us if record.level in BAD}
    ours: dict[tuple[str, str], Record] = {}
    for record in records:
        if record.level in BAD and not _is_expected(record):
            named = OURS.search(record.logger) or OURS.search(record.text)
            if named or (LOADING.match(record.logger) and _shape(record) not in usual):
                ours.setdefault(_shape(record), record)
    return list(ours.values())


def _is_expected(record: Record) -> bool:
    """Tell verdicts on tests, which are counted as such, and refusals told to a remote caller."""
    if record.logger == "odoo.http" and record.level == "WARNING":
        return "Traceback" not in record.text
    return any(form.match(record.text) for form in (VERDICT, TALLY, SUMMARY))


def _shape(record: Record) -> tuple[str, str]:
    """What an entry says apart from its numbers, which differ from run to run."""
    return record.logger, NUMBERS.sub("0", record.text.split("\n", 1)[0])


def _test(name: str) -> str:
    """Name of the test behind a verdict: without what tells its subtests apart."""
    name = VERDICT.sub("", name).removeprefix("Subtest ")
    return name if OF_A_CLASS.match(name) else name.split(" ", 1)[0]
