# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What speaks for and against two names being one party, in numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .align import Alignment, Pair
from .parsed import TELLING, Parsed
from .trade import nearly
from .weights import is_known

#: Agreeing bits beyond this say nothing more.
ENOUGH = 30.0
#: A name is weakly met when no word of so many bits agrees.
FIRM = 16.0
#: Nor is it telling at all below so many.
COMMON = 12.0
#: Words of so many letters are not carried by firms of other countries by chance.
LONG = 9


class Features(NamedTuple):
    """What speaks for and against, in bits unless said otherwise.

    A word of a name's *own* is neither a place nor a trade: it says which firm it is.
    """

    agreed: float
    top: float
    doubt: float
    doubt_known: float
    doubt_sole: float
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
    own_conflict: float
    place_conflict: float
    nameless: float
    nobody: float
    weak_spelling: float
    weak_left: float
    country_agrees: float
    country_differs: float
    doubt_abroad: float
    more_abroad: float
    missing_abroad: float
    short_abroad: float
    number: float


def features(alignment: Alignment, subject: Parsed, listed: Parsed, country: str) -> Features:
    """Describe an alignment in numbers.

    :param country: ``agree``, ``differ`` or ``unknown``
    """
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
    own = [pair for pair in alignment.pairs if _is_own(pair, subject, listed)]
    own_missing = _own_left(listed, alignment.left_listed)
    own_more = _own_left(subject, alignment.left_subject)
    abroad = country == "differ"
    letters = sum(len(word) for pair in own for word in pair.listed)
    return Features(
        agreed=min(alignment.agreed, ENOUGH),
        top=top,
        doubt=doubt,
        doubt_known=sum(lost for pair, lost in doubts if _is_word(pair)),
        doubt_sole=doubt if len(own) == 1 else 0.0,
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
        own_conflict=min(own_missing, own_more),
        place_conflict=float(missing[2] > 1.5 and more[2] > 1.5),
        nameless=0.0 if own else own_missing,
        nobody=0.0 if own else float(bool(alignment.left_listed or alignment.left_subject)),
        weak_spelling=float(loose),
        weak_left=max(0.0, 1 - top / FIRM) * (sum(missing) + sum(more)),
        country_agrees=float(country == "agree"),
        country_differs=float(abroad),
        doubt_abroad=doubt if abroad else 0.0,
        more_abroad=more[0] + more[1] if abroad else 0.0,
        missing_abroad=missing[0] + missing[1] if abroad else 0.0,
        short_abroad=max(0.0, 1 - letters / LONG) if abroad else 0.0,
        number=float(
            _has_number(subject, alignment.left_subject)
            and _has_number(listed, alignment.left_listed)
        ),
    )


def _is_own(pair: Pair, subject: Parsed, listed: Parsed) -> bool:
    start, end, first, last = pair.places
    return any(subject.own[start:end]) or any(listed.own[first:last])


def _own_left(name: Parsed, places: Sequence[int]) -> float:
    """Bits of the words of a name's own that were not met."""
    return min(24.0, sum(name.bits[place] for place in places if name.own[place]))


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
