# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Evidence -> a sentence a buyer understands.

The templates are constants, so that a caller can hand them to its translation: ``translate`` is
called with a template and gives it back in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from .names import whole_words
from .words import PARTICLES

Translate = Callable[[str], str]

HEAD = "“%(subject)s” ~ “%(listed)s”"
KINDS = {
    "alias": "an alias of the listed party",
    "former": "a former name of the listed party",
    "house": "our own unofficial alias of the listed party",
}
AGREE = "%(words)s agree"
AGREE_ONE = "%(words)s agrees"
RARE = "%(word)s (rare)"
LIKE = "%(word)s like %(listed)s"
MEANS = "%(word)s for %(listed)s"
BOTH = "%(words)s and %(last)s"
MISSING = "only the listed name has %(words)s"
MISSING_COMMON = "%(words)s are missing and common"
MISSING_COMMON_ONE = "%(words)s is missing and common"
MORE = "only the contact's name has %(words)s"
MORE_COMMON = "only the contact's name has %(words)s, common words"
MORE_COMMON_ONE = "only the contact's name has %(words)s, a common word"
WHOLE = "the names as a whole are spelled almost alike"
IDENTIFIER = "the number %(number)s is the same"
ADDRESS = "the address is the same as the listed one"
COUNTRY_AGREE = "country agrees (%(countries)s)"
COUNTRY_DIFFER = "country differs (%(subject)s / %(listed)s)"
WEAK_POINTS = {
    "country": "The country differs: %(subject)s / %(listed)s.",
    "spelling": "The spelling differs.",
    "missing": "Words of the listed name are missing: %(missing)s.",
    "more": "The contact's name has more words: %(more)s.",
    "house": "It matched an unofficial alias of our own.",
    "related": "The names are not the same but for spelling: it may be a branch, a firm of the"
    " group, or somebody else.",
    "type": "The listed party is a person, the contact a company.",
}

Evidence = Mapping[str, Any]

#: Letters of a name that are shown; the evidence has it whole.
LONGEST = 200
#: Words that the comparison writes as one.
_APART = {"publicsecuritybureau": "public security bureau", "hongkong": "hong kong"}


def sentence(evidence: Evidence, translate: Translate) -> str:
    """Why the two are a match, in one sentence."""
    head = translate(HEAD) % {
        "subject": _short(evidence["subject"]),
        "listed": _short(evidence["listed"]),
    }
    if kind := KINDS.get(evidence["kind"]):
        head = f"{head}, {translate(kind)}"
    parts = list(_parts(evidence, translate))
    return f"{head}: {'; '.join(parts)}" if parts else head


def weak_points(evidence: Evidence, translate: Translate) -> list[str]:
    """What speaks against it, a sentence each."""
    values = {
        "subject": ", ".join(evidence["subject_countries"]),
        "listed": ", ".join(evidence["listed_countries"]),
        "missing": _list(_only(evidence, "missing_subject")),
        "more": _list(_only(evidence, "missing_listed")),
    }
    return [
        translate(WEAK_POINTS[code]) % values
        for code in evidence["against"]
        if values.get(code, True)
    ]


def _parts(evidence: Evidence, translate: Translate) -> list[str]:
    parts = []
    if "identifier" in evidence:
        parts.append(translate(IDENTIFIER) % {"number": evidence["identifier"]})
    if "address" in evidence:
        parts.append(translate(ADDRESS))
    if evidence["words"]:
        rare_first = sorted(evidence["words"], key=lambda pair: not pair["rare"])
        # “AND” agrees with “AND”: true, and of no interest beside any other word.
        telling = [pair for pair in rare_first if pair["listed"] not in PARTICLES] or rare_first
        words = [_word(pair, translate) for pair in telling]
        template = AGREE if len(words) > 1 else AGREE_ONE
        parts.append(translate(template) % {"words": _both(words, translate)})
    if evidence.get("whole"):
        parts.append(translate(WHOLE))
    missing_common, more_common = (
        (MISSING_COMMON_ONE, MISSING_COMMON),
        (MORE_COMMON_ONE, MORE_COMMON),
    )
    parts += _left(evidence, "missing_subject", MISSING, missing_common, translate)
    parts += _left(evidence, "missing_listed", MORE, more_common, translate)
    if evidence["country"] == "agree":
        both = set(evidence["subject_countries"]) & set(evidence["listed_countries"])
        parts.append(translate(COUNTRY_AGREE) % {"countries": ", ".join(sorted(both))})
    elif evidence["country"] == "differ":
        parts.append(
            translate(COUNTRY_DIFFER)
            % {
                "subject": ", ".join(evidence["subject_countries"]),
                "listed": ", ".join(evidence["listed_countries"]),
            }
        )
    return parts


def _left(
    evidence: Evidence, key: str, telling: str, common: tuple[str, str], translate: Translate
) -> list[str]:
    """Words that only one side has; common ones say little, so they are named apart."""
    known = set(evidence.get("common", ()))
    words = _only(evidence, key)
    parts = []
    if rare := [word for word in words if word not in known]:
        parts.append(translate(telling) % {"words": _list(rare)})
    if rest := [word for word in words if word in known]:
        parts.append(translate(common[len(rest) > 1]) % {"words": _list(rest)})
    return parts


def _only(evidence: Evidence, key: str) -> list[str]:
    """Words left over on one side that the other name really has not, as it is written.

    A comparison leaves out what stands in brackets, legal forms, and a word's second occurrence.
    """
    other = evidence["subject" if key == "missing_subject" else "listed"]
    said = {*PARTICLES, *whole_words(other)[1]}
    return list(dict.fromkeys(word for word in evidence[key] if word not in said))


def _both(words: list[str], translate: Translate) -> str:
    *others, last = words
    return translate(BOTH) % {"words": ", ".join(others), "last": last} if others else last


def _word(pair: Mapping[str, Any], translate: Translate) -> str:
    listed, word = _shown(pair["listed"]), _shown(pair["subject"])
    if pair["how"] == "joined":
        word = listed
    elif word != listed:
        how = MEANS if pair["how"] == "equal" else LIKE
        word = translate(how) % {"word": word, "listed": listed}
    return translate(RARE) % {"word": word} if pair["rare"] else word


def _list(words: list[str]) -> str:
    return ", ".join(map(_shown, words))


def _short(name: str) -> str:
    return name if len(name) <= LONGEST else f"{name[:LONGEST].rstrip()}…"


def _shown(word: str) -> str:
    return _APART.get(word, word).upper()
