# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A file as it comes: plain, gz or zip, opened within limits, from the start as often as needed."""

from __future__ import annotations

import gzip
import io
import struct
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from typing import BinaryIO, cast

from .party import EmptyError, ListFormatError, TruncatedError

#: Bytes a file may have once unpacked. The largest official file (OFAC, ADVANCED) has some 120 MB.
MAX_BYTES = 1 << 30
#: Unpacked bytes per packed byte. Real lists reach 30; a zip bomb some 1,000.
MAX_RATIO = 200
#: Below this much unpacked, a high ratio harms nobody.
RATIO_FREE = 4 << 20
MAX_MEMBERS = 64
HEAD = 1 << 16

_UNPACK = "Unpack it and give the file that is inside, or put that into a zip or gz file"
_REFUSED = (
    (b"BZh", f"a bzip2 archive. {_UNPACK}"),
    (b"\xfd7zXZ", f"an xz archive. {_UNPACK}"),
    (b"7z\xbc\xaf", f"a 7z archive. {_UNPACK}"),
    (b"Rar!", f"a rar archive. {_UNPACK}"),
    (b"\x28\xb5\x2f\xfd", f"a zstd archive. {_UNPACK}"),
    (b"%PDF", "a PDF document. Fetch the list as CSV, XML or JSON"),
    (b"{\\rtf", "a text document (RTF). Fetch the list as CSV, XML or JSON"),
    (
        b"\xd0\xcf\x11\xe0",
        "a workbook of Excel 97, or one with a password. Save it as CSV or XLSX without",
    ),
)
#: What damaged archives make the standard library raise.
_UNPACKING = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    NotImplementedError,
    OSError,
    RuntimeError,
    ValueError,
)


class _Limited(io.RawIOBase):
    """A stream that turns every failure of unpacking, and too much of it, into one error."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        self._stream = stream
        self._left = limit

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]  # narrower than Buffer on purpose
        try:
            data = self._stream.read(len(buffer))
        except _UNPACKING as error:
            kind = TruncatedError if isinstance(error, EOFError) else ListFormatError
            raise kind(f"The archive is damaged or cut off ({error}). Fetch it again.") from error
        self._left -= len(data)
        if self._left < 0:
            raise ListFormatError(
                "The file unpacks to more than any published list holds; it is refused as hostile."
            )
        buffer[: len(data)] = data
        return len(data)


class Source:
    """One file, or one member of an archive, readable from its start any number of times.

    :param name: file name, for messages and for telling the OFAC files of a set apart
    :param opener: returns a stream at its start; an earlier one is not read any more then
    :param limit: bytes that may be read from it
    """

    def __init__(self, name: str, opener: Callable[[], BinaryIO], limit: int = MAX_BYTES) -> None:
        self.name = name
        self._opener = opener
        self._limit = limit
        #: What must live as long as this.
        self.owner: object = None

    def open(self) -> io.BufferedReader:
        """Return a stream at the start of the file; raises ListFormatError while read."""
        return io.BufferedReader(_Limited(self._opener(), self._limit), HEAD)

    def raw(self) -> BinaryIO:
        """Return the stream itself, for what has to seek in it."""
        return self._opener()

    def head(self) -> bytes:
        """Return the first 64 KiB."""
        return self.open().read(HEAD)


class _Copy:
    """A temporary file with what a stream held that cannot seek; gone with its last Source."""

    def __init__(self, stream: BinaryIO) -> None:
        self.file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - closed in __del__
        limited = io.BufferedReader(_Limited(stream, MAX_BYTES))
        while data := limited.read(1 << 20):
            self.file.write(data)

    def __del__(self) -> None:
        self.file.close()


def _size(stream: BinaryIO) -> int:
    return stream.seek(0, io.SEEK_END)


def _limit(packed: int) -> int:
    return min(MAX_BYTES, max(RATIO_FREE, packed * MAX_RATIO))


def _rewinder(stream: BinaryIO) -> Callable[[], BinaryIO]:
    def rewind() -> BinaryIO:
        stream.seek(0)
        return stream

    return rewind


def _members(stream: BinaryIO) -> list[Source]:
    try:
        archive = zipfile.ZipFile(stream)
    except _UNPACKING as error:
        raise ListFormatError(
            f"The zip archive is damaged or cut off ({error}). Fetch it again."
        ) from error
    members = [
        info
        for info in archive.infolist()
        if not info.is_dir() and not info.filename.startswith("__MACOSX")
    ]
    if not members:
        raise ListFormatError("The zip archive is empty.")
    if len(members) > MAX_MEMBERS:
        raise ListFormatError(f"The zip archive holds {len(members)} files; a list has a few.")
    if any(info.flag_bits & 1 for info in members):
        raise ListFormatError("The zip archive is locked with a password; unpack it first.")

    def opener(info: zipfile.ZipInfo) -> Callable[[], BinaryIO]:
        def open_member() -> BinaryIO:
            try:
                return cast(BinaryIO, archive.open(info))
            except _UNPACKING as error:
                raise ListFormatError(
                    f"“{info.filename}” in the zip archive cannot be unpacked ({error})."
                ) from error

        return open_member

    return [
        Source(info.filename.rsplit("/", 1)[-1], opener(info), _limit(info.compress_size))
        for info in members
    ]


def open_members(workbook: Source) -> list[Source]:
    """Open the files inside a workbook.

    :raises ListFormatError: damaged, locked, or hostile
    """
    return _members(workbook.raw())


def open_sources(stream: BinaryIO, name: str = "") -> list[Source]:
    """Open a file, unpacking gz and zip.

    :param stream: binary; a stream that cannot seek is copied to a temporary file
    :param name: its file name, for messages only
    :return: one source, or one for each file in the zip archive; a workbook (XLSX) is one source
    :raises ListFormatError: empty, damaged, locked, of a kind that is not read, too large
    """
    if stream.seekable():
        return _open(stream, name)
    copy = _Copy(stream)
    sources = _open(copy.file, name)
    for source in sources:
        source.owner = copy
    return sources


def _open(stream: BinaryIO, name: str) -> list[Source]:
    size = _size(stream)
    rewind = _rewinder(stream)
    magic = rewind().read(8)
    if not size:
        raise EmptyError("The file is empty (0 bytes). The edition in force stays.")
    for start, kind in _REFUSED:
        if magic.startswith(start):
            raise ListFormatError(f"The file is {kind}.")
    if magic.startswith(b"\x1f\x8b"):

        def unpack() -> BinaryIO:
            return cast(BinaryIO, gzip.GzipFile(fileobj=rewind()))

        return [Source(name.removesuffix(".gz"), unpack, _limit(size))]
    if magic.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        members = _members(rewind())
        names = {member.name for member in members}
        if "[Content_Types].xml" in names:
            return [Source(name, rewind)]
        if {"mimetype", "content.xml"} <= names:
            raise ListFormatError("The file is an OpenDocument file. Save it as CSV or XLSX.")
        return members
    return [Source(name, rewind)]
