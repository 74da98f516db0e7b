# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How two words agree and how surely. The numbers below are shares of the word's bits."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from .places import is_place
from .sounds import consonants, looking, sounding
from .trade import meaning

#: What one edit costs, divided by the length of the longer word; more at the first letter.
EDIT, FIRST_LETTER = 1.3, 0.1
#: Words of four letters have too many neighbours.
SHORT = 0.15
#: Credit of words that only sound alike, and of those of which only the consonants agree.
SOUND, LOOKS, BONES, FEW_BONES = 0.92, 0.85, 0.76, 0.62
#: Share of a word that must be left of it when it was cut short.
CUT_SHARE = 0.5


@lru_cache(maxsize=16384)
def likeness(one: str, other: str) -> tuple[str, float]:
    """How a subject's word agrees with a listed one, 0-1, and in what way."""
    if one == other or meaning(one) == meaning(other):
        return "equal", 1.0
    if one.isdigit() or other.isdigit() or is_place(one):
        return "", 0.0  # a place is hardly a slip for something else
    how, credit = _edited(one, other)
    sound, other_sound = sounding(one), sounding(other)
    if sound and other_sound:
        heard = _heard(sound, other_sound) if min(len(sound), len(other_sound)) >= 4 else 0.0
        bones = consonants(one)
        if bones and bones == consonants(other):
            heard = max(heard, BONES if len(bones) >= 5 else FEW_BONES)
        if heard > credit:
            how, credit = "sound", heard
        if credit < LOOKS and len(one) >= 5 and looking(one) == looking(other):
            how, credit = "typo", LOOKS
    cut = _cut(one, other)
    return ("cut", cut) if cut > credit else (how, credit)


def allowed(length: int) -> int:
    """Edits that a word of this length may bear."""
    return 0 if length < 4 else 1 if length < 7 else 2 if length < 12 else 3


def _edited(one: str, other: str) -> tuple[str, float]:
    longer = max(len(one), len(other))
    limit = allowed(min(len(one), len(other)))
    distance = OSA.distance(one, other, score_cutoff=limit)
    if not limit or distance > limit:
        return "", 0.0
    credit = 1.0 - EDIT * distance / longer
    if one[0] != other[0]:
        credit -= FIRST_LETTER
    return "typo", credit - (SHORT if longer <= 5 else 0.0)


def _heard(one: str, other: str) -> float:
    if one == other:
        return SOUND - (SHORT if len(one) <= 4 else 0.0)
    how, credit = _edited(one, other)
    return credit - (1 - SOUND) if how else 0.0


def _cut(one: str, other: str) -> float:
    """One is the beginning of the other: a name cut short, or a word joined with a trade word."""
    shorter, longer = (one, other) if len(one) < len(other) else (other, one)
    if not longer.startswith(shorter):
        return 0.0
    if not one.isascii():
        return 0.7 if len(shorter) >= 2 else 0.0
    if len(shorter) < 4 or len(shorter) < CUT_SHARE * len(longer):
        return 0.0
    credit = 0.45 + 0.4 * len(shorter) / len(longer)
    # A list does not cut its names short.
    if shorter is other:
        credit *= 0.7
    return credit
