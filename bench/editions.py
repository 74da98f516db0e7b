# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What two editions of a published list differ in: by the reader, and counted independently.

``python bench/editions.py [OLD NEW]``: two files of OFAC's sdn.csv, or of the UN list; without
them, those of ``../shared/data``. The independent count knows nothing of the readers: it is a few
lines over the csv module or the XML parser of the standard library.
"""

import csv
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import lists  # noqa: E402

DATA = ROOT.parent / "shared" / "data"
PAIRS = (
    ("ofac_sdn/2021-07-07/sdn.csv", "ofac_sdn/2024-05-03/sdn.csv"),
    ("ofac_sdn/2022-02-17/sdn.csv", "ofac_sdn/2022-02-24/sdn.csv"),
    ("un/un_consolidated_2020-11-24.xml", "un/un_consolidated_2026-02-27.xml"),
)


def by_reader(path: Path) -> dict[tuple[str, str], str]:
    """Return the content of each party by list and number, as the addon compares it."""
    with path.open("rb") as stream:
        return {
            (item.list_code, item.uid): lists.content_hash(item)
            for item in lists.read(stream, path.name)
            if isinstance(item, lists.ListedParty)
        }


def independently(path: Path) -> dict[str, str]:
    """Return what stands in the file by the publisher's number."""
    if path.suffix.lower() == ".csv":
        with path.open(encoding="latin-1", newline="") as stream:
            rows = (row for row in csv.reader(stream) if len(row) == 12)
            return {row[0].strip(): " ".join(" ".join(row).split()) for row in rows}
    root = ElementTree.parse(path).getroot()  # noqa: S314 - a file the caller chose
    return {
        (entry.findtext("REFERENCE_NUMBER") or "").strip(): " ".join(
            " ".join(entry.itertext()).split()
        )
        for kind in ("INDIVIDUAL", "ENTITY")
        for entry in root.iter(kind)
    }


def compare(old: Mapping[object, str], new: Mapping[object, str]) -> tuple[int, int, int, int]:
    """Return how many were added, removed, changed, and are the same."""
    both = old.keys() & new.keys()
    changed = sum(old[key] != new[key] for key in both)
    return len(new.keys() - old), len(old.keys() - new), changed, len(both) - changed


def main(arguments: list[str]) -> int:
    """Print the table; 1 if the two ways disagree about who came and who went."""
    pairs = (
        [tuple(map(Path, arguments))]
        if arguments
        else [(DATA / old, DATA / new) for old, new in PAIRS]
    )
    print(
        "| from | to | counted | added | removed | changed | same |\n|---|---|---|---|---|---|---|"
    )
    wrong = 0
    for old, new in pairs:
        found = []
        for name, read in (("by the reader", by_reader), ("independently", independently)):
            found.append(compare(read(old), read(new)))
            figures = " | ".join(f"{figure:,}" for figure in found[-1])
            files = " | ".join(f"{path.parent.name}/{path.name}" for path in (old, new))
            print(f"| {files} | {name} | {figures} |")
        wrong += found[0][:2] != found[1][:2]
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
