# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Lists that come as several files: which files belong together, and all of them as one."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from pathlib import PurePath

from . import ofac_csv


def group(files: Sequence[tuple[str, bytes]]) -> list[list[int]]:
    """Say which of several files make one list.

    The files of OFAC's CSV set belong together when they lie in one folder, apart from those
    of its non-SDN twin, whose names begin with “cons”. Every other file is a list by itself.

    :param files: path and first 64 KiB of each
    :return: places in ``files``; a set stands where its first file stood
    """
    groups: dict[Hashable, list[int]] = defaultdict(list)
    parts = [ofac_csv.part_of(head) for _, head in files]
    for place, (path, _) in enumerate(files):
        where = PurePath(path)
        twin = where.name.lower().startswith("cons")
        key: Hashable = (str(where.parent), twin) if parts[place] else place
        groups[key].append(place)
    found: list[list[int]] = []
    for places in groups.values():
        if {parts[place] for place in places} == {"main"}:
            # Main files of several dates are editions, not a set.
            found += [[place] for place in places]
        else:
            found.append(places)
    return sorted(found)


def pack(files: Iterable[tuple[str, bytes]]) -> bytes:
    """Put the files of a set into one zip archive; the same files make the same archive.

    :param files: name and content of each
    """
    archive = io.BytesIO()
    seen: set[str] = set()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for number, (name, content) in enumerate(files, start=1):
            unique = f"{number}_{name}" if name in seen else name
            seen.add(unique)
            info = zipfile.ZipInfo(unique)  # of no date: the time of packing says nothing
            info.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(info, content)
    return archive.getvalue()


def describe(files: Iterable[tuple[str, bytes]]) -> str:
    """Return one line a file: its name, its size in bytes, its SHA-256."""
    return "\n".join(
        f"{name}: {len(content)} bytes, SHA-256 {hashlib.sha256(content).hexdigest()}"
        for name, content in files
    )
