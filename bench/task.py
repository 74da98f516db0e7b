# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What every matcher is asked, and what it answers: plain data, so that peers can run elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from cases import Negative, Positive, Targets, clean_vendors, negatives, pairs, positives
from parties import Listed, load, plain

#: Peers that take milliseconds for a vendor see the first so many of the clean vendors only.
CLEAN, CLEAN_FOR_PEERS = 10_000, 4_000


@dataclass(frozen=True, slots=True)
class Task:
    """One run of the benchmark."""

    listed: Sequence[Listed]
    clean: Sequence[tuple[str, str]]
    negatives: Sequence[Negative]
    positives: Sequence[Positive]
    targets: Sequence[Sequence[int]]
    pairs: Sequence[tuple[bool, str, str, bool]]

    @property
    def removed(self) -> set[str]:
        """Spellings that are taken out of the lists for the cases of category C."""
        return {plain(case.query) for case in self.positives if case.category == "C"}

    def names(self) -> list[tuple[int, str]]:
        """Every name with its party's number, our own aliases too; weak ones never match alone."""
        return [
            (number, name.text)
            for number, party in enumerate(self.listed)
            for name in party.facts.names
            if name.kind != "weak"
        ]

    def target_names(self) -> list[list[str]]:
        """For each positive the names by which the right parties may be found."""
        found = []
        for case, numbers in zip(self.positives, self.targets, strict=True):
            parties = [self.listed[number] for number in numbers]
            if case.category == "C":
                parties = [party.without(self.removed) for party in parties]
            found.append(
                [
                    name.text
                    for party in parties
                    for name in party.facts.names
                    if name.kind != "weak"
                ]
            )
        return found


@dataclass(slots=True)
class Answer:
    """Scores of one matcher. A list is empty where it was not asked.

    :param clean: the best score of each clean vendor with anybody listed
    :param negatives: the same for the near namesakes
    :param positives: the best score of each case with a right party
    :param pairs: score of each labelled pair
    :param steps: scores from which the matcher itself reports, by name
    :param note: what a reader must know
    """

    name: str
    clean: list[float] = field(default_factory=list)
    negatives: list[float] = field(default_factory=list)
    positives: list[float] = field(default_factory=list)
    pairs: list[float] = field(default_factory=list)
    steps: dict[str, float] = field(default_factory=dict)
    note: str = ""


def make_task(every_list: bool = False, clean: int = CLEAN) -> Task:
    """Read the lists, the cases and the vendors."""
    listed = load(every_list)
    cases = positives()
    finder = Targets(listed)
    targets = [finder.of(case) for case in cases]
    if lost := [case.id for case, found in zip(cases, targets, strict=True) if not found]:
        raise SystemExit(f"These cases name nobody on the lists: {', '.join(lost)}")
    return Task(listed, clean_vendors(clean), negatives(), cases, targets, pairs())
