# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Programs of the system: found on PATH, or installed with apt where we may."""

import os
import shutil

from .processes import run
from .say import step


def may_install() -> bool:
    """Say whether programs can be installed here."""
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def install(package: str, name: str) -> None:
    """Install one package of the system.

    :param package: its name for apt.
    :param name: its name for people.
    :raises Stop: if it cannot be installed.
    """
    with step(f"installing {name} (once)"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        failure = f"Cannot install {name}: check the network, or install it by hand"
        run(["apt-get", "update", "-q"], failure, env=env)
        words = ["apt-get", "install", "-q", "-y", "--no-install-recommends", package]
        run(words, failure, env=env)
