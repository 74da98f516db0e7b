# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The border of the look-up: whom a change of the lists may crowd out, or let in.

So many entries are looked at for each subject, those that share most with it. One that comes may
push another over that border, one that goes may let another in, though neither matches itself. So a
subject remembers where its border was, and whoever is compared only with what changed is told from
it whether the unchanged entries that are looked at are still the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from .index_sql import ENTRY_MASK
from .match import CandidateRow, Query
from .settings import CANDIDATES, SHARE, WIDER


def _place(row: CandidateRow) -> int:
    """Where a row stands in the order of a look-up: the greater, the nearer to the subject."""
    return row.weight << 32 | ENTRY_MASK - row.entry_id


def border_of(query: Query, rows: Sequence[CandidateRow], limit: int = CANDIDATES) -> int:
    """Where the border of a look-up is.

    :param rows: all that it gave, best first
    :return: the last place that is looked at; where less was found than is looked at in any case,
        how much more may be, as a negative number
    """
    if len(rows) < limit:
        return len(rows) - limit
    whole = sum(query.weights)
    if len(rows) < WIDER * limit and SHARE * rows[-1].weight >= whole:
        # Whoever shares so much is looked at, and so is one that comes.
        return -(-whole // SHARE) << 32
    return _place(rows[-1])


class Changed(NamedTuple):
    """What one update changed among that which shares a key with a subject.

    :param rows: all that a look-up among it gave, best first
    :param came: those of them that are listed now and were not before
    :param went: those of them that were listed before and are not now
    """

    rows: Sequence[CandidateRow]
    came: Sequence[CandidateRow]
    went: Sequence[CandidateRow]


def border_after(
    query: Query,
    border: int,
    changes: Sequence[Changed],
    met: bool,
    limit: int = CANDIDATES,
) -> int | None:
    """The border after the lists changed, when no unchanged entry crosses it.

    Whatever stands within the border that is returned was looked at, before or among what came.

    :param border: as it was before, see :func:`border_of`
    :param met: the subject has hits, so that it matters, too, who is crowded out
    :return: the border to go on with; nothing when another entry may be looked at now, or a former
        one not any more, or when that cannot be told
    """
    came = [row for change in changes for row in change.came]
    went = [row for change in changes for row in change.went]
    cut_off = [change for change in changes if _is_cut_off(border, change.rows, limit)]
    if cut_off:
        if met or any(len(change.came) < len(change.rows) for change in changes):
            return None
        # So much came that it has a border of its own, and nothing went.
        return max(border, *(border_of(query, change.rows, limit) for change in cut_off))
    if border < 0:
        after = border + len(came)
        if after >= 0 and met:
            return None
        # Whatever is found was looked at once, so who has no hits gets none by what goes later.
        return min(after, -1)
    new = Counter(row.weight for row in within_border(border, came))
    old = Counter(row.weight for row in within_border(border, went))
    # What changed but is called the same stands in for itself.
    stays = new == old if met else new.total() >= old.total()
    return border if stays else None


def within_border(border: int, rows: Sequence[CandidateRow]) -> list[CandidateRow]:
    """Those of the rows that are looked at."""
    return [row for row in rows if border < 0 or _place(row) >= border]


def _is_cut_off(border: int, rows: Sequence[CandidateRow], limit: int) -> bool:
    """Whether there may be more within the border than a look-up gave."""
    return len(rows) >= limit and bool(within_border(border, rows[-1:]))
