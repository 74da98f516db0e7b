# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""XML from strangers, read record by record: no DTD, no entities, no network, bounded memory."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from lxml import etree

from .party import ListFormatError, TruncatedError
from .source import Source

#: Official lists nest some 15 levels deep.
MAX_DEPTH = 64
#: Elements of one record; the richest official record has some 3,000.
MAX_ELEMENTS = 100_000

_ROOT = re.compile(rb"<(?:[\w.-]+:)?([A-Za-z_][\w.-]*)([^>]*)")
_ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def local(element: etree._Element) -> str:
    """Return the name of ``element`` without its namespace."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def root_of(head: bytes) -> str:
    """Return the local name of the first element in ``head``, or ``""`` if it is no XML."""
    text = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    if not text.startswith(b"<"):
        return ""
    text = re.sub(rb"<\?.*?\?>|<!--.*?-->|<![^>]*>", b"", text, flags=re.DOTALL)
    match = _ROOT.search(text)
    return match.group(1).decode("ascii", "replace") if match else ""


def text_of(element: etree._Element | None) -> str:
    """Return all text inside ``element`` on one line; ``""`` for ``None``."""
    if element is None:
        return ""
    return " ".join("".join(str(part) for part in element.itertext()).split())


def children(element: etree._Element | None, name: str) -> list[etree._Element]:
    """Return the children of ``element`` called ``name``, in any namespace."""
    return [] if element is None else [child for child in element if local(child) == name]


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first element down ``path``, or ``None``."""
    for name in path:
        found = children(element, name)
        if not found:
            return None
        element = found[0]
    return element


def value(element: etree._Element | None, *path: str) -> str:
    """Return the text of the first element down ``path``, or ``""``."""
    return text_of(child(element, *path))


def values(element: etree._Element | None, *path: str) -> list[str]:
    """Return the texts that are not empty of all elements down ``path``."""
    found = [element] if element is not None else []
    for name in path:
        found = [item for parent in found for item in children(parent, name)]
    return [text for text in map(text_of, found) if text]


def _refuse_dtd() -> ListFormatError:
    return ListFormatError(
        "The XML declares a document type or entities. No official list does; it is refused "
        "as hostile."
    )


class _Tail:
    """A stream that remembers how it ended: XML that is whole ends with “>”."""

    def __init__(self, source: Source) -> None:
        self._stream = source.open()
        self._last = b""
        self.ended = False

    def read(self, size: int) -> bytes:  # pylint: disable=method-required-super  # a stream, no Odoo model
        data = self._stream.read(size)
        self.ended = not data
        self._last = data.rstrip(b" \t\r\n\0")[-1:] or self._last
        return data

    @property
    def broken(self) -> bool:
        return self.ended and self._last != b">"


def _explain(error: etree.XMLSyntaxError, logged: list[str], broken: bool) -> ListFormatError:
    line = (error.position or (0, 0))[0]
    text = " ".join((logged[0] if logged else error.msg or "").split(", line")[0].split())
    if broken or "Premature end" in text:
        return TruncatedError(
            f"the XML breaks off ({text}): it is truncated. Fetch it again.", line
        )
    return ListFormatError(f"the XML is not well-formed ({text}). Fetch it again.", line)


class _Guard:
    """Counts depth and size, and frees what has been read."""

    def __init__(self, wanted: Collection[str]) -> None:
        self._wanted = wanted
        self._depth = 0
        self._inside = 0
        self._count = 0

    def start(self, element: etree._Element) -> None:
        if self._depth == 0 and element.getroottree().docinfo.internalDTD is not None:
            raise _refuse_dtd()
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise ListFormatError(f"the XML nests deeper than {MAX_DEPTH} levels: this is no list.")
        self._inside += local(element) in self._wanted
        if self._inside:
            self._count += 1
            if self._count > MAX_ELEMENTS:
                raise ListFormatError(
                    f"one record has more than {MAX_ELEMENTS} elements: this is no list."
                )

    def end(self, element: etree._Element) -> bool:
        """Return whether ``element`` is a whole record."""
        self._depth -= 1
        whole = local(element) in self._wanted
        if whole:
            self._inside -= 1
        if not self._inside:
            self._count = 0
        return whole and not self._inside

    @property
    def outside(self) -> bool:
        return not self._inside


def _free(element: etree._Element) -> None:
    """Drop a finished element and what stands before it, so memory does not grow."""
    element.clear()
    parent = element.getparent()
    if parent is not None:
        while element.getprevious() is not None:
            del parent[0]


def records(
    source: Source,
    wanted: Collection[str],
    on_root: Callable[[etree._Element], None] | None = None,
) -> Iterator[etree._Element]:
    """Yield the outermost elements whose local name is in ``wanted``, each valid until the next.

    :param on_root: called with the root element at its start, for its attributes
    :raises ListFormatError: DTD, entities, too deep, too large, cut off, not well-formed
    """
    if _ENTITY.search(source.head().replace(b"\0", b"")):
        raise _refuse_dtd()
    guard = _Guard(wanted)
    first = True
    stream = _Tail(source)
    parser = etree.iterparse(
        stream,
        events=("start", "end"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in parser:
            if event == "start":
                guard.start(element)
                if first and on_root:
                    on_root(element)
                first = False
                continue
            if guard.end(element):
                yield element
            if guard.outside:
                _free(element)
    except etree.XMLSyntaxError as error:
        logged = [entry.message for entry in parser.error_log]
        raise _explain(error, logged, stream.broken) from error
