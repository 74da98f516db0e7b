# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Readers of the published list formats; pure Python, all yielding :class:`ListedParty`.

``read`` opens one file, ``read_files`` a set; iterate the reading, then look at its summary.
"""

from __future__ import annotations

from .content import content_hash
from .detect import FORMATS, read, read_files
from .diff import EditionDiff, FieldChange, ListDelta, changed_fields
from .generic_csv import template
from .party import (
    EmptyError,
    HeaderError,
    ListedAddress,
    ListedIdentifier,
    ListedName,
    ListedParty,
    ListFormatError,
    TruncatedError,
    Unreadable,
)
from .reading import Reading, Summary
from .sets import describe, group, pack

__all__ = [
    "FORMATS",
    "EditionDiff",
    "EmptyError",
    "FieldChange",
    "HeaderError",
    "ListDelta",
    "ListFormatError",
    "ListedAddress",
    "ListedIdentifier",
    "ListedName",
    "ListedParty",
    "Reading",
    "Summary",
    "TruncatedError",
    "Unreadable",
    "changed_fields",
    "content_hash",
    "describe",
    "group",
    "pack",
    "read",
    "read_files",
    "template",
]
