# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two names -> evidence in bits -> a score. The declared numbers below are all there is to tune."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from .align import Alignment, Pair, align
from .parsed import Parsed, parsed
from .persons import align_persons, person_value
from .trade import nearly
from .weights import RARE_BITS, is_known

#: Bits that must agree: one common word never suffices.
MIN_AGREED = 8.0
#: A word left over is telling from so many bits on.
TELLING = 9.5
#: Agreeing bits beyond this say nothing more.
ENOUGH = 30.0
#: A name is weakly met when no word of so many bits agrees.
FIRM = 16.0
#: Nor is it telling at all below so many.
COMMON = 12.0


class Features(NamedTuple):
    """What speaks for and against, in bits unless said otherwise."""

    agreed: float
    top: float
    doubt: float
    doubt_known: float
    missing_telling: float
    missing_common: float
    missing_place: float
    more_telling: float
    more_common: float
    more_place: float
    head_missing: float
    head_more: float
    all_met: float
    conflict: float
    place_conflict: float
    weak_spelling: float
    weak_left: float
    country_agrees: float
    country_differs: float
    doubt_abroad: float
    number: float


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
    agreed=0.62, top=0.03, doubt=-0.42, doubt_known=-0.3,
    missing_telling=-0.02, missing_common=-0.31, missing_place=-0.37,
    more_telling=-0.11, more_common=-0.04, more_place=-0.01,
    head_missing=-2.3, head_more=-0.05, all_met=2.1,
    conflict=-1.4, place_conflict=-3.0, weak_spelling=-3.5, weak_left=-0.15,
    country_agrees=1.2, country_differs=-1.5, doubt_abroad=-0.25, number=-1.0,
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
    alignment = align(subject, listed)
    if alignment.agreed < MIN_AGREED:
        return None
    found = features(alignment, subject, listed, country)
    evidence = sum(map(float.__mul__, WEIGHTS, found))
    if evidence <= 0:
        return None
    return NameScore(100.0 - 100.0 * math.exp(-evidence / SLOW), alignment, subject, listed)


def features(alignment: Alignment, subject: Parsed, listed: Parsed, country: str) -> Features:
    """Describe an alignment in numbers."""
    missing = _left(listed, alignment.left_listed)
    more = _left(subject, alignment.left_subject)
    doubts = [(pair, pair.bits * (1 - pair.credit)) for pair in alignment.pairs]
    doubt = min(12.0, sum(lost for _pair, lost in doubts))
    top = max(pair.bits * pair.credit for pair in alignment.pairs)
    # A name of common words only is not believed in another form of these words, for other firms
    # carry it: "General Electric" is not "General Electronic". Slips are counted by themselves.
    loose = top < COMMON and any(
        pair.how == "equal" and pair.subject != pair.listed for pair in alignment.pairs
    )
    return Features(
        agreed=min(alignment.agreed, ENOUGH),
        top=top,
        doubt=doubt,
        doubt_known=sum(lost for pair, lost in doubts if _is_word(pair)),
        missing_telling=missing[0],
        missing_common=missing[1],
        missing_place=missing[2],
        more_telling=more[0],
        more_common=more[1],
        more_place=more[2],
        head_missing=_head_left(listed, alignment.left_listed),
        head_more=_head_left(subject, alignment.left_subject),
        all_met=float(not (alignment.left_listed or alignment.left_subject or loose)),
        conflict=float(missing[0] + missing[1] > 1 and more[0] + more[1] > 1),
        place_conflict=float(missing[2] > 1.5 and more[2] > 1.5),
        weak_spelling=float(loose),
        weak_left=max(0.0, 1 - top / FIRM) * (sum(missing) + sum(more)),
        country_agrees=float(country == "agree"),
        country_differs=float(country == "differ"),
        doubt_abroad=doubt if country == "differ" else 0.0,
        number=float(
            _has_number(subject, alignment.left_subject)
            and _has_number(listed, alignment.left_listed)
        ),
    )


def _is_word(pair: Pair) -> bool:
    """Whether the subject's spelling is a word that firms at large carry."""
    return (
        pair.how not in ("equal", "joined")
        and len(pair.subject) == 1
        and is_known(nearly(pair.subject[0]))
    )


def _left(name: Parsed, places: Sequence[int]) -> tuple[float, float, float]:
    return left_over([(name.bits[index], name.places[index]) for index in places])


def left_over(words: Sequence[tuple[float, bool]]) -> tuple[float, float, float]:
    """Bits of words left over, telling, common and of places, each with its limit.

    :param words: for each its bits, and whether it is a place
    """
    telling = common = place = 0.0
    for weight, is_place in words:
        if is_place:
            place += weight
        elif weight >= TELLING:
            telling += weight
        else:
            common += weight
    return min(telling, 32.0), min(common, 24.0), min(place, 15.0)


def _head_left(name: Parsed, places: Sequence[int]) -> float:
    """Whether the most telling word was not met."""
    top = max(name.bits)
    return float(top >= TELLING and any(name.bits[index] == top for index in places))


def _has_number(name: Parsed, left: Sequence[int]) -> bool:
    return any(name.words[place][0].isdigit() for place in left)


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
