# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One process at a time: two clones share a cache, two terminals share a checkout."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .paths import ensure
from .say import Stop, say


@contextmanager
def shared(path: Path) -> Iterator[None]:
    """Wait for the lock of something that another checkout may be making at this moment."""
    ensure(path.parent)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"- waiting for another set-up to finish ({path.name}) ...")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


@contextmanager
def exclusive(path: Path, message: str) -> Iterator[None]:
    """Hold a lock of this checkout; :raises Stop: with ``message`` if another process has it."""
    ensure(path.parent)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Stop(message) from None
        yield
