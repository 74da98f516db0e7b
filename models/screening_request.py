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
    """One order's claim on licence exemptions.

    :ivar order: purchase.order (may be unsaved)
    :ivar amount: in ``currency``, taxes left out
    :ivar date: day at whose rate the amount is converted: of the reservation, else today
    :ivar lines: :class:`RequestLine` of what is bought; ``None`` when that is not known, and then
        no exemption covers it that is limited to products or to a quantity
    """

    order: Any
    amount: float
    currency: Any
    date: Any
    lines: Any = None


class Shortfall(NamedTuple):
    """What an exemption lacks to cover a request.

    :ivar rank: the smaller, the nearer to a cover
    :ivar kind: ``conditions``, ``value``, ``quantity`` or ``scope``
    :ivar text: one translated phrase
    """

    rank: int
    kind: str
    text: str
