# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Entry of all set-up commands: ``python3 scripts/dev.py COMMAND``. `make help` lists them."""

import signal
import sys

from rps.commands import COMMANDS
from rps.say import Stop, say


def main(arguments: list[str]) -> int:
    """Run one command; every foreseeable failure ends in one line, never in a traceback."""
    # `kill` and a closing terminal end a run as orderly as Ctrl-C does.
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.default_int_handler)
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        say(f"Unknown command {name}: choose one of {', '.join(COMMANDS)}.")
        return 2
    try:
        return COMMANDS[name](rest)
    except Stop as reason:
        print(f"STOP: {reason}", file=sys.stderr, flush=True)
        return 1
    except KeyboardInterrupt:
        say("Stopped.")
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
