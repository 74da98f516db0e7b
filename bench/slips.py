# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Ways in which a written name departs from the listed one; each takes a name and gives another.

A way returns ``""`` when it does not apply to a name. “A” are what buyers and their systems do,
“S” what scanners, copiers, phones and people who hide do.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Way = Callable[[list[str], random.Random], str]

#: Legal forms as they end a name, longest first, and what else stands there for the same.
_FORMS = re.compile(
    r"[,]?\s+(s\.?a\.? de c\.?v\.?|s\.? de r\.?l\.? de c\.?v\.?|s\.?r\.?l\.?|s\.?a\.?[cs]\.?|"
    r"ltda\.?|c\.a\.|ltd\.? ?sti\.?|limited sirketi|e?ood|d\.?o\.?o\.?|b\.v\.|"
    r"co(mpany)?\.?,?\s+(ltd|limited)\.?|corporation|corp\.?|incorporated|inc\.?|company|"
    r"limited|ltd\.?|llc|l\.l\.c\.|gmbh|sarl|s\.a\.|fze|fzc|ojsc|jsc|ooo|oao|pjsc|"
    r"limited liability company|joint stock company|public joint stock company)\s*$",
    re.IGNORECASE,
)
#: Words no slip is worth making in. A list of its own: the cases must not move with the engine.
_FORM_WORDS = frozenset(
    (
        *("company", "corporation", "incorporated", "limited", "liability", "private", "public"),
        *("joint", "stock", "closed", "open", "aktsionernoe", "obshchestvo"),
        *("otvetstvennostyu", "ogranichennoi"),
    )
)
_OTHERS = ("Ltd", "Limited", "Inc.", "Corp.", "Company", "LLC", "Co Ltd", "GmbH")
#: Legal forms that stand before a name; they move to its end as a whole.
_BEFORE = re.compile(
    r"(public |open |closed )?joint[- ]stock company |limited liability company |"
    r"(ooo|oao|zao|pao|ao|jsc|ojsc|pjsc|llc|pt) ",
    re.IGNORECASE,
)
_PLACES = ("Shenzhen Branch", "Europe", "USA", "Dubai Office", "Representative Office", "Asia")
_SHORT = {
    "technology": "Tech",
    "technologies": "Tech",
    "international": "Intl",
    "electronics": "Elec",
    "electronic": "Elec",
    "industry": "Ind",
    "industries": "Ind",
    "engineering": "Eng",
    "development": "Dev",
    "manufacturing": "Mfg",
    "institute": "Inst",
    "university": "Univ",
    "research": "Res",
    "scientific": "Sci",
    "science": "Sci",
    "trading": "Trdg",
    "company": "Co",
    "corporation": "Corp",
    "communications": "Comm",
    "communication": "Comm",
    "information": "Info",
    "group": "Grp",
    "systems": "Sys",
    "association": "Assn",
    "production": "Prod",
    "enterprise": "Ent",
    "national": "Natl",
    "department": "Dept",
    "bureau": "Bur",
}
_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_LOOKS = str.maketrans("aceopxyABEKMHOPCTX", "асеорхуАВЕКМНОРСТХ")
_SCAN = (("m", "rn"), ("l", "1"), ("o", "0"), ("i", "l"), ("e", "c"), ("S", "5"), ("B", "8"))
_SCAN += (("O", "0"), ("I", "1"), ("cl", "d"), ("h", "b"))
_SOUNDS = (("ph", "f"), ("ck", "k"), ("c", "k"), ("y", "i"), ("w", "v"), ("z", "s"), ("sh", "sch"))
_SOUNDS += (("v", "f"), ("x", "ks"), ("j", "y"), ("kh", "h"), ("i", "ee"), ("u", "oo"))
_HIDDEN = ("\u200b", "\u00ad", "\u200d", "\u2060")


def telling(words: list[str], rng: random.Random, least: int = 6) -> int:
    """Place of a word worth a slip: long, no legal form; -1 if there is none."""
    places = [
        place
        for place, word in enumerate(words)
        if len(word) >= least and word.isalpha() and word.lower() not in _FORM_WORDS
    ]
    return rng.choice(places) if places else -1


def _on_word(change: Callable[[str, random.Random], str], least: int = 6) -> Way:
    def way(words: list[str], rng: random.Random) -> str:
        place = telling(words, rng, least)
        if place < 0:
            return ""
        word = words[place]
        # Published names are often in capitals; the slips are told for small letters.
        changed = change(word.lower(), rng).upper() if word.isupper() else change(word, rng)
        return " ".join([*words[:place], changed, *words[place + 1 :]]) if changed else ""

    return way


