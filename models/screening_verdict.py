# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The answer to the one question: may this order be approved, and if not, why."""

from dataclasses import dataclass, field
from typing import Any


@dataclass
class Verdict:
    """What the stored facts say about a set of contacts in one company.

    :ivar state: key of ``purchase.order.screening_state``
    :ivar holding: hits that hold (undecided, or the same party without cover)
    :ivar covered: ``{hit: exemption}`` of confirmed hits that an exemption covers
    :ivar exceeded: ``{hit: (exemption, Shortfall)}`` of exemptions that do not suffice
    :ivar unscreened: contacts whose screening failed, or that were not screened although asked for
    :ivar pending: contacts that wait for their first screening
    :ivar no_list: no list that holds is loaded
    :ivar observe: the company only observes, so nothing blocks
    """

    company: Any
    holding: Any
    warning: Any
    information: Any
    reviewed: Any
    unscreened: Any
    pending: Any
    stale: Any
    lists: Any
    covered: dict = field(default_factory=dict)
    exceeded: dict = field(default_factory=dict)
    no_list: bool = False
    observe: bool = False
    hold_unscreened: bool = True

    @property
    def identified(self) -> bool:
        """Whether nothing is left to decide of whoever holds: only an exemption can help."""
        return bool(self.holding) and all(hit.state == "same" for hit in self.holding)

    @property
    def would_block(self) -> bool:
        not_screened = (self.no_list or bool(self.unscreened)) and self.hold_unscreened
        return bool(self.holding) or not_screened

    @property
    def blocks(self) -> bool:
        return self.would_block and not self.observe

    @property
    def state(self) -> str:
        if self.holding:
            return "warning" if self.observe else "held"
        if self.no_list or self.unscreened:
            return "held" if self.blocks else "not_screened"
        if self.pending:
            return "not_screened"
        for state, found in (
            ("exempted", self.covered),
            ("warning", self.warning),
            ("information", self.information),
            ("reviewed", self.reviewed),
        ):
            if found:
                return state
        return "no_match"
