# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which candidates are worth a comparison: the most that a name could score, cheaply.

Most candidates share a common word or a slip with the subject and nothing else. Word by word, each
looked at once for a subject however many candidates carry it, this says how many bits could agree
at best and what would surely be left over. Whoever cannot reach the floor even so is not compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .align import FURTHER, MOST
from .features import left_over, weigh
from .likeness import likeness
from .parsed import MAX_SPAN, SEPARATOR, TELLING, Parsed, word
from .score import MIN_AGREED, SLOW, evidence_of

#: Letters at an edge that a joined word shares with its pieces.
_EDGE = 3
#: What one listed word could give: bits, places in the subject that it could meet, whether joined.
_Gain = tuple[float, int, bool]


def least_evidence(score: float) -> float:
    """Evidence from which a score is reached, rounding included."""
    return -SLOW * math.log(1 - max(0.0, score - 0.5) / 100) if score < 100 else math.inf


class Sieve:
    """The subject's side, made once for all candidates."""

    def __init__(self, subject: Parsed) -> None:
        self._subject = subject
        self._gains: dict[str, _Gain] = {}
        self._words = [
            (1 << place, text, meaning, sound or text, bits)
            for place, (text, meaning, sound, bits) in enumerate(
                zip(subject.words, subject.meanings, subject.sounds, subject.bits, strict=True)
            )
        ]
        self._shorts = [
            text for text in subject.words if 2 <= len(text) <= MAX_SPAN and text.isalpha()
        ]
        self._letters = "".join(subject.words)
        #: How words of ours begin that others may be the first piece of, and how long they are.
        self._longer = {text[:_EDGE]: len(text) for text in sorted(subject.words, key=len)}
        joined = [text for _start, _end, text in subject.spans]
        self._beginnings = {text[:_EDGE] for text in joined}
        self._edges = {text[0] + text[-_EDGE:] for text in joined}

    def lets_through(self, form: str, country: str, least: float) -> bool:
        """Whether the name could reach so much evidence."""
        words = form.split(SEPARATOR)
        known = self._gains
        gains = []
        met = 0
        for text in words:
            gain = known.get(text)
            if gain is None:
                gain = known[text] = self._gain(text)
            if gain[2]:
                return True
            gains.append(gain[0])
            met |= gain[1]
        if self._shorts and len(words) > 1:
            initials = "".join(text[0] for text in words if text)
            if any(short in initials for short in self._shorts):
                return True
        return self._most(words, gains, met, country) >= least

    def _most(self, words: Sequence[str], gains: Sequence[float], met: int, country: str) -> float:
        """The most evidence there can be."""
        found = sorted(gains, reverse=True)
        agreed = sum(bits * FURTHER**place for place, bits in enumerate(found))
        if agreed < MIN_AGREED:
            return -math.inf
        known = [word(text) for text in words]
        missing = [one for one, gain in zip(known, gains, strict=True) if not gain]
        subject = self._subject
        more = [place for place in range(len(subject.words)) if not met >> place & 1]
        heaviest = max(one.bits for one in known)
        best = weigh(
            agreed,
            found[0],
            left_over([(one.bits, one.place) for one in missing]),
            left_over([(subject.bits[place], subject.places[place]) for place in more]),
            country,
            headless=heaviest >= TELLING and any(one.bits == heaviest for one in missing),
        )
        return evidence_of(best)

    def _gain(self, text: str) -> _Gain:
        """What one listed word could give at best."""
        _meaning, own_bits, sound, _place, _own = own = word(text)
        heard = sound or text
        head, tail, middle, length = heard[0], heard[-2:], heard[1:3], len(heard)
        best, met, equal = 0.0, 0, False
        for place, mine, meaning, sound, bits in self._words:
            if mine == text or meaning == own.meaning:
                best = max(best, bits, own_bits)
                met |= place
                equal |= mine == text
            elif sound[0] == head or (
                (sound[-2:] == tail or sound[1:3] == middle) and -4 < length - len(sound) < 4
            ):
                credit = likeness(mine, text)[1]
                if credit > 0:
                    best = max(best, credit * min(bits, own_bits, MOST))
                    met |= place
        return best, met, not equal and self._joinable(text)

    def _joinable(self, text: str) -> bool:
        """Whether it could be a piece of one of our words, or several of ours joined."""
        return (
            (len(text) > 1 and text in self._letters)
            or self._longer.get(text[:_EDGE], 0) > len(text)
            or text[:_EDGE] in self._beginnings
            or text[0] + text[-_EDGE:] in self._edges
        )
