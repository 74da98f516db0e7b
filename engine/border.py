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

from .index_sql import ENTRY_MASK
from .match import CandidateRow, Query
from .settings import CANDIDATES, TIES


def _place(row: CandidateRow) -> int:
    """Where a row stands in the order of a look-up: the greater, the nearer to the subject."""
    return row.weight << 32 | ENTRY_MASK - row.entry_id


def border_of(query: Query, rows: Sequence[CandidateRow], limit: int = CANDIDATES) -> int | None:
    """Where the border of a look-up is.

    :param rows: all that it gave, best first
    :return: the last place that is looked at for certain; where less was found than may be looked
        at, how much more may be, as a negative number; nothing where ties were cut off
    """
    if len(rows) < limit:
        return len(rows) - limit
    if len(rows) >= TIES * limit:
        return None
    # Where ties are looked at, so is one that comes to tie with them.
    tied = 2 * rows[-1].weight >= sum(query.weights)
    return rows[-1].weight << 32 if tied else _place(rows[-1])


def border_after(
    border: int | None, came: Sequence[CandidateRow], went: Sequence[CandidateRow], met: bool
) -> int | None:
    """The border after a change of the lists, when no unchanged entry crosses it.

    Whatever stands within the border that is returned was looked at, before or among what came.

    :param border: as it was before, see :func:`border_of`
    :param came: what is listed now, was not before and shares a key with the subject
    :param went: what was listed before, is not now and shares a key with the subject
    :param met: the subject has hits, so that it matters, too, who is crowded out
    :return: the border to go on with; nothing when another entry may be looked at now, or a former
        one not any more, or when that cannot be told
    """
    if border is None:
        return None
    if border < 0:
        after = border + len(came)
        return after if after < 0 else None
    new = Counter(row.weight for row in within_border(border, came))
    old = Counter(row.weight for row in within_border(border, went))
    # What changed but is called the same stands in for itself.
    stays = new == old if met else new.total() >= old.total()
    return border if stays else None


def within_border(border: int, rows: Sequence[CandidateRow]) -> list[CandidateRow]:
    """Those of the rows that are looked at."""
    return [row for row in rows if border < 0 or _place(row) >= border]


def is_cut_off(border: int, rows: Sequence[CandidateRow], limit: int = CANDIDATES) -> bool:
    """Whether there may be more within the border than a look-up gave.

    :param rows: all that it gave, best first
    """
    return len(rows) >= limit and bool(within_border(border, rows[-1:]))
