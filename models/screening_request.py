# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is asked to be covered, by a record, and what a licence exemption lacks for it."""

from dataclasses import dataclass
from typing import Any, NamedTuple


class RequestLine(NamedTuple):
    """One line of what is bought.

    :ivar product: product.product, empty for a line of free text
    :ivar quantity: in ``uom``
    :ivar uom: uom.uom, may be empty
    """

    product: Any
    quantity: float
    uom: Any


@dataclass(frozen=True)
class Request:
    """The claim of one order, or of one bill without an order, on licence exemptions.

    :ivar order: purchase.order (may be unsaved; empty for a bill without an order)
    :ivar amount: in ``currency``, taxes left out
    :ivar date: day at whose rate the amount is converted: the order's, as it was when reserved
    :ivar bill: account.move that no order stands behind, or nothing
    :ivar lines: :class:`RequestLine` of what is bought; ``None`` when that is not known, and then
        no exemption covers it that is limited to goods or to a quantity
    """

    order: Any
    amount: float
    currency: Any
    date: Any
    bill: Any = None
    lines: Any = None

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


class Shortfall(NamedTuple):
    """What an exemption lacks to cover a request.

    :ivar rank: the smaller, the nearer to a cover
    :ivar kind: ``conditions``, ``value``, ``quantity`` or ``scope``
    :ivar text: one translated phrase
    """

    rank: int
    kind: str
    text: str
