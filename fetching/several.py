# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""All files of one source -> one file: alone as it came, several as a zip archive."""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, cast

from .address import filename
from .download import download
from .ecfr import DATE, dated
from .options import Download, Options


@dataclass
class Fetched:
    """What a source gave.

    :param file: at its start; None when nothing changed
    :param name: file name
    :param digest: SHA-256 of the content; of several files, of their SHA-256s
    :param validators: by address, what to give back the next time: ETag and Last-Modified
    """

    file: BinaryIO | None = None
    name: str = ""
    digest: str = ""
    validators: dict[str, list[str]] = field(default_factory=dict)

    def take(self) -> bytes:
        """Return the whole content and let go of the file; empty when nothing changed."""
        if self.file is None:
            return b""
        with self.file as file:
            return file.read()


def fetch(
    addresses: Sequence[str],
    options: Options | None = None,
    validators: Mapping[str, Sequence[str]] | None = None,
) -> Fetched:
    """Fetch all files of a source; all or none.

    :param addresses: at least one; ``{date}`` in one stands for the newest date of the eCFR
    :param validators: what the last success gave, when its content is still at hand
    :raises FetchError: when one of them cannot be fetched
    """
    options = options or Options()
    known = dict(validators or {})
    # A dated address is another file each day: what was said of yesterday's says nothing of it.
    asks = known.keys() >= set(addresses) and not any(DATE in address for address in addresses)
    with contextlib.ExitStack() as opened:
        found = [_get(address, options, known if asks else {}, opened) for address in addresses]
        if all(part.file is None for part in found):
            return Fetched(None, validators={key: list(value) for key, value in known.items()})
        for number, address in enumerate(addresses):
            if found[number].file is None:  # one of the others changed, so this is needed too
                found[number] = _get(address, options, {}, opened)
        result = _join(addresses, found)
        opened.pop_all() if len(found) == 1 else None
        return result


def _get(
    address: str,
    options: Options,
    known: Mapping[str, Sequence[str]],
    opened: contextlib.ExitStack,
) -> Download:
    etag, last_modified = known.get(address) or ("", "")
    part = download(dated(address, options), options, etag=etag, last_modified=last_modified)
    if part.file is not None:
        opened.enter_context(part.file)
    return part


def _join(addresses: Sequence[str], found: Sequence[Download]) -> Fetched:
    validators = {
        address: [part.etag, part.last_modified]
        for address, part in zip(addresses, found, strict=True)
        if part.etag or part.last_modified
    }
    names = [filename(address) for address in addresses]
    if len(found) == 1:
        return Fetched(found[0].file, names[0], found[0].sha256, validators)
    digest = hashlib.sha256("".join(part.sha256 for part in found).encode()).hexdigest()
    archive = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - the caller's
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as pack:
        for number, (name, part) in enumerate(zip(names, found, strict=True)):
            unique = name if names.count(name) == 1 else f"{number}_{name}"
            # No time of day in it: the same content makes the same archive.
            with pack.open(zipfile.ZipInfo(unique), "w", force_zip64=True) as member:
                shutil.copyfileobj(cast(BinaryIO, part.file), member)
    archive.seek(0)
    return Fetched(archive, f"{names[0].rpartition('.')[0] or names[0]}.zip", digest, validators)
