# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Entry of all set-up commands: ``python3 scripts/dev.py COMMAND``. `make help` lists them."""

import sys

from rps.commands import COMMANDS, guarded
from rps.say import say


def main(arguments: list[str]) -> int:
    """Run the command that the first word names."""
    name, *rest = arguments or [""]
    if name not in COMMANDS:
        say(f"Unknown command {name}: choose one of {', '.join(COMMANDS)}.")
        return 2
    return guarded(COMMANDS[name], rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
