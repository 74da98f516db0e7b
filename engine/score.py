# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Two names -> a score with its evidence. The declared numbers below are all there is to tune."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rapidfuzz import fuzz

from .align import Alignment, Words, align
from .weights import RARE_BITS, bits

#: Bits that must agree: one common word never suffices.
MIN_AGREED = 8.5
#: Names that differ in any word are believed in full only from so many agreeing bits on.
SURE_BITS = 15.0
#: Share of the score that the listed name's words carry; the rest is the subject's. Vendors append
#: branch, country and ticker, so what they have beyond the listed name costs less.
LISTED_SHARE = 0.7
#: Points for country: agreement helps little, conflict lowers.
COUNTRY_AGREE, COUNTRY_DIFFER = 2.0, -4.0
#: When the listed name's most telling word is not met at all.
HEAD_MISSING = 0.7
#: The whole strings beside each other, for what no word rule sees.
WHOLE_MIN_RATIO, WHOLE_MIN_LENGTH = 90.0, 8


@dataclass(frozen=True, slots=True)
class NameScore:
    """Score of one pair of names, before country and identifiers."""

    value: float
    alignment: Alignment
    whole: bool = False


def score_names(subject: Words, listed: Words) -> NameScore | None:
    """Compare two names given as words; ``None`` when too little agrees to speak of."""
    if not subject or not listed:
        return None
    alignment = align(subject, listed)
    value = _value(alignment, subject, listed)
    whole = _whole(subject, listed)
    if max(value, whole) <= 0:
        return None
    return NameScore(max(value, whole), alignment, whole > value)


def _value(alignment: Alignment, subject: Words, listed: Words) -> float:
    agreed = alignment.agreed
    if agreed < MIN_AGREED:
        return 0.0
    listed_bits = sum(map(bits, listed))
    subject_bits = sum(map(bits, subject))
    matched = {word for pair in alignment.pairs for word in pair.listed}
    met = sum(pair.bits for pair in alignment.pairs)
    sure = agreed / met if met else 0.0
    left_listed = sum(map(bits, alignment.left_listed))
    left_subject = sum(map(bits, alignment.left_subject))
    cover_listed = 1 - left_listed / listed_bits
    cover_subject = 1 - left_subject / subject_bits
    value = 100 * sure * (LISTED_SHARE * cover_listed + (1 - LISTED_SHARE) * cover_subject)
    head = max(listed, key=bits)
    if head not in matched and bits(head) >= RARE_BITS:
        value *= HEAD_MISSING
    if alignment.left_listed or alignment.left_subject:
        value *= min(1.0, agreed / SURE_BITS) ** 1.2
    return value


def _whole(subject: Words, listed: Words) -> float:
    one, other = "".join(subject), "".join(listed)
    if not (one.isascii() and other.isascii()):
        return 0.0  # one ideograph says too much to be overlooked
    if (
        min(len(one), len(other)) < WHOLE_MIN_LENGTH
        or min(sum(map(bits, subject)), sum(map(bits, listed))) < MIN_AGREED + 2
    ):
        return 0.0
    ratio = fuzz.ratio(one, other, score_cutoff=WHOLE_MIN_RATIO)
    return ratio - 4 if ratio else 0.0


def country_points(subject: Sequence[str], listed: Sequence[str]) -> tuple[str, float]:
    """Whether countries agree, and the points for it; unknown on either side is neutral."""
    if not subject or not listed:
        return "unknown", 0.0
    if set(subject) & set(listed):
        return "agree", COUNTRY_AGREE
    return "differ", COUNTRY_DIFFER


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
        "missing_listed": list(score.alignment.left_subject),
        "missing_subject": list(score.alignment.left_listed),
        "whole": score.whole,
    }
