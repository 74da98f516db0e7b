# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The entity cell of Supplement No. 4 to 15 CFR part 744: name, aliases, addresses in one text.

“NAME, a.k.a., the following two aliases:”, then “—Alias; and” “—Alias.” one a line, then the
addresses joined by “; and”. Without aliases the address follows the name after a comma, and
names hold commas too (“Co., Ltd.”).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .aliases import other_names, trim
from .countries import country_code
from .names import distinct, is_address_only, read_name
from .party import ListedName
from .text import tidy

_LIST = re.compile(
    r"[,;]?\s*(?:and\s+)?\b(?P<mark>a\.?k\.?a|f\.?k\.?a|n\.?k\.?a)\b[.,:]*\s+(?:to include\s+)?"
    r"the following\b[^:\n]*:\s*",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"[,;.]?\s*\b(?:(?:affiliated|subordinate) (?:entit|institut)\w*|to include the following)"
    r"[^:\n]*:\s*(?=$|[\u2013\u2014])",
    re.IGNORECASE,
)
_SEE = re.compile(r"\(\s*see\b[^)]*\)\.?", re.IGNORECASE)
_ADDRESS = re.compile(
    r"[,.;]?\s*(?:the following addresses apply\b[^:]*:|"
    r"\b(?:alt(?:ernate)?\.?\s+)?address(?:es)?:)\s*",
    re.IGNORECASE,
)
_DASH = "\u2014\u2013"
_RUN_TOGETHER = re.compile(rf"(?<=[:;])\s*(and\s+)?(?=[{_DASH}])")
_ABBREVIATED = re.compile(
    r"\b(?:co|ltd|inc|corp|pte|pvt|bhd|bros|est|mfg|intl|s\.a|s\.r\.l|l\.l\.c|\w\.\w|\w)\.$",
    re.IGNORECASE,
)
_END = re.compile(r"[;,]?\s*\band\s*$|[;,]\s*$", re.IGNORECASE)

_LEGAL = re.compile(
    r"(?:co|corp|inc|llc|l\.l\.c|ltd|limited|gmbh|s\.?a|s\.?r\.?l|spa|a\.?s|pte|pvt|sdn|bhd|plc|lp|"
    r"fze|fzc|fzco|fz-llc|jsc|ojsc|cjsc|pjsc|ojs|ooo|oao|zao|pao|ao|llp|kg|ag|b\.?v|n\.?v|eood|ood|"
    r"d\.?o\.?o|sp\. z o\.?o|a\.?o|ltda|incorporated|company|s\.a\.r\.l|sarl|sal|w\.l\.l|wll|est|"
    r"jr|sr|ii|iii|dmcc|fsue|fgup|pt)\.?(?:\s+\([^)]*\))?(?:\s+(?:ltd|limited|llc|inc)\.?)?",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"\b(?:institut\w*|academy|company|corporation|bureau|department|laborator\w*|headquarters|"
    r"joint[- ]stock|enterprise|plant|factory|association|design|branch|npo|jsc|pjsc)\b",
    re.IGNORECASE,
)
_STREET = re.compile(
    r"\d|\b(?:no|nos|room|rm|suite|ste|unit|flat|floor|block|blk|building|bldg|p\.?\s?o|office|apt|"
    r"house|plot|street|st|road|rd|avenue|ave|ul|ulitsa|ulica|prospekt|pr-t|level|tower|villa|"
    r"shop|district|industrial|zone|city|province|highway|hwy|lane|square|village|c/o|oblast|"
    r"region|shosse|naberezhnaya|bulvar|pereulok|proezd)\b",
    re.IGNORECASE,
)


@dataclass
class EntityCell:
    """What one entity cell holds; no names and ``party_type`` address if it names only one."""

    names: tuple[ListedName, ...] = ()
    addresses: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    party_type: str = ""


def split_name(text: str) -> tuple[str, str]:
    """Part “NAME, ADDRESS” without a mark between them.

    The address begins at the first comma after which a street, a number or a place stands;
    legal forms and bodies (“…, Joint Stock Company Avangard”) still belong to the name.

    :return: name and address; the address is ``""`` if there is none
    """
    marked = _ADDRESS.split(text, maxsplit=1)
    if len(marked) == 2:
        return trim(marked[0]), _ADDRESS.sub("; ", marked[1])
    pieces = text.split(",")
    for index in range(1, len(pieces)):
        piece = pieces[index].strip(" .")
        rest = ",".join(pieces[index:]).strip()
        if _LEGAL.fullmatch(piece) or not piece:
            continue
        last = index == len(pieces) - 1
        if _BODY.search(piece) and not _STREET.search(piece) and not last:
            continue
        return trim(",".join(pieces[:index])), rest
    return trim(text), ""


