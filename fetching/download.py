# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One address -> one temporary file, or one clear sentence why not."""

from __future__ import annotations

import time

from .address import check
from .errors import FetchError
from .options import Download, Options
from .transfer import Try

#: Seconds; a server that asks for a longer pause is asked again at the next run.
LONGEST_PAUSE = 10


def download(
    address: str, options: Options | None = None, *, etag: str = "", last_modified: str = ""
) -> Download:
    """Fetch one address.

    :param etag, last_modified: of the file one has already; the server may then say that nothing
        changed, which gives a Download without a file
    :raises FetchError: the last failure, when further tries are used up or would not help
    """
    options = options or Options()
    headers = {"User-Agent": options.user_agent, "Accept": "*/*"}
    if etag:
        headers["If-None-Match"] = etag
    if last_modified:
        headers["If-Modified-Since"] = last_modified
    attempt = Try(check(address), options, headers)
    end = time.monotonic() + options.time_limit
    for number in range(options.retries + 1):
        try:
            return attempt.run(max(0.1, end - time.monotonic()))
        except FetchError as error:
            pause = max(options.pause * 2**number, error.wait)
            late = time.monotonic() + pause >= end
            if not error.passing or number == options.retries or late or pause > LONGEST_PAUSE:
                raise
            time.sleep(pause)
    raise AssertionError("unreachable")
