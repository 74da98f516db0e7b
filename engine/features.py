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
#: A name without a word of so many bits is not telling at all.
COMMON = 12.0
#: Words of so many letters are not carried by firms of other countries by chance.
LONG = 9
#: Doubt below this is none, bits of other words and places below these are no other word or place.
SURE, OTHER, ELSEWHERE = 1.0, 1.0, 1.5

#: Bits of words left over: telling ones, common ones, places.
Left = tuple[float, float, float]


class Features(NamedTuple):
    """What speaks for and against, in bits unless said otherwise.

    A word of a name's *own* is neither a place nor a trade: it says which firm it is. *Abroad* is
    a contact in another country than the listed party.
    """

    agreed: float
    top: float
    doubt: float
    doubt_known: float
    doubt_sole: float
    doubt_swap: float
    doubt_end: float
    missing_telling: float
    missing_common: float
    missing_place: float
    more_telling: float
    more_common: float
    head_missing: float
    all_met: float
    nameless: float
    loose: float
    conflict: float
    place_conflict: float
    number: float
    country_agrees: float
    country_differs: float
    country_unknown: float
    doubt_abroad: float
    short_abroad: float
    exact_abroad: float
    branch_abroad: float
    conflict_abroad: float


class Slips(NamedTuple):
    """Bits lost by words spelled otherwise: in all, where the subject's spelling is a word that
    firms at large carry, in the only own word, by other letters, at the end of a word.
    """

    doubt: float = 0.0
    known: float = 0.0
    sole: float = 0.0
    swap: float = 0.0
    end: float = 0.0


NO_SLIPS = Slips()


def features(alignment: Alignment, subject: Parsed, listed: Parsed, country: str) -> Features:
    """Describe an alignment in numbers.

    :param country: ``agree``, ``differ`` or ``unknown``
    """
    top = max(pair.bits * pair.credit for pair in alignment.pairs)
    own = [pair for pair in alignment.pairs if _is_own(pair, subject, listed)]
    # A name of common words only is not believed in another form of these words, for other firms
    # carry it: "General Electric" is not "General Electronic". Slips are counted by themselves.
    loose = top < COMMON and any(
        pair.how == "equal" and pair.subject != pair.listed for pair in alignment.pairs
    )
    return weigh(
        alignment.agreed,
        top,
        left_over([(listed.bits[at], listed.places[at]) for at in alignment.left_listed]),
        left_over([(subject.bits[at], subject.places[at]) for at in alignment.left_subject]),
        country,
        loose=loose,
        headless=_is_headless(listed, alignment.left_listed),
        nameless=not own and any(listed.own[place] for place in alignment.left_listed),
        numbers=_has_number(subject, alignment.left_subject)
        and _has_number(listed, alignment.left_listed),
        letters=sum(len(word) for pair in own for word in pair.listed),
        slips=_slips(alignment.pairs, sole=len(own) == 1),
    )


def weigh(
    agreed: float,
    top: float,
    missing: Left,
    more: Left,
    country: str,
    *,
    loose: bool = False,
    headless: bool = False,
    nameless: bool = False,
    numbers: bool = False,
    letters: int = LONG,
    slips: Slips = NO_SLIPS,
) -> Features:
    """What is met, what is left over and what was misspelled -> features.

    Whoever does not know something leaves it out: the default speaks most for a match.

    :param agreed: bits that agree, ``top`` those of the most telling pair
    :param missing: what of the listed name was not met, ``more`` what of the subject's
    :param loose: whether words of a common name agree in another form only
    :param headless: whether the listed name's most telling word was not met
    :param nameless: whether no own word was met, though the listed name has one
    :param numbers: whether either has a number that the other has not
    :param letters: letters of the own words that were met
    """
    abroad = country == "differ"
    others = missing[0] + missing[1] > OTHER and more[0] + more[1] > OTHER
    exact = abroad and slips.doubt < SURE and not missing[0] and not more[0]
    return Features(
        agreed=min(agreed, ENOUGH),
        top=top,
        doubt=slips.doubt,
        doubt_known=slips.known,
        doubt_sole=slips.sole,
        doubt_swap=slips.swap,
        doubt_end=slips.end,
        missing_telling=missing[0],
        missing_common=missing[1],
        missing_place=missing[2],
        more_telling=more[0],
        more_common=more[1],
        head_missing=float(headless),
        all_met=float(not loose and sum(missing) <= OTHER and sum(more) <= OTHER),
        nameless=float(nameless),
        loose=float(loose),
        conflict=float(others),
        place_conflict=float(missing[2] > ELSEWHERE and more[2] > ELSEWHERE),
        number=float(numbers),
        country_agrees=float(country == "agree"),
        country_differs=float(abroad),
        country_unknown=float(country == "unknown"),
        doubt_abroad=slips.doubt if abroad else 0.0,
        short_abroad=max(0.0, 1 - letters / LONG) if abroad else 0.0,
        exact_abroad=float(exact),
        branch_abroad=float(exact and not more[1] and more[2] > 0),
        conflict_abroad=float(abroad and others),
    )


def left_over(words: Sequence[tuple[float, bool]]) -> Left:
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


def _slips(pairs: Sequence[Pair], sole: bool) -> Slips:
    doubt = known = swap = end = 0.0
    for pair in pairs:
        lost = pair.bits * (1 - pair.credit)
        if not lost:
            continue
        doubt += lost
        one, other = "".join(pair.subject), "".join(pair.listed)
        if (
            pair.how not in ("equal", "joined")
            and len(pair.subject) == 1
            and is_known(nearly(pair.subject[0]))
        ):
            known += lost
        if pair.how == "typo":
            if len(one) == len(other) and sorted(one) != sorted(other):
                swap += lost
            if one[-1] != other[-1]:
                end += lost
    doubt = min(12.0, doubt)
    return Slips(doubt, known, doubt if sole else 0.0, swap, end)


def _is_own(pair: Pair, subject: Parsed, listed: Parsed) -> bool:
    start, end, first, last = pair.places
    return any(subject.own[start:end]) or any(listed.own[first:last])


def _is_headless(name: Parsed, left: Sequence[int]) -> bool:
    """Whether the most telling word was not met."""
    top = max(name.bits)
    return top >= TELLING and any(name.bits[index] == top for index in left)


def _has_number(name: Parsed, left: Sequence[int]) -> bool:
    return any(name.words[place][0].isdigit() for place in left)
