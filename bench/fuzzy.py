# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Peers that are one rapidfuzz scorer over all names of the lists."""

from __future__ import annotations

import multiprocessing
import re
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path

import rapidfuzz
from kept import kept, question
from rapidfuzz import fuzz, process
from rapidfuzz.distance import JaroWinkler
from task import CLEAN_FOR_PEERS, Answer, Task

Scorer = Callable[..., float]

_FORMS = re.compile(
    r"\b(co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|lp|plc|pte|pty|pvt|"
    r"private|gmbh|ag|kg|sa|sas|sarl|srl|spa|nv|bv|ab|as|oy|oao|ooo|zao|pao|ao|jsc|ojsc|cjsc|pjsc|"
    r"fze|fzc|fzco|sdn|bhd|kk|de cv|ltda|joint stock company|limited liability company)\b"
)


def fold(name: str) -> str:
    """Small letters, digits, single spaces; what every user of these scorers does first."""
    text = unicodedata.normalize("NFKC", name).casefold()
    return " ".join("".join(char if char.isalnum() else " " for char in text).split())


def fold_without_forms(name: str) -> str:
    """The same without legal forms, unless nothing else is left."""
    text = fold(name)
    return " ".join(_FORMS.sub(" ", text).split()) or text


PEERS: dict[str, tuple[Scorer, Callable[[str], str], float]] = {
    "WRatio without legal forms": (fuzz.WRatio, fold_without_forms, 86),
    "token_set_ratio": (fuzz.token_set_ratio, fold, 90),
    "token_sort_ratio": (fuzz.token_sort_ratio, fold, 85),
    "Jaro-Winkler, whole string": (JaroWinkler.normalized_similarity, fold, 0.9),
}
_names: list[str] = []
_scorer: Scorer = fuzz.ratio


def answers(task: Task) -> list[Answer]:
    """Run every peer; clean vendors are a part, as these take milliseconds for each."""

    def ask() -> list[Answer]:
        return [_answer(name, task) for name in PEERS]

    return kept(question(task), Path(__file__), [rapidfuzz.__version__], ask)


def _answer(peer: str, task: Task) -> Answer:
    global _names, _scorer
    _scorer, prepare, customary = PEERS[peer]
    _names = sorted({prepare(name) for _number, name in task.names()})
    clean = [prepare(name) for name, _country in task.clean[:CLEAN_FOR_PEERS]]
    near = [prepare(case.query) for case in task.negatives]
    with multiprocessing.get_context("fork").Pool(2) as pool:
        scores = pool.map(_best, [*clean, *near], chunksize=100)
    return Answer(
        peer,
        scores[: len(clean)],
        scores[len(clean) :],
        [
            _among(prepare(case.query), [prepare(name) for name in names])
            for case, names in zip(task.positives, task.target_names(), strict=True)
        ],
        [_scorer(prepare(one), prepare(other)) for _kind, one, other, _same in task.pairs],
        {"customary": customary},
    )


def _best(query: str) -> float:
    found = process.extractOne(query, _names, scorer=_scorer)
    return float(found[1]) if found else 0.0


def _among(query: str, names: Sequence[str]) -> float:
    return max((float(_scorer(query, name)) for name in names), default=0.0)
