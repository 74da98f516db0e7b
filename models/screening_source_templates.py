# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sentences of ``fetching``, named here once more so that Odoo's translation finds them.

A test keeps both lists equal.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

TEMPLATES = {
    text._source: text
    for text in (
        _lt(
            "“%(address)s” cannot be fetched: only http and https addresses can, without user"
            " name and password in them."
        ),
        _lt("No server was found under the name in “%(address)s”, or under one it redirects to."),
        _lt("The server of “%(address)s” cannot be reached."),
        _lt("The certificate of the server of “%(address)s” is not trusted."),
        _lt("“%(address)s” leads into a private network. A system administrator can allow that."),
        _lt("“%(address)s” did not send the whole file in time."),
        _lt("“%(address)s” broke the connection off."),
        _lt("“%(address)s” was cut off: %(received)s of %(announced)s bytes came."),
        _lt(
            "“%(address)s” is not as long as announced: %(received)s bytes came, %(announced)s"
            " were announced."
        ),
        _lt("“%(address)s” is larger than the limit of %(limit)s bytes."),
        _lt("“%(address)s” is empty (0 bytes)."),
        _lt("“%(address)s” redirects more than %(limit)s times, or in a circle."),
        _lt("“%(address)s” redirects to where it must not: no address, or one without encryption."),
        _lt(
            "“%(address)s” refuses to give the file (%(status)s): it may not like the user"
            " agent, or ask for a log-in."
        ),
        _lt(
            "There is no file any more at “%(address)s” (%(status)s): the publisher may have"
            " moved it."
        ),
        _lt("The server of “%(address)s” is out of order at present (%(status)s)."),
        _lt("“%(address)s” answers in an unexpected way (%(status)s)."),
        _lt(
            "“%(address)s” gave a web page instead of the list: it may have moved, or ask for a"
            " log-in."
        ),
        _lt("“%(address)s” gave something else than %(expected)s."),
        _lt("“%(address)s”: the publisher does not say the date of its newest edition."),
    )
}
