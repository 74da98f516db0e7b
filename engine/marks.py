# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where in a name as it is written the words stand that agreed."""

from __future__ import annotations

import re
from collections.abc import Collection

from .names import words_of
from .trade import meaning

_TOKEN = re.compile(r"\w+(?:['’]\w+)*")
#: A word may be written as so many: "Hang Zhou".
_WIDEST = 4


def spans(name: str, words: Collection[str]) -> list[tuple[int, int]]:
    """Places of ``name`` that say one of the compared ``words``, left to right.

    :param words: as evidence has them, which is as they are spelled: "tech", not "technology"
    """
    tokens = list(_TOKEN.finditer(name))
    wanted = {meaning(word) for text in words for word in text.split()}
    found: list[tuple[int, int]] = []
    place = 0
    while place < len(tokens):
        width = next(
            (
                width
                for width in range(1, _WIDEST + 1)
                if place + width <= len(tokens) and _says(tokens[place : place + width], wanted)
            ),
            0,
        )
        if width:
            found.append((tokens[place].start(), tokens[place + width - 1].end()))
        place += width or 1
    return found


def _says(tokens: list[re.Match[str]], wanted: set[str]) -> bool:
    apart = words_of(" ".join(token.group() for token in tokens))
    if apart and set(apart) <= wanted:
        # A legal form before a word that agreed does not agree with it.
        return len(tokens) == 1 or words_of(" ".join(t.group() for t in tokens[1:])) != apart
    joined = words_of("".join(token.group() for token in tokens))
    return bool(joined) and set(joined) <= wanted
