# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the tests of the readers share: fixtures, short cuts, and the published files if present."""

import contextlib
import csv
import io
import os
import resource
import unittest
from pathlib import Path

import lists
from lists.csl_csv import COLUMNS

ROOT = Path(__file__).resolve().parents[2]
FIXTURES = ROOT / "tests" / "data" / "lists"
#: Real published files; not part of the project.
REAL = ROOT.parent / "shared" / "data"

with_real_files = unittest.skipUnless(REAL.is_dir(), "no ../shared/data here")

SOURCES = {
    "EL": "Entity List (EL) - Bureau of Industry and Security",
    "DPL": "Denied Persons List (DPL) - Bureau of Industry and Security",
    "ISN": "Nonproliferation Sanctions (ISN) - State Department",
    "SDN": "Specially Designated Nationals (SDN) - Treasury Department",
    "SSI": "Sectoral Sanctions Identifications List (SSI) - Treasury Department",
}


@contextlib.contextmanager
def at_most(mebibytes):
    """Let the process grow by no more than this; what wants more gets a MemoryError."""
    with open("/proc/self/statm", encoding="ascii") as stat:
        size = int(stat.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (size + (mebibytes << 20), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def read_bytes(data, name="", list_code=""):
    """Read a file given as bytes; return its items and the reading."""
    reading = lists.read(io.BytesIO(data), name, list_code)
    return list(reading), reading


def read_path(path, list_code=""):
    """Read a file; return its items and the reading."""
    with open(path, "rb") as stream:
        reading = lists.read(stream, str(path), list_code)
        return list(reading), reading


def fixture(name, list_code=""):
    """Read a fixture; return its parties by primary name or address, the rest, and the reading."""
    items, reading = read_path(FIXTURES / name, list_code)
    return parties_of(items), [i for i in items if isinstance(i, lists.Unreadable)], reading


def parties_of(items):
    """Return the parties among ``items`` by the name that is shown."""
    parties = [item for item in items if isinstance(item, lists.ListedParty)]
    return {p.names[0].text if p.names else p.addresses[0].text: p for p in parties}


def names(party):
    """Return the names of a party as pairs."""
    return [(name.text, name.kind) for name in party.names]


def csl_row(code, name, **cells):
    """Return a record of the CSL by column."""
    source = SOURCES.get(code, code)
    return dict.fromkeys(COLUMNS, "") | {"source": source, "name": name} | cells


def csl(*rows, columns=COLUMNS, dialect="unix"):
    """Return a CSL file of these records."""
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, dialect=dialect, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def accounted_for(reading):
    """Say whether every record of the file is given, named, merged, or known to be none."""
    summary = reading.summary
    told = sum(summary.parties.values()) + summary.unreadable + len(summary.merged)
    return summary.records == told + summary.skipped
