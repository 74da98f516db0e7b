# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How to fetch a file, and what comes of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import BinaryIO

#: Some publishers refuse what does not begin like a browser's and is not 40 characters long.
USER_AGENT = "Mozilla/5.0 (compatible; restricted-party-screening; list update)"
MAX_BYTES = 256 << 20


@dataclass(frozen=True)
class Options:
    """How to fetch.

    :param user_agent: header of that name
    :param expected: key of ``kind.EXPECTED``
    :param timeout: seconds without a byte
    :param time_limit: seconds for one address in all, tries and pauses included
    :param max_bytes: a larger file is refused
    :param retries: further tries after a failure that may pass
    :param pause: seconds before the second try; doubled each time
    :param private: whether servers in private networks are allowed
    """

    user_agent: str = USER_AGENT
    expected: str = "any"
    timeout: float = 30
    time_limit: float = 90
    max_bytes: int = MAX_BYTES
    retries: int = 2
    pause: float = 1
    private: bool = False


@dataclass
class Download:
    """What came.

    :param file: at its start; None when the server says that nothing changed
    :param etag, last_modified: to be given back the next time; empty when the server said none
    """

    file: BinaryIO | None = None
    size: int = 0
    sha256: str = ""
    etag: str = ""
    last_modified: str = ""
