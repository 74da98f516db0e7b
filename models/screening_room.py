# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

import psycopg2

from odoo.exceptions import UserError

#: Classes of PostgreSQL's errors: insufficient resources, system error, internal error.
NO_ROOM = ("53", "58", "XX")


def lacks_room(error):
    """Whether the server could not store something: a full disk, a broken one, no memory."""
    if isinstance(error, psycopg2.Error):
        return (error.pgcode or "")[:2] in NO_ROOM
    return isinstance(error, OSError)


def sentence(env, error):
    """What is said when the server could not store something."""
    words = str(error).strip().splitlines() or [type(error).__name__]
    return env._(
        "The server could not store it: %s. Nothing changed; what was in force stays in force. Try"
        " again when the server has room.",
        words[0].removeprefix("ERROR:").strip(),
    )


@contextmanager
def said_clearly(env):
    """A server without room ends what stands in the block in a sentence, not in a traceback."""
    try:
        yield
        env.flush_all()
    except (psycopg2.Error, OSError) as error:
        if not lacks_room(error):
            raise
        raise UserError(sentence(env, error)) from error
