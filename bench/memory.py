# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the engine adds to the memory of a process that screens; started by speed.py.

    python memory.py CONNECTION < VENDORS.json

The engine, rapidfuzz and their tables are counted.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

# What Odoo has loaded anyway, and what only the benchmark needs, comes before the first look.
import multiprocessing.pool  # noqa: E402, F401

import psycopg2.extras  # noqa: E402, F401
from rps import databases, postgres  # noqa: E402, F401

import lists  # noqa: E402, F401


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
