# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finds the weights of the features, engine/score.py, on what may be tuned on; prints them.

    python bench/fit_weights.py

That is: cases of the dev part, and clean vendors that the benchmark does not report on. Cases of
the held-back third, the reported vendors and the pairs of name_bench are not looked at. Logistic
loss about one border; each weight is bounded to the side on which it makes sense, and pulled
towards nothing, so that few cases move it little. What is printed was rounded by hand.
"""

from __future__ import annotations

import math
import multiprocessing
import random
from collections.abc import Iterator, Sequence

import ours
from cases import unlisted_vendors
from task import Task, make_task

from engine import MemoryStore, prepare
from engine.features import Features
from engine.parsed import parsed
from engine.score import WEIGHTS, compare, country_says

#: Clean vendors to tune on, candidates kept of each query, and where its random choice begins.
VENDORS_TO_TUNE, KEPT, SEED = 16_000, 8, 7
#: Near namesakes of the dev part, and the share of them that may be hit.
NEAR, NEAR_SHARE = 251, 0.08
#: What one query weighs, by kind, and what share of that when its country is untold. An alarm among
#: clean vendors is what all others pay for.
COST = {"clean": 0.6, "near": 2.0, "realistic": 1.6, "A": 1.2, "S": 1.2, "C": 1.0, "native": 0.2}
UNTOLD = 0.5
#: Evidence at the border, how sharply it parts, how strongly weights are pulled to 0, steps taken.
BORDER, SHARP, PULL, STEPS = 6.0, 0.8, 0.6, 400
#: Largest and least size of some weights. In life firms move, in cases they do not; of numbers and
#: of common names the cases have too few.
MOST = {"country_agrees": 1.2, "country_differs": 2.0, "doubt_abroad": 0.8}
LEAST = {"loose": 1.2, "number": 0.5, "nameless": 0.7, "country_unknown": 0.6}
#: Weights that speak for a match; all others speak against it or not at all.
FOR = {"agreed", "top", "all_met", "country_agrees", "exact_abroad", "branch_abroad"}

Query = tuple[str, list[Features]]
Question = tuple[str, str, str, frozenset[int] | None]
_stores: dict[bool, MemoryStore] = {}


def vendors(task: Task) -> list[tuple[str, str]]:
    """Clean vendors that the benchmark does not report on and the word table does not know."""
    reported = set(task.clean)
    found = [vendor for vendor in unlisted_vendors() if vendor not in reported]
    return random.Random(SEED).sample(found, VENDORS_TO_TUNE)  # noqa: S311 - no secret


def questions(task: Task) -> Iterator[Question]:
    """Kind, name, country and right parties (``None``: nobody is right) of each query."""
    for name, country in vendors(task):
        yield "clean", name, country, None
    for near in task.negatives:
        if near.split == "dev":
            yield "near", near.query, near.country, None
    for case, targets in zip(task.positives, task.targets, strict=True):
        if case.split == "dev":
            yield case.category, case.query, case.country, frozenset(targets)


def told(asked: Sequence[Question]) -> list[Question]:
    """Each query twice: as vendors are, and with its country untold."""
    untold = [(f"{kind} untold", name, "", right) for kind, name, _country, right in asked]
    return [*asked, *untold]


def _describe(part: Sequence[Question]) -> list[Query]:
    return [(question[0], _features(*question)) for question in part]


def _features(kind: str, name: str, country: str, right: frozenset[int] | None) -> list[Features]:
    query = prepare(ours.subject(name, country))
    found: set[Features] = set()
    for row in _stores[kind.startswith("C")].candidates([query], 50)[0]:
        wanted = right is None or row.party_id in right
        if not wanted or row.kind in ("identifier", "address") or row.party_type == "person":
            continue
        says = country_says(query.facts.countries, row.countries)
        for _text, form in query.names:
            if compared := compare(parsed(form), parsed(row.form), says):
                found.add(compared[1])
    return sorted(found, key=lambda item: -value(WEIGHTS, item))[:KEPT]


def gather(task: Task) -> list[Query]:
    """Features of the best candidates of each query."""
    _stores[False] = MemoryStore({n: party.facts for n, party in enumerate(task.listed)})
    _stores[True] = MemoryStore(
        {n: party.without(task.removed).facts for n, party in enumerate(task.listed)}
    )
    asked = told(list(questions(task)))
    parts = [asked[start : start + 200] for start in range(0, len(asked), 200)]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        return [query for part in pool.imap(_describe, parts) for query in part if query[1]]


def value(weights: Sequence[float], item: Features) -> float:
    """Evidence that a pair gives."""
    return sum(map(float.__mul__, weights, item))


def fit(queries: Sequence[Query]) -> list[float]:
    """Weights of least loss, by Adam; the best candidate of a query stands for it."""
    names = Features._fields
    weights = [0.38 if name == "agreed" else 0.0 for name in names]
    size = [max(abs(q[1][0][at]) for q in queries) or 1.0 for at in range(len(names))]
    first, second = [0.0] * len(names), [0.0] * len(names)
    best: list[tuple[str, Features]] = []
    for step in range(1, STEPS + 1):
        if step % 8 == 1:
            best = [(kind, max(items, key=lambda i: value(weights, i))) for kind, items in queries]
        slope = [PULL * now * wide**2 for now, wide in zip(weights, size, strict=True)]
        for kind, item in best:
            away = (value(weights, item) - BORDER) / SHARP
            share = UNTOLD if kind.endswith("untold") else 1.0
            kind = kind.split()[0]
            against = kind in ("clean", "near")
            if (away if against else -away) < -6:
                continue
            push = share * COST[kind] / (1 + math.exp(-away if against else away))
            push = push if against else -push
            for at, given in enumerate(item):
                if given:
                    slope[at] += push * given
        for at, name in enumerate(names):
            first[at] = 0.9 * first[at] + 0.1 * slope[at]
            second[at] = 0.99 * second[at] + 0.01 * slope[at] ** 2
            move = first[at] / (1 - 0.9**step) / (math.sqrt(second[at] / (1 - 0.99**step)) + 1e-9)
            weights[at] -= 0.3 / size[at] * (1 - step / (STEPS + 1)) * move
            sign = 1.0 if name in FOR else -1.0
            size_now = max(LEAST.get(name, 0.0), min(MOST.get(name, 9.0), sign * weights[at]))
            weights[at] = sign * size_now
    return weights


def report(queries: Sequence[Query], weights: Sequence[float]) -> str:
    """Recall at 10 and 3 alarms per 1,000 of the vendors tuned on, and near namesakes hit."""
    scores: dict[str, list[float]] = {}
    for kind, items in queries:
        scores.setdefault(kind, []).append(max(value(weights, item) for item in items))
    lines = []
    for told in ("", " untold"):
        clean = sorted(scores[f"clean{told}"], reverse=True)
        near = sorted(scores[f"near{told}"], reverse=True)
        for what, limit in (
            ("10 alarms", clean[VENDORS_TO_TUNE * 10 // 1000]),
            ("3 alarms", clean[VENDORS_TO_TUNE * 3 // 1000]),
            (f"{NEAR_SHARE:.0%} of near namesakes", near[int(NEAR_SHARE * NEAR)]),
        ):
            over = {
                kind: sum(score > limit for score in found)
                for kind, found in scores.items()
                if kind.endswith("untold") == bool(told)
            }
            lines.append(f"{what}{told}: evidence {limit:.2f}, above it {over}")
    return "\n".join(lines)


def main() -> None:
    """Fit and print."""
    queries = gather(make_task())
    print(f"Before: {report(queries, WEIGHTS)}")
    weights = fit(queries)
    print(f"After: {report(queries, weights)}")
    print(", ".join(f"{n}={w:.2g}" for n, w in zip(Features._fields, weights, strict=True)))


if __name__ == "__main__":
    main()
