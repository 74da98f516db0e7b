# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Where things are kept. Nothing is written into the checkout."""

import hashlib
import os
import re
import shutil
from pathlib import Path

from .say import Stop

MODULE = "restricted_party_screening"
CHECKOUT = Path(__file__).resolve().parents[2]
SCRIPTS = CHECKOUT / "scripts"


def cache() -> Path:
    """Folder shared by all checkouts of this user: downloads, Odoo's source, Python environments.

    ``RPS_CACHE`` names it, else it is ``restricted-party-screening`` in the user's cache folder.
    """
    named = os.environ.get("RPS_CACHE")
    if named:
        return Path(named).expanduser().absolute()
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base).absolute() / "restricted-party-screening"


def checkout_key() -> str:
    """Name of this checkout that no other path shares: databases and folders carry it."""
    return hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]


def checkout_name() -> str:
    """Return a folder name for this checkout: recognisable, and without odd characters."""
    return f"{re.sub(r'[^a-zA-Z0-9.-]', '_', CHECKOUT.name)}-{checkout_key()}"


def state() -> Path:
    """Folder of this checkout alone: logs, files that Odoo stores, the link to the addon."""
    return ensure(cache() / "checkouts" / checkout_name())


def logs() -> Path:
    """Folder of this checkout's log files."""
    return ensure(state() / "logs")


def addons_link() -> Path:
    """Addons folder that holds links to the checkout and its bridges, under the addons' own names.

    Odoo takes a module's name from its folder, and refuses to list modules at all when a folder
    beside it has a name that is not a Python identifier; the checkout may be called anything.
    """
    folder = ensure(state() / "addons")
    for name, place in addons().items():
        link = folder / name
        if not link.is_symlink() or os.readlink(link) != str(place):
            link.unlink(missing_ok=True)
            link.symlink_to(place)
    return folder


def addons() -> dict[str, Path]:
    """Folder of each addon of this checkout: the addon itself, and the glue for others' addons."""
    bridges = sorted((CHECKOUT / "bridges").glob("*/__manifest__.py"))
    return {MODULE: CHECKOUT, **{place.parent.name: place.parent for place in bridges}}


def ensure(folder: Path) -> Path:
    """Make a folder and its parents; :raises Stop: where that is not allowed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Stop(
            f"Cannot write to {folder} ({error.strerror}): set RPS_CACHE to a folder you may write."
        ) from None
    return folder


def require_space(folder: Path, gigabytes: float, purpose: str) -> None:
    """:raises Stop: if the disk that holds ``folder`` has less than ``gigabytes`` free."""
    free = shutil.disk_usage(ensure(folder)).free / 1e9
    if free < gigabytes:
        raise Stop(
            f"No room for {purpose}: {gigabytes:g} GB needed in {folder}, {free:.1f} GB free;"
            " free some space or set RPS_CACHE to a folder on another disk."
        )
