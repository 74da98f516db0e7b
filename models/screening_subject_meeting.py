# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.tools import SQL


class ScreeningSubjectMeeting(models.Model):
    """Where an approval meets whatever changes what is known of its parties.

    PostgreSQL lets two transactions commit that never saw each other's rows: one approves an
    order, the other finds a hit. So both go by the row of the screened contact. Whichever comes
    second waits for the first, and when the row was written meanwhile PostgreSQL refuses it and
    Odoo runs the request again, which then sees everything.
    """

    _inherit = "screening.subject"

    @api.model
    def _hold_still(self, partners):
        """Nothing known of these contacts changes from here to the end of this transaction.

        Approvals share the lock, so buyers of one vendor do not wait for each other.
        """
        self._lock_rows(partners, SQL("FOR SHARE"))

    @api.model
    def _take(self, partners):
        """Wait for approvals that deal with these contacts, and keep new ones out."""
        self._lock_rows(partners, SQL("FOR NO KEY UPDATE"))

    @api.model
    def _meet(self, partners):
        """Take the rows and write them, so that nobody goes on with what they said before.

        For decisions, which may change none of their fields, and for orders that other
        transactions cannot see yet and so could not flag.
        """
        if not partners:
            return
        self._take(partners)
        self.env.cr.execute(
            SQL(
                "UPDATE screening_subject SET write_date = now() AT TIME ZONE 'UTC'"
                " WHERE partner_id = ANY(%s)",
                partners.ids,
            )
        )
        self.invalidate_model(["write_date"], flush=False)

    @api.model
    def _lock_rows(self, partners, lock):
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "SELECT id FROM screening_subject WHERE partner_id = ANY(%s) ORDER BY id %s",
                partners.ids,
                lock,
            ),
            # Who came second is refused and begins again: that is no error to log.
            log_exceptions=False,
        )
