# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which code made an index: forms and keys of listed names stay in the database for years.

A number that somebody has to raise would be forgotten once, and names would then be looked up under
keys that nobody wrote. So it is the hash of the code and the tables that forms and keys come from.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

#: What :mod:`engine.prepare` is made of; a test follows its imports.
MODULES = (
    *("addresses", "facts", "fold", "forms", "han", "identifiers", "index_sql", "keys", "match"),
    *("names", "parsed", "places", "prepare", "scripts", "sounds", "trade", "weights", "words"),
)
_FOLDER = Path(__file__).parent


@lru_cache(maxsize=1)
def index_version() -> str:
    """Hash of whatever decides under which keys a name is found."""
    digest = hashlib.blake2b(digest_size=12)
    tables = sorted(path for path in (_FOLDER / "data").iterdir() if path.is_file())
    for path in [*(_FOLDER / f"{name}.py" for name in MODULES), *tables]:
        digest.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
