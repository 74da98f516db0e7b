# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo from its public repository, for machines without Debian's packages."""

import shutil
import subprocess
from pathlib import Path

from .processes import run
from .say import Stop, say

REPOSITORY = "https://github.com/odoo/odoo.git"


def fetch(branch: str, folder: Path) -> tuple[Path, str]:
    """Clone the newest commit of ``branch``; return the folder that holds ``odoo`` and its version.

    :raises Stop: if git is missing or the repository cannot be reached.
    """
    if not shutil.which("git"):
        raise Stop(
            "Odoo cannot be fetched: check the network, install git, or set ODOO_PATH to a source."
        )
    say("  cloning Odoo's public repository (some 500 MB)")
    run(
        ["git", "clone", "-q", "--depth", "1", "--branch", branch, REPOSITORY, folder],
        "Cannot clone Odoo: check the network, or set ODOO_PATH to an Odoo source",
    )
    return folder, f"git-{commit(folder)}"


def commit(root: Path) -> str:
    """Return the commit that is checked out in ``root``, or nothing where there is none."""
    if not (root / ".git").exists() or not shutil.which("git"):
        return ""
    done = subprocess.run(
        ["git", "-C", root, "rev-parse", "HEAD"], capture_output=True, text=True, check=False
    )
    return done.stdout.strip()[:12]
