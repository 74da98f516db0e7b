# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Finds the source of Odoo 19, or fetches it into the cache."""

import hashlib
import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import odoo_debian, odoo_git
from .locks import shared
from .paths import cache, ensure, require_space
from .say import Stop, say, step

SERIES = "19.0"
SPACE_GB = 3.0  # 130 MB of packages, 1.3 GB unpacked, room to work


@dataclass(frozen=True)
class OdooSource:
    """An Odoo source tree.

    ``root`` is the folder that holds the ``odoo`` package; ``version`` says which source it is, so
    that a database made from another one is not used again.
    """

    root: Path
    version: str

    @property
    def addons(self) -> list[Path]:
        """Addons folders: a git checkout keeps most addons beside the package, a build in it."""
        inside, beside = self.root / "odoo" / "addons", self.root / "addons"
        return [inside] if (inside / "web").is_dir() else [inside, beside]


def find() -> OdooSource:
    """Return the source that ``ODOO_PATH`` names, else the cached one, fetched if need be.

    :raises Stop: if it is not Odoo 19.0 or cannot be fetched.
    """
    named = os.environ.get("ODOO_PATH")
    return _named(Path(named).expanduser().absolute()) if named else _cached()


def _named(path: Path) -> OdooSource:
    places = [path, path.parent, path / "usr/lib/python3/dist-packages"]
    root = next((place for place in places if (place / "odoo/release.py").is_file()), None)
    if root is None:
        raise Stop(f"ODOO_PATH={path} holds no Odoo source: name the folder that holds `odoo/`.")
    release = (root / "odoo/release.py").read_text()
    found = re.search(r"version_info = \((\d+), (\d+)", release)
    series = ".".join(found.groups()) if found else "unknown"
    if series != SERIES:
        raise Stop(f"ODOO_PATH={path} is Odoo {series}: name a source of Odoo {SERIES}.")
    mark = hashlib.sha256(f"{root}{release}{odoo_git.commit(root)}".encode()).hexdigest()[:12]
    return OdooSource(root, f"{SERIES}-{mark}")


def _cached() -> OdooSource:
    folder = cache() / "odoo" / SERIES
    origin = folder / "origin.txt"
    with shared(cache() / "odoo" / "fetch.lock"):
        if not origin.is_file():
            require_space(cache(), SPACE_GB, f"the source of Odoo {SERIES}")
            shutil.rmtree(folder, ignore_errors=True)
            with step(f"fetching Odoo {SERIES} (once, some 130 MB)"):
                _fetch(ensure(folder))
    root_name, version = origin.read_text().split("\n")[:2]
    return OdooSource(folder / root_name, version)


def _fetch(folder: Path) -> None:
    """Take Debian's package where apt knows Debian, else clone Odoo's public repository."""
    root, version = _from_debian(folder / "debian") or odoo_git.fetch(SERIES, folder / "git")
    _mend(root)
    (folder / "origin.txt").write_text(f"{root.relative_to(folder)}\n{version}\n")


def _from_debian(folder: Path) -> tuple[Path, str] | None:
    apt = cache() / "odoo" / "apt"
    try:
        site = odoo_debian.site(apt)
        return odoo_debian.fetch(site, apt, folder) if site else None
    except Stop as reason:
        say(f"  {reason}")
        return None
    finally:
        shutil.rmtree(apt, ignore_errors=True)


def _mend(root: Path) -> None:
    """Put an empty file where Debian strips one: its absence is an error that fails each tour."""
    stripped = root / "odoo/addons/mail/static/lib/selfie_segmentation/selfie_segmentation.js"
    if (root / "odoo/addons/mail").is_dir() and not stripped.exists():
        stripped.parent.mkdir(parents=True, exist_ok=True)
        stripped.write_text("")
