# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What would become of hits, and of what they hold, if an update were applied: nothing is written.

The rules are those of ``screening_hit_matching`` (what becomes of a hit) and ``screening_gate``
(what holds), told beforehand.
"""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Foreseen:
    """One hit as it would be.

    :param fate: ``new``, ``reopened``, ``closed``, ``stays``
    :param state: ``open``, ``same``, ``not_same``, ``closed``
    :param hit: the stored one, empty when there is none yet
    """

    partner: Any
    listed: Any
    name: str
    score: int
    fate: str
    state: str
    hit: Any

    @property
    def values(self):
        """As values of an effect."""
        return {
            "partner_id": self.partner.id,
            "list_id": self.listed.id,
            "listed_name": self.name,
            "score": self.score,
        }


def foresee(partner, hits, found, closing):
    """What would become of one contact's hits.

    :param hits: its stored ones, closed ones too
    :param found: what it would match of what the update brings: (listed party, score)
    :param closing: ids of the rows in force that the update ends
    """
    matches = {(party.list_id.id, party.uid): (party, score) for party, score in found}
    result = []
    for hit in hits:
        match = matches.pop((hit.list_id.id, hit.party_uid), None)
        if match:
            result.append(_matched_again(hit, *match))
        elif hit.party_id.id in closing and hit.state != "closed":
            result.append(_of(hit, "closed", "closed"))
        elif hit.state != "closed" and hit.counts:
            result.append(_of(hit, "stays", hit.state))
    for party, score in matches.values():
        none = hits.browse()
        result.append(Foreseen(partner, party.list_id, party.name, score, "new", "open", none))
    return result


def _of(hit, fate, state):
    return Foreseen(hit.partner_id, hit.list_id, hit.listed_name, hit.score, fate, state, hit)


def _matched_again(hit, party, score):
    """The party is another row now: equal facts are never asked twice, others are."""
    if hit.decision and hit.decided_listed_fingerprint == party.fingerprint:
        fate, state = "stays", hit.decision
    elif hit.decision:
        fate, state = "reopened", "open"
    else:
        shown = hit.state != "closed" and hit.counts
        fate, state = ("stays" if shown else "new"), "open"
    return Foreseen(hit.partner_id, hit.list_id, party.name, score, fate, state, hit)


def holding(partners, foreseen, lists, held_by=None):
    """The hits that would hold an order.

    :param partners: all of whom the order deals with
    :param foreseen: ``{contact: [Foreseen]}`` of those that are concerned
    :param lists: those that hold orders of its company
    :param held_by: the stored hits that hold it now, or None
    """
    causes = []
    for partner in partners:
        if partner in foreseen:
            causes += _holding_of(foreseen[partner], lists, held_by)
        elif held_by:
            others = held_by.filtered(lambda hit, partner=partner: hit.partner_id == partner)
            causes += [_of(hit, "stays", hit.state) for hit in others]
    return causes


def _holding_of(items, lists, held_by):
    """Of one list the best undecided or confirmed hit leads, and undecided ones follow it."""
    causes = []
    for record in lists:
        group = sorted(
            (i for i in items if i.listed == record and i.state in ("open", "same")),
            key=lambda item: (-item.score, item.hit.id or 0),
        )
        for place, item in enumerate(group):
            uncovered = held_by is not None and item.hit and item.hit in held_by
            if (item.state == "open" and place == 0) or (item.state == "same" and uncovered):
                causes.append(item)
    return causes
