# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The engine's sentences, named here once more so that Odoo's translation finds them.

The engine knows no translation; it hands its template over and gets it back in the reader's
language. A test keeps both lists equal.
"""

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

TEMPLATES = {
    text._source: text
    for text in (
        _lt("“%(subject)s” ~ “%(listed)s”"),
        _lt("an alias of the listed party"),
        _lt("a former name of the listed party"),
        _lt("our own unofficial alias of the listed party"),
        _lt("%(words)s agree"),
        _lt("%(words)s agrees"),
        _lt("%(word)s (rare)"),
        _lt("%(word)s like %(listed)s"),
        _lt("%(word)s for %(listed)s"),
        _lt("%(words)s and %(last)s"),
        _lt("only the listed name has %(words)s"),
        _lt("%(words)s are missing and common"),
        _lt("%(words)s is missing and common"),
        _lt("only the contact's name has %(words)s"),
        _lt("only the contact's name has %(words)s, common words"),
        _lt("only the contact's name has %(words)s, a common word"),
        _lt("the names as a whole are spelled almost alike"),
        _lt("the number %(number)s is the same"),
        _lt("the address is the same as the listed one"),
        _lt("country agrees (%(countries)s)"),
        _lt("country differs (%(subject)s / %(listed)s)"),
        _lt("The country differs: %(subject)s / %(listed)s."),
        _lt("The spelling differs."),
        _lt("Words of the listed name are missing: %(missing)s."),
        _lt("The contact's name has more words: %(more)s."),
        _lt("It matched an unofficial alias of our own."),
        _lt(
            "The names are not the same but for spelling: it may be a branch, a firm of the group,"
            " or somebody else."
        ),
        _lt("The listed party is a person, the contact a company."),
    )
}
