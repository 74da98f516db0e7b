# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The grammar of aliases: how BIS and State join several names in one text.

Entity List: “A; B; and C”, at times “A Co., Ltd., and B”. State (ISN): “A, B Co., Ltd., C”.
Both write “(f.k.a., X)” and “Y, a.k.a. Z” inside a name.
"""

from __future__ import annotations

import re

from .party import ListedName
from .text import tidy

_LEGAL = (
    r"(?:co|company|corp|corporation|inc|incorporated|limited|llc|l\.l\.c|ltd|gmbh|ooo|oao|zao|"
    r"pao|ao|jsc|pte|pvt|s\.a|sa|fze|fzc|fzco|bhd|plc|lp|llp|kg|ag|bv|b\.v|nv|n\.v|srl|s\.r\.l)"
)
_ENDS_LEGAL = re.compile(rf"[\s.,]{_LEGAL}\.?$", re.IGNORECASE)
_ONLY_LEGAL = re.compile(rf"(?:{_LEGAL}\.?\s*)+", re.IGNORECASE)
# Case matters at the end: only what begins like a name begins a new one.
_GLUED = re.compile(rf"(?i:(?<=[\s,.])({_LEGAL}\.?)),?\s+(?:and|or)\s+(?=[A-Z])")

_DOTTED = r"a\.\s?k\.\s?a|f\.\s?k\.\s?a|n\.\s?k\.\s?a|also known as|formerly known as"
_BRACKETED = re.compile(
    rf"[(\[]\s*({_DOTTED}|[afn]ka|formerly)\b[.,:]*\s*((?:[^()\[\]]|\([^()]*\))*)[)\]]",
    re.IGNORECASE,
)
_IN_LINE = re.compile(rf"(?:^|,?\s+\(?)({_DOTTED})\b[.,:]*\s+(?=\S)", re.IGNORECASE)
_WHOLLY_QUOTED = re.compile(r'["“]([^"“”]+)["”]')
_DASHES = "-\u2010\u2011\u2012\u2013\u2014"


def trim(text: str) -> str:
    """Return a name without what only joined it to its neighbours: “and ”, dashes, “,”, quotes."""
    text = re.sub(r"^(?:and|or)\s+(?=\S)", "", text.strip().lstrip(_DASHES).strip())
    text = text.strip(" ,;:")
    if match := _WHOLLY_QUOTED.fullmatch(text):
        text = match.group(1).strip()
    return text


def _regroup(pieces: list[str], *, after_legal_form_only: bool) -> list[str]:
    """Join comma pieces to names: a legal form belongs to the name before it."""
    names: list[str] = []
    for piece in (piece.strip() for piece in pieces):
        if not piece:
            continue
        open_name = after_legal_form_only and names and not _ENDS_LEGAL.search(names[-1])
        if names and (open_name or _ONLY_LEGAL.fullmatch(piece)):
            names[-1] += f", {piece}"
        else:
            names.append(piece)
    return names


def split_commas(text: str) -> list[str]:
    """Split names joined by ", " (ISN): “A, B Co., Ltd., C” -> A | B Co., Ltd. | C."""
    return _regroup(text.split(","), after_legal_form_only=False)


def _split_glued(text: str) -> list[str]:
    """Split at “…Ltd., and Name”; elsewhere a comma or “and” is part of a name."""
    match = _GLUED.search(text)
    if not match:
        return [text]
    heads = _regroup(text[: match.end(1)].split(","), after_legal_form_only=True)
    return [*heads, *_split_glued(text[match.end() :])]


def other_names(text: str) -> tuple[str, list[ListedName]]:
    """Take “(f.k.a. X)”, “[aka A, B]”, “N, a.k.a. Y” out of a name.

    :return: the name that is left, maybe ``""``, and the other names with their kind
    """
    found: list[tuple[str, str]] = []

    def take(match: re.Match[str]) -> str:
        inner = match.group(2)
        names = inner.split(";") if ";" in inner else split_commas(inner)
        found.extend((match.group(1), name) for name in names)
        return " "

    first, *rest = _IN_LINE.split(_BRACKETED.sub(take, text))
    found.extend(zip(rest[::2], rest[1::2], strict=True))
    others = [
        ListedName(trim(name), "former" if mark[0] in "fF" else "alias")
        for mark, name in found
        if re.search(r"\w", name)
    ]
    return trim(tidy(first)), others


def read_aliases(cell: str, *, joined_by_commas: bool = False) -> list[ListedName]:
    """Read an alias cell.

    :param cell: “A; B; and C”; “” and the publisher's “[]” hold none
    :param joined_by_commas: the ISN habit; then “,” parts names too
    """
    names: list[ListedName] = []
    if cell.strip() == "[]":
        return names
    for part in tidy(cell).split(";"):
        for piece in split_commas(part) if joined_by_commas else _split_glued(trim(part)):
            name, others = other_names(trim(piece))
            if re.search(r"\w", name):
                names.append(ListedName(name, "alias"))
            names.extend(others)
    return names
