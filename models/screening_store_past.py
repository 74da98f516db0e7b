# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The lists as they were once, so that a check can be run again as of then."""

from .. import engine
from .screening_facts import facts_from_json
from .screening_store import OdooStore


class PastStore:
    """The lists as some past editions said them. Implements ``engine.Store``.

    What is still in force is looked up like today; what ended since is few, and read whole. Both
    are ranked together by the rule of the look-up, so that a check run again compares the same
    entries as the check of then, and not one more.
    """

    #: More is asked for than the engine looks at, because some of it came later and is left out.
    _MARGIN = 4

    def __init__(self, env, editions, most=None):
        """:param editions: ``{screening.list: number of the edition}``
        :param most: entries that were looked at for one subject then, when it is known
        """
        self._cr = env.cr
        self._now = OdooStore(env)
        self._most = most
        self._editions = {record.id: edition for record, edition in editions.items() if edition}
        self._cr.execute(
            "SELECT p.id, p.facts FROM screening_party p"
            " JOIN unnest(%s::int4[], %s::int4[]) AS e (list_id, edition) USING (list_id)"
            " WHERE p.edition_from BETWEEN 1 AND e.edition AND p.edition_to > e.edition",
            [list(self._editions), list(self._editions.values())],
        )
        self._ended = {party_id: facts_from_json(facts) for party_id, facts in self._cr.fetchall()}

    def candidates(self, queries, limit):
        limit = self._most or limit
        parties = {**self._ended, **self.facts(self._look_up(queries, limit))}
        # Sorted, because equal entries rank by their age.
        return engine.MemoryStore(dict(sorted(parties.items()))).candidates(queries, limit)

    def _look_up(self, queries, limit):
        """Parties in force then and now: at least those of the best entries of each query."""
        asked = limit
        # No look-up gives more, whatever its entries share.
        most = limit * engine.WIDER
        while True:
            asked *= self._MARGIN
            found = self._now.candidates(queries, asked)
            known = self._was_there({row.party_id for rows in found for row in rows})
            enough = (
                len(rows) < asked or sum(row.party_id in known for row in rows) >= most
                for rows in found
            )
            if all(enough):
                return known

    def _was_there(self, party_ids):
        self._cr.execute(
            "SELECT p.id FROM screening_party p"
            " JOIN unnest(%s::int4[], %s::int4[]) AS e (list_id, edition) USING (list_id)"
            " WHERE p.id = ANY(%s) AND p.edition_from <= e.edition",
            [list(self._editions), list(self._editions.values()), list(party_ids)],
        )
        return {party_id for (party_id,) in self._cr.fetchall()}

    def facts(self, party_ids):
        return self._now.facts(party_ids)
