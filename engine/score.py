# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two names -> evidence in bits -> a score. The declared numbers below are all there is to tune."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from .align import Alignment, align
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


#: Weight of each feature: found by maximising recall at 3 and 10 alarms per 1,000 clean vendors on
#: cases and vendors kept apart from those that are reported, then rounded. What a country may say
#: was bounded beforehand: in life firms move, in cases they do not.
WEIGHTS = Features(
    agreed=0.38, top=0.06, doubt=-0.35, doubt_known=-0.08, doubt_sole=-0.07,
    missing_telling=-0.02, missing_common=-0.04, missing_place=-0.14,
    more_telling=-0.04, more_common=-0.14, more_place=0.00, head_missing=-1.03, head_more=0.00,
    all_met=1.46, conflict=-0.95, own_conflict=0.00, place_conflict=-3.14, nameless=0.00,
    nobody=0.00, weak_spelling=-0.21, weak_left=-0.01, country_agrees=1.20, country_differs=-1.39,
    doubt_abroad=-0.47, more_abroad=0.00, missing_abroad=-0.04, short_abroad=-0.34, number=-0.94,
)  # fmt: skip
#: The score comes near 100 the slower, the larger this is.
SLOW = 5.2


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
    evidence = sum(map(float.__mul__, WEIGHTS, found))
    if evidence <= 0:
        return None
    return NameScore(100.0 - 100.0 * math.exp(-evidence / SLOW), alignment, subject, listed)


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
    return "agree" if set(subject) & set(listed) else "differ"


def describe(score: NameScore) -> dict[str, Any]:
    """The words part of the evidence."""
    return {
        "words": [
            {
                "subject": " ".join(pair.subject),
                "listed": " ".join(pair.listed),
                "how": pair.how,
                "bits": round(pair.bits * pair.credit, 1),
                "rare": pair.bits >= RARE_BITS,
            }
            for pair in score.alignment.pairs
        ],
        "missing_listed": [score.subject.words[i] for i in score.alignment.left_subject],
        "missing_subject": [score.listed.words[i] for i in score.alignment.left_listed],
    }
