# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How far a command is: a bar on a terminal, now and then a plain line elsewhere."""

import sys
import time

WIDTH = 30
#: Seconds between two plain lines: a log is read later, a bar is watched.
QUIET = 10


def on_terminal():
    """Whether somebody sits before standard output."""
    return sys.stdout.isatty()


class Progress:
    """One line that tells how far it is.

    :param what: what is being done; stands before the bar
    :param clock: seconds, growing
    """

    def __init__(self, what, clock=time.monotonic):
        self._what = what
        self._clock = clock
        self._start = self._told = clock()
        self._shown = 0

    def show(self, text, percent):
        """Show how far it is.

        :param text: how much is done, in words
        :param percent: 0 to 100
        """
        now = self._clock()
        if on_terminal():
            full = WIDTH * percent // 100
            bar = f"[{'#' * full}{'.' * (WIDTH - full)}] {percent:3} %"
            line = f"{self._what} {bar} {text}{self._time_left(now, percent)}"
            # What was longer before is wiped out.
            print(f"\r{line.ljust(self._shown)}", end="", flush=True)
            self._shown = len(line)
        elif now - self._told >= QUIET:
            self._told = now
            print(f"{self._what} {percent} %, {text}", flush=True)

    def end(self):
        """Leave the line."""
        if self._shown:
            print()

    def _time_left(self, now, percent):
        if not 0 < percent < 100:
            return ""
        minutes, seconds = divmod(round((now - self._start) * (100 - percent) / percent), 60)
        return f", {minutes}:{seconds:02} left"
