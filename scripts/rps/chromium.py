# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finds the browser for tours and screenshots, or installs it where we may."""

import shutil

from . import apt
from .say import Stop

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def find() -> str:
    """Return the path of Chromium; :raises Stop: if there is none and it cannot be installed."""
    if path := _on_path():
        return path
    if not apt.may_install():
        raise Stop("No Chromium for the browser tests: install it (Debian: apt install chromium).")
    apt.install("chromium", "Chromium")
    if path := _on_path():
        return path
    raise Stop("Chromium was installed but is not on PATH: put it there.")


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
