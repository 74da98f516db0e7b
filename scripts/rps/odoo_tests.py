# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs the addon's tests inside Odoo."""

import time

from . import databases, setup
from .jobs import Job
from .odoo_command import Odoo
from .odoo_log import failures, read
from .odoo_run import run_to_end
from .paths import ensure, logs, state
from .say import say, shorten
from .tally import Tally, judge


def fresh(job: Job) -> Tally:
    """Install the job's addons on a fresh copy of its base database and run its tests."""
    cluster = f"test-{job.name}"
    with setup.odoo(cluster, job.base, tools=True) as (odoo, base):
        name = odoo.server.name("test")
        databases.clone(odoo, base, name)
        return _run(odoo, job, ["-d", name, "-i", ",".join(job.addons)], job.tags, fresh=True)


def again(job: Job, tags: str) -> Tally:
    """Run some tests on a kept database that is brought up to date first: quick, for development.

    :param tags: which tests, as ``--test-tags`` of Odoo takes them; the job's own if empty.
    """
    with setup.odoo(f"test-{job.name}", job.base, tools=True) as (odoo, base):
        name = odoo.server.name("kept")
        how = "-u" if databases.exists(odoo, name) else "-i"
        if how == "-i":
            databases.clone(odoo, base, name)
        arguments = ["-d", name, how, ",".join(job.addons)]
        return _run(odoo, job, arguments, tags or job.tags, fresh=how == "-i")


def _run(odoo: Odoo, job: Job, arguments: list[str], tags: str, *, fresh: bool) -> Tally:
    log = logs() / f"test-{job.name}.log"
    say(f"- Odoo tests on “{job.name}” ({', '.join(job.base.modules)})")
    start = time.monotonic()
    # With port 0 the server takes one that is free, and no other can take it first.
    options = ["--test-tags", tags, "--stop-after-init", "--http-port", "0"]
    options += ["--screenshots", str(ensure(state() / "screenshots" / job.name))]
    done = run_to_end(odoo, [*arguments, *options], log)
    baseline = setup.base_log(job.base, odoo)
    usual = read(baseline.read_text().splitlines()) if baseline.is_file() else []
    for record in failures(done.records):
        say(shorten(record.text))
    tally = judge(done.code, done.records, usual, with_demo=job.base.demo and fresh)
    say(f"  {tally.line()} in {time.monotonic() - start:.0f} s ({log})")
    return tally
