# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The pieces of the gate that ``make prove-gate`` takes out, and the tests that must notice."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Piece:
    """A piece of the gate: what it is, where it stands, and the text that takes its place.

    :ivar asked_by: the class whose tests are run when it is gone; one that notices is enough
    """

    what: str
    file: str
    text: str
    instead: str
    asked_by: str = ""


PIECES = (
    Piece(
        "the constraint on the order",
        "models/purchase_order.py",
        "                order._screening_raise_if_blocked(verdict)\n"
        "                order._screening_reserve",
        "                order._screening_reserve",
        asked_by="TestGate",
    ),
    Piece(
        "vendor and delivery address in the constraint",
        "models/purchase_order.py",
        '"state", "partner_id", "dest_address_id", "company_id", "currency_id"',
        '"state"',
        asked_by="TestGate",
    ),
    Piece(
        "parking on Confirm",
        "models/purchase_order.py",
        "and not self._screening_verdict(fresh=True).blocks",
        "and True",
        asked_by="TestGate",
    ),
    Piece(
        "the refusal of Approve",
        "models/purchase_order.py",
        "        for order in self:\n"
        "            order._screening_raise_if_blocked(order._screening_verdict(fresh=True))\n",
        "",
        asked_by="TestGate",
    ),
    Piece(
        "the correction of what lines take from a ceiling",
        "models/purchase_order.py",
        "            order._screening_rebook()\n",
        "            pass\n",
        asked_by="TestExemption",
    ),
    Piece(
        "screening afresh what is not up to date",
        "models/screening_gate.py",
        "        if stale:\n",
        "        if False:\n",
        asked_by="TestGate",
    ),
    Piece(
        "the chain of parent companies",
        "models/screening_gate.py",
        "        return chain | chain.commercial_partner_id",
        "        return partners",
        asked_by="TestGate",
    ),
    Piece(
        "the seal on decisions, holds and states",
        "models/screening_sealed.py",
        'return self.env.context.get("screening_seal") is SEAL',
        "return True",
        asked_by="TestGate",
    ),
    Piece(
        "the refusal to merge",
        "wizard/base_partner_merge.py",
        "        self._screening_refuse_merge(partners)\n",
        "",
        asked_by="TestGateAfterApproval",
    ),
    Piece(
        "that a rename does not end a hold",
        "models/screening_hit_matching.py",
        'if listed and renamed and self.state in ("open", "same"):',
        "if False:",
        asked_by="TestGateDetours",
    ),
    Piece(
        "that a contact does not leave a held parent",
        "models/res_partner_parent.py",
        "        if hit := gate._find_hits(gate._chain_of(leaving.parent_id))[:1]:",
        "        if hit := gate._find_hits(gate._chain_of(leaving.parent_id))[:0]:",
        asked_by="TestGateDetours",
    ),
    Piece(
        "that a held parent is not deleted above its contacts",
        "models/screening_contact_end.py",
        "        staying._screening_refuse_detaching(False)\n",
        "",
        asked_by="TestGateDetours",
    ),
    Piece(
        "that a listed contact joins no vendor whose exemption covers all",
        "models/res_partner_parent.py",
        "        self._screening_refuse_joining(parent_id)\n",
        "",
        asked_by="TestGateDetours",
    ),
    Piece(
        "that no name is longer than what is screened",
        "models/res_partner.py",
        '            if any(len(text or "") > MAX_NAME for text in texts):',
        "            if False:",
        asked_by="TestGateDetours",
    ),
    Piece(
        "that lines of somebody else's order stand behind no bill",
        "models/account_move.py",
        "line.purchase_line_id.order_id not in backed",
        "not line.purchase_line_id",
        asked_by="TestExemptionBilled",
    ),
    Piece(
        "that what an order brings in is received wherever it comes from",
        "bridges/restricted_party_screening_stock/models/stock_move.py",
        'self.purchase_line_id and come_from.usage != "customer"',
        "False",
        asked_by="TestTransfers",
    ),
    Piece(
        "that an approved order does not grow past a hold",
        "models/purchase_order.py",
        'order.state == "purchase" and order._screening_has_grown(was):',
        "False:",
        asked_by="TestGateDetours",
    ),
    Piece(
        "that a caught refusal refuses the transaction",
        "models/purchase_order.py",
        "            self.env.cr.precommit.add(lambda: self._screening_ask_at_commit(contents))\n",
        "",
        asked_by="TestGateAfterApproval",
    ),
    Piece(
        "that quantities count as growth",
        "models/purchase_order.py",
        "quantity > quantities[product] + TINY",
        "False",
        asked_by="TestGateDetours",
    ),
    Piece(
        "that nobody says that an order passed",
        "models/purchase_order_refresh.py",
        '"screening_alarm", "screening_passed")',
        '"screening_alarm")',
        asked_by="TestGateAfterApproval",
    ),
    Piece(
        "that the vendor reads no refusal",
        "models/screening_wording.py",
        "return not self.env.user._is_internal()",
        "return False",
        asked_by="TestLeaksWire",
    ),
    Piece(
        "that users' own defaults fill no sealed field",
        "models/screening_sealed.py",
        "        for name in [name for name in values if name in sealed]:",
        "        for name in []:",
        asked_by="TestGateDetours",
    ),
    Piece(
        "the constraint on vendor bills",
        "models/account_move.py",
        "                if bill:\n                    move._screening_flight_check()",
        "                if False:\n                    move._screening_flight_check()",
        asked_by="TestFlight",
    ),
    Piece(
        "the constraint on payments",
        "models/account_payment.py",
        "            if payment.state in REGISTERED:\n",
        "            if False:\n",
        asked_by="TestFlight",
    ),
    Piece(
        "the constraint on goods that move",
        "bridges/restricted_party_screening_stock/models/stock_move.py",
        "                    move._screening_flight_check()",
        "                    pass",
        asked_by="TestTransfers",
    ),
    Piece(
        "the alarm for orders approved past the gate",
        "models/screening_watch.py",
        "        order._screening_set_alarm(True)\n",
        "",
        asked_by="TestWatch",
    ),
    Piece(
        "that nobody approves their own exemption",
        "models/screening_exemption_workflow.py",
        "            if self.env.user in people:",
        "            if False:",
        asked_by="TestExemption",
    ),
)
