# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The pictures in docs/images: who looks at what. ``make screenshots`` takes them afresh."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page


def nothing(page: Page) -> None:
    """Leave the page as it opened."""


@dataclass(frozen=True)
class Picture:
    """One picture: file name without ending, who is logged in, and the address that is opened.

    ``ready`` is the selector of what must be seen before the picture is taken; ``act`` does on the
    page what an address cannot say: open a record, press a button.
    """

    file: str
    login: str
    address: str
    ready: str = ".o_form_view, .o_list_view, .o_kanban_view"
    act: Callable[[Page], None] = nothing
    height: int = 800


PICTURES = (Picture("orders", "buyer", "/odoo/purchase"),)
