# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which OFAC lists a party is on, where a file does not say: told by its programs.

SDN and non-SDN files look alike. Each party of the non-SDN files has a program of a non-SDN
list; SDN parties may have one too (a few do), but a file of them has others first of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from .party import Unreadable
from .reading import Item, Summary

# UKRAINE-EO13662 Directives 1-4: SSI. RUSSIA-EO14024 Directive 2 and 31 CFR 561: CAPTA.
_LISTS = {
    "NS-PLC": "PLC",
    "CMIC-EO13959": "CMIC",
    "MBS": "NS-MBS",
    "UKRAINE-EO13662": "SSI",
    "561-RELATED": "CAP",
    "561LIST": "CAP",
    "RUSSIA-EO14024": "CAP",
}


def non_sdn_lists(programs: Iterable[str]) -> tuple[str, ...]:
    """Return the codes of the non-SDN lists that ``programs`` speak of, sorted."""
    found = {_LISTS[p.upper()] for p in programs if p.upper() in _LISTS}
    found |= {"FSE" for p in programs if p.upper().startswith("FSE-")}
    return tuple(sorted(found))


def is_sdn(parties: Iterable[Sequence[str]]) -> bool:
    """Say whether a file is the SDN list, from the programs of its first parties."""
    return any(not non_sdn_lists(programs) for programs in parties)


def in_lists(item: Item, summary: Summary, *, sdn: bool) -> Iterator[Item]:
    """Yield ``item`` once for each list it is on; counted as that many records.

    :param sdn: the file is the SDN list; else the programs say which lists
    """
    if isinstance(item, Unreadable) or sdn:
        summary.records += 1
        yield item
        return
    codes = non_sdn_lists(item.programs)
    if not codes:
        summary.records += 1
        programs = ", ".join(item.programs)
        reason = f"no non-SDN list is known for the programs {programs}"
        yield Unreadable(item.row, reason, item.names[0].text[:80])
    for code in codes:
        summary.records += 1
        yield replace(item, list_code=code)