def _typing(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word) - 1)
    kind = rng.choice(["swap", "drop", "neighbour"])
    if kind == "swap":
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    if kind == "drop":
        return word[:place] + word[place + 1 :]
    for row in _KEYS:
        if (at := row.find(word[place].lower())) >= 0:
            return word[:place] + row[at - 1 if at else 1] + word[place + 1 :]
    return ""


def two_typing(words: list[str], rng: random.Random) -> str:
    """Two slips of the fingers."""
    once = _on_word(_typing, least=8)(words, rng)
    return _on_word(_typing, least=8)(once.split(), rng) if once else ""


def legal_form(words: list[str], rng: random.Random) -> str:
    """Another legal form, or none."""
    name = " ".join(words)
    bare = _FORMS.sub("", name)
    return rng.choice((bare, f"{bare} {rng.choice(_OTHERS)}")) if bare != name else ""


def branch(words: list[str], rng: random.Random) -> str:
    """A branch, an office, a region of the same firm."""
    name = " ".join(words)
    bare = _FORMS.sub("", name)
    return f"{bare} {rng.choice(_PLACES)}" if bare != name else ""


def joined(words: list[str], rng: random.Random) -> str:
    """Two neighbouring words as one."""
    places = [
        place
        for place in range(len(words) - 1)
        if words[place].isalpha() and words[place + 1].isalpha() and len(words[place]) > 2
    ]
    if not places:
        return ""
    place = rng.choice(places[:2])
    return " ".join([*words[:place], words[place] + words[place + 1], *words[place + 2 :]])


def _split(word: str, rng: random.Random) -> str:
    place = rng.randrange(3, len(word) - 2)
    return word[:place] + rng.choice(" -") + word[place:]


def reordered(words: list[str], rng: random.Random) -> str:
    """The same words, the first one last, without the legal form."""
    name = " ".join(words)
    if before := _BEFORE.match(name):
        return f"{name[before.end() :]} {before.group().strip()}"
    bare = _FORMS.sub("", name).split()
    return " ".join([*bare[1:], bare[0]]) if len(bare) >= 2 else ""


def abbreviated(words: list[str], rng: random.Random) -> str:
    """Trade words as people shorten them."""
    short = [_SHORT.get(word.lower().strip(".,"), word) for word in words]
    return " ".join(short) if short != words else ""


def homoglyph(words: list[str], rng: random.Random) -> str:
    """Letters of another alphabet that look the same, in one word."""
    return _on_word(lambda word, _rng: _if_new(word, word.translate(_LOOKS)))(words, rng)


def invisible(words: list[str], rng: random.Random) -> str:
    """A character nobody sees inside a word."""

    def hide(word: str, rng: random.Random) -> str:
        place = rng.randrange(1, len(word))
        return word[:place] + rng.choice(_HIDDEN) + word[place:]

    return _on_word(hide)(words, rng)


def _replaced(table: tuple[tuple[str, str], ...], times: int) -> Callable[..., str]:
    def change(word: str, rng: random.Random) -> str:
        applicable = [(old, new) for old, new in table if old in word[1:]]
        changed = word
        for old, new in rng.sample(applicable, min(times, len(applicable))):
            changed = changed[0] + changed[1:].replace(old, new, 1)
        return _if_new(word, changed)

    return change


def _doubled(word: str, rng: random.Random) -> str:
    place = rng.randrange(1, len(word))
    return word[:place] + word[place] + word[place:]


def _vowels(word: str, rng: random.Random) -> str:
    places = [place for place in range(1, len(word)) if word[place] in "aeiou"]
    gone = set(rng.sample(places, min(2, len(places))))
    return _if_new(word, "".join(char for place, char in enumerate(word) if place not in gone))


def _cut(word: str, rng: random.Random) -> str:
    return word[: max(5, len(word) * 2 // 3)] if len(word) >= 8 else ""


def _if_new(old: str, new: str) -> str:
    return new if new != old else ""


A: dict[str, Way] = {
    "typing": _on_word(_typing),
    "typing, twice": two_typing,
    "legal form": legal_form,
    "branch": branch,
    "joined": joined,
    "split": _on_word(_split, least=7),
    "reordered": reordered,
    "abbreviated": abbreviated,
}
S: dict[str, Way] = {
    "homoglyph": homoglyph,
    "invisible": invisible,
    "OCR": _on_word(_replaced(_SCAN, 2)),
    "phonetic": _on_word(_replaced(_SOUNDS, 2)),
    "doubled": _on_word(_doubled),
    "dropped vowels": _on_word(_vowels),
    "cut": _on_word(_cut, least=8),
}
