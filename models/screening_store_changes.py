# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engine's view of what updates changed, for contacts that were screened before them."""

from .. import engine
from .screening_store import OdooStore


class ChangesStore:
    """Implements ``engine.Store``: gives of what came only what a look-up in all lists would give.

    :ivar borders: of each subject the border of its look-up from now on; nothing when an unchanged
        entry may have crossed it
    """

    def __init__(self, env, updates, rows):
        """
        :param updates: those applied since the first of the contacts was screened
        :param rows: the contacts in the order in which they will be asked for (``ToCompare``)
        """
        self._rows = rows
        self._updates = [
            (update.id, update.applied_seq, OdooStore(env, -update.id)) for update in updates
        ]
        self.borders = []

    def candidates(self, queries, limit):
        results = []
        found = self._find_changed(queries, limit)
        for query, row, changes in zip(queries, self._rows, found, strict=True):
            border = None
            if row.border is not None:
                border = engine.border_after(query, row.border, changes, row.met, limit)
            self.borders.append(border)
            came = [entry for change in changes for entry in change.came]
            results.append([] if border is None else engine.within_border(border, came))
        return results

    def _find_changed(self, queries, limit):
        """What each update changed among that which shares a key with each of the contacts."""
        found = [{} for _query in queries]
        for update_id, seq, store in self._updates:
            behind = [place for place, row in enumerate(self._rows) if row.stamp < seq]
            given = store.candidates([queries[place] for place in behind], limit)
            for place, entries in zip(behind, given, strict=True):
                found[place][update_id] = entries
        return [_tell_apart(by_update) for by_update in found]


def _tell_apart(found):
    """What came and what went, of the entries that each update brought or ended.

    What one of these updates brought and a later one ended was not there before, nor is it now; it
    does not stand among what was brought any more (``index_sql.TAKE_OUT``).
    """
    return [
        engine.Changed(
            entries,
            came=[entry for entry in entries if entry.update_id == update_id],
            went=[entry for entry in entries if entry.update_id not in found],
        )
        for update_id, entries in found.items()
    ]
