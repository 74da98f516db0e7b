# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Facts of either side made ready for the look-up; both sides with the same keys."""

from __future__ import annotations

from .addresses import address_key, words_of_address
from .facts import Facts
from .fold import REVERSE
from .identifiers import numbers_of
from .keys import Keys, index_keys, plain_key, query_keys
from .match import Entry, Query
from .names import bracketed, spelled
from .parsed import SEPARATOR, parsed
from .places import is_place
from .weights import bits

#: Weight of a whole identifier or address: it outranks any name.
_WHOLE = 200.0
#: A short name in brackets is a name of its own from so many bits on.
_BRACKET_BITS = 9.0


def _own_names(text: str) -> list[str]:
    """Forms of a name: its words, and those of a short name that it gives in brackets."""
    forms = [SEPARATOR.join(spelled(text))]
    if REVERSE in text:
        # Folding takes it as it is shown; a machine reads it as it is stored.
        forms.append(SEPARATOR.join(spelled(text.replace(REVERSE, ""))))
    for inner in bracketed(text):
        words = spelled(inner)
        if (
            len(words) == 1
            and not is_place(words[0])
            and bits(words[0]) >= _BRACKET_BITS
            and not any(map(str.isdigit, words[0]))
        ):
            forms.append(words[0])
    return list(dict.fromkeys(forms))


def entries(listed: Facts) -> list[Entry]:
    """What is indexed for one listed party: its names, its numbers, an address-only's addresses."""
    found: dict[tuple[str, str], Entry] = {}
    for name in listed.names:
        for form in _own_names(name.text):
            # A weak alias never opens a hit alone (OFAC FAQ 124), so nothing is found by it.
            keys = () if name.kind == "weak" else tuple(sorted(index_keys(parsed(form))))
            found.setdefault(("name", form or name.text), Entry(name.kind, name.text, form, keys))
    for number in numbers_of(listed):
        found[("identifier", number)] = Entry(
            "identifier", number, number, (plain_key("number", number),)
        )
    if listed.party_type == "address":
        for address in listed.addresses:
            words = words_of_address(address.text)
            if key := address_key(words):
                found[("address", address.text)] = Entry(
                    "address",
                    address.text,
                    SEPARATOR.join(words),
                    (plain_key("address", key),),
                )
    return list(found.values())


def prepare(subject: Facts) -> Query:
    """A subject made ready: its names as words, and the keys to look up with their weights."""
    names = tuple((name.text, form) for name in subject.names for form in _own_names(name.text))
    keys: Keys = {}
    for _text, form in names:
        for key, weight in query_keys(parsed(form)).items():
            keys[key] = max(weight, keys.get(key, 0.0))
    for number in numbers_of(subject):
        keys[plain_key("number", number)] = _WHOLE
    for address in subject.addresses:
        if place := address_key(words_of_address(address.text)):
            keys[plain_key("address", place)] = _WHOLE
    ordered = sorted(keys.items())
    return Query(
        subject,
        names,
        [key for key, _weight in ordered],
        [round(100 * weight) for _key, weight in ordered],
    )
