# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A PostgreSQL database of the benchmark's own, with the tables that the look-up needs."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from parties import ROOT
from psycopg2.extras import Json, execute_values

from engine import CandidateRow, Facts, Query, entries, index_sql

sys.path.append(str(ROOT / "scripts"))

from rps import postgres, postgres_binaries
from rps.locks import exclusive
from rps.paths import ensure, logs

#: The columns that the look-up reads, as Odoo makes them; an installation's rows are wider.
_TABLES = """
CREATE TABLE screening_party (
    id serial PRIMARY KEY, in_force boolean, party_type varchar, countries jsonb);
CREATE TABLE screening_party_entry (
    id serial PRIMARY KEY, party_id integer REFERENCES screening_party ON DELETE CASCADE,
    kind varchar NOT NULL, text varchar NOT NULL, form varchar);
CREATE INDEX ON screening_party_entry (party_id);
"""
_BATCH = 5000
#: Number under which keys are staged before they are put in force, as an update does.
_UPDATE = 1


class Cursor:
    """psycopg2's cursor with what :class:`engine.index_sql.Cursor` asks for."""

    def __init__(self, cursor: Any) -> None:
        self._cursor = cursor
        self.execute = cursor.execute
        self.fetchall = cursor.fetchall

    def execute_values(
        self, query: str, argslist: Sequence[Any], page_size: int, fetch: bool = False
    ) -> Any:
        """Run an INSERT with many rows."""
        return execute_values(self._cursor, query, argslist, page_size=page_size, fetch=fetch)


class Store:
    """Implements :class:`engine.match.Store` as the addon does, without Odoo."""

    def __init__(self, dsn: str) -> None:
        self._connection = psycopg2.connect(dsn)
        self.cursor = Cursor(self._connection.cursor())
        #: Time of each look-up.
        self.seconds: list[float] = []

    def candidates(self, queries: Sequence[Query], limit: int) -> list[list[CandidateRow]]:
        """Entries that share keys with each query."""
        start = time.perf_counter()
        found = index_sql.fetch_candidates(self.cursor, queries, limit)
        self.seconds.append(time.perf_counter() - start)
        return found

    def facts(self, party_ids: Collection[int]) -> dict[int, Facts]:
        """Not asked for by a search."""
        raise NotImplementedError

    def fill(self, listed: Iterator[Facts]) -> tuple[int, int]:
        """Make the tables afresh and take the parties in; return names and keys."""
        for statement in index_sql.DROP_TABLES:
            self.cursor.execute(statement)
        self.cursor.execute("DROP TABLE IF EXISTS screening_party_entry, screening_party")
        self.cursor.execute(_TABLES)
        # Indexes come last: a million names are filled in at once here, never in an installation.
        tables = [words for words in index_sql.CREATE_TABLES if words.startswith("CREATE TABLE")]
        for statement in tables:
            self.cursor.execute(statement)
        names = keys = 0
        batch: list[Facts] = []
        for facts in listed:
            batch.append(facts)
            if len(batch) == _BATCH:
                names, keys = (a + b for a, b in zip((names, keys), self._take(batch), strict=True))
                batch = []
        names, keys = (a + b for a, b in zip((names, keys), self._take(batch), strict=True))
        for statement in index_sql.CREATE_TABLES:
            self.cursor.execute(statement)
        self._connection.commit()
        self._connection.autocommit = True
        self.cursor.execute("VACUUM ANALYZE")
        self._connection.autocommit = False
        return names, keys

    def _take(self, batch: Sequence[Facts]) -> tuple[int, int]:
        if not batch:
            return 0, 0
        party_ids = self.cursor.execute_values(
            "INSERT INTO screening_party (in_force, party_type, countries) VALUES %s RETURNING id",
            [(True, facts.party_type or None, Json(list(facts.countries))) for facts in batch],
            page_size=len(batch),
            fetch=True,
        )
        rows = [
            (party_id, entry)
            for (party_id,), facts in zip(party_ids, batch, strict=True)
            for entry in entries(facts)
        ]
        entry_ids = self.cursor.execute_values(
            "INSERT INTO screening_party_entry (party_id, kind, text, form) VALUES %s RETURNING id",
            [(party_id, entry.kind, entry.text, entry.form) for party_id, entry in rows],
            page_size=len(rows),
            fetch=True,
        )
        pairs = [
            (_UPDATE, key, entry_id)
            for (entry_id,), (_party, entry) in zip(entry_ids, rows, strict=True)
            for key in entry.keys
        ]
        index_sql.stage_entry_keys(self.cursor, pairs)
        self.cursor.execute(index_sql.PUT_IN_FORCE, [_UPDATE])
        self.cursor.execute(index_sql.DROP_STAGED, [_UPDATE])
        return sum(entry.kind not in ("identifier", "address") for _, entry in rows), len(pairs)

    def megabytes(self, table: str) -> float:
        """A table's size on disk with its indexes."""
        self.cursor.execute("SELECT pg_total_relation_size(%s)", [table])
        return self.cursor.fetchall()[0][0] / 1e6


@contextmanager
def database() -> Iterator[str]:
    """Give the connection string of an empty database, on PGHOST's server or one of our own."""
    programs = postgres_binaries.programs(Path(sys.executable))
    if os.environ.get("PGHOST"):
        yield from _with_database(postgres.outside(programs))
        return
    folder = ensure(postgres.clusters_folder() / "bench")
    with (
        exclusive(folder / "lock", "Another benchmark of this checkout is running: end it first."),
        postgres.embedded(programs, folder, logs() / "postgres-bench.log") as server,
    ):
        yield from _with_database(server)


def _with_database(server: postgres.Server) -> Iterator[str]:
    name = server.name("bench")
    server.sql(f'DROP DATABASE IF EXISTS "{name}"')
    server.sql(f'CREATE DATABASE "{name}"')
    keys = {"PGHOST": "host", "PGPORT": "port", "PGUSER": "user", "PGPASSWORD": "password"}
    words = [f"{word}={server.env[key]}" for key, word in keys.items() if server.env.get(key)]
    try:
        yield " ".join([f"dbname={name}", *words])
    finally:
        server.sql(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
