# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A key for parties whose source gives none that lasts.

The CSL's own ids change with every citation or spelling, or at random. The key here is the
name; only where two rows of a list share it do country, first citation and address part them.
So a party under a new citation is the same party, changed. The order of rows has no say.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from .content import content_hash
from .party import ListedParty, ListFormatError, Unreadable
from .reading import Item, Summary
from .text import slug

#: Records of one file, whose official numbers are held in memory; OFAC has some 20,000.
MAX_RECORDS = 500_000
#: Parties without an official number, which are held whole; the Entity List has 3,400.
MAX_HELD = 100_000

_CITATION = re.compile(
    r"(\d+)\s*F\.?\s*R\.?\s*(?:No\.\s*)?(\d+)|Vol\.?\s*(\d+),?\s*No\.?\s*(\d+)", re.IGNORECASE
)


def _name(party: ListedParty) -> str:
    if party.names:
        return slug(party.names[0].text)
    return "address " + " ".join(sorted(slug(address.text) for address in party.addresses))


def _countries(party: ListedParty) -> str:
    return "+".join(party.countries)


def _first_citation(party: ListedParty) -> str:
    match = _CITATION.search(party.citation)
    return "-".join(filter(None, match.groups())) if match else ""


def _addresses(party: ListedParty) -> str:
    return "+".join(sorted(slug(address.text) for address in party.addresses))


_LEVELS: tuple[Callable[[ListedParty], str], ...] = (
    _countries,
    _first_citation,
    _addresses,
    content_hash,
)


def _uid(parts: tuple[str, ...]) -> str:
    """A key one can read in a log, and that stays short: words of the name, then a digest."""
    digest = hashlib.blake2b("|".join(parts).encode(), digest_size=6).hexdigest()
    return f"{parts[0][:40].strip().replace(' ', '-')}-{digest}"


def _part(group: list[ListedParty], parts: tuple[str, ...], level: int) -> Iterator[ListedParty]:
    """Give keys to parties that share ``parts``, with no more of them than they need."""
    if len(group) == 1:
        yield replace(group[0], uid=_uid(parts))
        return
    finer: dict[str, list[ListedParty]] = defaultdict(list)
    for party in group:
        finer[_LEVELS[level](party)].append(party)
    for value, members in finer.items():
        named = (*parts, f"{level}={value}") if len(finer) > 1 else parts
        yield from _part(members, named, level + 1)


def settle(items: Iterable[Item], summary: Summary) -> Iterator[Item]:
    """Give every party its key, merge exact repetitions, and keep the account.

    Parties that come with a key pass at once; the others are given at the end of the file.

    :param items: what a reader found; ``uid`` is empty where the key is to be derived
    :param summary: counted up: parties, unreadable, merged
    :raises ListFormatError: more records than any list has
    """
    seen: dict[tuple[str, str], tuple[str, int]] = {}
    groups: dict[tuple[str, str], dict[str, ListedParty]] = defaultdict(dict)
    held = 0
    for count, item in enumerate(items):
        if count >= MAX_RECORDS or held >= MAX_HELD:
            raise ListFormatError(f"more than {count} parties: this is no list.", item.row)
        if isinstance(item, Unreadable):
            summary.unreadable += 1
            yield item
            continue
        digest = content_hash(item)
        if item.uid:
            known = seen.get((item.list_code, item.uid))
            if known and known[0] != digest:
                # Two contents under one official number: neither may be lost.
                item = replace(item, uid=f"{item.uid}-{digest[-8:]}")
                known = seen.get((item.list_code, item.uid))
            if known:
                summary.merged.append((item.row, known[1]))
                continue
            seen[item.list_code, item.uid] = digest, item.row
            summary.parties[item.list_code] += 1
            yield item
            continue
        group = groups[item.list_code, _name(item)]
        if digest in group:
            summary.merged.append((item.row, group[digest].row))
            continue
        group[digest] = item
        held += 1
    for (code, name), members in groups.items():
        for party in _part(list(members.values()), (name,), 0):
            summary.parties[code] += 1
            yield party
