# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Checks that read the code without running it, and the tests that need no Odoo."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path

from .paths import CHECKOUT, SCRIPTS, addons, addons_link, ensure, logs, state
from .say import say, shorten
from .tally import Tally

# Checks of pylint-odoo that ask for what only OCA's repositories and the app store need, and the
# complaint about names of checks that another tool knows.
NOT_FOR_US = "manifest-required-author,missing-readme,missing-odoo-file,unknown-option-value"
UNIT_TESTS = ("engine", "lists", "fetching", "scripts", "bench")
PYLINT = (f"--rcfile={CHECKOUT / 'pyproject.toml'}", f"--disable={NOT_FOR_US}")
MYPY = ("-p", "engine", "-p", "lists", "-p", "fetching", "-p", "rps")


def lint(python: Path) -> Tally:
    """Run every check of style and types; each that finds something is one failure."""
    caches = ensure(state() / "caches")
    # pylint is given the addon under its own name, whatever the checkout is called.
    commands: dict[str, tuple[Path, Sequence[str | Path]]] = {
        "ruff check": (CHECKOUT, ["ruff", "check", "--cache-dir", caches / "ruff", "."]),
        "ruff format": (
            CHECKOUT,
            ["ruff", "format", "--check", "--cache-dir", caches / "ruff", "."],
        ),
        "mypy": (CHECKOUT, ["mypy", "--cache-dir", caches / "mypy", *MYPY]),
        "pylint-odoo": (addons_link(), ["pylint", *PYLINT, *addons()]),
    }
    tally = Tally()
    for name, (folder, words) in commands.items():
        say(f"- {name}")
        done = subprocess.run(
            [str(word) for word in (python, "-m", *words)],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
        if done.returncode:
            _keep(done.stdout, logs() / f"{name.replace(' ', '-')}.log")
            tally.fail(f"{name} (exit code {done.returncode})")
    return tally


def unit(python: Path) -> Tally:
    """Run the plain unit tests, each folder in a process of its own."""
    tally = Tally()
    for name in UNIT_TESTS:
        folder = CHECKOUT / "tests" / name
        if folder.is_dir():
            say(f"- unit tests of {name}")
            tally.add(_unit_folder(python, folder))
    return tally


def _unit_folder(python: Path, folder: Path) -> Tally:
    tally = Tally()
    counts = state() / f"unit-{folder.name}.json"
    counts.unlink(missing_ok=True)
    done = subprocess.run(
        [str(word) for word in (python, SCRIPTS / "unit_tests.py", folder, counts)],
        cwd=CHECKOUT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if not counts.is_file():
        tally.fail(f"the unit tests in tests/{folder.name} broke off (exit code {done.returncode})")
    else:
        found = json.loads(counts.read_text())
        tally.passed = found["passed"]
        for test in found["failed"]:
            tally.fail(test)
        for test, reason in found["skipped"]:
            tally.skip(test, reason)
        if not found["ran"]:
            tally.fail(f"no test ran in tests/{folder.name}")
    if tally.failed:
        _keep(done.stdout, logs() / f"unit-{folder.name}.log")
    return tally


def _keep(output: str, log: Path) -> None:
    """Show the end of what a failed check printed, and keep all of it."""
    log.write_text(output)
    say(f"{shorten(output)}\n  (all of it: {log})")
