# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether two names are of one legal person, or of a branch, a sister firm, somebody else.

Screening asks whether a listed party may be involved, and a subsidiary is a hit. This asks the
narrower question, for whoever decides about a hit: are the names the same but for spelling?
"""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz.distance import OSA

from .align import align
from .names import whole_words
from .parsed import SEPARATOR, Parsed, parsed
from .weights import is_known

#: From here on two names are called the same.
SAME = 84
#: Words that agree count this much less than letters that agree, as their order is free.
WORDS = 0.1
#: Share that is left when a place, or a word that other firms carry too, is on one side only, and
#: when there are two such words, one on each side.
ELSEWHERE, MORE, OTHER = 0.85, 0.9, 0.9
#: Words up to so many bits say nothing.
NOTHING = 1.0


def identity(subject: str, listed: str) -> int:
    """How surely two names of organisations are one, 0-100.

    Letters are compared as a whole, with legal forms and without, in either order of the words;
    then what is left of the words speaks against it.
    """
    (mine, all_mine), (others, all_others) = map(whole_words, (subject, listed))
    one, other = parsed(SEPARATOR.join(mine)), parsed(SEPARATOR.join(others))
    if not one.words or not other.words:
        return 0
    alignment = align(one, other)
    agreed = sum(
        pair.credit * (sum(one.bits[start:end]) + sum(other.bits[first:last]))
        for pair in alignment.pairs
        for start, end, first, last in (pair.places,)
    )
    sure = max(
        _alike(mine, others),
        _alike(all_mine, all_others),
        _alike(sorted(mine), sorted(others)),
        agreed / (sum(one.bits) + sum(other.bits)) - WORDS,
    )
    left, left_listed = alignment.left_subject, alignment.left_listed
    if any(one.places[place] for place in left) or any(other.places[at] for at in left_listed):
        sure *= ELSEWHERE
    more, missing = _says(one, left), _says(other, left_listed)
    if more or missing:
        sure *= OTHER if more and missing else MORE
    return round(100 * sure)


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    return OSA.normalized_similarity("".join(one), "".join(other))


def _says(name: Parsed, left: Sequence[int]) -> bool:
    """Whether a word that was left over is one that firms at large carry: no slip, another word."""
    return any(
        not name.places[place] and name.bits[place] > NOTHING and is_known(name.words[place])
        for place in left
    )
