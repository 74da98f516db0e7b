# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses of the eCFR hold a date, and it must be one that the eCFR has.

``.../api/versioner/v1/full/{date}/title-15.xml?part=744`` becomes fetchable by asking the same
server for the date up to which that title is kept.
"""

from __future__ import annotations

import json
import re
from dataclasses import replace
from urllib.parse import urlsplit

from .address import shown
from .download import download
from .errors import FetchError
from .options import Options

DATE = "{date}"
_TITLE = re.compile(r"^(.*)/full/\{date\}/title-(\d+)\.xml$")


def dated(address: str, options: Options) -> str:
    """Return ``address`` with the newest date in the place of ``{date}``.

    :raises FetchError: when the server does not give that date, or the address is no eCFR's
    """
    if DATE not in address:
        return address
    parts = urlsplit(address)
    match = _TITLE.match(parts.path)
    if not match:
        raise FetchError("date", address=shown(address))
    titles = parts._replace(path=f"{match.group(1)}/titles.json", query="").geturl()
    part = download(titles, replace(options, expected="json", max_bytes=1 << 20))
    try:
        with part.file as file:  # type: ignore[union-attr]  # nothing conditional was asked
            found = {title["number"]: title for title in json.load(file)["titles"]}
        date = found[int(match.group(2))]["up_to_date_as_of"]
    except (ValueError, LookupError, TypeError):
        date = None
    if not isinstance(date, str) or not re.fullmatch(r"\d{4}-\d\d-\d\d", date):
        raise FetchError("date", address=shown(address))
    return address.replace(DATE, date)
