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

from .align import CUT, FURTHER, LONGER, MOST, joined_likeness
from .features import left_over, weigh
from .likeness import likeness
from .parsed import MAX_SPAN, MAX_SPAN_LENGTH, SEPARATOR, TELLING, Parsed, Words, word
from .score import MIN_AGREED, SLOW, WEIGHTS, evidence_of

#: What one listed word could give: bits, places in the subject that it could meet.
_Gain = tuple[float, int]
#: Listed words that meet something when joined: where they begin and end, bits they could give,
#: places they could meet; what is still to be compared with them, and their letters.
_Joined = tuple[int, int, float, int, str, str]
#: A word that only together with others may meet something is not missing, but gives nothing alone.
_NOT_MISSING = 1e-6


def least_evidence(score: float) -> float:
    """Evidence from which a score is reached, rounding included."""
    return -SLOW * math.log(1 - max(0.0, score - 0.5) / 100) if score < 100 else math.inf


def _heard(text: str, sound: str) -> str:
    """What words are told apart by at first: how they sound, or letters without a sound."""
    return sound or text


def _join(gains: list[float], start: int, end: int, bits: float) -> None:
    """Let the first of joined words give what all of them together could."""
    gains[start] = max(gains[start], bits)
    for place in range(start + 1, end):
        gains[place] = gains[place] or _NOT_MISSING


class Sieve:
    """The subject's side, made once for all candidates."""

    def __init__(self, subject: Parsed) -> None:
        self._subject = subject
        self._gains: dict[str, _Gain] = {}
        self._has_place = any(subject.places)
        self._words = [
            (1 << place, text, meaning, heard[0], heard[-2:], heard[1:3], len(heard), bits)
            for place, (text, meaning, heard, bits) in enumerate(
                zip(
                    subject.words,
                    subject.meanings,
                    map(_heard, subject.words, subject.sounds),
                    subject.bits,
                    strict=True,
                )
            )
        ]
        self._shorts = [
            text for text in subject.words if 2 <= len(text) <= MAX_SPAN and text.isalpha()
        ]
        #: By first letter: words that joined words of the other side may meet, and joined words.
        self._singles: dict[str, list[tuple[int, str, int, float]]] = {}
        for place, text in enumerate(subject.words):
            mask, bits = 1 << place, subject.bits[place]
            self._singles.setdefault(text[0], []).append((mask, text, len(text), min(MOST, bits)))
        self._spans: dict[str, list[tuple[int, str]]] = {}
        self._divided: dict[str, list[tuple[int, Words]]] = {}
        for start, end, text in subject.spans:
            mask = (1 << end) - (1 << start)
            self._spans.setdefault(text[0], []).append((mask, text))
            self._divided.setdefault(text, []).append((mask, subject.words[start:end]))

    def lets_through(self, form: str, country: str, least: float) -> bool:
        """Whether the name could reach so much evidence."""
        words = form.split(SEPARATOR)
        if len(words) == 1:
            return self._most(words, *self._alone(words), country) >= least
        if self._shorts:
            initials = "".join([text[0] for text in words if text])
            if any(short in initials for short in self._shorts):
                return True
        surely, perhaps = self._joins(words)
        gains, met = self._alone(words)
        for start, end, bits, mask, _one, _joined in surely + perhaps:
            met |= mask
            _join(gains, start, end, bits)
        if self._most(words, gains, met, country) < least:
            return False
        return not perhaps or self._with_joins(words, surely + perhaps, country) >= least

    def _alone(self, words: Sequence[str]) -> tuple[list[float], int]:
        """What each listed word could give by itself, and what of ours they could meet."""
        known = self._gains
        gains = []
        met = 0
        for text in words:
            gain = known.get(text)
            if gain is None:
                gain = known[text] = self._gain(text)
            gains.append(gain[0])
            met |= gain[1]
        return gains, met

    def _with_joins(self, words: Sequence[str], joins: Sequence[_Joined], country: str) -> float:
        """The most evidence when joined words are looked at as closely as single ones."""
        gains, met = self._alone(words)
        for start, end, bits, mask, one, joined in joins:
            if one:
                bits *= joined_likeness(one, joined, len(words[start]))[1]
            if bits:
                met |= mask
                _join(gains, start, end, bits)
        return self._most(words, gains, met, country)

    def _joins(self, words: Sequence[str]) -> tuple[list[_Joined], list[_Joined]]:
        """Runs of listed words that meet something of ours when joined; those that perhaps do."""
        surely: list[_Joined] = []
        perhaps: list[_Joined] = []
        singles, divided = self._singles, self._divided
        last = len(words)
        for start in range(last - 1):
            joined = words[start]
            mine = singles.get(joined[0])
            if not mine:
                continue
            least = len(joined) + 1
            for end in range(
                start + 2, last + 1 if last < start + MAX_SPAN else start + MAX_SPAN + 1
            ):
                joined += words[end - 1]
                length = len(joined)
                if length > MAX_SPAN_LENGTH:
                    break
                if joined in divided:
                    for mask, other in divided[joined]:
                        if other != tuple(words[start:end]):
                            surely.append((start, end, MOST, mask, "", joined))
                for mask, text, letters, bits in mine:
                    longer = length - letters
                    if longer > LONGER:
                        if letters > least and longer <= CUT and joined.startswith(text):
                            surely.append((start, end, bits, mask, "", joined))
                    elif longer >= -LONGER:
                        perhaps.append((start, end, bits, mask, text, joined))
        return surely, perhaps

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
            nameless=any(one.own for one in missing)
            and not any(one.own and gain for one, gain in zip(known, gains, strict=True))
            and not any(own and met >> place & 1 for place, own in enumerate(subject.own)),
        )
        most = evidence_of(best)
        if best.exact_abroad and not best.more_common and self._has_place:
            # A place that is counted as met here may turn out to be left over, as a branch's is.
            most += WEIGHTS.branch_abroad * (1 - best.branch_abroad)
        return most

    def _gain(self, text: str) -> _Gain:
        """What one listed word could give at best."""
        own = word(text)
        own_bits = min(own.bits, MOST)
        heard = _heard(text, own.sound)
        head, tail, middle, length = heard[0], heard[-2:], heard[1:3], len(heard)
        best, met = 0.0, 0
        own_meaning = own.meaning
        for place, mine, meaning, first, end, inner, letters, bits in self._words:
            if meaning == own_meaning or mine == text:
                best = max(best, bits, own.bits)
                met |= place
            elif first == head or ((end == tail or inner == middle) and -4 < length - letters < 4):
                credit = likeness(mine, text)[1]
                if credit > 0:
                    best = max(best, credit * min(bits, own_bits))
                    met |= place
        for place, mine in self._spans.get(text[0], ()):
            if -LONGER <= len(mine) - len(text) <= LONGER:
                credit = joined_likeness(mine, text, len(text))[1]
                if credit > 0:
                    best = max(best, credit * own_bits)
                    met |= place
        return best, met
