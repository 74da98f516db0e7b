# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Facts of either side made ready for the look-up; both sides with the same keys."""

from __future__ import annotations

from .addresses import address_key, words_of_address
from .facts import Facts
from .identifiers import numbers_of
from .keys import name_keys, plain_key
from .match import Entry, Query
from .names import words_of

#: Weight of a whole identifier or address: it outranks any name.
_WHOLE = 200.0
#: Separates the words in a stored form; no word contains it.
SEPARATOR = " "


def entries(listed: Facts) -> list[Entry]:
    """What is indexed for one listed party: its names, its numbers, an address-only's addresses."""
    found: dict[tuple[str, str], Entry] = {}
    for name in listed.names:
        words = words_of(name.text)
        form = SEPARATOR.join(words)
        # A weak alias never opens a hit alone (OFAC FAQ 124), so nothing is found by it.
        keys = () if name.kind == "weak" else tuple(sorted(name_keys(words)))
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
    names = tuple((name.text, words_of(name.text)) for name in subject.names)
    keys: dict[int, float] = {}
    for _text, words in names:
        keys.update(name_keys(words))
    for number in numbers_of(subject):
        keys[plain_key("number", number)] = _WHOLE
    for address in subject.addresses:
        if key := address_key(words_of_address(address.text)):
            keys[plain_key("address", key)] = _WHOLE
    ordered = sorted(keys.items())
    return Query(
        subject,
        names,
        [key for key, _weight in ordered],
        [weight for _key, weight in ordered],
    )
