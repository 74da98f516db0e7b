# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, models

from .. import engine
from ..engine import index_sql, lookup
from .screening_facts import facts_from_json

_logger = logging.getLogger(__name__)

BATCH = 500


class ScreeningIndex(models.AbstractModel):
    """Keeps the index of listed names in step with the code that asks it.

    Forms and keys of names are stored when a list is read. When the code that makes them changes,
    they are made again from the stored facts: at the upgrade, or when the first worker starts with
    the new code. A worker that still runs other code is refused an answer instead of given a wrong
    one, and what it cannot screen is held.
    """

    _name = "screening.index"
    _description = "Index of Listed Names"

    def _register_hook(self):
        """Code may change without an upgrade of the module."""
        super()._register_hook()
        if not self._is_current(self.env.cr):
            # The lock is waited for before anything is seen, so that one worker does the work.
            with self.env.registry.cursor() as cr:
                cr.execute("LOCK TABLE screening_index_version IN EXCLUSIVE MODE")
                self._bring_up_to_date(cr)
            self.env["screening.subject"]._trigger()

    @api.model
    def _create_tables(self):
        """Make what is missing of the look-up; called by the model that holds the names."""
        for statement in (
            *index_sql.CREATE_TABLES,
            lookup.DROP_FUNCTION,
            lookup.CREATE_FUNCTION,
        ):
            self.env.cr.execute(statement)
        self._bring_up_to_date(self.env.cr)

    @api.model
    def _is_current(self, cr):
        cr.execute("SELECT version FROM screening_index_version")
        return cr.fetchall() == [(engine.index_version(),)]

    @api.model
    def _bring_up_to_date(self, cr):
        """Make forms, keys and index again when other code made them."""
        if self._is_current(cr):
            return
        cr.execute("SELECT id FROM screening_party WHERE in_force OR edition_from = 0 ORDER BY id")
        party_ids = [party_id for (party_id,) in cr.fetchall()]
        if party_ids:
            _logger.info("The names of %s listed parties are indexed anew", len(party_ids))
        for start in range(0, len(party_ids), BATCH):
            self._index_anew(cr, party_ids[start : start + BATCH])
        cr.execute(index_sql.EMPTY)
        cr.execute(index_sql.PACK_ALL, {"place": 0})
        cr.execute("SELECT DISTINCT update_id FROM screening_party WHERE edition_from = 0")
        for (update_id,) in cr.fetchall():
            cr.execute(index_sql.STAGE, {"update": update_id, "place": update_id})
        for statement in index_sql.DROP_FORMER_TABLES:
            cr.execute(statement)
        if party_ids:
            cr.execute(index_sql.ANALYZE)
            # Contacts keep the keys that they were looked up with: other code made them. They are
            # not unscreened by this, but behind every update, and screened again.
            cr.execute("UPDATE screening_subject SET stamp = 0, keys = NULL WHERE stamp > 0")
            # What the updates changed is not kept in the new form, so nobody is compared with it.
            cr.execute("DELETE FROM screening_changed_key")
            cr.execute(
                "UPDATE screening_list_update SET keys_forgotten = TRUE WHERE applied_seq > 0"
            )
        cr.execute("DELETE FROM screening_index_version")
        cr.execute("INSERT INTO screening_index_version VALUES (%s)", [engine.index_version()])

    @api.model
    def _index_anew(self, cr, party_ids):
        cr.execute("SELECT id, facts FROM screening_party WHERE id = ANY(%s)", [party_ids])
        rows = [
            (party_id, entry)
            for party_id, facts in cr.fetchall()
            for entry in engine.entries(facts_from_json(facts))
        ]
        cr.execute("DELETE FROM screening_party_entry WHERE party_id = ANY(%s)", [party_ids])
        cr.execute_values(
            "INSERT INTO screening_party_entry (party_id, kind, text, form, keys) VALUES %s",
            [
                (party_id, entry.kind, entry.text, entry.form, index_sql.array(entry.keys))
                for party_id, entry in rows
            ],
            page_size=1000,
        )
