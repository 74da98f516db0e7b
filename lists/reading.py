# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a reader gives back: parties one by one, and an account of every record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from .party import ListedParty, ListFormatError, TruncatedError, Unreadable
from .source import Source

Item = ListedParty | Unreadable
T = TypeVar("T")


@dataclass(slots=True)
class Summary:
    """The account of a file; complete once the reading is exhausted.

    ``records`` = parties + ``unreadable`` + ``merged`` + ``skipped``, where each is counted.

    :param records: records of the file, header left out
    :param parties: parties given, by list code
    :param unreadable: records named with a reason
    :param merged: records that say again, or go on with, a party of another row: (row, its row)
    :param skipped: records that are none: repeated header, “[Reserved]”, padding
    :param notes: what an admin should know about how the file was read (encoding ...)
    :param forgiven: faults of the file that somebody answers for
    :param lacking: what files of a set that were not given would say: ``addresses``, ``aliases``,
        ``comments``
    """

    records: int = 0
    parties: Counter[str] = field(default_factory=Counter)
    unreadable: int = 0
    merged: list[tuple[int, int]] = field(default_factory=list)
    skipped: int = 0
    notes: list[str] = field(default_factory=list)
    lacking: list[str] = field(default_factory=list)
    forgiven: list[ListFormatError] = field(default_factory=list)

    @property
    def covers(self) -> frozenset[str]:
        """Codes of the lists of which the file gave at least one party."""
        return frozenset(self.parties)


@dataclass(slots=True)
class Reading:
    """A file being read. Iterate it once; ``summary`` and ``edition`` are final afterwards.

    :param format: code of the format, e.g. ``csl_csv``
    :param title: its name for people
    :param complete: the file states whole lists, so a party it lacks was removed; ``False`` for
        a rule that only adds
    :param edition: ISO date the file states for itself, or ``""``
    """

    format: str
    title: str
    complete: bool = True
    edition: str = ""
    summary: Summary = field(default_factory=Summary)
    items: Iterator[Item] = field(default_factory=lambda: iter(()))

    def __iter__(self) -> Iterator[Item]:
        """Yield each party, or the reason a record could not be read.

        :raises ListFormatError: at any point, if the file as a whole cannot be taken
        """
        return self.items


@dataclass(frozen=True, slots=True)
class Request:
    """What a reader is given.

    :param sources: the file, or the files of one set (OFAC), in the order they came
    :param reading: to note edition, counts and remarks in
    :param list_code: the list that a company's own file is for
    :param accept: faults that somebody answers for: ``truncated``, ``header``
    """

    sources: tuple[Source, ...]
    reading: Reading
    list_code: str = ""
    accept: frozenset[str] = frozenset()

    def forgive(self, error: ListFormatError) -> None:
        """Go on in spite of a fault that somebody answers for; else raise it.

        A file that breaks off states no whole list any more: nothing it lacks is removed.
        """
        if error.fault not in self.accept:
            raise error
        self.reading.summary.forgiven.append(error)
        if isinstance(error, TruncatedError):
            self.reading.complete = False

    def as_far_as_it_goes(self, items: Iterator[T]) -> Iterator[T]:
        """Yield what can be read before a fault that somebody answers for."""
        try:
            yield from items
        except ListFormatError as error:
            self.forgive(error)


@dataclass(frozen=True, slots=True)
class Format:
    """A published format.

    :param code: stable code, e.g. ``csl_csv``
    :param title: name for people
    :param accepts: says from the first 64 KiB whether a file is of this format
    :param read: yields its parties, with ``uid`` empty where it is to be derived from content
    :param complete: see :class:`Reading`
    """

    code: str
    title: str
    accepts: Callable[[bytes], bool]
    read: Callable[[Request], Iterator[Item]]
    complete: bool = True
