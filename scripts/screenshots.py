# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Takes the pictures in docs/images from the running demo, so that they never lie.

Run by ``make screenshots``. With DEMO_URL set, pictures are of the demo that is served there, else
a demo is served for as long as it takes. Words after the command name single pictures to take.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pictures import PICTURES, Picture
from playwright.sync_api import Browser, Page, sync_playwright
from playwright.sync_api import Error as BrowserError
from rps import chromium, demo, fonts
from rps.commands import guarded
from rps.paths import CHECKOUT, ensure
from rps.ports import any_free
from rps.say import Stop, say

IMAGES = CHECKOUT / "docs" / "images"
WIDTH = 1280
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE_MS = 60_000  # the first page of a new database builds its style sheets


def main(names: list[str]) -> int:
    """Take the named pictures, or all; :raises Stop: if one cannot be taken."""
    wanted = [picture for picture in PICTURES if not names or picture.file in names]
    if not wanted:
        raise Stop(f"No such picture: choose from {', '.join(p.file for p in PICTURES)}.")
    ensure(IMAGES)
    fonts.ensure_chinese()
    with _address() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=SWITCHES)
        for picture in wanted:
            try:
                _take(browser, address, picture)
            except BrowserError as error:
                reason = str(error).splitlines()[0]
                raise Stop(f"The picture “{picture.file}” could not be taken: {reason}") from None
        browser.close()
    return 0


def _discard(page: Page) -> None:
    """Throw away what was typed: Odoo saves a form whose page is closed."""
    for button in (".modal .btn-close", ".o_form_button_cancel"):
        if page.locator(button).first.is_visible():
            page.locator(button).first.click()
            page.wait_for_timeout(300)


def _clear_away(page: Page) -> None:
    """Close what Odoo tells in a corner: it hides the page behind it."""
    told = page.locator(".o_notification .btn-close")
    while told.count():
        told.first.click()
        page.wait_for_timeout(500)


@contextmanager
def _address() -> Iterator[str]:
    if address := os.environ.get("DEMO_URL"):
        yield address.rstrip("/")
        return
    with demo.running(any_free()) as served:
        yield served.address


def _take(browser: Browser, address: str, picture: Picture) -> None:
    size = {"width": WIDTH, "height": picture.height}
    context = browser.new_context(viewport=size, locale="en-US", reduced_motion="reduce")
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address}/web/login", wait_until="domcontentloaded")
    page.fill("input[name=login]", picture.login)
    page.fill("input[name=password]", picture.login)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_selector(".o_main_navbar")
    page.goto(f"{address}{picture.address}", wait_until="domcontentloaded")
    # Odoo keeps a connection open all the time: waiting for a silent network would never end.
    page.locator(picture.ready).first.wait_for()
    picture.act(page)
    page.wait_for_function("document.fonts.status === 'loaded'")
    page.wait_for_timeout(500)  # what fades in has faded in
    _clear_away(page)
    page.screenshot(path=IMAGES / f"{picture.file}.png")
    _discard(page)
    context.close()
    say(f"  docs/images/{picture.file}.png")


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
