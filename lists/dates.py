# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A date as a list writes it -> ISO."""

from __future__ import annotations

import datetime
import re

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:T|\s|$)")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})\b")
_LONG = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2}),?\s+(\d{4})")
_DAY_FIRST_LONG = re.compile(r"(\d{1,2})\s+([A-Za-z]{3,9})\.?\s+(\d{4})")
# fmt: off
_MONTHS = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6,
    "jul": 7, "aug": 8, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}
# fmt: on


def _iso(year: int, month: int, day: int) -> str:
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return ""


def iso_date(text: str, *, day_first: bool = False) -> str:
    """Return the first date in ``text`` as ISO, or ``""`` if there is none that exists.

    :param text: “2019-10-09”, “10/9/2019”, “10/9/19”, “October 9, 2019”, “09 Oct 2019”
    :param day_first: read 9/10/2019 as 9 October (UK and old EU files); the US order otherwise
    """
    text = text.strip()
    if match := _ISO.match(text):
        year, month, day = map(int, match.groups())
        return _iso(year, month, day)
    if match := _SLASHED.search(text):
        first, second, year = map(int, match.groups())
        month, day = (second, first) if day_first else (first, second)
        # Two digits occur in citations only; no list is older than 1970.
        return _iso(year + (0 if year > 99 else 1900 if year >= 70 else 2000), month, day)
    if match := _LONG.search(text):
        return _iso(int(match[3]), _MONTHS.get(match[1][:3].lower(), 0), int(match[2]))
    if match := _DAY_FIRST_LONG.search(text):
        return _iso(int(match[3]), _MONTHS.get(match[2][:3].lower(), 0), int(match[1]))
    return ""
