# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A JSON object whose one member is a very long array, read item by item in bounded memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator

from .party import ListFormatError, TruncatedError
from .source import Source

#: Characters of one value. The longest record met has some 30,000.
MAX_VALUE = 4 << 20
_CHUNK = 1 << 16
#: No token but a string is longer than this: “-Infinity”, an escape of twelve characters.
_TOKEN = 16


def _no_number(text: str) -> object:
    raise ValueError(text)  # NaN and Infinity are no JSON


_DECODER = json.JSONDecoder(parse_constant=_no_number)


class _Text:
    """The text that is not read yet, filled up as needed."""

    def __init__(self, source: Source) -> None:
        self._stream = source.open()
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._ended = False
        self.item = 0

    def _error(self, reason: str) -> ListFormatError:
        return ListFormatError(reason, self.item)

    def _fill(self) -> None:
        if self._ended:
            raise TruncatedError("the JSON breaks off: it is truncated. Fetch it again.", self.item)
        if len(self._text) > MAX_VALUE:
            raise self._error("the JSON is not well-formed, or a record is longer than 4 MiB.")
        data = self._stream.read(_CHUNK)
        self._ended = not data
        try:
            self._text += self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError as error:
            raise self._error("the JSON is not UTF-8 text. Fetch it again.") from error

    def peek(self) -> str:
        """Return the next character that is no white space, without taking it."""
        while True:
            self._text = self._text.lstrip(" \t\r\n")
            if self._text:
                return self._text[0]
            self._fill()

    def take(self, *wanted: str) -> str:
        """Take one of the characters ``wanted``."""
        char = self.peek()
        if char not in wanted:
            expected = " or ".join(f"“{one}”" for one in wanted)
            raise self._error(f"the JSON is not well-formed: {expected} expected, not “{char}”.")
        self._text = self._text[1:]
        return char

    def _may_go_on(self, error: json.JSONDecodeError) -> bool:
        """Say whether the text is only too short yet: the trouble is a string or its end."""
        return error.msg.startswith("Unterminated") or error.pos >= len(self._text) - _TOKEN

    def _check_characters(self, found: object, end: int) -> None:
        """An escape can stand for NUL or half a character, which no database stores."""
        text = self._text[:end].lower()
        if "\\u0000" in text:
            raise self._error("the JSON holds NUL characters: it is damaged. Fetch it again.")
        if "\\ud" in text:
            try:
                json.dumps(found, ensure_ascii=False).encode()
            except UnicodeEncodeError as error:
                raise self._error("the JSON escapes half a character: it is damaged.") from error

    def value(self) -> object:
        """Take one whole value."""
        self.peek()
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text)
            except json.JSONDecodeError as error:
                if not self._may_go_on(error):
                    raise self._error(f"the JSON is not well-formed ({error.msg}).") from error
                self._fill()
                continue
            except (ValueError, RecursionError) as error:
                raise self._error(
                    "the JSON nests too deep, or has a figure that is none or too long."
                ) from error
            # A number that ends where the text ends may go on in the next chunk.
            if end < len(self._text) or self._ended or not isinstance(found, (int, float)):
                self._check_characters(found, end)
                self._text = self._text[end:]
                return found
            self._fill()


def read_members(source: Source, long_member: str) -> Iterator[tuple[str, object]]:
    """Yield the members of the top object; of ``long_member``, an array, each item by itself.

    :return: pairs (name, value), or (``long_member``, item)
    :raises ListFormatError: not an object, not well-formed, cut off, not UTF-8, too large
    """
    text = _Text(source)
    text.take("{")
    if text.peek() == "}":
        return
    while True:
        name = text.value()
        text.take(":")
        if name != long_member:
            yield str(name), text.value()
        elif text.take("[") and text.peek() != "]":
            while True:
                text.item += 1
                yield long_member, text.value()
                if text.take(",", "]") == "]":
                    break
        else:
            text.take("]")
        if text.take(",", "}") == "}":
            return
