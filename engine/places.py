# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words for places: they say where a firm is, seldom which firm it is."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    text = (Path(__file__).parent / "data" / "places.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.split())


def is_place(word: str) -> bool:
    """Whether a folded word is a place, a people or a direction."""
    return word in _places()
