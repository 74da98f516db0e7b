# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The Python environment: Odoo's dependencies and, for developers, the tools."""

import hashlib
import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from .locks import shared
from .paths import SCRIPTS, cache, ensure, require_space
from .processes import run
from .say import Stop, Ticker, step

RUNTIME = SCRIPTS / "requirements-odoo.txt"
TOOLS = SCRIPTS / "requirements-dev.txt"
SPACE_GB = 1.0


def python(tools: bool) -> Path:
    """Return the interpreter of the environment, made if need be.

    It lies in the cache under a name taken from the requirements and the Python version, so that
    clones share it and a changed requirement makes a new one.

    :param tools: also install what tests, checks and screenshots need.
    :raises Stop: if it cannot be made.
    """
    content = RUNTIME.read_bytes() + TOOLS.read_bytes()
    mark = hashlib.sha256(content + sys.base_prefix.encode()).hexdigest()[:10]
    folder = cache() / "python" / f"{platform.python_version()}-{platform.machine()}-{mark}"
    interpreter = folder / "bin" / "python"
    with shared(folder.with_name(f"{folder.name}.lock")):
        if not (folder / "runtime.done").exists():
            require_space(cache(), SPACE_GB, "the Python environment")
            shutil.rmtree(folder, ignore_errors=True)
            with step("making the Python environment (once)"):
                _make(folder)
                _install(interpreter, folder / "runtime.done", RUNTIME)
        if tools and not (folder / "tools.done").exists():
            with step("installing the tools for tests and checks (once)"):
                _install(interpreter, folder / "tools.done", TOOLS)
    return interpreter


def _make(folder: Path) -> None:
    ensure(folder.parent)
    command = [sys.executable, "-m", "venv", str(folder)]
    if subprocess.run(command, capture_output=True, check=False).returncode == 0:
        return
    shutil.rmtree(folder, ignore_errors=True)
    package = f"python{sys.version_info.major}.{sys.version_info.minor}-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        run(["apt-get", "update", "-q"], "apt-get update failed: check the network")
        run(["apt-get", "install", "-q", "-y", package], f"Cannot install {package}")
    run(command, f"Python cannot make virtual environments: install {package}")


def _install(interpreter: Path, done: Path, requirements: Path) -> None:
    log = done.with_suffix(".log")
    command = [interpreter, "-m", "pip", "install", "--progress-bar=off", "-r", requirements]
    if requirements != RUNTIME:
        command += ["-c", RUNTIME]
    ticker = Ticker()
    with log.open("w") as output:
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
        assert process.stdout
        for line in process.stdout:
            output.write(line)
            if line.startswith(("Collecting", "Installing")):
                ticker.tick(line.strip())
    ticker.end()
    if process.wait():
        errors = [line for line in log.read_text().splitlines() if line.startswith("ERROR")]
        reason = errors[-1] if errors else "no message"
        raise Stop(f"pip failed: {reason}; check the network and pip's settings ({log}).")
    done.write_text("")
