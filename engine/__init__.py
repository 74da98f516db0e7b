# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a name is, what matches, and why. Pure Python: knows neither Odoo nor a file format."""

from . import chain, explain, index_sql, lookup
from .border import Changed, border_after, border_of, within_border
from .facts import NAME_KINDS, PARTY_TYPES, Address, Facts, Identifier, Name
from .fingerprint import listed_fingerprint, subject_fingerprint
from .house import house_names
from .index_version import index_version
from .marks import spans
from .match import CandidateRow, Entry, Match, Query, Store
from .memory import MemoryStore
from .prepare import entries, prepare
from .search import judge, search
from .settings import (
    ALARMS_PER_1000,
    CANDIDATES,
    LEVELS,
    MATCHER_VERSION,
    MOST_SENSITIVE,
    SENSITIVITIES,
    WIDER,
)

__all__ = [
    "ALARMS_PER_1000",
    "CANDIDATES",
    "LEVELS",
    "MATCHER_VERSION",
    "MOST_SENSITIVE",
    "NAME_KINDS",
    "PARTY_TYPES",
    "SENSITIVITIES",
    "WIDER",
    "Address",
    "CandidateRow",
    "Changed",
    "Entry",
    "Facts",
    "Identifier",
    "Match",
    "MemoryStore",
    "Name",
    "Query",
    "Store",
    "border_after",
    "border_of",
    "chain",
    "entries",
    "explain",
    "house_names",
    "index_sql",
    "index_version",
    "judge",
    "listed_fingerprint",
    "lookup",
    "prepare",
    "search",
    "spans",
    "subject_fingerprint",
    "within_border",
]
