# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The pictures in docs/images: who looks at what. ``make screenshots`` takes them afresh.

Nothing is saved while pictures are taken, so that the demo stays as it is.
"""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

VENDOR = "Hangzhou Hikvision Digital Tech"


def nothing(page: Page) -> None:
    """Leave the page as it opened."""


def row(text: str) -> Callable[[Page], None]:
    """Return what opens the first row of a list that holds ``text``."""

    def act(page: Page) -> None:
        page.locator(".o_data_row", has_text=text).first.locator("td.o_data_cell").nth(1).click()
        page.locator(".o_form_view .o_form_sheet").wait_for()

    return act


def held_order(page: Page) -> None:
    """Open the held order of the demo."""
    row(VENDOR)(page)
    page.locator(".o_screening_banner .alert").wait_for()


def choose_vendor(page: Page) -> None:
    """Choose a listed vendor on a new order, without saving it."""
    page.locator(".o_list_button_add, .o-kanban-button-new").first.click()
    page.locator(".o_field_widget[name=partner_id] input").fill(VENDOR)
    page.locator(".o-autocomplete--dropdown-item", has_text=VENDOR).first.click()
    page.locator(".o_screening_banner .alert").wait_for()


def request_exemption(page: Page) -> None:
    """Open the form in which the buyer asks, and type a reason."""
    held_order(page)
    page.locator("button[name=action_request_exemption]").click()
    reason = page.locator(".modal .o_field_widget[name=reason] textarea")
    reason.fill("Spare cameras for the warehouse; no drawings go to the vendor.")


def waiting_update(page: Page) -> None:
    """Open the update that waits to be looked at."""
    row("own_list.csv")(page)


def evidence(page: Page) -> None:
    """Show the evidence of the held order."""
    row(VENDOR)(page)
    page.locator(".o_cp_action_menus .dropdown-toggle").first.click()
    page.locator(".o-dropdown--menu .o_menu_item", has_text="Screening Evidence").click()
    page.locator(".modal button[name=action_show]").click()
    page.frame_locator("iframe").locator("h2", has_text="Screening Evidence").wait_for()


def try_name(page: Page) -> None:
    """Type a name as it may stand on an invoice."""
    page.locator(".o_field_widget[name=name] input").fill("Hang Zhou Hik-Vision Europe BV")
    page.locator("button[name=action_screen]").click()
    page.locator(".o_data_row").first.wait_for()


def digest(page: Page) -> None:
    """Open the preview of the managers' daily mail."""
    page.locator(".o_searchview_input").fill("Daily Screening")
    page.locator(".o_searchview_input").press("Enter")
    row("Daily Screening Digest")(page)
    page.locator(".o_form_view button", has_text="Preview").first.click()
    page.locator(".modal .o_field_widget[name=body_html]").wait_for()


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


PICTURES = (
    Picture("held-order", "buyer", "/odoo/purchase", act=held_order, height=860),
    Picture("orders", "buyer", "/odoo/purchase", height=560),
    Picture("choosing-a-vendor", "buyer", "/odoo/purchase", act=choose_vendor, height=760),
    Picture("request-exemption", "buyer", "/odoo/purchase", act=request_exemption, height=760),
    Picture("overview", "manager", "/odoo/screening-overview", ".o_dashboard_graph", height=1120),
    Picture(
        "digest",
        "admin",
        "/odoo/action-mail.action_email_template_tree_all",
        act=digest,
        height=900,
    ),
    Picture("cases", "compliance", "/odoo/screening-cases", height=560),
    Picture("case", "compliance", "/odoo/screening-cases", act=row(VENDOR), height=1300),
    Picture("holds", "compliance", "/odoo/screening-holds", height=560),
    Picture("exemption", "manager", "/odoo/screening-exemptions", act=row("Dahua"), height=900),
    Picture("evidence", "admin", "/odoo/purchase", act=evidence, height=1000),
    Picture("audit-trail", "manager", "/odoo/screening-events", height=700),
    Picture("lists", "admin", "/odoo/screening-lists", height=760),
    Picture("list-update", "admin", "/odoo/screening-updates", act=waiting_update, height=640),
    Picture("try-a-name", "compliance", "/odoo/screening-try", act=try_name, height=640),
)
