# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name -> the keys under which PostgreSQL finds candidates. Keys find, they never score."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from functools import lru_cache

from .weights import bits

#: A word below this is found everywhere; it is looked up only when a name has nothing better.
MIN_BITS = 6.0
#: Words from this length have keys for one typing error.
MIN_TYPO_LENGTH = 5
#: Relative weight of a key kind: the surer, the more.
_EXACT, _TYPO, _SOUND, _PREFIX = 1.0, 0.45, 0.5, 0.35


@lru_cache(maxsize=200_000)
def _hash(text: str) -> int:
    digest = hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=4).digest()
    return int.from_bytes(digest, "big", signed=True)


@lru_cache(maxsize=50_000)
def sound(word: str) -> str:
    """A word without vowels, kindred consonants as one; ``""`` if too little is left."""
    if not word.isascii() or word.isdigit():
        return ""
    word = (
        word.replace("ph", "f")
        .replace("kh", "h")
        .replace("ck", "k")
        .replace("ch", "k")
        .replace("x", "ks")
    )
    word = word.translate(str.maketrans("cqzwv01", "kksvvol"))
    head, rest = word[:1], re.sub(r"[aeiouyh]", "", word[1:])
    squeezed = re.sub(r"(.)\1+", r"\1", head + rest)
    return squeezed if len(squeezed) >= 4 else ""


def name_keys(words: tuple[str, ...]) -> dict[int, float]:
    """Keys of a name with their weight; both sides of a comparison use the same ones."""
    keys: dict[int, float] = {}

    def add(kind: str, text: str, weight: float) -> None:
        key = _hash(kind + text)
        keys[key] = max(weight, keys.get(key, 0.0))

    telling = [word for word in words if bits(word) >= MIN_BITS]
    for word in telling or words:
        _add_word(add, word, bits(word))
    for size in (2, 3):
        for start in range(len(words) - size + 1):
            span = words[start : start + size]
            joined = "".join(span)
            if 4 <= len(joined) <= 24:
                weight = sum(map(bits, span))
                add("w", joined, weight * 0.8)
                if size == 2 and (by_sound := sound(joined)):
                    add("s", by_sound, weight * _SOUND)
    return keys


def _add_word(add: Callable[[str, str, float], None], word: str, weight: float) -> None:
    add("w", word, weight * _EXACT)
    if len(word) >= MIN_TYPO_LENGTH:
        add("t", word, weight * _TYPO)
        for place in range(len(word)):
            add("t", word[:place] + word[place + 1 :], weight * _TYPO)
    if by_sound := sound(word):
        add("s", by_sound, weight * _SOUND)
    if len(word) >= 7:
        add("p", word[:5], weight * _PREFIX)


def plain_key(kind: str, text: str) -> int:
    """Key of an identifier or an address, which are looked up as a whole."""
    return _hash(f"{kind}:{text}")
