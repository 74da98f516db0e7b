# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the engine adds to the memory of a process that screens; started by speed.py.

    python memory.py CONNECTION < VENDORS.json

Odoo has psycopg2 loaded anyway; the engine, rapidfuzz and their tables are counted.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import psycopg2.extras  # noqa: F401 - before the first look


def resident() -> float:
    """MiB of this process."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / (1 << 20)


def main() -> None:
    """Screen the vendors one by one and print the growth in MiB."""
    vendors = json.load(sys.stdin)
    before = resident()
    from database import Store
    from ours import subject

    from engine import search

    store = Store(sys.argv[1])
    for name, country in vendors:
        search([subject(name, country)], store)
    print(f"{resident() - before:.0f}")


if __name__ == "__main__":
    main()
