# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How fast the engine is, beside rapidfuzz over the same names in the same run.

    python bench/speed.py [--million] [--names N ...]

60,000 names: every list in ../shared/data, filled up with company names that no vendor asked here
carries. A million: the same with names put together from halves of two.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import itertools
import json
import multiprocessing
import os
import platform
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

from cases import SEED, VENDORS, clean_vendors, is_for_measuring
from database import Store, database
from fuzzy import fold
from ours import subject
from parties import DATA, load
from rapidfuzz import fuzz, process

from engine import Facts, Name, search

Vendors = Sequence[tuple[str, str]]
_BATCH, _BULK, _ALONE, _PEER = 250, 3000, 1500, 40


def listed_names(count: int) -> Iterator[Facts]:
    """Parties with ``count`` names altogether: the lists, then company names, then made-up ones."""
    left = count
    for party in load(every_list=True):
        names = party.facts.names[:left]
        left -= len(names)
        if names:
            yield Facts(names, party.facts.party_type, party.facts.countries)
    with gzip.open(VENDORS / "gleif_legal_names.csv.gz", "rt", encoding="utf-8") as stream:
        rows = [
            (row["legal_name"], row["country"])
            for row in csv.DictReader(stream)
            if not is_for_measuring(row["legal_name"])
        ]
    rng = random.Random(SEED)  # noqa: S311 - no secret
    rng.shuffle(rows)
    for name, country in itertools.islice(rows, left):
        yield Facts((Name(name),), "", (country,))
    for _ in range(left - len(rows)):
        (one, country), (other, _code) = rng.choice(rows), rng.choice(rows)
        words, more = one.split(), other.split()
        made = " ".join([*words[: (len(words) + 1) // 2], *more[len(more) // 2 :]])
        yield Facts((Name(made),), "", (country,))


def milliseconds(ask: Callable[[str, str], object], vendors: Vendors) -> list[float]:
    """Time of each question."""
    times = []
    for name, country in vendors:
        start = time.perf_counter()
        ask(name, country)
        times.append(1000 * (time.perf_counter() - start))
    return times


def spread(times: Sequence[float]) -> tuple[float, float, float]:
    """p50, p95 and p99."""
    cuts = statistics.quantiles(times, n=100)
    return statistics.median(times), cuts[94], cuts[98]


def _bulk(job: tuple[str, Vendors]) -> int:
    dsn, vendors = job
    store = Store(dsn)
    hits = 0
    for start in range(0, len(vendors), _BATCH):
        part = [subject(*vendor) for vendor in vendors[start : start + _BATCH]]
        hits += sum(map(bool, search(part, store)))
    return hits


def in_bulk(dsn: str, vendors: Vendors) -> float:
    """Seconds for these vendors in two processes, new ones, start included."""
    start = time.perf_counter()
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        pool.map(_bulk, [(dsn, vendors[::2]), (dsn, vendors[1::2])])
    return time.perf_counter() - start


def memory(dsn: str, vendors: Vendors) -> str:
    """MiB that a fresh process grows by when it loads the engine and screens these vendors."""
    words = [sys.executable, str(Path(__file__).with_name("memory.py")), dsn]
    done = subprocess.run(  # noqa: S603 - our own words
        words, input=json.dumps(vendors), capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def measure(dsn: str, count: int, vendors: Vendors) -> Iterator[str]:
    """Lines of the table for a list of so many names."""
    store = Store(dsn)
    listed = list(listed_names(count))
    start = time.perf_counter()
    names, keys = store.fill(iter(listed))
    filled = time.perf_counter() - start
    plain = [fold(name.text) for facts in listed for name in facts.names]

    def one(name: str, country: str) -> object:
        return search([subject(name, country)], store)

    def wratio(name: str, _country: str) -> object:
        return process.extract(fold(name), plain, scorer=fuzz.WRatio, limit=5)

    def token_set(name: str, _country: str) -> object:
        return process.extract(fold(name), plain, scorer=fuzz.token_set_ratio, limit=5)

    milliseconds(one, vendors[-200:])  # the database's memory and the connection are warm
    store.seconds.clear()
    ours = spread(milliseconds(one, vendors[:_ALONE]))
    lookup = spread([1000 * seconds for seconds in store.seconds])
    peers = [
        (f"rapidfuzz extract, {title}", spread(milliseconds(ask, vendors[:_PEER])))
        for title, ask in (("WRatio", wratio), ("token_set_ratio", token_set))
    ]
    times = " | ".join(f"{value:.2f}" for value in ours)
    yield f"| this engine, one vendor | {names:,} | {times} | |"
    times = " | ".join(f"{value:.2f}" for value in lookup)
    yield f"| of which look-up in PostgreSQL | {names:,} | {times} | |"
    for title, times in peers:
        ratio = times[0] / ours[0]
        yield (
            f"| {title} | {len(plain):,} | {times[0]:.1f} | {times[1]:.1f} | {times[2]:.1f} |"
            f" engine {ratio:.0f} times faster |"
        )
    seconds = in_bulk(dsn, vendors[:_BULK])
    share = 100_000 / _BULK
    yield (
        f"| this engine, {_BULK:,} vendors in 2 processes | {names:,} | {seconds:.1f} s | | |"
        f" 100,000 vendors: about {seconds * share:.0f} s |"
    )
    for title, times in peers:
        yield (
            f"| {title}, 2 processes | {len(plain):,} | | | |"
            f" 100,000 vendors: about {times[0] * 100 / 2:,.0f} s |"
        )
    sizes = {
        table: store.megabytes(table) for table in ("screening_index", "screening_party_entry")
    }
    yield (
        f"| index | {names:,} | | | | keys {sizes['screening_index']:.0f} MB ({keys:,}),"
        f" entries {sizes['screening_party_entry']:.0f} MB, filled in {filled:.0f} s |"
    )
    grown = memory(dsn, vendors[:1000])
    yield f"| memory of a worker after 1,000 vendors | {names:,} | | | | + {grown} MiB |"


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--million", action="store_true", help="also against 1,000,000 names")
    options.add_argument("--names", type=int, nargs="+", default=[60_000], help="names listed")
    chosen = options.parse_args()
    if not DATA.is_dir():
        raise SystemExit("The published lists are not here: put them into ../shared/data.")
    vendors = clean_vendors(_BULK)
    print(f"{date.today()}, {os.cpu_count()} cores, Python {platform.python_version()}\n")
    print("| what | names | p50 ms | p95 ms | p99 ms | |\n|---|---|---|---|---|---|")
    with database() as dsn:
        for count in [*chosen.names, *([1_000_000] if chosen.million else [])]:
            for line in measure(dsn, count, vendors):
                print(line, flush=True)


if __name__ == "__main__":
    main()
