# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engine's view of the lists in force: two queries over PostgreSQL, no copy in the worker."""

from odoo.exceptions import UserError

from .. import engine
from .screening_facts import facts_from_json


class OdooStore:
    """Implements ``engine.Store`` on the cursor of the acting transaction."""

    def __init__(self, env, update_id=0):
        """:param update_id: ask what this update would bring, not what is in force"""
        self._env = env
        self._cr = env.cr
        self._update_id = update_id
        #: What was asked, in the order it was asked: preparing it again would cost as much again.
        self.asked = []

    def candidates(self, queries, limit):
        self.asked += queries
        try:
            return engine.lookup.fetch_candidates(self._cr, queries, limit, self._update_id)
        except engine.lookup.OtherIndexError as error:
            raise UserError(
                self._env._(
                    "The listed names were indexed by another version of this module than the one"
                    " that runs here: restart this worker."
                )
            ) from error

    def facts(self, party_ids):
        if not party_ids:
            return {}
        self._cr.execute(
            "SELECT id, facts FROM screening_party WHERE id = ANY(%s)", [list(party_ids)]
        )
        return {party_id: facts_from_json(value) for party_id, value in self._cr.fetchall()}


class PastStore:
    """The lists as some past editions said them. Implements ``engine.Store``.

    What is still in force is looked up like today; what ended since is few, and lies in memory.
    """

    #: More is asked for than the engine looks at, because some of it came later and is left out.
    _MARGIN = 4

    def __init__(self, env, editions):
        """:param editions: ``{screening.list: number of the edition}``"""
        self._cr = env.cr
        self._now = OdooStore(env)
        self._editions = {record.id: edition for record, edition in editions.items() if edition}
        self._cr.execute(
            "SELECT p.id, p.facts FROM screening_party p"
            " JOIN unnest(%s::int4[], %s::int4[]) AS e (list_id, edition) USING (list_id)"
            " WHERE p.edition_from BETWEEN 1 AND e.edition AND p.edition_to > e.edition",
            [list(self._editions), list(self._editions.values())],
        )
        self._ended = engine.MemoryStore(
            {party_id: facts_from_json(facts) for party_id, facts in self._cr.fetchall()}
        )

    def candidates(self, queries, limit):
        current = self._now.candidates(queries, limit * self._MARGIN)
        was_there = self._was_there({row.party_id for rows in current for row in rows})
        return [
            [row for row in rows if row.party_id in was_there][:limit] + ended
            for rows, ended in zip(current, self._ended.candidates(queries, limit), strict=True)
        ]

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
