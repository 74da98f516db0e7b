# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What of a listed party counts as its content: the hash that tells “changed” from “the same”.

Published texts wobble between releases (“Presumption of denial.”, “Presumption of denial ”),
and the order of aliases and addresses does too. Neither is a change of the entry.
"""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from .party import ListedParty

#: Changes when the rules below change, so that hashes of two rules never compare.
VERSION = "1"

_QUOTES = str.maketrans({"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "–": "-"})
_as_json = json.JSONEncoder(ensure_ascii=False, sort_keys=True).encode
_WORD = re.compile(r"\w+")
#: The party that was asked for last: by who gives it its key, and again by who takes it in.
_last: tuple[ListedParty | None, str] = (None, "")


def _spelling(text: str) -> str:
    """Names and addresses: case counts, white space, kind of quote and outer punctuation not."""
    if not text.isascii() or "`" in text:
        text = unicodedata.normalize("NFKC", text).translate(_QUOTES)
    return " ".join(text.split()).strip(" .,;:")


def _wording(text: str) -> str:
    """Policy texts, remarks, citations: the words alone count."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return " ".join(_WORD.findall(text.casefold()))


def normalised(party: ListedParty) -> dict[str, object]:
    """Return the content of ``party`` by field, in the form in which it is compared."""
    shown = _spelling(party.names[0].text) if party.names else ""
    return {
        "name": shown,
        "names": sorted({(_spelling(n.text), n.kind) for n in party.names}),
        "party_type": party.party_type,
        "countries": sorted(party.countries),
        "addresses": sorted({(_spelling(a.text), a.country) for a in party.addresses}),
        "identifiers": sorted(
            {(_wording(i.kind), _spelling(i.number), i.country) for i in party.identifiers}
        ),
        "programs": sorted(set(party.programs)),
        "license_requirement": _wording(party.license_requirement),
        "license_policy": _wording(party.license_policy),
        "citation": _wording(party.citation),
        "start_date": party.start_date,
        "end_date": party.end_date,
        "birth_dates": sorted(set(party.birth_dates)),
        "birth_places": sorted({_spelling(place) for place in party.birth_places}),
        "remarks": _wording(party.remarks),
    }


def content_hash(party: ListedParty) -> str:
    """Return a stable hash of what ``party`` says; row, uid, list and addresses of web pages aside.

    :return: ``"<version>:<32 hex digits>"``
    """
    global _last
    known, content = _last
    if known is not party:
        text = _as_json(normalised(party)).encode("utf-8", "surrogatepass")
        content = f"{VERSION}:{hashlib.blake2b(text, digest_size=16).hexdigest()}"
        _last = party, content
    return content
