# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .screening_verdict import Verdict


class ScreeningGate(models.AbstractModel):
    """One question, one place: what the stored facts say about dealing with some contacts.

    Banner, button, constraint, nightly check and API all ask it here. It reads hits and their
    decisions, the list policies of the company, and exemptions; never a status on the order.
    """

    _name = "screening.gate"
    _description = "Screening Gate"

    @api.model
    def _chain_of(self, partners):
        """The contacts with their whole parent chain: all of whom an order deals with."""
        partners = partners.sudo().with_context(active_test=False)
        chain = level = partners
        while level := level.parent_id - chain:
            chain |= level
        return chain | chain.commercial_partner_id

    @api.model
    def _find_hits(self, partners):
        """Hits of these contacts that count and of which nobody said that it is another party."""
        return (
            self.env["screening.hit"]
            .sudo()
            .search(
                [
                    ("partner_id", "in", partners.ids),
                    ("state", "in", ("open", "same")),
                    ("counts", "=", True),
                ]
            )
        )

    @api.model
    def _ensure_screened(self, partners):
        """Screen those whose stored screening is not of these facts, editions and matcher."""
        stale = partners._screening_outdated()
        if stale:
            changed = self.env["screening.matcher"]._screen_partners(stale)
            if changed:
                self.env["purchase.order"]._screening_refresh_partners(changed)

    @api.model
    def _minds(self, company, action):
        """Whether any list holds, or warns of, an action in a company."""
        effects = self.env(su=True)["screening.policy"]._get(company)._get_effects(action)
        return any(
            record.edition and effect in ("hold", "warn") for record, effect in effects.items()
        )

    @api.model
    def _ask(self, partners, company, request=None, fresh=False, action="approve"):
        """The verdict for dealing with some contacts in a company.

        :param partners: contacts with their chain (:meth:`_chain_of`)
        :param request: :class:`~.screening_request.Request`, the amount asked for and by whom
        :param fresh: all were to be screened by now, so who was not counts as failed
        :param action: ``approve`` an order, or a document's own (:class:`ScreeningFlight`); each
            has its own policy
        """
        env = self.env(su=True)
        hit_model = env["screening.hit"]
        policy = env["screening.policy"]._get(company)
        effects = policy._get_effects(action)
        holding_lists = env["screening.list"].browse(
            [record.id for record, effect in effects.items() if effect == "hold"]
        )
        loaded = holding_lists.filtered("edition")
        active = env["screening.list"].browse(
            [record.id for record, effect in effects.items() if effect != "off" and record.edition]
        )
        subjects = env["screening.subject"].search([("partner_id", "in", partners.ids)])
        screened = subjects.filtered(lambda s: s.stamp >= 0 and not s.error).partner_id
        failed = subjects.filtered("error").partner_id
        pending = partners.sudo() - screened - failed
        verdict = Verdict(
            company=company,
            holding=hit_model,
            warning=hit_model,
            information=hit_model,
            reviewed=hit_model,
            unscreened=failed | pending if fresh else failed,
            pending=pending,
            stale=active.filtered("is_stale"),
            lists=active,
            # That no list holds is a mistake for orders, and a choice for what follows them.
            no_list=not loaded and action == "approve",
            observe=policy.mode == "observe",
            hold_unscreened=policy.unscreened == "hold" and bool(loaded or action == "approve"),
        )
        hits = hit_model.search(
            [
                ("partner_id", "in", partners.ids),
                ("state", "in", ("open", "same", "not_same")),
                ("counts", "=", True),
            ],
            order="score desc, id",
        )
        for hit in hits:
            effect = effects.get(hit.list_id, "hold")
            if effect == "off" or hit.leader_id:
                continue
            if hit.state == "not_same" and not hit._has_ended():
                verdict.reviewed |= hit
            elif effect == "warn":
                verdict.warning |= hit
            elif effect == "inform":
                verdict.information |= hit
            else:
                self._weigh_holding(verdict, hit, company, request)
        return verdict

    @api.model
    def _weigh_holding(self, verdict, hit, company, request):
        if hit.state == "same":
            cover = self.env["screening.exemption"]._find_cover(hit, company, request)
            exemption, shortfall = cover
            if exemption and not shortfall:
                verdict.covered[hit] = exemption
                return
            if exemption:
                verdict.exceeded[hit] = cover
        verdict.holding |= hit
