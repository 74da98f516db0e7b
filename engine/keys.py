# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name -> the keys under which PostgreSQL finds candidates. Keys find, they never score."""

from __future__ import annotations

from zlib import crc32

from .parsed import MAX_SPAN, MAX_SPAN_LENGTH, Parsed
from .sounds import consonants, looking, sounding
from .trade import meaning

#: Words from so many bits on are looked up with every slip; the more common ones as they are.
TELLING_BITS = 9.5
#: Names without a word of so many bits are looked up by their common words and places too.
RARE_BITS = 12.5
#: Words below this are found everywhere.
MIN_BITS = 5.1
#: Words from this length have keys for one typing error on each side.
MIN_TYPO_LENGTH = 4
#: A word written in three and more pieces has at most so many letters.
MAX_PIECES_LENGTH = 18
#: Words of a listed name that have keys for slips.
SLIP_WORDS = 2
#: Relative weight of a key kind: the surer, the more.
_EXACT, _TYPO, _SOUND, _PREFIX, _PART = 1.0, 0.15, 0.35, 0.2, 0.4
#: A word without a sound has no other key; common words count for less when they are joined.
_ONLY, _AGAIN = 1.7, 0.4

Keys = dict[int, float]


def _hash(text: str) -> int:
    return crc32(text.encode("utf-8", "surrogatepass")) - (1 << 31)


def _add(keys: Keys, text: str, weight: float) -> None:
    key = _hash(text)
    if weight > keys.get(key, 0.0):
        keys[key] = weight


def index_keys(name: Parsed) -> Keys:
    """Keys under which a listed name is found."""
    keys: Keys = {}
    words = _words(name, MIN_BITS)
    telling = sorted((-weight, word) for word, weight in words if weight >= TELLING_BITS)
    for word, weight in words:
        _word_keys(keys, word, weight)
        # A slip is looked for in the most telling words: each costs a dozen keys.
        if (-weight, word) in telling[:SLIP_WORDS]:
            _slip_keys(keys, word, weight)
    _joined_keys(keys, name)
    return keys


def query_keys(name: Parsed) -> Keys:
    """Keys with which a subject's name is looked up: fewer of common words, more of long ones."""
    keys: Keys = {}
    # An own word in a script without letters is as sure as a rare one.
    rare = max(name.bits, default=0.0) >= RARE_BITS or any(
        own and not word.isascii() for word, own in zip(name.words, name.own, strict=True)
    )
    for word, weight in _words(name, TELLING_BITS if rare else MIN_BITS):
        _word_keys(keys, word, weight)
        if weight >= TELLING_BITS or not rare:
            _slip_keys(keys, word, weight)
        if weight >= RARE_BITS:
            # Joined with something the list does not have: "DahuaTech".
            for end in range(4, len(word) - 2):
                _add(keys, "w" + word[:end], weight * _PART)
    _joined_keys(keys, name)
    return keys


def _words(name: Parsed, least: float) -> list[tuple[str, float]]:
    least = min(least, max(name.bits, default=0.0))
    return [
        (word, weight)
        for word, weight in zip(name.words, name.bits, strict=True)
        if weight >= least
    ]


def _word_keys(keys: Keys, word: str, weight: float) -> None:
    sound = sounding(word)
    _add(keys, "w" + meaning(word), weight * (_EXACT if sound else _ONLY))
    if len(sound) >= MIN_TYPO_LENGTH:
        _add(keys, "t" + sound, weight * _SOUND)
    if bones := consonants(word):
        _add(keys, "s" + bones, weight * _SOUND)


def _slip_keys(keys: Keys, word: str, weight: float) -> None:
    sound = sounding(word)
    letters = sound or (word if not word.isascii() else "")
    if len(letters) >= MIN_TYPO_LENGTH:
        for place in range(len(letters)):
            _add(keys, "t" + letters[:place] + letters[place + 1 :], weight * _TYPO)
    if len(word) >= 5 and (looks := looking(word)):
        _add(keys, "v" + looks, weight * _SOUND)
    if len(sound) >= 6:
        _add(keys, "p" + sound[:4], weight * _PREFIX)
        _add(keys, "e" + sound[-4:], weight * _PREFIX)


def _joined_keys(keys: Keys, name: Parsed) -> None:
    for size in range(2, MAX_SPAN + 1):
        for start in range(len(name.words) - size + 1):
            joined = "".join(name.words[start : start + size])
            if not 4 <= len(joined) <= MAX_SPAN_LENGTH:
                continue
            weight = bits = min(20.0, sum(name.bits[start : start + size]))
            if size > 2 and (bits < TELLING_BITS or len(joined) > MAX_PIECES_LENGTH):
                continue
            # Who shares two words that many carry was found by each of them already.
            if not any(name.own[start : start + size]):
                weight *= _AGAIN
            _add(keys, "w" + joined, weight * 0.8)
            if size == 2:
                _add(keys, "w" + "".join(name.meanings[start : start + size]), weight * 0.8)
            if size == 2 or (size == 3 and bits >= RARE_BITS):
                if sound := sounding(joined):
                    _add(keys, "t" + sound, weight * _SOUND)
                if size == 2 and (bones := consonants(joined)):
                    _add(keys, "s" + bones, weight * _SOUND)


def plain_key(kind: str, text: str) -> int:
    """Key of an identifier or an address, which are looked up as a whole."""
    return _hash(f"{kind}:{text}")
