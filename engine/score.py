# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two names -> evidence in bits -> a score. The declared numbers below are all there is to tune."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .align import Alignment, Pair, align
from .features import Features, features
from .parsed import Parsed, parsed
from .persons import align_persons, person_value
from .weights import RARE_BITS

#: Bits that must agree: one common word never suffices.
MIN_AGREED = 8.0


@dataclass(frozen=True, slots=True)
class NameScore:
    """Score of one pair of names."""

    value: float
    alignment: Alignment
    subject: Parsed
    listed: Parsed


#: Weight of each feature: found by bench/fit_weights.py on cases and vendors kept apart from those
#: that are reported, then rounded. What a country may say was bounded beforehand: in life firms
#: move, in cases they do not.
WEIGHTS = Features(
    agreed=0.29, top=0.14, doubt=-0.13, doubt_known=-0.02, doubt_sole=-0.15, doubt_swap=-0.11,
    doubt_end=-0.18, missing_telling=-0.03, missing_common=-0.04, missing_place=-0.11,
    more_telling=-0.04, more_common=-0.11, head_missing=-0.50, all_met=1.77, nameless=-0.70,
    loose=-1.20, conflict=-1.09, place_conflict=-1.89, number=-0.50, country_agrees=1.20,
    country_differs=-2.00, country_unknown=-0.60, doubt_abroad=-0.13, short_abroad=-1.26,
    exact_abroad=0.49, branch_abroad=2.05, conflict_abroad=-0.38,
)  # fmt: skip
#: Mainland China, Hong Kong, Macao: in another of them is no firm abroad.
CHINESE = {"CN", "HK", "MO"}
#: The score comes near 100 the slower, the larger this is.
SLOW = 4.0


def score_names(
    subject_form: str, listed_form: str, country: str, persons: bool = False
) -> NameScore | None:
    """Compare two prepared names; ``None`` when too little agrees to speak of.

    :param country: ``agree``, ``differ`` or ``unknown``
    :param persons: compare as names of people
    """
    subject, listed = parsed(subject_form), parsed(listed_form)
    if not subject.words or not listed.words:
        return None
    if persons:
        alignment = align_persons(subject, listed)
        value = person_value(alignment, subject, listed)
        return NameScore(value, alignment, subject, listed) if value else None
    compared = compare(subject, listed, country)
    if not compared:
        return None
    alignment, found = compared
    evidence = evidence_of(found)
    if evidence <= 0:
        return None
    return NameScore(100.0 - 100.0 * math.exp(-evidence / SLOW), alignment, subject, listed)


def evidence_of(found: Features) -> float:
    """What the features come to."""
    return sum(map(float.__mul__, WEIGHTS, found))


def compare(subject: Parsed, listed: Parsed, country: str) -> tuple[Alignment, Features] | None:
    """What two names of organisations have in common; ``None`` when it is too little."""
    alignment = align(subject, listed)
    if alignment.agreed < MIN_AGREED:
        return None
    return alignment, features(alignment, subject, listed, country)


def country_says(subject: Sequence[str], listed: Sequence[str]) -> str:
    """``agree``, ``differ``, or ``unknown`` when either side states none."""
    if not subject or not listed:
        return "unknown"
    if set(subject) & set(listed):
        return "agree"
    # Groups of mainland China do business from there, and the lists name either.
    if CHINESE & set(subject) and CHINESE & set(listed):
        return "unknown"
    return "differ"


def describe(score: NameScore, people: bool = False) -> dict[str, Any]:
    """The words part of the evidence.

    :param people: the listed name is a person's. How rare a word is among firms says nothing of
        it then: few firms are called Mohammed.
    """
    subject, listed = score.subject, score.listed
    left = [(subject, at) for at in score.alignment.left_subject]
    left += [(listed, at) for at in score.alignment.left_listed]
    return {
        "words": [word for pair in score.alignment.pairs for word in _met(pair, listed, people)],
        "missing_listed": [subject.words[at] for at in score.alignment.left_subject],
        "missing_subject": [listed.words[at] for at in score.alignment.left_listed],
        "common": []
        if people
        else sorted({name.words[at] for name, at in left if name.bits[at] < RARE_BITS}),
    }


def _met(pair: Pair, listed: Parsed, people: bool) -> Iterator[dict[str, Any]]:
    """What met what. Words that were only divided otherwise are told one by one, as listed."""
    _start, _end, first, last = pair.places
    apart = pair.how == "joined" and last - first > 1
    for words, weight in (
        [((listed.words[at],), listed.bits[at]) for at in range(first, last)]
        if apart
        else [(pair.listed, pair.bits)]
    ):
        yield {
            "subject": " ".join(pair.subject),
            "listed": " ".join(words),
            "how": pair.how,
            "bits": round(weight * pair.credit, 1),
            "rare": weight >= RARE_BITS and not people,
        }
