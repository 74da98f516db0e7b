# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finds the browser for tours and screenshots, or installs it where we may."""

import os
import shutil

from .processes import run
from .say import Stop, step

NAMES = ("google-chrome", "chromium", "chromium-browser", "google-chrome-stable")


def find() -> str:
    """Return the path of Chromium; :raises Stop: if there is none and it cannot be installed."""
    if path := _on_path():
        return path
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        raise Stop("No Chromium for the browser tests: install it (Debian: apt install chromium).")
    with step("installing Chromium (once)"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        failure = "Cannot install Chromium: check the network, or install it by hand"
        run(["apt-get", "update", "-q"], failure, env=env)
        run(
            ["apt-get", "install", "-q", "-y", "--no-install-recommends", "chromium"],
            failure,
            env=env,
        )
    if path := _on_path():
        return path
    raise Stop("Chromium was installed but is not on PATH: put it there.")


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)
