# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.exceptions import ValidationError

from .purchase_order_screening import INTERNAL


class ScreeningFlight(models.AbstractModel):
    """A document that carries out what was ordered: a bill, a payment, a receipt, a return.

    It asks the one question of :class:`ScreeningGate` with the policy for its own action. Models
    say what they do and to whom, and hang :meth:`_screening_flight_check` on plain fields.
    """

    _name = "screening.flight"
    _description = "Document That Carries Out an Order"

    screening_flight_message = fields.Html(
        compute="_compute_screening_flight_message", sanitize=False, groups=INTERNAL
    )

    # ---- for models to say --------------------------------------------------

    def _screening_action(self):
        """Key of what the document does (``bill``, ``pay``, ...), or None if it concerns nobody."""
        return None

    def _screening_flight_company(self):
        return self.company_id

    def _screening_flight_parties(self):
        """Contacts the document deals with; their chains are added."""
        return self.partner_id

    def _screening_flight_record(self):
        """The record that people know it by."""
        return self

    def _screening_flight_requests(self):
        """What it claims on licence exemptions, a request for each order or bill behind it."""
        return []

    # ---- the question -------------------------------------------------------

    def _screening_flight_verdicts(self, fresh=False):
        """The requests with the verdict on each; none where policy leaves the action alone."""
        self.ensure_one()
        record = self.sudo()
        gate = self.env["screening.gate"]
        action = record._screening_action()
        company = record._screening_flight_company() or self.env.company
        if not action or not gate._minds(company, action):
            return []
        partners = gate._chain_of(record._screening_flight_parties()._origin)
        if not record._origin:
            gate._ensure_screened(partners)  # not saved yet: nobody has looked at them for it
        if fresh:
            # As orders do: a hit or a decision that comes at the same instant waits, or wins.
            self.env["screening.subject"].sudo()._hold_still(partners)
            gate._ensure_screened(partners)
        return [
            (request, gate._ask(partners, company, request, fresh, action))
            for request in record._screening_flight_requests()
        ]

    def _screening_flight_check(self):
        """Refuse what policy holds; keep a record of what was let through all the same.

        :raises ValidationError: says who holds it, and what the list restricts
        """
        for record in self:
            for request, verdict in record._screening_flight_verdicts(fresh=True):
                if verdict.blocks:
                    raise ValidationError(
                        self.env["screening.wording"]._flight_refusal(record, verdict)
                    )
                if request.bill == record and verdict.covered:
                    exemptions = self.env["screening.exemption"].union(*verdict.covered.values())
                    exemptions._reserve(request)
                record._screening_flight_log(verdict)

    def _screening_flight_log(self, verdict):
        """An event where somebody listed is concerned; nothing where nobody is."""
        hits = [*verdict.covered, *verdict.warning, *verdict.holding]
        if not hits:
            return
        self.env["screening.event"]._log_event(
            "flight_check",
            self._screening_flight_record().sudo(),
            self.env["screening.wording"]._flight_passed(self, verdict),
            {
                "action": self._screening_action(),
                "state": verdict.state,
                "hits": [hit._get_snapshot() for hit in hits],
                "covered": {
                    hit.listed_name: exemption.name for hit, exemption in verdict.covered.items()
                },
                "observe": verdict.observe,
                "editions": verdict.lists._get_editions(),
            },
            verdict.company,
        )

    def _screening_flight_prepare(self):
        """Screen the parties of a draft: a refusal later leaves nothing for compliance to see."""
        gate = self.env["screening.gate"]
        for record in self.sudo():
            action = record._screening_action()
            company = record._screening_flight_company()
            if action and company and gate._minds(company, action):
                gate._ensure_screened(gate._chain_of(record._screening_flight_parties()))

    def _screening_flight_done(self):
        """Whether it is through already, so that the message is about the past."""
        return False

    def _compute_screening_flight_message(self):
        wording = self.env["screening.wording"]
        for record in self:
            if not record._origin:
                parties = record.sudo()._screening_flight_parties()._origin
                parties.sudo(False).check_access("read")
            record.screening_flight_message = wording._flight_banner(
                record, [verdict for _request, verdict in record._screening_flight_verdicts()]
            )
