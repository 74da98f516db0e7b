# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is asked to be covered: an amount, by a record."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """The claim of one order, or of one bill without an order, on licence exemptions.

    :ivar order: purchase.order (may be unsaved; empty for a bill without an order)
    :ivar amount: in ``currency``, taxes left out
    :ivar date: day at whose rate the amount is converted: of the reservation, else today
    :ivar bill: account.move that no order stands behind, or nothing
    """

    order: Any
    amount: float
    currency: Any
    date: Any
    bill: Any = None

    @property
    def record(self) -> Any:
        """The order or bill that asks."""
        return self.bill or self.order

    def owns(self, use: Any) -> bool:
        """Tell whether a use of an exemption is this request's own."""
        order = self.order._origin
        if self.bill:
            return bool(use.move_id == self.bill._origin)
        return bool(order and use.order_id == order)
