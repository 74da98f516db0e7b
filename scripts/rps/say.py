# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the person at the terminal reads: steps as they run, one line when something stops."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Stop(Exception):
    """Ends the run. Its text is the one line shown: what went wrong and what to do about it."""


def say(text: str) -> None:
    """Print one line at once, also when the output is a pipe."""
    print(text, flush=True)


@contextmanager
def step(text: str) -> Iterator[None]:
    """Announce a step that takes a while and say how long it took."""
    say(f"- {text} ...")
    start = time.monotonic()
    yield
    say(f"  done in {time.monotonic() - start:.0f} s")


def shorten(text: str, lines: int = 40) -> str:
    """Return the end of a long text, indented: the reason of a failure stands there."""
    kept = text.rstrip().splitlines()
    cut = ["..."] if len(kept) > lines else []
    return "\n".join(f"  {line}" for line in [*cut, *kept[-lines:]])


class Ticker:
    """Shows where a long step has got to, at most one line every ``interval`` seconds."""

    def __init__(self, interval: float = 5.0) -> None:
        self.interval = interval
        self.last = time.monotonic()

    def tick(self, text: str) -> None:
        """Say ``text`` if the last line is old enough; on a terminal the line is overwritten."""
        now = time.monotonic()
        if sys.stdout.isatty():
            print(f"\r  {text[:76]:<76}", end="", flush=True)
        elif now - self.last >= self.interval:
            say(f"  {text}")
            self.last = now

    def end(self) -> None:
        """Clear the overwritten line."""
        if sys.stdout.isatty():
            print("\r" + " " * 78 + "\r", end="", flush=True)
