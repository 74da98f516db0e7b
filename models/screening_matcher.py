# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .. import engine
from .screening_facts import facts_from_partner, facts_to_json
from .screening_store import OdooStore
from .screening_subject_outcome import Outcome


class ScreeningMatcher(models.AbstractModel):
    """Calls the engine and stores what it found; the only place that does."""

    _name = "screening.matcher"
    _description = "Screening Matcher"

    @api.model
    def _search(self, subjects, step=engine.MOST_SENSITIVE, store=None):
        """Ranked matches of each of the given facts against the lists in force.

        :param store: one to be looked into afterwards
        """
        return engine.search(subjects, store or OdooStore(self.env), step)

    @api.model
    def _get_settings(self):
        """Which matcher decides, and how it is set: for the audit trail."""
        return {
            "version": engine.MATCHER_VERSION,
            "sensitivity": self.env["screening.sensitivity"]._get_step(),
            "counts_from": self.env["screening.sensitivity"]._get_floor(),
            "strong_from": engine.LEVELS["strong"],
            "candidates": engine.CANDIDATES,
        }

    @api.model
    def _flush(self):
        """What this transaction wrote through the ORM must be seen by the look-up."""
        self.env["screening.party"].flush_model()
        self.env["screening.party.entry"].flush_model()

    @api.model
    def _screen_typed(self, subjects):
        """Matches of typed facts as the public API returns them."""
        self._flush()
        wording = self.env["screening.wording"]
        results = []
        step = self.env["screening.sensitivity"]._get_step()
        for matches in self._search(subjects, step):
            parties = self.env["screening.party"].sudo().browse([m.party_id for m in matches])
            results.append(
                [
                    {
                        "list": party.list_id.code,
                        "list_name": party.list_id.name,
                        "party_id": party.id,
                        "listed_name": party.name,
                        "matched_name": match.matched_name,
                        "score": match.score,
                        "level": match.level,
                        "explanation": wording._explain(match.evidence),
                        "evidence": match.evidence,
                    }
                    for match, party in zip(matches, parties, strict=True)
                ]
            )
        return results

    @api.model
    def _screen_partners(self, partners, log_each=True):
        """Screen contacts against the lists in force and store subjects and hits.

        :param partners: res.partner records
        :param log_each: write an event for each contact whose outcome changed (background work
            is proven by one event a batch, and by those of the changed outcomes)
        :return: the contacts whose hits changed
        """
        self._flush()
        # What a program gave as a contact that is to be made with another is none yet.
        partners = partners.sudo().with_context(active_test=False)._origin.exists()
        if not partners:
            return partners
        subjects = self.env["screening.subject"]._ensure(partners)
        self.env["screening.subject"]._take(partners)
        stamp = self.env["screening.list"]._get_stamp()
        facts = {partner: facts_from_partner(partner) for partner in partners}
        store = OdooStore(self.env)
        matches = self._search(list(facts.values()), store=store)
        hits = self.env["screening.hit"].sudo().with_context(active_test=False)
        known = hits.search([("partner_id", "in", partners.ids)]).grouped("partner_id")
        prints = {partner: engine.subject_fingerprint(item) for partner, item in facts.items()}
        moved = self.env["screening.hit"]._apply_matches(
            [
                (partner, found, prints[partner], known.get(partner, hits.browse()))
                for partner, found in zip(facts, matches, strict=True)
            ]
        )
        # Writes the row of everybody whose hits moved: there approvals meet it.
        changed = self.env["screening.subject"]._set_screened(
            stamp,
            [
                Outcome(
                    subjects[partner],
                    prints[partner],
                    facts_to_json(item),
                    store.asked[place].keys,
                    store.borders[place],
                    partner in moved,
                    partner in known or bool(matches[place]),
                )
                for place, (partner, item) in enumerate(facts.items())
            ],
            log_each,
        )
        self.env["screening.case"]._refresh(
            moved | changed | partners.filtered(lambda partner: partner in known)
        )
        return moved | changed
