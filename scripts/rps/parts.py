# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What can run side by side: the parts of the whole test run, and the siblings one by one."""

import os
from collections.abc import Callable
from functools import partial

from . import checks, odoo_tests, reinstalling, uninstalling
from .jobs import ALONE, JOBS
from .python_env import python
from .say import Stop
from .tally import Tally

AT_ONCE = "RPS_AT_ONCE"
#: What one part needs at most: Odoo, PostgreSQL and Chromium, and air.
GIGABYTES = 2


def all_parts() -> dict[str, Callable[[], Tally]]:
    """Each part by its name, in the order of their start: short ones last fill what is left."""
    return {
        "lint": lambda: checks.lint(python(tools=True)),
        "unit": lambda: checks.unit(python(tools=True)),
        **{job.name: partial(odoo_tests.fresh, job) for job in JOBS},
        "uninstall": uninstalling.check,
        "reinstall": reinstalling.check,
    }


def siblings() -> dict[str, Callable[[], Tally]]:
    """Each sibling module alone beside the addon, by the name of its job."""
    return {job.name: partial(odoo_tests.fresh, job) for job in ALONE}


def at_once() -> int:
    """How many parts run at the same time: as many as there are processors and memory for.

    ``RPS_AT_ONCE`` says otherwise; :raises Stop: if it holds no number.
    """
    named = os.environ.get(AT_ONCE)
    if named:
        if not named.isdigit() or int(named) < 1:
            raise Stop(f"{AT_ONCE}={named} is not a number of parts: choose 1 or more.")
        return int(named)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return max(1, min(_processors(), int(memory / GIGABYTES)))


def _processors() -> int:
    """Processors that we may use: a container may have been given some of the machine's."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
