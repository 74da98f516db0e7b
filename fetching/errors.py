# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Why a file could not be fetched, in one sentence each.

The sentences are constants with named places, so that a caller can hand them to its translation.
They name the address an admin wrote, without its query: that may be a token. Where a server
redirects to is never named, because such addresses are signed.
"""

from __future__ import annotations

from collections.abc import Callable

SENTENCES = {
    "address": "“%(address)s” cannot be fetched: only http and https addresses can, without user"
    " name and password in them.",
    "name": "No server was found under the name in “%(address)s”, or under one it redirects to.",
    "connect": "The server of “%(address)s” cannot be reached.",
    "certificate": "The certificate of the server of “%(address)s” is not trusted.",
    "private": "“%(address)s” leads into a private network. A system administrator can allow that.",
    "timeout": "“%(address)s” did not send the whole file in time.",
    "broken": "“%(address)s” broke the connection off.",
    "cut": "“%(address)s” was cut off: %(received)s of %(announced)s bytes came.",
    "length": "“%(address)s” is not as long as announced: %(received)s bytes came,"
    " %(announced)s were announced.",
    "big": "“%(address)s” is larger than the limit of %(limit)s bytes.",
    "empty": "“%(address)s” is empty (0 bytes).",
    "redirects": "“%(address)s” redirects more than %(limit)s times, or in a circle.",
    "redirect": "“%(address)s” redirects to where it must not: no address, or one without"
    " encryption.",
    "forbidden": "“%(address)s” refuses to give the file (%(status)s): it may not like the user"
    " agent, or ask for a log-in.",
    "gone": "There is no file any more at “%(address)s” (%(status)s): the publisher may have"
    " moved it.",
    "busy": "The server of “%(address)s” is out of order at present (%(status)s).",
    "status": "“%(address)s” answers in an unexpected way (%(status)s).",
    "page": "“%(address)s” gave a web page instead of the list: it may have moved, or ask for a"
    " log-in.",
    "kind": "“%(address)s” gave something else than %(expected)s.",
    "date": "“%(address)s”: the publisher does not say the date of its newest edition.",
}
#: A second try may help with these.
PASSING = frozenset({"connect", "timeout", "broken", "cut", "length", "busy", "empty"})


class FetchError(Exception):
    """A file could not be fetched.

    :param code: key of ``SENTENCES``
    :param facts: what the sentence has places for
    """

    def __init__(self, code: str, **facts: str | int) -> None:
        self.code = code
        self.facts = facts
        #: Seconds the server asks to wait before the next try; 0 when it says nothing.
        self.wait = 0
        super().__init__(self.sentence(lambda text: text))

    @property
    def passing(self) -> bool:
        """Whether a second try may help."""
        return self.code in PASSING

    def sentence(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language that ``translate`` knows."""
        return translate(SENTENCES[self.code]) % self.facts
