# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which word of one name met which of the other, how, and at how many bits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from .likeness import likeness
from .parsed import MAX_SPAN, Parsed, Span, Words
from .weights import bits, is_known

#: Credit of words joined on one side, and the most a pair may weigh.
JOINED, MOST = 0.97, 20.0
#: Share of the next word's bits beside those of the one before.
FURTHER = 0.75
#: Joined words whose length differs by more meet a word only when it is their beginning, which may
#: be cut off by so many letters.
LONGER, CUT = 5, 11
#: A letter of an abbreviation by initials is worth so many bits.
INITIAL = 2.2


@dataclass(frozen=True, slots=True)
class Pair:
    """Neighbouring words of the subject that met neighbouring words of the listed name."""

    subject: Words
    listed: Words
    how: str
    credit: float
    bits: float
    places: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """All pairs of two names, and the places of the words left over on each side."""

    pairs: tuple[Pair, ...]
    left_subject: tuple[int, ...]
    left_listed: tuple[int, ...]

    @property
    def agreed(self) -> float:
        """Bits that agree; words of one name hang together, so each further one counts less."""
        bits_of = sorted((pair.bits * pair.credit for pair in self.pairs), reverse=True)
        return sum(value * FURTHER**place for place, value in enumerate(bits_of))


def align(subject: Parsed, listed: Parsed) -> Alignment:
    """Match words: first those spelled alike, then joined ones, then meanings, then slips."""
    pairs: list[Pair] = []
    free = list(range(len(subject.words)))
    open_ = list(range(len(listed.words)))
    spans, others = subject.span_set, listed.span_set
    if not (
        spans.isdisjoint(listed.word_set)
        and others.isdisjoint(subject.word_set)
        and spans.isdisjoint(others)
    ):
        _joined(subject, listed, free, open_, pairs)
    if not subject.word_set.isdisjoint(listed.word_set):
        _equal(subject, listed, subject.words, listed.words, free, open_, pairs)
    if free and open_ and not subject.meaning_set.isdisjoint(listed.meaning_set):
        _equal(subject, listed, subject.meanings, listed.meanings, free, open_, pairs)
    if free and open_:
        _like(subject, listed, free, open_, pairs)
    pairs.sort(key=lambda pair: pair.places)
    return Alignment(tuple(pairs), tuple(free), tuple(open_))


def _equal(
    subject: Parsed,
    listed: Parsed,
    words: Words,
    others: Words,
    free: list[int],
    open_: list[int],
    pairs: list[Pair],
) -> None:
    wanted = {others[place] for place in open_}
    for place in [place for place in free if words[place] in wanted]:
        for other in open_:
            if words[place] == others[other]:
                free.remove(place)
                open_.remove(other)
                weight = max(subject.bits[place], listed.bits[other])
                pairs.append(
                    Pair(
                        (subject.words[place],),
                        (listed.words[other],),
                        "equal",
                        1.0,
                        weight,
                        (place, place + 1, other, other + 1),
                    )
                )
                break


def _spans(name: Parsed, free: list[int]) -> list[Span]:
    """Runs of two and more neighbouring words that are still free."""
    if len(free) == len(name.words):
        return list(name.spans)
    return [span for span in name.spans if all(place in free for place in range(*span[:2]))]


def _weight(name: Parsed, span: Span) -> float:
    start, end, text = span
    if end - start == 1:
        return name.bits[start]
    whole = bits(text)
    if is_known(text):
        return whole
    parts = sum(name.bits[start:end])
    return parts if all(map(is_known, name.words[start:end])) else max(whole, parts)


def _pair(subject: Parsed, listed: Parsed, one: Span, other: Span, how: str, credit: float) -> Pair:
    start, end, _text = one
    first, last, _letters = other
    # What firms at large carry on either side says no more than it does there.
    weight = min(_weight(subject, one), _weight(listed, other))
    return Pair(
        subject.words[start:end],
        listed.words[first:last],
        how,
        credit,
        min(weight, MOST),
        (start, end, first, last),
    )


def _take(pair: Pair, free: list[int], open_: list[int], pairs: list[Pair]) -> bool:
    start, end, first, last = pair.places
    if not (set(range(start, end)) <= set(free) and set(range(first, last)) <= set(open_)):
        return False
    free[:] = [place for place in free if not start <= place < end]
    open_[:] = [place for place in open_ if not first <= place < last]
    pairs.append(pair)
    return True


