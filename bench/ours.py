# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engine of this project, asked as the addon asks it, in two processes."""

from __future__ import annotations

import multiprocessing
from collections.abc import Sequence

import parties  # noqa: F401 - puts the checkout on the path
from parties import Listed
from task import Answer, Task

from engine import MOST_SENSITIVE, SENSITIVITIES, Facts, MemoryStore, Name, judge, search
from engine.identity import identity

#: A step below all others, for labelled pairs, of which every score is needed. Lists are searched
#: as hits are stored, at the most sensitive step: what never becomes a hit counts as not found.
EVERYTHING = "benchmark"
_WORKERS, _CHUNK = 2, 200
_store: MemoryStore | None = None
Question = tuple[str, str, frozenset[int] | None]


def subject(name: str, country: str = "", party_type: str = "organisation") -> Facts:
    """A vendor as the addon describes it to the engine."""
    return Facts((Name(name),), party_type, (country,) if country else ())


def best_scores(
    listed: Sequence[Listed], questions: Sequence[Question], countries: bool
) -> list[float]:
    """The best score of each question with the parties it asks for, or with anybody.

    :param questions: name, country, numbers of the parties that count (``None``: all)
    """
    global _store
    _store = MemoryStore({number: party.facts for number, party in enumerate(listed)})
    asked = [(name, country if countries else "", wanted) for name, country, wanted in questions]
    chunks = [asked[start : start + _CHUNK] for start in range(0, len(asked), _CHUNK)]
    # Forked, so that both workers share the store made above.
    with multiprocessing.get_context("fork").Pool(_WORKERS) as pool:
        return [score for part in pool.map(_ask, chunks, chunksize=1) for score in part]


def _ask(questions: Sequence[Question]) -> list[float]:
    assert _store
    found = search([subject(name, code) for name, code, _ in questions], _store, MOST_SENSITIVE)
    return [
        max((float(m.score) for m in matches if wanted is None or m.party_id in wanted), default=0)
        for matches, (_name, _code, wanted) in zip(found, questions, strict=True)
    ]


def answer(task: Task, countries: bool = True) -> Answer:
    """Run every part of the task.

    :param countries: whether the engine is told the countries of vendors
    """
    steps = {name: float(floor) for name, floor in SENSITIVITIES.items() if name != EVERYTHING}
    everybody: list[Question] = [(*vendor, None) for vendor in task.clean]
    everybody += [(case.query, case.country, None) for case in task.negatives]
    usual = [place for place, case in enumerate(task.positives) if case.category != "C"]
    aliases = [place for place, case in enumerate(task.positives) if case.category == "C"]
    scores = best_scores(task.listed, everybody + _questions(task, usual), countries)
    without = [party.without(task.removed) for party in task.listed]
    alias_scores = best_scores(without, _questions(task, aliases), countries)
    cut = len(task.clean), len(everybody)
    by_place = dict(zip(usual, scores[cut[1] :], strict=True))
    by_place |= dict(zip(aliases, alias_scores, strict=True))
    return Answer(
        "this engine" if countries else "this engine, names only",
        scores[: cut[0]],
        scores[cut[0] : cut[1]],
        [by_place[place] for place in range(len(task.positives))],
        [_pair(*pair[:3]) for pair in task.pairs],
        steps,
    )


def native_without_house_names(task: Task) -> list[float]:
    """Scores of the native-script cases when the lists alone are asked."""
    places = [place for place, case in enumerate(task.positives) if case.category == "native"]
    bare = [party.without_house_names() for party in task.listed]
    return best_scores(bare, _questions(task, places), True)


def identities(task: Task) -> list[float]:
    """Of each labelled pair of organisations, whether it is one firm; 0 for persons."""
    return [float(identity(*names)) if firms else 0.0 for firms, *names, _same in task.pairs]


def _questions(task: Task, places: Sequence[int]) -> list[Question]:
    return [
        (
            task.positives[place].query,
            task.positives[place].country,
            frozenset(task.targets[place]),
        )
        for place in places
    ]


def _pair(organisations: bool, one: str, other: str) -> float:
    SENSITIVITIES[EVERYTHING] = 0
    kind = "organisation" if organisations else "person"
    match = judge(subject(one, "", kind), subject(other, "", kind), EVERYTHING)
    return float(match.score) if match else 0.0
