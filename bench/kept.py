# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Answers of peers kept on disk: the same peer, asked the same, answers the same."""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Callable, Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from parties import ROOT
from task import CLEAN_FOR_PEERS, Answer, Task

sys.path.append(str(ROOT / "scripts"))

from rps.paths import cache


def question(task: Task) -> dict[str, Any]:
    """What peers are asked: names in, scores out."""
    return {
        "names": task.names(),
        "clean": [name for name, _country in task.clean[:CLEAN_FOR_PEERS]],
        "negatives": [case.query for case in task.negatives],
        "positives": [
            [case.query, names]
            for case, names in zip(task.positives, task.target_names(), strict=True)
        ],
        "pairs": [pair[:3] for pair in task.pairs],
    }


def kept(
    asked: dict[str, Any], code: Path, versions: Iterable[str], ask: Callable[[], list[Answer]]
) -> list[Answer]:
    """Answers from disk if the question, the peer's code and its version are those of before.

    :param code: file that asks the peer
    """
    told = json.dumps([asked, code.read_text("utf-8"), sys.version, *versions])
    mark = hashlib.sha256(told.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    path = cache() / "bench" / "answers" / f"{code.stem}-{mark}.json"
    if path.exists():
        return [Answer(**found) for found in json.loads(path.read_text("utf-8"))]
    answers = ask()
    # What failed may go well another time.
    if all(answer.clean for answer in answers):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps([asdict(answer) for answer in answers]), "utf-8")
    return answers
