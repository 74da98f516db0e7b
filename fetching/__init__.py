# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fetches list files over http and https; pure Python, knows nothing of Odoo or of lists.

``fetch`` gets all files of a source, ``download`` one address.
"""

from __future__ import annotations

from .address import check as check_address
from .address import shown
from .download import download
from .errors import SENTENCES, FetchError
from .kind import EXPECTED
from .options import MAX_BYTES, USER_AGENT, Download, Options
from .several import Fetched, fetch

__all__ = [
    "EXPECTED",
    "MAX_BYTES",
    "SENTENCES",
    "USER_AGENT",
    "Download",
    "FetchError",
    "Fetched",
    "Options",
    "check_address",
    "download",
    "fetch",
    "shown",
]
