# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
from dataclasses import dataclass

from odoo import api, fields, models
from odoo.tools import SQL

from .. import engine

#: Fields that are written by SQL.
_WRITTEN = (
    *("state", "fingerprint", "facts", "stamp", "matcher_version", "error", "screened_at"),
    *("write_uid", "write_date"),
)


@dataclass
class Outcome:
    """What screening one contact gave.

    :ivar facts: what was compared, as JSON
    :ivar keys: under which the contact was looked up
    :ivar border: of that look-up, see ``engine.border_of``
    :ivar moved: a hit appeared, closed or was reopened
    :ivar met: a hit is or was stored
    """

    subject: models.Model
    fingerprint: str
    facts: dict
    keys: list
    border: int
    moved: bool
    met: bool


class ScreeningSubjectOutcome(models.Model):
    """Stores what screening gave, a batch in one statement."""

    _inherit = "screening.subject"

    @api.model
    def _set_screened(self, stamp, outcomes, log_each=True):
        """Store the outcomes of a screening.

        :param log_each: write an event for each contact whose outcome changed, else only for
            those of which a hit moved
        :return: the contacts whose state changed
        """
        subjects = self.browse().concat(*(outcome.subject for outcome in outcomes))
        met = self.browse().concat(*(outcome.subject for outcome in outcomes if outcome.met))
        states = subjects._states_from_hits(met)
        rows, to_log, changed = [], [], self.browse()
        for outcome in outcomes:
            subject, state = outcome.subject, states[outcome.subject]
            differs = (subject.state, subject.fingerprint) != (state, outcome.fingerprint)
            stood = (subject.stamp, subject.matcher_version, subject.error)
            same = stood == (stamp, engine.MATCHER_VERSION, False)
            if same and not differs and not outcome.moved:
                continue
            keys = ",".join(map(str, outcome.keys))
            facts = json.dumps(outcome.facts)
            rows.append(
                (subject.id, state, outcome.fingerprint, facts, f"{{{keys}}}", outcome.border)
            )
            if subject.state != state:
                changed |= subject
            if differs and (log_each or outcome.moved):
                to_log.append((outcome, state))
        self._write_outcomes(stamp, rows)
        changed.modified(["state"])
        for outcome, state in to_log:
            self._log_outcome(outcome, state)
        return changed.partner_id

    @api.model
    def _write_outcomes(self, stamp, rows):
        """SQL, because one ORM write for each contact is half of what rescreening costs."""
        if not rows:
            return
        self.flush_model()
        columns = [list(column) for column in zip(*rows, strict=True)]
        self.env.cr.execute(
            SQL(
                "UPDATE screening_subject s SET state = v.state, fingerprint = v.fingerprint,"
                " facts = v.facts::jsonb, keys = v.keys::int4[], border = v.border, stamp = %s,"
                " matcher_version = %s, error = NULL, screened_at = %s, write_uid = %s,"
                " write_date = now() AT TIME ZONE 'UTC' FROM"
                " unnest(%s::int4[], %s::text[], %s::text[], %s::text[], %s::text[], %s::int8[])"
                " AS v(id, state, fingerprint, facts, keys, border) WHERE s.id = v.id",
                stamp,
                engine.MATCHER_VERSION,
                fields.Datetime.now(),
                self.env.uid,
                *columns,
            )
        )
        self.invalidate_model(_WRITTEN, flush=False)

    @api.model
    def _log_outcome(self, outcome, state):
        partner = outcome.subject.partner_id
        hits = partner.sudo().screening_hit_ids if outcome.met else self.env["screening.hit"]
        hits = hits.filtered(lambda hit: hit.state != "closed")
        self.env["screening.event"]._log_event(
            "partner_check",
            partner,
            self.env._(
                "Vendor check of “%(name)s”: %(outcome)s",
                name=partner.display_name,
                outcome=dict(self._fields["state"]._description_selection(self.env))[state],
            ),
            {
                "facts": outcome.facts,
                "fingerprint": outcome.fingerprint,
                "partner": [partner.id, partner.display_name],
                "matcher": engine.MATCHER_VERSION,
                "settings": self.env["screening.matcher"]._get_settings(),
                "outcome": state,
                "hits": [hit._get_snapshot() for hit in hits],
                "editions": self.env["screening.list"]._get_loaded()._get_editions(),
            },
        )

    def _states_from_hits(self, met):
        """What the stored hits of these contacts come to, as ``{subject: state}``.

        :param met: those of them that have any
        """
        hits = self.env["screening.hit"].sudo()
        if met:
            hits = hits.search(
                [
                    ("partner_id", "in", met.partner_id.ids),
                    ("state", "in", ("open", "same")),
                    ("counts", "=", True),
                    ("leader_id", "=", False),
                ]
            )
        found = {
            partner: set(group.mapped("state"))
            for partner, group in hits.grouped("partner_id").items()
        }
        loaded = self.env["screening.list"].sudo()._has_any_edition()
        without = "no_match" if loaded else "not_screened"
        states = {}
        for subject in self:
            of_hits = found.get(subject.partner_id, ())
            states[subject] = (
                "review" if "open" in of_hits else "confirmed" if "same" in of_hits else without
            )
        return states

    def _refresh_state(self):
        screened = self.filtered(lambda subject: subject.stamp >= 0)
        for subject, state in screened._states_from_hits(screened).items():
            if state != subject.state:
                subject._sealed().write({"state": state})
