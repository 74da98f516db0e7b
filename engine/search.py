# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Subjects against the lists: candidates from the store, scored one by one, best of each party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from .addresses import same_address, words_of_address
from .facts import Facts
from .identity import SAME, identity
from .match import CandidateRow, Match, Query, Store
from .parsed import SEPARATOR, parsed
from .prepare import prepare
from .score import NameScore, country_says, describe, score_names
from .settings import CANDIDATES, LEVELS, MATCHER_VERSION, SENSITIVITIES
from .sieve import Sieve, least_evidence

#: Points for the country of a person; people move.
PERSON_COUNTRY = {"agree": 2.0, "differ": -2.0, "unknown": 0.0}


def search(
    subjects: Sequence[Facts], store: Store, sensitivity: str = "standard"
) -> list[list[Match]]:
    """Matches of each subject, best first, at most one for each listed party.

    :param sensitivity: one of :data:`engine.settings.SENSITIVITIES`
    """
    floor = SENSITIVITIES[sensitivity]
    queries = [prepare(subject) for subject in subjects]
    least = least_evidence(floor)
    results = []
    for query, rows in zip(queries, store.candidates(queries, CANDIDATES), strict=True):
        best: dict[int, Match] = {}
        names = [(text, form, Sieve(parsed(form))) for text, form in query.names if form]
        for row in rows:
            match = _compare(query, names, row, least)
            if match and match.score >= floor:
                known = best.get(row.party_id)
                if not known or match.score > known.score:
                    best[row.party_id] = match
        found = sorted(best.values(), key=lambda match: (-match.score, match.party_id))
        results.append([_related(match) for match in found])
    return results


def _related(match: Match) -> Match:
    """A hit between firms, with what the listed one is to the contact if their names tell."""
    if match.relation:
        return match
    sure = identity(match.subject_name, match.matched_name)
    evidence = {**match.evidence, "identity": sure}
    if sure < SAME:
        evidence["against"] = [*evidence["against"], "related"]
    more = match.evidence["missing_listed"] and not match.evidence["missing_subject"]
    relation = "same" if sure >= SAME else "affiliate" if more else "similar"
    return replace(match, relation=relation, evidence=evidence)


def judge(subject: Facts, listed: Facts, sensitivity: str = "standard") -> Match | None:
    """Compare one subject with one listed party, without a store, to the same score."""
    from .memory import MemoryStore

    found = search([subject], MemoryStore({0: listed}), sensitivity)[0]
    return found[0] if found else None


def _compare(
    query: Query, names: Sequence[tuple[str, str, Sieve]], row: CandidateRow, least: float
) -> Match | None:
    if row.kind == "identifier":
        return _identifier_match(query, row)
    if row.kind == "address":
        return _address_match(query, row)
    country = country_says(query.facts.countries, row.countries)
    persons = row.party_type == "person" and query.facts.party_type != "organisation"
    best: tuple[NameScore, str] | None = None
    for text, form, sieve in names:
        if not persons and not sieve.lets_through(row.form, country, least):
            continue
        scored = score_names(form, row.form, country, persons)
        if scored and (best is None or scored.value > best[0].value):
            best = (scored, text)
    return _name_match(query, row, country, *best, persons) if best else None


def _name_match(
    query: Query, row: CandidateRow, country: str, scored: NameScore, text: str, persons: bool
) -> Match:
    evidence = {
        **_evidence(query, row, country),
        **describe(scored, row.party_type == "person"),
        "subject": text,
        "against": _against(query, row, scored, country),
    }
    # Whether it is the same firm, a costlier question, is asked of hits only.
    relation = "same" if persons else ""
    value = scored.value + (PERSON_COUNTRY[country] if persons else 0.0)
    return _match(row, text, value, relation, evidence)


def _identifier_match(query: Query, row: CandidateRow) -> Match:
    country = country_says(query.facts.countries, row.countries)
    evidence = {
        **_evidence(query, row, country),
        "subject": row.text,
        "identifier": row.text,
    }
    return _match(row, row.text, 100.0, "identifier", evidence)


def _address_match(query: Query, row: CandidateRow) -> Match | None:
    listed = tuple(row.form.split(SEPARATOR))
    for address in query.facts.addresses:
        if same_address(words_of_address(address.text), listed):
            country = country_says(query.facts.countries, row.countries)
            if country == "differ":
                continue
            evidence = {
                **_evidence(query, row, country),
                "subject": address.text,
                "address": row.text,
            }
            return _match(
                row, address.text, 88.0 if country == "agree" else 86.0, "address", evidence
            )
    return None


def _evidence(query: Query, row: CandidateRow, country: str) -> dict[str, Any]:
    return {
        "version": MATCHER_VERSION,
        "listed": row.text,
        "kind": row.kind,
        "country": country,
        "subject_countries": list(query.facts.countries),
        "listed_countries": list(row.countries),
        "words": [],
        "missing_listed": [],
        "missing_subject": [],
        "against": [],
    }


def _against(query: Query, row: CandidateRow, scored: NameScore, country: str) -> list[str]:
    against = []
    if country == "differ":
        against.append("country")
    if any(pair.how not in ("equal", "joined") for pair in scored.alignment.pairs):
        against.append("spelling")
    if scored.alignment.left_listed:
        against.append("missing")
    if scored.alignment.left_subject:
        against.append("more")
    if row.kind == "house":
        against.append("house")
    if row.party_type == "person" and query.facts.party_type == "organisation":
        against.append("type")
    return against


def _match(
    row: CandidateRow,
    subject_name: str,
    value: float,
    relation: str,
    evidence: dict[str, Any],
) -> Match:
    if "type" in evidence["against"]:
        value -= 8
    score = max(0, min(100, round(value)))
    level = "strong" if score >= LEVELS["strong"] else "possible"
    return Match(
        row.party_id,
        row.entry_id,
        score,
        level,
        row.text,
        row.kind,
        subject_name,
        relation,
        evidence,
    )
