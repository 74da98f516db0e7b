# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The hash chain of the audit trail: what one row commits to, what binds it to the one before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

#: Version of the rule below, written in front of each hash so that the rule can change
#: and old rows still verify.
VERSION = "1"

#: What the first row is bound to.
GENESIS = f"${VERSION}$" + "0" * 64

#: Made once: an encoder for each of a million rows costs as much as the hashing.
_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def canonical(content: Mapping[str, object]) -> str:
    """JSON with sorted keys and no spare white space: the same content is the same text everywhere.

    :raises TypeError: when a value is not JSON
    """
    return _ENCODER.encode(content)


def content_hash(content: Mapping[str, object]) -> str:
    """SHA-256 of one row's own content, versioned."""
    return _digest(canonical(content))


def link_hash(previous: str, content: str) -> str:
    """Hash that binds a row's content hash to the chain before it.

    :param previous: link hash of the row before, :data:`GENESIS` for the first
    :param content: :func:`content_hash` of the row itself
    """
    return _digest(previous + content)


def _digest(text: str) -> str:
    return f"${VERSION}$" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