def _singles(name: Parsed, free: list[int]) -> list[Span]:
    return [(place, place + 1, name.words[place]) for place in free]


def _joined(
    subject: Parsed, listed: Parsed, free: list[int], open_: list[int], pairs: list[Pair]
) -> None:
    """Words that are one word, or otherwise divided, on the other side."""
    others = {span[2]: span for span in _singles(listed, open_)}
    whole = {span[2]: span for span in listed.spans}
    met = [(span, others[span[2]]) for span in subject.spans if span[2] in others]
    met += [(span, whole[span[2]]) for span in _singles(subject, free) if span[2] in whole]
    met += [
        (span, whole[span[2]])
        for span in subject.spans
        if span[2] in whole
        and subject.words[span[0] : span[1]] != listed.words[whole[span[2]][0] : whole[span[2]][1]]
    ]
    met = [both for both in met if len(both[0][2]) > 3]
    met.sort(key=lambda both: (-len(both[0][2]), both[0][0]))
    for one, other in met:
        _take(_pair(subject, listed, one, other, "joined", JOINED), free, open_, pairs)


def _like(
    subject: Parsed, listed: Parsed, free: list[int], open_: list[int], pairs: list[Pair]
) -> None:
    """Slips, sounds, cuts, initials: the surest and most telling first."""
    found: list[tuple[float, Pair]] = []
    for one, other in (
        *_near_words(subject, listed, free, open_),
        *((span, word) for word, span in _near_spans(listed, open_, subject, free)),
        *_near_spans(subject, free, listed, open_),
    ):
        if one[1] - one[0] > 1 or other[1] - other[0] > 1:
            how, credit = joined_likeness(one[2], other[2], len(listed.words[other[0]]))
        else:
            how, credit = likeness(one[2], other[2])
        if credit > 0:
            pair = _pair(subject, listed, one, other, how, credit)
            found.append((pair.credit * pair.bits, pair))
    if subject.has_short and len(open_) > 1:
        found += _initials(subject, listed, _singles(subject, free), _spans(listed, open_))
    found.sort(key=lambda item: (-item[0], item[1].places))
    for _value, pair in found:
        _take(pair, free, open_, pairs)


def joined_likeness(one: str, other: str, first: int) -> tuple[str, float]:
    """As :func:`likeness`, when either is joined from several words.

    :param first: letters of the first listed word; a cut must reach beyond it
    """
    how, credit = likeness(one, other)
    if how == "cut" and not first + 1 < len(one) < len(other):
        return "", 0.0
    return how, credit * JOINED


def _near_words(
    subject: Parsed, listed: Parsed, free: list[int], open_: list[int]
) -> Iterator[tuple[Span, Span]]:
    """Words worth a closer look: the same first sound, or the same end or middle."""
    for place in free:
        sound = subject.sounds[place] or subject.words[place]
        first, end, middle, length = sound[0], sound[-2:], sound[1:3], len(sound)
        for other in open_:
            heard = listed.sounds[other] or listed.words[other]
            if heard[0] == first or (
                (heard[-2:] == end or heard[1:3] == middle) and -4 < len(heard) - length < 4
            ):
                yield (
                    (place, place + 1, subject.words[place]),
                    (other, other + 1, listed.words[other]),
                )


def _near_spans(
    name: Parsed, places: list[int], joined: Parsed, open_: list[int]
) -> Iterator[tuple[Span, Span]]:
    """Words of one name, joined words of the other that begin alike and are about as long."""
    for place in places:
        word = name.words[place]
        for span in joined.span_heads.get(word[0], ()):
            longer = len(span[2]) - len(word)
            if (
                -LONGER <= longer <= LONGER or (longer <= CUT and span[2].startswith(word))
            ) and all(part in open_ for part in range(span[0], span[1])):
                yield (place, place + 1, word), span


def _initials(
    subject: Parsed, listed: Parsed, mine: list[Span], spans: list[Span]
) -> list[tuple[float, Pair]]:
    """A short word that is the first letters of neighbouring listed words."""
    found = []
    for one in mine:
        word = one[2]
        if not 2 <= len(word) <= MAX_SPAN or not word.isalpha():
            continue
        for other in spans:
            if other[1] - other[0] == len(word) and word == "".join(
                part[0] for part in listed.words[other[0] : other[1]]
            ):
                credit = min(1.0, INITIAL * len(word) / max(subject.bits[one[0]], 1.0))
                pair = _pair(subject, listed, one, other, "initials", credit)
                found.append((credit * pair.bits, pair))
    return found
