# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A stable hash of what was compared. A decision stands while both sides' hashes stay.

It does not change with order, case, accents or white space, nor with the punctuation and common
abbreviations of an address, nor with citations and policy texts, which are not compared.
"""

from __future__ import annotations

import hashlib
import json

from .addresses import words_of_address
from .facts import Facts
from .fold import fold
from .identifiers import numbers_of

_VERSION = "v1"


def subject_fingerprint(facts: Facts) -> str:
    """Fingerprint of a contact's facts."""
    return _digest(facts)


def listed_fingerprint(facts: Facts) -> str:
    """Fingerprint of a listed party's facts. Our own house aliases count: they are compared."""
    return _digest(facts)


def _plain(text: str) -> str:
    return " ".join(fold(text).split())


def _digest(facts: Facts) -> str:
    content = [
        sorted({(_plain(name.text), name.kind) for name in facts.names}),
        facts.party_type,
        sorted({country.upper() for country in facts.countries}),
        sorted(numbers_of(facts)),
        sorted(
            {
                (" ".join(words_of_address(address.text)), address.country.upper())
                for address in facts.addresses
            }
        ),
    ]
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{_VERSION}:{digest}"
