# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a snapshot in the audit trail is about, however deep it names it."""

from dataclasses import dataclass, field


@dataclass
class About:
    """Whom and what a snapshot names.

    :ivar partners: ids of contacts, as they were then
    :ivar parties: listed parties as (code of the list, key in the list)
    :ivar lists: codes of lists
    :ivar orders: ids of purchase orders
    """

    partners: set[int] = field(default_factory=set)
    parties: set[tuple[str, str]] = field(default_factory=set)
    lists: set[str] = field(default_factory=set)
    orders: set[int] = field(default_factory=set)


def about(snapshot):
    """Whom and what a snapshot names.

    :param snapshot: what a row's details hold, as read from JSON
    :return: :class:`About`
    """
    found = About()
    _collect(snapshot, found)
    return found


def _collect(value, found):
    if isinstance(value, list):
        for item in value:
            _collect(item, found)
    if not isinstance(value, dict):
        return
    code, uid = value.get("list"), value.get("party_uid")
    if isinstance(code, str):
        found.lists.add(code)
        if isinstance(uid, str):
            found.parties.add((code, uid))
    for key, item in value.items():
        if key in ("partner", "vendor"):
            _add_pair(item, found.partners, found)
        elif key == "order":
            _add_pair(item, found.orders, found)
        elif key in ("parties", "from", "into") and isinstance(item, list):
            for pair in item:
                _add_pair(pair, found.partners, found)
        elif key == "lists" and isinstance(item, dict):
            found.lists |= set(item)
        _collect(item, found)


def _add_pair(pair, numbers, found):
    """A record is ``[id, name]``; an exemption's listed party is ``[list, key, name]``."""
    if not isinstance(pair, list) or not pair:
        return
    if isinstance(pair[0], int):
        numbers.add(pair[0])
    elif len(pair) == 3 and isinstance(pair[0], str) and isinstance(pair[1], str):
        found.lists.add(pair[0])
        found.parties.add((pair[0], pair[1]))
