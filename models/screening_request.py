# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is asked to be covered: an amount, by a record."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Request:
    """One order's claim on licence exemptions.

    :ivar order: purchase.order (may be unsaved)
    :ivar amount: in ``currency``, taxes left out
    :ivar date: day at whose rate the amount is converted: of the reservation, else today
    """

    order: Any
    amount: float
    currency: Any
    date: Any
