# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Holds processes that screen contacts back at a known place, however fast the machine is."""

from contextlib import contextmanager

from odoo.tools import SQL

NAME = SQL.identifier("rps_test_brake")
#: Number of the advisory lock that whoever comes to the brake waits for.
LOCK = 7_441_019


@contextmanager
def brake(cursor, first):
    """From this subject's number on none is brought up to date before the block ends.

    Who tries waits in the middle of its transaction. The trigger is committed: other processes
    are to meet it.

    :param cursor: gives a cursor of a transaction of its own
    """
    with cursor() as cr:
        cr.execute(
            SQL(
                "CREATE FUNCTION %(name)s() RETURNS trigger LANGUAGE plpgsql AS"
                " $$BEGIN PERFORM pg_advisory_xact_lock_shared(%(lock)s); RETURN NEW; END$$",
                name=NAME,
                lock=LOCK,
            )
        )
        cr.execute(
            SQL(
                "CREATE TRIGGER %(name)s BEFORE UPDATE OF stamp ON screening_subject FOR EACH ROW"
                " WHEN (OLD.id >= %(first)s AND OLD.stamp IS DISTINCT FROM NEW.stamp)"
                " EXECUTE FUNCTION %(name)s()",
                name=NAME,
                first=first,
            )
        )
    try:
        with cursor() as cr:
            cr.execute(SQL("SELECT pg_advisory_xact_lock(%s)", LOCK))
            yield
    finally:
        with cursor() as cr:
            cr.execute(SQL("DROP FUNCTION %s CASCADE", NAME))
