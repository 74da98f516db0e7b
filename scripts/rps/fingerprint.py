# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tells whether the addon has changed since a database was made with it."""

import hashlib
import os
from pathlib import Path

from .paths import CHECKOUT

# Folders that no database depends on.
ASIDE = {"scripts", "tests", "bench", "docs"}


def of_files(root: Path = CHECKOUT) -> str:
    """Return a hash over names and contents of all that Odoo loads from the addon ``root``."""
    digest = hashlib.sha256()
    for folder, names, files in os.walk(root):
        top = folder == str(root)
        names[:] = sorted(
            name
            for name in names
            if name != "__pycache__" and not name.startswith(".") and not (top and name in ASIDE)
        )
        for name in sorted(files):
            path = os.path.join(folder, name)
            digest.update(os.path.relpath(path, root).encode() + b"\0")
            with open(path, "rb") as handle:
                digest.update(handle.read() + b"\0")
    return digest.hexdigest()
