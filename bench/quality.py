# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How well the engine finds listed parties, beside its peers: one command, one table.

    python bench/quality.py [--all-lists] [--no-peers] [--clean N] [--misses] [--by-source]

Lists: the Entity List of 2026-07-09 and the SDN organisations of 2022-04, or with ``--all-lists``
the whole CSL and the UN list too. Clean vendors: GLEIF names of the part that the word-frequency
table was not made from, without those known to be on a list.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator

import fuzzy
import ours
import peers
from cases import CASES
from figures import GROUPS, Point, best_f1, calibration, f1, group_of, hit_share, points, recalls
from parties import DATA
from task import CLEAN, Answer, Task, make_task

from engine import LEVELS
from engine.identity import SAME


def row(task: Task, groups: list[str], answer: Answer, point: Point) -> str:
    """One line of the table."""
    found = recalls(task, groups, answer, point.limit)
    cells = [answer.name, point.label, f"{point.alarms:.1f}"]
    for _title, group in GROUPS:
        pair = [found.get((group, split)) for split in ("dev", "held")]
        cells.append(" / ".join("–" if share is None else f"{share:.3f}" for share in pair))
    shares = [hit_share(task, answer, point.limit, split) for split in ("dev", "held")]
    cells.append(" / ".join(f"{share:.1%}" for share in shares))
    cells.append(f"{f1(task, answer, point.limit, True):.3f} / {best_f1(task, answer, True):.3f}")
    cells.append(f"{f1(task, answer, point.limit, False):.3f} / {best_f1(task, answer, False):.3f}")
    return f"| {' | '.join(cells)} |"


def table(task: Task, answers: list[Answer]) -> Iterator[str]:
    """The table, line by line."""
    groups = [group_of(task, place) for place in range(len(task.positives))]
    titles = ["matcher", "threshold", "alarms per 1,000"]
    for title, group in GROUPS:
        titles.append(f"{title} ({groups.count(group)})")
    titles += [f"near namesakes hit ({len(task.negatives)})", "F1 organisations, here / best"]
    titles.append("F1 persons, here / best")
    yield f"| {' | '.join(titles)} |"
    yield "|" + "---|" * len(titles)
    for answer in answers:
        if not answer.clean:
            yield f"| {answer.name} | {answer.note} |" + " |" * (len(titles) - 2)
            continue
        for point in points(answer):
            yield row(task, groups, answer, point)


def levels(task: Task, answer: Answer) -> Iterator[str]:
    """What share of the hits in each band of scores is true, on the labelled cases."""
    floors = sorted({*map(float, LEVELS.values()), *answer.steps.values()}, reverse=True)
    yield (
        "| score from | right, dev / held | near namesakes, dev / held | share true, dev / held |"
        " clean vendors hit, per 1,000 |"
    )
    yield "|---|---|---|---|---|"
    both = [calibration(task, answer, floors, split) for split in ("dev", "held")]
    for (floor, right, near, clean), (_floor, held_right, held_near, _clean) in zip(
        *both, strict=True
    ):
        shares = [
            a / (a + b) if a + b else 0.0 for a, b in ((right, near), (held_right, held_near))
        ]
        yield (
            f"| {floor:g} | {right} / {held_right} | {near} / {held_near} |"
            f" {shares[0]:.3f} / {shares[1]:.3f} | {1000 * clean / len(answer.clean):.1f} |"
        )


def by_source(task: Task, answer: Answer) -> Iterator[str]:
    """Recall at 10 alarms by where the cases come from; the held third is not looked at."""
    limit = next(points(answer)).limit
    seen: dict[tuple[str, str], list[bool]] = {}
    for case, score in zip(task.positives, answer.positives, strict=True):
        if case.split == "dev":
            seen.setdefault((case.category, case.source), []).append(score > limit)
    yield "| category | source | cases (dev) | recall at 10 alarms |"
    yield "|---|---|---|---|"
    for (category, source), found in sorted(seen.items()):
        yield f"| {category} | {source} | {len(found)} | {sum(found) / len(found):.3f} |"


def misses(task: Task, answer: Answer) -> Iterator[str]:
    """What goes wrong at 10 alarms, for those who work on the engine: never of the held third."""
    limit = next(points(answer)).limit
    for case, score in zip(task.positives, answer.positives, strict=True):
        if case.split == "dev" and score <= limit:
            source = case.source.removeprefix("by hand: ").removeprefix("rule: ")
            yield f"missed {case.id} [{source}] {score:g}: {case.query} ~ {case.listed_name}"
    for near, score in zip(task.negatives, answer.negatives, strict=True):
        if near.split == "dev" and score > limit:
            yield f"hit {near.id} {score:g}: {near.query} (near {near.near})"


def native_note(task: Task, answer: Answer) -> str:
    """The honest figure: native script without our own aliases."""
    limit = next(points(answer)).limit
    scores = ours.native_without_house_names(task)
    found = {split: [] for split in ("dev", "held")}
    cases = (case for case in task.positives if case.category == "native")
    for case, score in zip(cases, scores, strict=True):
        found[case.split].append(score > limit)
    shares = " / ".join(f"{sum(hits) / len(hits):.3f}" for hits in found.values())
    return f"Native script without our own aliases, all {len(scores)} cases, 10 alarms: {shares}."


def identity_note(task: Task) -> str:
    """How well the engine tells, of two firms, whether they are one."""
    firms = Answer("identity", pairs=ours.identities(task))
    return (
        "Whether two names are of one firm, which each hit says beside its score, over the pairs of"
        f" organisations: F1 {f1(task, firms, SAME - 0.5, True):.3f}, at the best threshold"
        f" {best_f1(task, firms, True):.3f}."
    )


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--all-lists", action="store_true")
    options.add_argument("--no-peers", action="store_true")
    options.add_argument("--clean", type=int, default=CLEAN)
    options.add_argument("--misses", action="store_true")
    options.add_argument("--by-source", action="store_true")
    chosen = options.parse_args()
    if not DATA.is_dir():
        raise SystemExit("The published lists are not here: put them into ../shared/data.")
    started = time.monotonic()
    task = make_task(chosen.all_lists, chosen.clean)
    answers = [ours.answer(task), ours.answer(task, countries=False)]
    if not chosen.no_peers:
        print("- asking the peers ...", file=sys.stderr, flush=True)
        answers += [*peers.answers(task), *fuzzy.answers(task)]
    names = len(task.names())
    print(
        f"{len(task.listed):,} parties, {names:,} names; clean vendors: {len(task.clean):,}"
        f" for this engine, {min(len(task.clean), fuzzy.CLEAN_FOR_PEERS):,} of them for the peers."
        f" Shares are dev / held back. Cases: {CASES.parent.name}/{CASES.name}.\n"
    )
    print("\n".join(table(task, answers)))
    print(f"\n{native_note(task, answers[0])}\n\n{identity_note(task)}\n")
    print("\n".join(levels(task, answers[0])))
    if chosen.by_source:
        print("\n" + "\n".join(by_source(task, answers[0])))
    if chosen.misses:
        print("\n" + "\n".join(misses(task, answers[0])))
    print(f"\n{time.monotonic() - started:.0f} s.")


if __name__ == "__main__":
    main()
