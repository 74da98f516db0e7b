# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Makes the environment of the peers that are not this project's dependencies, and runs them."""

from __future__ import annotations

import hashlib
import json
import platform
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from kept import kept, question
from rps.locks import shared
from rps.paths import cache
from task import Answer, Task

#: Installed one by one: without the last the first still runs.
PACKAGES = ("scikit-learn", "nomenklatura")
#: Seconds that installing, or all answers of the peers, may take.
_PATIENCE = 3600


def environment() -> tuple[Path, list[str]]:
    """Return the Python of the peers' environment, made once, and what could not be installed."""
    mark = hashlib.sha256(f"{PACKAGES}{sys.base_prefix}".encode()).hexdigest()[:8]
    folder = cache() / "bench" / f"peers-{platform.python_version()}-{mark}"
    python, state = folder / "bin" / "python", folder / "installed.json"
    with shared(folder.with_name(f"{folder.name}.lock")):
        known = json.loads(state.read_text("utf-8")) if state.exists() else None
        if known is not None and not known["missing"]:
            return python, []
        print("- installing the peers (once) ...", file=sys.stderr, flush=True)
        _quietly(sys.executable, "-m", "venv", str(folder))
        missing = [
            package
            for package in PACKAGES
            if not _quietly(str(python), "-m", "pip", "install", "-q", package)
        ]
        state.write_text(json.dumps({"missing": missing}), "utf-8")
    return python, missing


def _quietly(*command: str) -> bool:
    try:
        done = subprocess.run(  # noqa: S603 - our own words
            command, capture_output=True, check=False, timeout=_PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def answers(task: Task) -> list[Answer]:
    """Run the peers in their environment; one that cannot run answers with a note."""
    python, missing = environment()
    if PACKAGES[0] in missing:
        return [Answer(package, note="could not be installed here") for package in PACKAGES]
    asked = question(task)

    def ask() -> list[Answer]:
        return _run(python, asked)

    return kept(asked, Path(__file__).with_name("peers_run.py"), [_versions(python)], ask)


def _versions(python: Path) -> str:
    """What is installed in the peers' environment, in pip's words."""
    return subprocess.run(  # noqa: S603 - our own words
        [str(python), "-m", "pip", "freeze"], capture_output=True, check=True, text=True
    ).stdout


def _run(python: Path, asked: dict[str, Any]) -> list[Answer]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "task.json"), Path(folder, "answers.json")
        source.write_text(json.dumps(asked), "utf-8")
        script = str(Path(__file__).with_name("peers_run.py"))
        if not _quietly(str(python), script, str(source), str(target)):
            return [Answer(package, note="could not be run here") for package in PACKAGES]
        return [Answer(**found) for found in json.loads(target.read_text("utf-8"))]
