# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One request with its redirects: what the server says and sends, and whether that can be true."""

from __future__ import annotations

import hashlib
import http.client
import socket
import ssl
import tempfile
import urllib.request
from dataclasses import dataclass, field
from typing import BinaryIO, cast
from urllib.error import URLError

from . import kind
from .address import follow, shown
from .connection import Watch, opener
from .errors import FetchError
from .options import Download, Options

MAX_REDIRECTS = 5
BLOCK = 1 << 16


@dataclass
class Try:
    """One request with its redirects."""

    address: str
    options: Options
    headers: dict[str, str]
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = shown(self.address)

    def run(self, seconds: float) -> Download:
        """Fetch within this time.

        :raises FetchError: whatever went wrong
        """
        watch = Watch(self.name, private=self.options.private)
        try:
            with watch.until(seconds):
                result = self._follow(watch)
        except FetchError as error:
            if watch.expired and error.passing:
                raise FetchError("timeout", address=self.name) from None
            raise
        except (OSError, http.client.HTTPException) as error:
            code = "timeout" if watch.expired else _code(error)
            raise FetchError(code, address=self.name) from None
        if watch.expired:  # the end that was read is the one we made
            if result.file is not None:
                result.file.close()
            raise FetchError("timeout", address=self.name)
        return result

    def _follow(self, watch: Watch) -> Download:
        director, target = opener(watch), self.address
        for _ in range(MAX_REDIRECTS + 1):
            request = urllib.request.Request(target, headers=self.headers)  # noqa: S310 - checked
            with director.open(request, timeout=self.options.timeout) as response:
                if response.status not in (301, 302, 303, 307, 308):
                    return self._take(response)
                try:
                    target = follow(target, response.headers["Location"])
                except FetchError:
                    raise FetchError("redirect", address=self.name) from None
        raise FetchError("redirects", address=self.name, limit=MAX_REDIRECTS)

    def _take(self, response: http.client.HTTPResponse) -> Download:
        conditional = self.headers.keys() & {"If-None-Match", "If-Modified-Since"}
        if response.status == 304 and conditional:
            return Download(None)
        if response.status != 200:
            raise _refusal(response, self.name)
        file = cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115 - the caller's
        try:
            size, digest = self._copy(response, file)
        except BaseException:
            file.close()
            raise
        file.seek(0)
        etag, modified = response.headers["ETag"] or "", response.headers["Last-Modified"] or ""
        return Download(file, size, digest, etag, modified)

    def _copy(self, response: http.client.HTTPResponse, file: BinaryIO) -> tuple[int, str]:
        announced = _announced(response, self.name)
        limit = self.options.max_bytes
        if announced is not None and announced > limit:
            raise FetchError("big", address=self.name, limit=limit)
        if response.will_close:
            response.length = None  # read to the end, to see whether more comes than announced
        size, digest, head = 0, hashlib.sha256(), b""
        try:
            while data := response.read1(BLOCK):
                size += len(data)
                if size > limit:
                    raise FetchError("big", address=self.name, limit=limit)
                file.write(data)
                digest.update(data)
                head = head if len(head) >= 1024 else head + data[:1024]
        except (OSError, http.client.HTTPException):
            if size != announced:  # else the server only forgot to hang up
                raise
        if announced is not None and size != announced:
            code = "cut" if size < announced else "length"
            raise FetchError(code, address=self.name, received=size, announced=announced)
        if not size:
            raise FetchError("empty", address=self.name)
        kind.check(head, self.options.expected, self.name)
        return size, digest.hexdigest()


def _announced(response: http.client.HTTPResponse, name: str) -> int | None:
    """Return the length that the server announces, or None."""
    said = response.headers["Content-Length"]
    if said is None or response.headers["Transfer-Encoding"]:
        return None
    if not (said.isascii() and said.isdigit()):
        raise FetchError("broken", address=name)
    return int(said)


def _refusal(response: http.client.HTTPResponse, name: str) -> FetchError:
    status = response.status
    if status in (401, 403, 407, 451):
        return FetchError("forbidden", address=name, status=status)
    if status in (404, 410):
        return FetchError("gone", address=name, status=status)
    if status in (408, 425, 429) or status >= 500:
        error = FetchError("busy", address=name, status=status)
        wait = response.headers["Retry-After"] or ""
        error.wait = int(wait) if wait.isascii() and wait.isdigit() else 0
        return error
    return FetchError("status", address=name, status=status)


def _code(error: Exception) -> str:
    """Say which sentence tells of a failure of the network."""
    if isinstance(error, URLError) and isinstance(error.reason, Exception):
        error = error.reason
        if isinstance(error, (ConnectionResetError, BrokenPipeError)):
            return "broken"
        if isinstance(error, ssl.SSLCertVerificationError):
            return "certificate"
        if isinstance(error, socket.gaierror | UnicodeError):
            return "name"
        return "timeout" if isinstance(error, TimeoutError) else "connect"
    return "timeout" if isinstance(error, TimeoutError) else "broken"
