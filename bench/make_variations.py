# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make the generated part of cases/positives.csv; what was written by hand stays as it is.

    python bench/make_variations.py

Same lists, same seed, same cases. The draw is over all organisations of the lists, so read what
came out before it is committed: a case that makes no sense is taken out in REFUSED below.
"""

from __future__ import annotations

import csv
import random
import re
from collections.abc import Iterator

import slips
from cases import CASES, SEED, split_of
from parties import Listed, load, plain

EACH_A, EACH_S, ALIASES = 28, 24, 200
#: Ids of drawn cases that make no sense.
REFUSED: frozenset[str] = frozenset()
_ORGANISATION = re.compile(
    r"\b(co|ltd|limited|llc|inc|corp\w*|company|group|institut\w*|technolog\w*|trading|bank|gmbh|"
    r"bureau|enterprise|plant|industr\w*|electronics?|joint|stock|ooo|oao|jsc|fze|shipping|"
    r"center|university|s\.a|sa|srl|sarl|ltda|international|association|design|systems?|"
    r"logistics|factory|works|foundation|airlines|air|petroleum|services?|holdings?)\b",
    re.IGNORECASE,
)
Row = tuple[str, str, str, str, str, str, str, str]


def organisations(listed: list[Listed]) -> list[Listed]:
    """Parties that are organisations by what their list or their name says, Latin names only."""
    return [
        party
        for party in listed
        if party.facts.party_type in ("", "organisation")
        and party.name.isascii()
        and 8 <= len(party.name) <= 70
        and _ORGANISATION.search(party.name)
    ]


def variations(listed: list[Listed], rng: random.Random) -> Iterator[Row]:
    """Cases of categories A and S: each way on parties of its own."""
    pool = rng.sample(organisations(listed), k=3000)
    ways = [("A", name, way, EACH_A) for name, way in slips.A.items()]
    ways += [("S", name, way, EACH_S) for name, way in slips.S.items()]
    for category, name, way, wanted in ways:
        made = 0
        while made < wanted:
            party = pool.pop()
            query = way(party.name.split(), rng)
            if query and query != party.name:
                made += 1
                yield _row(category, f"{category}-{name}-{made:02d}", query, party, name)


def aliases(listed: list[Listed], rng: random.Random) -> Iterator[Row]:
    """Cases of category C: an alias as the list has it; the benchmark takes it out of the list."""
    pool = [
        (party, name.text)
        for party in organisations(listed)
        for name in party.facts.names[1:]
        if name.kind in ("alias", "former") and _usable(name.text)
    ]
    taken: set[str] = set()
    while len(taken) < ALIASES:
        party, alias = rng.choice(pool)
        if party.name in taken or plain(alias) == plain(party.name):
            continue
        taken.add(party.name)
        others = {plain(w) for n in party.facts.names if n.text != alias for w in n.text.split()}
        shared = any(len(w) >= 4 and plain(w) in others for w in alias.split())
        kind = "shares a word with" if shared else "shares no word with"
        source = f"alias on the list; {kind} the party's other names"
        case_id = f"C-{len(taken):03d}"
        yield _row("C", case_id, alias, party, source)


def _usable(alias: str) -> bool:
    """No acronym, no address that slipped into the alias column."""
    return (
        alias.isascii()
        and 7 <= len(alias) <= 80
        and not re.fullmatch(r"[A-Z0-9.&-]{1,8}", alias)
        and not re.search(r"\d{4,}|;|\b(street|road|floor|building)\b", alias, re.IGNORECASE)
    )


def _row(category: str, case_id: str, query: str, party: Listed, source: str) -> Row:
    rule = source if category == "C" else f"rule: {source}"
    country = party.facts.countries[0] if party.facts.countries else ""
    name, code = party.name, party.list_code
    return (case_id, category, query, country, code, name, rule, split_of(case_id))


def main() -> None:
    """Write the file anew."""
    path = CASES / "positives.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    kept = [row for row in rows if row[1] not in ("A", "S", "C")]
    listed = load()
    made = [
        *variations(listed, random.Random(SEED)),  # noqa: S311 - no secret
        *aliases(listed, random.Random(SEED + 1)),  # noqa: S311
    ]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(kept)
        writer.writerows(row for row in made if row[0] not in REFUSED)


if __name__ == "__main__":
    main()
