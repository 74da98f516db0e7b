# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Peers that need an environment of their own. Run by that environment's Python:

    python peers_run.py TASK.json ANSWERS.json

It knows nothing of this project: names in, scores out.
"""

from __future__ import annotations

import itertools
import json
import sys
from collections.abc import Callable, Iterator, Sequence
from typing import Any

#: Parties that logic-v2 looks at for one vendor, found by n-grams: it has no index to go with it.
CANDIDATES = 30
_CHUNK = 500


class Ngrams:
    """TF-IDF of character n-grams, cosine."""

    def __init__(self, names: Sequence[str]) -> None:
        from sklearn.feature_extraction.text import TfidfVectorizer

        self._vectors = TfidfVectorizer(analyzer="char_wb", ngram_range=(2, 4), sublinear_tf=True)
        self._names = self._vectors.fit_transform(names)

    def rows(self, queries: Sequence[str]) -> Iterator[Any]:
        """For each query its likeness to every name, as a dense row."""
        for start in range(0, len(queries), _CHUNK):
            part = self._vectors.transform(queries[start : start + _CHUNK])
            yield from (part @ self._names.T).toarray()

    def among(self, query: str, names: Sequence[str]) -> float:
        """The best likeness to some names."""
        if not names:
            return 0.0
        both = self._vectors.transform([query, *names])
        return float((both[0] @ both[1:].T).toarray().max())


def _everybody(task: dict[str, Any]) -> list[str]:
    return [*task["clean"], *task["negatives"]]


def ngrams(task: dict[str, Any], index: Ngrams) -> dict[str, Any]:
    """Answers of the n-gram peer."""
    best = [float(row.max()) for row in index.rows(_everybody(task))]
    return {
        "name": "TF-IDF of character n-grams (scikit-learn)",
        "clean": best[: len(task["clean"])],
        "negatives": best[len(task["clean"]) :],
        "positives": [index.among(query, names) for query, names in task["positives"]],
        "pairs": [index.among(one, [other]) for _kind, one, other in task["pairs"]],
        "steps": {"customary": 0.7},
    }


def logic_v2(task: dict[str, Any], index: Ngrams) -> dict[str, Any]:
    """Answers of nomenklatura's logic-v2, names only."""
    from followthemoney.proxy import EntityProxy
    from nomenklatura.matching import get_algorithm

    algorithm = get_algorithm("logic-v2")
    assert algorithm
    config = algorithm.default_config()

    ids = itertools.count()

    def entity(names: Sequence[str], organisation: bool = True) -> Any:
        schema = "Organization" if organisation else "Person"
        # An id of its own for each: names are remembered by it.
        key, properties = f"e{next(ids)}", {"name": list(names)}
        return EntityProxy.from_dict({"id": key, "schema": schema, "properties": properties})

    def compare(one: Any, other: Any) -> float:
        return float(algorithm.compare(one, other, config).score)

    numbers = [number for number, _name in task["names"]]
    by_number: dict[int, list[str]] = {}
    for number, name in task["names"]:
        by_number.setdefault(number, []).append(name)
    listed = {number: entity(names) for number, names in by_number.items()}
    best = []
    everybody = _everybody(task)
    for query, row in zip(everybody, index.rows(everybody), strict=True):
        near = {numbers[place] for place in row.argpartition(-CANDIDATES)[-CANDIDATES:]}
        asked = entity([query])
        best.append(max(compare(asked, listed[number]) for number in near))
    return {
        "name": "nomenklatura logic-v2",
        "clean": best[: len(task["clean"])],
        "negatives": best[len(task["clean"]) :],
        "positives": [
            max((compare(entity([query]), entity([n])) for n in names), default=0.0)
            for query, names in task["positives"]
        ],
        "pairs": [
            compare(entity([one], kind), entity([other], kind))
            for kind, one, other in task["pairs"]
        ],
        "steps": {"customary": 0.7},
    }


def main(source: str, target: str) -> None:
    """Run both; a peer that fails says why instead of ending the benchmark."""
    with open(source, encoding="utf-8") as stream:
        task = json.load(stream)
    answers = []
    index = Ngrams([name for _number, name in task["names"]])
    peers: list[Callable[..., dict[str, Any]]] = [ngrams, logic_v2]
    for peer in peers:
        try:
            answers.append(peer(task, index))
        except Exception as error:
            answers.append({"name": peer.__name__, "note": f"failed: {error!r:.150}"})
    with open(target, "w", encoding="utf-8") as out:
        json.dump(answers, out)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
