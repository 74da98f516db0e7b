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
    r"^(odoo\.(orm|modules|registry|models|fields|schema|tools\.convert)|py\.warn)"
)
SUMMARY = re.compile(r"^(\d+) failed, (\d+) error\(s\) of (\d+) tests when loading database")
VERDICT = re.compile(r"^(FAIL|ERROR): ")
TALLY = re.compile(r"^Module \w+: \d+ failures, \d+ errors of \d+ tests|^At least one test failed")
SKIPPED = re.compile(r"^skipped (?P<test>.+?) : (?P<reason>.*)", re.S)
NUMBERS = re.compile(r"\d+(\.\d+)?")


@dataclass
class Record:
    """One entry of the log with all its lines: a traceback belongs to the line it follows."""

    level: str
    logger: str
    text: str


@dataclass
class TestRun:
    """What a log says about the tests: counts, and what failed or was skipped, by name."""

    ran: int | None = None
    failed: list[str] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)

    @property
    def passed(self) -> int:
        """Tests that ran to their end and found nothing wrong."""
        names = {_test(name) for name in self.failed} | {_test(name) for name, _ in self.skipped}
        return max(0, (self.ran or 0) - len(names))


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
            run.failed.append(record.text.split("\n", 1)[0])
        elif match := SKIPPED.match(record.text):
            run.skipped.append((match["test"], match["reason"].strip()))
    return run


def failures(records: Iterable[Record]) -> list[Record]:
    """Return the entries that say why a test failed, or why the addon could not be loaded."""
    return [
        record
        for record in records
        if (record.level == "ERROR" and VERDICT.match(record.text)) or record.level == "CRITICAL"
    ]


def complaints(records: Iterable[Record], without_us: Iterable[Record] = ()) -> list[Record]:
    """Return warnings and errors that are our addon's, failed tests left out.

    Ours is what names the addon (as logger, in the message, or in a traceback), and what Odoo's
    loading says that it did not say in ``without_us``, the log of the same modules without it.
    """
    usual = {_shape(record) for record in without_us if record.level in BAD}
    return [
        record
        for record in records
        if record.level in BAD
        and not VERDICT.match(record.text)
        and not TALLY.match(record.text)
        and not SUMMARY.match(record.text)
        and (
            OURS.search(record.logger)
            or OURS.search(record.text)
            or (LOADING.match(record.logger) and _shape(record) not in usual)
        )
    ]


def _shape(record: Record) -> tuple[str, str]:
    """What an entry says apart from its numbers, which differ from run to run."""
    return record.logger, NUMBERS.sub("0", record.text.split("\n", 1)[0])


def _test(name: str) -> str:
    """Name of the test behind a verdict: many subtests of one test are one failed test."""
    name = VERDICT.sub("", name)
    return name.removeprefix("Subtest ").split(" ", 1)[0]
