# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Base databases: Odoo with modules but without this addon, made once per machine and then copied.

A base is kept in the cache as a *seed*: the data folder of a stopped PostgreSQL server with one
database called ``base``, and the files that Odoo stored for it.
"""

import hashlib
import shutil
from dataclasses import dataclass
from pathlib import Path

from . import databases, postgres, postgres_binaries
from .locks import shared
from .odoo_command import Odoo
from .odoo_log import Record
from .odoo_run import pregenerate_assets, run_to_end
from .odoo_source import OdooSource
from .paths import cache, ensure, require_space
from .say import Stop, step

SPACE_GB = 1.0
DATABASE = "base"


@dataclass(frozen=True)
class Base:
    """What a base database holds: modules, and whether with their demo data."""

    name: str
    modules: tuple[str, ...]
    demo: bool


@dataclass(frozen=True)
class Seed:
    """A base made with one Odoo and one PostgreSQL: its folders, and the log of its making."""

    key: str
    files: Path
    cluster: Path

    @property
    def log(self) -> Path:
        """Log of the installation, to tell what Odoo says without this addon."""
        return self.files / "install.log"


def seed_of(base: Base, source: OdooSource) -> Seed:
    """Return where the seed of ``base`` lies, made or not."""
    parts = (source.version, postgres_binaries.VERSION, base.modules, base.demo)
    key = f"{base.name}-{hashlib.sha256(repr(parts).encode()).hexdigest()[:10]}"
    return Seed(key, cache() / "seeds" / key, postgres_binaries.home() / "seeds" / key)


def plant(base: Base, source: OdooSource, python: Path, cluster: Path, data: Path) -> None:
    """Make the embedded cluster's folder a copy of the base's seed, unless it is one already.

    :param cluster: folder of the cluster, whose server is not running.
    :param data: folder of the files that Odoo stores for this cluster.
    """
    seed = seed_of(base, source)
    planted = cluster / "seed.txt"
    if planted.is_file() and planted.read_text() == seed.key:
        return
    grow(base, source, python)
    require_space(cluster, SPACE_GB, "a database server")
    planted.unlink(missing_ok=True)
    for place in (cluster / "data", data / "filestore"):
        shutil.rmtree(place, ignore_errors=True)
    _copy_owned(seed.cluster / "data", cluster / "data")
    if (seed.files / "filestore").is_dir():
        shutil.copytree(seed.files / "filestore", data / "filestore")
    planted.write_text(seed.key)


def build(odoo: Odoo, base: Base, target: str, log: Path) -> None:
    """Make the base database ``target`` on a running server."""
    making = f"{target}_making"
    databases.drop(odoo, making)
    demo = ["--with-demo"] if base.demo else ["--without-demo"]
    modules = ",".join(base.modules)
    done = run_to_end(odoo, ["-d", making, "-i", modules, "--stop-after-init", *demo], log)
    if done.code or _broken(done.records, base):
        raise Stop(f"Odoo could not install {modules}: the log is {log}")
    pregenerate_assets(odoo, making)
    databases.rename(odoo, making, target)


def grow(base: Base, source: OdooSource, python: Path) -> None:
    """Make the seed of ``base`` unless it is there."""
    seed = seed_of(base, source)
    with shared(cache() / "seeds" / f"{seed.key}.lock"):
        if not seed.log.is_file():
            require_space(cache(), SPACE_GB, "a base database")
            _make(base, seed, source, python)


def _make(base: Base, seed: Seed, source: OdooSource, python: Path) -> None:
    for place in (seed.files, seed.cluster):
        shutil.rmtree(place, ignore_errors=True)
    programs = postgres_binaries.programs(python)
    log = ensure(seed.files) / "making.log"
    with (
        step(f"installing Odoo's modules for the base database “{base.name}” (once)"),
        postgres.embedded(programs, ensure(seed.cluster), log=seed.files / "postgres.log") as own,
    ):
        build(Odoo(python, source, own, seed.key, seed.files), base, DATABASE, log)
    log.rename(seed.log)


def _broken(records: list[Record], base: Base) -> bool:
    """A module's demo data that fails to load is only a warning to Odoo."""
    return base.demo and any("demo data failed" in record.text for record in records)


def _copy_owned(source: Path, target: Path) -> None:
    """Copy a data folder and give all of it to PostgreSQL's user, as the original is."""
    owner = postgres_binaries.owner()
    shutil.copytree(source, target, symlinks=True)
    for place in (target, *target.rglob("*")):
        owner.take(place)
    owner.give(target)
