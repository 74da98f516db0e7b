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
        #: Of each of them, where the border of the look-up was.
        self.borders = []

    def candidates(self, queries, limit):
        found = self._fetch(queries, limit)
        self.asked += queries
        self.borders += [
            engine.border_of(query, rows, limit) for query, rows in zip(queries, found, strict=True)
        ]
        return found

    def _fetch(self, queries, limit):
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
