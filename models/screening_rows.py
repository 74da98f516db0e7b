# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Row locks of transactions that meet. Who comes second begins again, which is no error to log.

Odoo's ``lock_for_update`` and ``try_lock_for_update`` log an error when a row was written since the
transaction began, although Odoo then runs the request again, and our jobs do the same.
"""

from odoo.tools import SQL


def lock_rows(records):
    """Wait for whoever holds one of these rows, then hold them to the end of the transaction.

    :raises psycopg2.errors.SerializationFailure: when one was written since this one began
    """
    _lock(records, SQL("FOR NO KEY UPDATE"))


def try_lock_rows(records):
    """Hold these rows but those that others hold.

    :return: the records that are held now
    :raises psycopg2.errors.SerializationFailure: when one was written since this one began
    """
    return records.browse(_lock(records, SQL("FOR NO KEY UPDATE SKIP LOCKED")))


def _lock(records, how):
    records.flush_recordset()
    records.env.cr.execute(
        SQL(
            "SELECT id FROM %s WHERE id = ANY(%s) ORDER BY id %s",
            SQL.identifier(records._table),
            list(records.ids),
            how,
        ),
        log_exceptions=False,
    )
    return [row_id for (row_id,) in records.env.cr.fetchall()]
