# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Writes listed parties as rows not yet in force, with names and keys, and stages them."""

from psycopg2.extras import Json

from .. import engine
from .screening_facts import facts_to_json

#: Columns that say what a party is; the others say to which update and edition a row belongs.
CONTENT_COLUMNS = (
    "list_id",
    "uid",
    "name",
    "party_type",
    "countries",
    "content_hash",
    "programs",
    "license_requirement",
    "license_policy",
    "citation",
    "start_date",
    "end_date",
    "remarks",
    "source_url",
)
_COLUMNS = (
    *CONTENT_COLUMNS,
    "previous_id",
    "facts",
    "fingerprint",
    "in_force",
    "edition_from",
    "edition_to",
    "update_id",
    "create_uid",
)


class PartyWriter:
    """Rows of one update. SQL, because an ORM create of 14,000 parties takes minutes.

    :param update: the screening.list.update the rows belong to
    """

    def __init__(self, update):
        self._update = update
        self._cr = update.env.cr

    def write_parties(self, rows):
        """Write parties.

        :param rows: list of (values of :data:`CONTENT_COLUMNS`, Facts, row they follow or ``None``)
        """
        party_ids = self._insert(
            "screening_party",
            _COLUMNS,
            [self._party_row(*row) for row in rows],
        )
        entries = [
            (party_id, entry)
            for party_id, (_values, facts, _previous) in zip(party_ids, rows, strict=True)
            for entry in engine.entries(facts)
        ]
        self._insert(
            "screening_party_entry",
            ("party_id", "kind", "text", "form", "keys"),
            [
                (
                    party_id,
                    entry.kind,
                    entry.text,
                    entry.form,
                    engine.index_sql.array(entry.keys),
                )
                for party_id, entry in entries
            ],
        )

    def stage(self):
        """After the last party: what was written can be looked up, apart from what is in force."""
        self._cr.execute(
            engine.index_sql.STAGE, {"update": self._update.id, "place": self._update.id}
        )

    def _insert(self, table, columns, rows):
        if not rows:
            return []
        query = f"INSERT INTO {table} ({', '.join(columns)}) VALUES %s RETURNING id"  # noqa: S608
        return [
            row_id
            for (row_id,) in self._cr.execute_values(query, rows, page_size=len(rows), fetch=True)
        ]

    def _party_row(self, values, facts, previous):
        return (
            *(
                Json(value) if name == "countries" else value
                for name, value in zip(CONTENT_COLUMNS, values, strict=True)
            ),
            previous,
            Json(facts_to_json(facts)),
            engine.listed_fingerprint(facts),
            False,
            0,
            0,
            self._update.id,
            self._update.env.uid,
        )
