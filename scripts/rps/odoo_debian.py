# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo 19 from Debian's packages, unpacked without installing anything and without root."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from .paths import ensure
from .processes import run
from .say import say

# Debian leaves these to other packages; Odoo's tree links to their files.
FROM_SID = (
    "odoo-19",
    "libjs-jquery",
    "libjs-underscore",
    "libjs-jquery-form",
    "fonts-roboto-unhinted",
    "fonts-montserrat",
    "fonts-inconsolata",
    "fonts-ocr-b",
)
# Odoo expects version 4.7; the one in sid has other files.
FROM_OLDER_SUITE = ("fonts-font-awesome",)
OLDER_SUITES = ("trixie", "bookworm")
KEYRINGS = ("debian-archive-keyring.pgp", "debian-archive-keyring.gpg")


@dataclass(frozen=True)
class Site:
    """A Debian mirror that this machine uses, and a suite of it older than sid."""

    address: str
    suite: str


def site(apt: Path) -> Site | None:
    """Take the mirror from the machine's own apt configuration; None if it does not use Debian.

    :param apt: folder for an apt state of our own, used when the machine has never run an update.
    """
    if not shutil.which("apt-get") or not shutil.which("dpkg"):
        return None
    known = _debian_sites({})
    if not known:
        own = _configuration(apt, None)
        run(["sh", "-c", "apt-get update || true"], "apt-get update failed", env=own)
        known = _debian_sites(own)
    return known[0] if known else None


def fetch(mirror: Site, apt: Path, folder: Path) -> tuple[Path, str]:
    """Download and unpack into ``folder``; return the folder that holds ``odoo`` and its version.

    :raises Stop: if the mirror cannot be reached or a package is missing.
    """
    env = _configuration(apt, mirror)
    say(f"  Debian's package lists (sid, {mirror.suite})")
    offline = "Debian's packages of Odoo are out of reach"
    run(["apt-get", "update", "-q", "--error-on=any"], offline, env=env)
    downloads = ensure(apt / "packages")
    say("  Odoo and the fonts and scripts it links to")
    names = [f"{name}/sid" for name in FROM_SID]
    names += [f"{name}/{mirror.suite}" for name in FROM_OLDER_SUITE]
    run(["apt-get", "download", "-q", *names], offline, env=env, cwd=downloads)
    say("  unpacking")
    for package in sorted(downloads.glob("*.deb")):
        run(["dpkg", "-x", package, folder], f"Cannot unpack {package.name}")
    version = next(downloads.glob("odoo-19_*.deb")).name.split("_")[1]
    shutil.rmtree(downloads)
    root = folder / "usr/lib/python3/dist-packages"
    # A second copy of the Python files alone, with no views: an addons folder that cannot work.
    shutil.rmtree(root / "addons", ignore_errors=True)
    return root, f"debian-{version}"


def _debian_sites(env: dict[str, str]) -> list[Site]:
    listing = run(
        ["apt-get", "indextargets", "--format", "$(SITE) $(CODENAME) $(ORIGIN) $(CREATED_BY)"],
        "apt-get indextargets failed",
        env={**os.environ, **env},
    )
    rows = [line.split() for line in listing.splitlines()]
    return [
        Site(row[0], row[1] if row[1] in OLDER_SUITES else OLDER_SUITES[0])
        for row in rows
        if row[2:] == ["Debian", "Packages"] and "-" not in row[1]
    ]


def _configuration(apt: Path, mirror: Site | None) -> dict[str, str]:
    """Environment in which apt keeps its state under ``apt`` and reads ``mirror`` plus sid."""
    lines = [
        f'Dir::State::lists "{ensure(apt / "lists/partial").parent}";',
        f'Dir::Cache "{ensure(apt / "cache/archives/partial").parents[1]}";',
        'APT::Sandbox::User "root";',
    ]
    if mirror:
        keyrings = [Path("/usr/share/keyrings") / name for name in KEYRINGS]
        key = next((path for path in keyrings if path.is_file()), None)
        signed = f"[signed-by={key}] " if key else ""
        sources = apt / "sources.list"
        suites = ("sid", mirror.suite)
        sources.write_text("".join(f"deb {signed}{mirror.address} {s} main\n" for s in suites))
        lines += [f'Dir::Etc::sourcelist "{sources}";', 'Dir::Etc::sourceparts "-";']
    settings = apt / "apt.conf"
    settings.write_text("\n".join(lines) + "\n")
    return {**os.environ, "APT_CONFIG": str(settings), "LC_ALL": "C"}
