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

from engine import CandidateRow, Facts, Query, entries, index_sql, index_version, lookup

sys.path.append(str(ROOT / "scripts"))

from rps import postgres, postgres_binaries
from rps.locks import exclusive
from rps.paths import ensure, logs

#: The columns that the look-up reads, as Odoo makes them; an installation's rows are wider.
_TABLES = """
CREATE TABLE screening_party (
    id serial PRIMARY KEY, in_force boolean, update_id integer, party_type varchar,
    countries jsonb);
CREATE TABLE screening_party_entry (
    id serial PRIMARY KEY, party_id integer REFERENCES screening_party ON DELETE CASCADE,
    kind varchar NOT NULL, text varchar NOT NULL, form varchar);
CREATE INDEX ON screening_party_entry (party_id);
"""
_BATCH = 5000
#: Number of the update that brings all parties.
_UPDATE = 1


class Cursor:
    """psycopg2's cursor, with the method that Odoo's has."""

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
        found = lookup.fetch_candidates(self.cursor, queries, limit)
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
        for statement in (*index_sql.CREATE_TABLES, lookup.DROP_FUNCTION, lookup.CREATE_FUNCTION):
            self.cursor.execute(statement)
        self.cursor.execute("INSERT INTO screening_index_version VALUES (%s)", [index_version()])
        names = keys = 0
        batch: list[Facts] = []
        for facts in listed:
            batch.append(facts)
            if len(batch) == _BATCH:
                names, keys = (a + b for a, b in zip((names, keys), self._take(batch), strict=True))
                batch = []
        names, keys = (a + b for a, b in zip((names, keys), self._take(batch), strict=True))
        self.cursor.execute(index_sql.PUT_IN_FORCE, {"update": _UPDATE, "place": 0})
        self._connection.commit()
        self._connection.autocommit = True
        self.cursor.execute("VACUUM ANALYZE")
        self._connection.autocommit = False
        return names, keys

    def _take(self, batch: Sequence[Facts]) -> tuple[int, int]:
        if not batch:
            return 0, 0
        party_ids = self.cursor.execute_values(
            "INSERT INTO screening_party (in_force, update_id, party_type, countries) VALUES %s"
            " RETURNING id",
            [
                (True, _UPDATE, facts.party_type or None, Json(list(facts.countries)))
                for facts in batch
            ],
            page_size=len(batch),
            fetch=True,
        )
        rows = [
            (party_id, entry)
            for (party_id,), facts in zip(party_ids, batch, strict=True)
            for entry in entries(facts)
        ]
        self.cursor.execute_values(
            "INSERT INTO screening_party_entry (party_id, kind, text, form, keys) VALUES %s",
            [
                (party, entry.kind, entry.text, entry.form, index_sql.array(entry.keys))
                for party, entry in rows
            ],
            page_size=1000,
        )
        named = sum(entry.kind not in ("identifier", "address") for _, entry in rows)
        return named, sum(len(entry.keys) for _, entry in rows)

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
