# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Make engine/data/word_bits.tsv from a file of company names (GLEIF legal names, CC0).

    python scripts/make_word_frequencies.py NAMES.csv.gz

Names whose SHA-256 ends in 0, 1, 2 or 3 are left out: they are kept for measuring false alarms.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import math
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from engine.names import words_of  # noqa: E402 - the engine stands beside this folder

#: A word met less often says nothing more than one never met.
MIN_COUNT = 2


def is_for_measuring(name: str) -> bool:
    """Whether a name is kept for measuring, never for making tables or tuning."""
    return hashlib.sha256(name.encode()).hexdigest()[-1] in "0123"


def main(path: Path) -> None:
    """Count in how many names each word stands and write its bits, in tenths."""
    counts: Counter[str] = Counter()
    total = 0
    with gzip.open(path, "rt", encoding="utf-8", newline="") as stream:
        rows = csv.reader(stream)
        column = next(rows).index("legal_name")
        for row in rows:
            if not is_for_measuring(row[column]):
                total += 1
                counts.update(set(words_of(row[column])))
    target = ROOT / "engine" / "data" / "word_bits.tsv"
    with target.open("w", encoding="utf-8") as out:
        out.write(f"# log2({total} names / names with the word) * 10; GLEIF legal names, CC0\n")
        for word, count in sorted(counts.items()):
            if count >= MIN_COUNT and len(word) > 1:
                out.write(f"{word}\t{round(math.log2(total / count) * 10)}\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
