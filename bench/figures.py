# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""From scores to figures: thresholds by alarms, recall, F1."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from task import Answer, Task

#: Columns of recall: title, and which cases (category, and for native script whether the list or a
#: house alias carries a name in that script).
GROUPS = (
    ("realistic", "realistic"),
    ("A: typing, form, branch, joined, split, order, short", "A"),
    ("S: homoglyph, hidden, OCR, sound, doubled, vowels, cut", "S"),
    ("C: alias taken out", "C"),
    ("native, name carried", "native-known"),
    ("native, name not carried", "native-other"),
)


@dataclass(frozen=True, slots=True)
class Point:
    """One matcher at one threshold: a score above ``limit`` counts."""

    label: str
    limit: float
    alarms: float


def points(answer: Answer) -> Iterator[Point]:
    """10 and 3 alarms per 1,000 clean vendors, and the matcher's own steps."""
    ordered = sorted(answer.clean, reverse=True)
    for wanted in (10, 3):
        limit = ordered[len(ordered) * wanted // 1000]
        # Too many clean vendors have the highest score there is: no threshold is high enough.
        label = f"{wanted} alarms" if limit < ordered[0] else f"{wanted} alarms: out of reach"
        yield Point(label, limit, alarms(answer, limit))
    for name, floor in answer.steps.items():
        limit = floor - 1e-9
        yield Point(f"step “{name}” ({floor:g})", limit, alarms(answer, limit))


def alarms(answer: Answer, limit: float) -> float:
    """Clean vendors with an alarm, per 1,000."""
    return 1000 * sum(score > limit for score in answer.clean) / len(answer.clean)


def group_of(task: Task, place: int) -> str:
    """Which column a positive belongs to."""
    category = task.positives[place].category
    if category != "native":
        return category
    names = [
        name.text for number in task.targets[place] for name in task.listed[number].facts.names
    ]
    scripts = _scripts(task.positives[place].query) - {"LATIN"}
    known = any(scripts & _scripts(name) for name in names)
    return "native-known" if known else "native-other"


def _scripts(text: str) -> set[str]:
    """Scripts of the letters in a text, by the first word of their Unicode names."""
    return {unicodedata.name(char, "?").split()[0] for char in text if char.isalpha()}


def recalls(
    task: Task, groups: Sequence[str], answer: Answer, limit: float
) -> dict[tuple[str, str], float]:
    """Share of positives found, by group and split; ``groups`` names the group of each case."""
    seen: dict[tuple[str, str], list[bool]] = {}
    for case, group, score in zip(task.positives, groups, answer.positives, strict=True):
        seen.setdefault((group, case.split), []).append(score > limit)
    return {key: sum(found) / len(found) for key, found in seen.items()}


def hit_share(task: Task, answer: Answer, limit: float, split: str) -> float:
    """Share of near namesakes that raise an alarm."""
    hits = [
        score > limit
        for case, score in zip(task.negatives, answer.negatives, strict=True)
        if case.split == split
    ]
    return sum(hits) / len(hits)


def calibration(
    task: Task, answer: Answer, floors: Sequence[float], split: str
) -> list[tuple[float, int, int, int]]:
    """How often a score tells the truth: a row for each band that begins at one of the floors.

    :return: floor, cases that found a right party, near namesakes hit, clean vendors hit (all of
        them, whatever the split)
    """
    rows = []
    for floor, ceiling in zip(floors, (101.0, *floors), strict=False):
        rows.append(
            (
                floor,
                sum(
                    case.split == split and floor <= score < ceiling
                    for case, score in zip(task.positives, answer.positives, strict=True)
                ),
                sum(
                    near.split == split and floor <= score < ceiling
                    for near, score in zip(task.negatives, answer.negatives, strict=True)
                ),
                sum(floor <= score < ceiling for score in answer.clean),
            )
        )
    return rows


def f1(task: Task, answer: Answer, limit: float, organisations: bool) -> float:
    """F1 over the labelled pairs of one kind."""
    right = wrong = missed = 0
    for (kind, _one, _other, same), score in zip(task.pairs, answer.pairs, strict=True):
        if kind == organisations:
            right += same and score > limit
            wrong += not same and score > limit
            missed += same and score <= limit
    return 2 * right / (2 * right + wrong + missed) if right else 0.0


def best_f1(task: Task, answer: Answer, organisations: bool) -> float:
    """F1 at the threshold that suits these pairs best."""
    limits = {score - 1e-9 for score in answer.pairs}
    return max(f1(task, answer, limit, organisations) for limit in limits)
