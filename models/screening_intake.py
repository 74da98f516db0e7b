# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Takes the parties of one file in as rows not yet in force, and says what would change."""

from collections import defaultdict
from dataclasses import dataclass, field

from psycopg2.extras import Json

from .. import engine, lists
from ..engine import Address, Facts, Identifier, Name
from .screening_facts import facts_to_json

BATCH = 500
PARTY_COLUMNS = (
    "list_id",
    "uid",
    "name",
    "party_type",
    "in_force",
    "edition_from",
    "edition_to",
    "update_id",
    "countries",
    "facts",
    "content_hash",
    "fingerprint",
    "programs",
    "license_requirement",
    "license_policy",
    "citation",
    "start_date",
    "end_date",
    "remarks",
    "source_url",
    "create_uid",
)


@dataclass
class ListCount:
    """What one file would do to one list; ``closing`` are the rows it would end."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    removed: int = 0
    closing: list = field(default_factory=list)


def facts_from_listed(party):
    """What of a listed party is compared, our own unofficial aliases included."""
    names = [Name(name.text, name.kind) for name in party.names]
    names += engine.house_names(party.list_code, names)
    return Facts(
        names=tuple(names),
        party_type=party.party_type,
        countries=party.countries,
        identifiers=tuple(
            Identifier(item.kind, item.number, item.country) for item in party.identifiers
        ),
        addresses=tuple(Address(item.text, item.country) for item in party.addresses),
    )


class Intake:
    """One pass over a file.

    :param update: the screening.list.update the rows belong to
    :param lists_by_code: screening.list by code, those the file may speak of
    """

    def __init__(self, update, lists_by_code):
        self._update = update
        self._cr = update.env.cr
        self._lists = lists_by_code
        self._in_force = defaultdict(dict)
        self._pending = []
        self.counts = defaultdict(ListCount)
        self.problems = []

    def take(self, reading):
        """Read all items; raises what the reader raises."""
        for item in reading:
            if isinstance(item, lists.Unreadable):
                self.problems.append(("unreadable", item.row, item.reason, item.excerpt))
            elif item.list_code not in self._lists:
                reason = self._update.env._("there is no list with the code “%s”", item.list_code)
                self.problems.append(("unreadable", item.row, reason, ""))
            else:
                self._take_party(item)
        self._write_pending()
        for row, into in reading.summary.merged:
            reason = self._update.env._("it says again what row %s says", into)
            self.problems.append(("merged", row, reason, ""))
        if reading.complete:
            self._count_removed()

    def _known(self, record):
        if record not in self._in_force:
            self._cr.execute(
                "SELECT uid, id, content_hash FROM screening_party WHERE list_id = %s AND in_force",
                [record.id],
            )
            self._in_force[record] = {
                uid: (row, hashed) for uid, row, hashed in self._cr.fetchall()
            }
        return self._in_force[record]

    def _take_party(self, party):
        record = self._lists[party.list_code]
        count = self.counts[record]
        content = lists.content_hash(party)
        row, known_content = self._known(record).pop(party.uid, (None, None))
        if known_content == content:
            count.unchanged += 1
            return
        if row:
            count.changed += 1
            count.closing.append(row)
        else:
            count.added += 1
        self._pending.append((record, party, content))
        if len(self._pending) >= BATCH:
            self._write_pending()

    def _count_removed(self):
        for record, count in self.counts.items():
            gone = [row for row, _content in self._known(record).values()]
            count.removed = len(gone)
            count.closing += gone

    def _write_pending(self):
        batch, self._pending = self._pending, []
        if not batch:
            return
        facts = [facts_from_listed(party) for _record, party, _content in batch]
        party_ids = self._insert(
            "screening_party",
            PARTY_COLUMNS,
            [
                self._party_row(record, party, content, party_facts)
                for (record, party, content), party_facts in zip(batch, facts, strict=True)
            ],
        )
        entries = [
            (party_id, entry)
            for party_id, party_facts in zip(party_ids, facts, strict=True)
            for entry in engine.entries(party_facts)
        ]
        entry_ids = self._insert(
            "screening_party_entry",
            ("party_id", "kind", "text", "form"),
            [(party_id, entry.kind, entry.text, entry.form) for party_id, entry in entries],
        )
        engine.index_sql.insert_entry_keys(
            self._cr,
            [
                (key, entry_id)
                for entry_id, (_party_id, entry) in zip(entry_ids, entries, strict=True)
                for key in entry.keys
            ],
        )

    def _insert(self, table, columns, rows):
        if not rows:
            return []
        query = f"INSERT INTO {table} ({', '.join(columns)}) VALUES %s RETURNING id"  # noqa: S608
        return [
            row_id
            for (row_id,) in self._cr.execute_values(query, rows, page_size=len(rows), fetch=True)
        ]

    def _party_row(self, record, party, content, facts):
        name = party.names[0].text if party.names else party.addresses[0].text
        return (
            record.id,
            party.uid,
            name,
            party.party_type or None,
            False,
            0,
            0,
            self._update.id,
            Json(list(party.countries)),
            Json(facts_to_json(facts)),
            content,
            engine.listed_fingerprint(facts),
            ", ".join(party.programs) or None,
            party.license_requirement or None,
            party.license_policy or None,
            party.citation or None,
            party.start_date or None,
            party.end_date or None,
            party.remarks or None,
            party.source_url or None,
            self._update.env.uid,
        )
