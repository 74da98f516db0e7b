# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What screening adds to writing a vendor, and how long ``screen()`` takes for many names.

    python bench/write_cost.py

Installs the addon on a fresh database with the whole CSL in force. Vendors are given names that
clean firms carry, each tenth a listed one; contacts that are no vendors, which are not screened,
are written in turn with them: the difference is what the addon adds, hits stored.
"""

import csv
import gzip
import itertools
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from rescreen import CSL, DATA, NAMES, _command
from rps import databases, setup
from rps.commands import guarded
from rps.jobs import PURCHASE
from rps.odoo_run import run_to_end
from rps.paths import MODULE, logs
from rps.processes import run
from rps.say import Stop, say

VENDORS, SCREENED = 500, 1000
LISTED = ("Hikvision Europe B.V.", "Zhejiang Dahua Tech", "Iflytek Co Ltd", "Huawei Device USA")
SCRIPT = """
import json, statistics, time
names = json.loads('''NAMES''')
partners = env["res.partner"].with_context(tracking_disable=True)
vendors = partners.create([{"name": f"V {n}", "supplier_rank": 1} for n in range(COUNT)])
others = partners.create([{"name": f"O {n}"} for n in range(COUNT)])
env.cr.commit()
times = {"vendor": [], "other": []}
for place in range(COUNT):
    for kind, records in (("vendor", vendors), ("other", others)):
        start = time.perf_counter()
        records[place].write({"name": names[place]})
        env.flush_all()
        times[kind].append(1000 * (time.perf_counter() - start))
    env.cr.commit()
def spread(values):
    cuts = statistics.quantiles(values, n=100)
    return [cuts[49], cuts[94], cuts[98]]
added = [a - b for a, b in zip(times["vendor"], times["other"])]
start = time.perf_counter()
env["screening.party"].screen([{"name": name} for name in names[-SCREENED:]])
seconds = time.perf_counter() - start
hits = env["screening.hit"].search_count([("partner_id", "in", vendors.ids)])
rows = {"vendor": spread(times["vendor"]), "other": spread(times["other"]), "added": spread(added)}
print("FIGURES", json.dumps({"rows": rows, "screen": seconds, "hits": hits}))
"""
TITLES = {
    "vendor": "`write` of a vendor's name",
    "other": "the same of a contact that is not screened",
    "added": "what screening adds",
}


def main(_arguments: list[str]) -> int:
    """Measure and print one table."""
    if not DATA.is_dir():
        raise Stop("The published lists are not in ../shared/data: there is nothing to measure.")
    with gzip.open(NAMES, "rt", encoding="utf-8") as stream:
        rows = itertools.islice(csv.DictReader(stream), VENDORS + SCREENED)
        names = [row["legal_name"] for row in rows]
    for place in range(0, VENDORS, 10):
        names[place] = f"{LISTED[place // 10 % len(LISTED)]} {place}"
    with setup.odoo("bench", PURCHASE) as (odoo, base):
        name = odoo.server.name("bench")
        databases.clone(odoo, base, name)
        log = logs() / "bench-install.log"
        if run_to_end(odoo, ["-d", name, "-i", MODULE, "--stop-after-init"], log).code:
            raise Stop(f"The addon could not be installed: the reason is in {log}")
        _command(odoo, name, "import", str(CSL), "--yes")
        # As it stands in the script's triple quotes.
        words = json.dumps(names).replace("\\", "\\\\").replace("'", "\\'")
        script = SCRIPT.replace("NAMES", words).replace("COUNT", str(VENDORS))
        script = script.replace("SCREENED", str(SCREENED))
        shell = odoo.command("shell", "-d", name, "--no-http", "--log-level=error")
        told = run(shell, "The vendors could not be written", env=odoo.env(), text=script, cwd="/")
    figures = json.loads(told.split("FIGURES ", 1)[1].splitlines()[0])
    say("| what | p50 ms | p95 ms | p99 ms |\n|---|---|---|---|")
    for key, title in TITLES.items():
        cells = " | ".join(f"{value:.1f}" for value in figures["rows"][key])
        say(f"| {title} | {cells} |")
    say(f"\n{SCREENED:,} names through `screen()`: {figures['screen']:.1f} s.")
    say(f"Hits stored: {figures['hits']}.")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
