# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a file seems to be, by its first bytes: a log-in page must not pass as a list."""

from __future__ import annotations

import re

from .errors import FetchError

#: What may be expected, and how it is called in a message.
EXPECTED = {"any": "", "csv": "CSV", "xml": "XML", "json": "JSON", "html": "HTML"}

_PROLOGUE = re.compile(rb"(?:<\?.*?\?>|<!--.*?-->|\s+)*", re.DOTALL)


def sniff(head: bytes) -> str:
    """Return ``archive``, ``html``, ``xml``, ``json`` or ``csv`` (which stands for any text)."""
    if head.startswith((b"PK", b"\x1f\x8b")):
        return "archive"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    prologue = _PROLOGUE.match(text)
    start = text[prologue.end() if prologue else 0 :][:100].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<script")):
        return "html"
    if text.startswith(b"<"):
        return "xml"
    return "json" if text.startswith((b"{", b"[")) else "csv"


def check(head: bytes, expected: str, address: str) -> None:
    """:raises FetchError: when the file begins as something else than ``expected``"""
    found = sniff(head)
    if expected == "any" or found == expected or (found == "archive" and expected != "html"):
        return
    if found == "html":
        raise FetchError("page", address=address)
    raise FetchError("kind", address=address, expected=EXPECTED[expected])
