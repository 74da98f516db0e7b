# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Old edition, new edition -> added, changed, removed, unchanged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .content import content_hash, normalised
from .party import ListedAddress, ListedIdentifier, ListedName, ListedParty

ADDED, CHANGED, UNCHANGED = "added", "changed", "unchanged"


@dataclass(slots=True)
class ListDelta:
    """What became of one list: keys of parties, and how many stayed as they were."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: int = 0


class EditionDiff:
    """Compares an edition in force with a file as it is read, party by party.

    :param old: for each list its parties in force: uid -> content hash
    """

    def __init__(self, old: Mapping[str, Mapping[str, str]]) -> None:
        self._left = {code: dict(parties) for code, parties in old.items()}
        self._deltas: dict[str, ListDelta] = {}

    def see(self, party: ListedParty) -> str:
        """Note one party of the new edition.

        :return: ``added``, ``changed`` or ``unchanged``
        """
        delta = self._deltas.setdefault(party.list_code, ListDelta())
        before = self._left.get(party.list_code, {}).pop(party.uid, None)
        if before is None:
            delta.added.append(party.uid)
            return ADDED
        if before == content_hash(party):
            delta.unchanged += 1
            return UNCHANGED
        delta.changed.append(party.uid)
        return CHANGED

    def finish(self, *, complete: bool = True) -> dict[str, ListDelta]:
        """Return the outcome by list, for the lists the new edition speaks of.

        :param complete: what was not seen is removed; ``False`` for a file that only adds
        """
        if complete:
            for code, delta in self._deltas.items():
                delta.removed = sorted(self._left.get(code, {}))
        return self._deltas


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field of a party, before and after, as one line of text for people each."""

    field: str
    old: str
    new: str


def _name(name: ListedName) -> str:
    return name.text if name.kind == "primary" else f"{name.text} ({name.kind})"


def _address(address: ListedAddress) -> str:
    return f"{address.text}, {address.country}" if address.country else address.text


def _identifier(identifier: ListedIdentifier) -> str:
    parts = (identifier.kind, identifier.number, identifier.country)
    return " ".join(part for part in parts if part)


def _text(party: ListedParty, name: str) -> str:
    if name == "names":
        return "; ".join(map(_name, party.names))
    if name == "addresses":
        return "; ".join(map(_address, party.addresses))
    if name == "identifiers":
        return "; ".join(map(_identifier, party.identifiers))
    value = getattr(party, name)
    return value if isinstance(value, str) else "; ".join(value)


def changed_fields(old: ListedParty, new: ListedParty) -> tuple[FieldChange, ...]:
    """Return the fields whose content differs; spacing and punctuation of texts do not count.

    :return: in the order of the fields; empty exactly if the content hashes are equal
    """
    before, after = normalised(old), normalised(new)
    names = dict.fromkeys(
        "names" if name == "name" else name for name in before if before[name] != after[name]
    )
    return tuple(FieldChange(name, _text(old, name), _text(new, name)) for name in names)
