# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Child processes that never outlive the one that started them."""

import ctypes
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from .say import Stop

PR_SET_PDEATHSIG = 1


def start(
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    output: IO[Any] | int | None = None,
    on_orphan: signal.Signals = signal.SIGTERM,
    **options: Any,
) -> "subprocess.Popen[bytes]":
    """Start a process in a session of its own: Ctrl-C reaches only us, and we end it in order.

    :param on_orphan: signal that the kernel sends it should we be killed outright (Linux only).
    :param options: more of what ``subprocess.Popen`` takes.
    """
    return subprocess.Popen(
        [str(part) for part in command],
        cwd="/",
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        preexec_fn=_signal_when_parent_dies(on_orphan),
        **options,
    )


def stop(
    process: "subprocess.Popen[bytes]", how: signal.Signals = signal.SIGTERM, seconds: float = 15
) -> None:
    """End a process and all of its session: first ``how``, after ``seconds`` by force."""
    if process.poll() is None:
        process.send_signal(how)
        with suppress(subprocess.TimeoutExpired):
            process.wait(seconds)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run(
    command: Sequence[str | Path],
    failure: str,
    *,
    env: Mapping[str, str] | None = None,
    log: Path | None = None,
    text: str = "",
    **options: Any,
) -> str:
    """Run a command to its end and return what it printed.

    :param log: file that keeps the output.
    :param text: what the command reads as its standard input.
    :raises Stop: with ``failure`` and the command's last line if it does not succeed.
    """
    try:
        done: subprocess.CompletedProcess[str] = subprocess.run(
            [str(part) for part in command],
            env=env,
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            **options,
        )
    except OSError as error:
        raise Stop(f"{failure} ({command[0]}: {error.strerror})") from None
    if log:
        log.write_text(done.stdout)
    if done.returncode:
        lines = [line.strip() for line in done.stdout.splitlines() if line.strip()]
        where = f"; all of it is in {log}" if log else ""
        raise Stop(f"{failure} ({lines[-1] if lines else 'no message'}{where})")
    return done.stdout


def _signal_when_parent_dies(number: signal.Signals) -> Callable[[], None] | None:
    if not sys.platform.startswith("linux"):
        return None
    prctl = ctypes.CDLL(None).prctl

    def ask() -> None:
        prctl(PR_SET_PDEATHSIG, int(number))

    return ask
