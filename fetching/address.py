# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Addresses: which may be fetched, and what of them may be shown."""

from __future__ import annotations

import ipaddress
import re
from urllib.parse import urljoin, urlsplit

from .errors import FetchError

#: Letters, digits and what RFC 3986 allows beside them, and the braces of ``{date}``.
_ALLOWED = re.compile(r"[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%{}]+")


def shown(address: str) -> str:
    """Return server and path of ``address``: what may stand in messages and logs."""
    try:
        parts = urlsplit(address)
        return f"{parts.hostname or ''}{parts.path}"[:200] or "?"
    except ValueError:
        return "?"


def filename(address: str) -> str:
    """Return the last part of the path of ``address``, as a file name."""
    name = urlsplit(address).path.rstrip("/").rpartition("/")[2]
    return re.sub(r"[^\w.-]", "_", name).strip(".") or "list"


def check(address: str) -> str:
    """Return ``address`` without its fragment.

    :raises FetchError: when it is none of http or https, names no server, or holds a log-in
    """
    try:
        parts = urlsplit(address)
        fine = (
            _ALLOWED.fullmatch(address)
            and parts.scheme in ("http", "https")
            and parts.hostname
            and parts.port != 0  # raises ValueError for what is no number
            and "@" not in parts.netloc
        )
    except ValueError:
        fine = False
    if not fine:
        raise FetchError("address", address=shown(address))
    return parts._replace(fragment="").geturl()


def follow(address: str, location: str | None) -> str:
    """Return where a redirect of ``address`` leads.

    :raises FetchError: when that is no address, or gives encryption up
    """
    try:
        target = check(urljoin(address, location or ""))
    except (FetchError, ValueError):
        raise FetchError("redirect", address=shown(address)) from None
    if not location or (address.startswith("https:") and not target.startswith("https:")):
        raise FetchError("redirect", address=shown(address))
    return target


def is_public(ip: str) -> bool:
    """Say whether an IP address is one of the open internet."""
    number = ipaddress.ip_address(ip.partition("%")[0])
    inside = getattr(number, "ipv4_mapped", None)
    return (inside or number).is_global