def _lines(text: str) -> list[str]:
    text = _RUN_TOGETHER.sub("\n", text)
    return [line for line in (tidy(line) for line in text.split("\n")) if line]


def _split_last_alias(alias: str) -> tuple[str, str]:
    """Where line ends are lost, the address runs on behind the last alias: “X Ltd. Room 1, …”."""
    for match in re.finditer(r"\.\s+(?=\w)", alias):
        name, rest = alias[: match.start() + 1], alias[match.end() :]
        first, _, last = rest.partition(",")
        if _LEGAL.match(rest):
            continue
        if country_code(rest.rpartition(",")[2].strip(" .")) or (last and _STREET.search(first)):
            return name, rest
    return alias, ""


def split_addresses(text: str) -> list[str]:
    """Split addresses joined by “; and” or “;”."""
    parts = re.split(r";\s*(?:and\b\s*)?", text)
    return [part.strip(" .,") for part in parts if re.search(r"\w", part)]


def _kind(mark: str) -> str:
    return "former" if mark[0] in "fF" else "alias"


class _Reader:
    def __init__(self) -> None:
        self.head = ""
        self.found: list[ListedName] = []
        self.tail: list[str] = []
        self._kind = ""

    def line(self, line: str) -> None:
        """Sort one line: head, alias, or address."""
        for pattern in (_LIST, _PARTS):
            match = pattern.search(line)
            if match:
                before, rest = line[: match.start()], line[match.end() :]
                if before.strip():
                    self._plain(before)
                self._kind = _kind(match.group("mark")) if pattern is _LIST else "alias"
                if rest:
                    self.line(rest if rest[0] in _DASH else f"\u2014{rest}")
                return
        if line[0] in _DASH and self._kind:
            self._alias(line)
        else:
            self._plain(line)

    def _alias(self, line: str) -> None:
        name, others = other_names(trim(_END.sub("", line.lstrip(_DASH + " "))))
        if name:
            self.found.append(ListedName(name, self._kind))
        self.found += others

    def _plain(self, line: str) -> None:
        if not self.head and not self.found:
            self.head = line
        else:
            self.tail.append(line)


def read_cell(lines: Sequence[str]) -> EntityCell:
    """Read an entity cell.

    :param lines: its lines as the source breaks them; text that runs on in one line is
        taken apart as far as its marks allow
    """
    text = "\n".join(lines)
    remarks = [tidy(match) for match in _SEE.findall(text)]
    all_lines = _lines(_SEE.sub("", text))
    if not all_lines:
        return EntityCell(remarks=remarks)
    if is_address_only(all_lines[0]):
        number, _, rest = all_lines[0].partition(",")
        addresses = split_addresses(" ".join([rest, *all_lines[1:]]))
        return EntityCell((), addresses, [number.strip(" .:"), *remarks], "address")
    reader = _Reader()
    for line in all_lines:
        reader.line(line)
    if not reader.tail and reader.found:
        name, rest = _split_last_alias(reader.found[-1].text)
        reader.found[-1] = ListedName(name, reader.found[-1].kind)
        reader.tail = [rest] if rest else []
    head = reader.head
    if not reader.found and not reader.tail:
        head, rest = split_name(head)
        reader.tail = [rest]
    name_cell = read_name(trim(head))
    aliases = [ListedName(_full_stop(name.text), name.kind) for name in reader.found]
    return EntityCell(
        distinct([*name_cell.names, *aliases]),
        split_addresses(_ADDRESS.sub("; ", " ".join(reader.tail))),
        [*name_cell.remarks, *remarks],
        name_cell.party_type,
    )


def _full_stop(name: str) -> str:
    """Drop the full stop that ends a list of aliases, not the one of “Ltd.”."""
    return name if _ABBREVIATED.search(name) else name.removesuffix(".")


def country_of(heading: str) -> str:
    """Return the code of a country heading: “CHINA, PEOPLE'S REPUBLIC OF” -> CN."""
    return country_code(tidy(heading).strip(" .[]"))
