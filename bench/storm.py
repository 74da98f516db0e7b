# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
# ruff: noqa: S311 - chance decides here who meets whom, nothing is secret
"""Many people at once while processes are killed; afterwards nothing may be wrong.

    python bench/storm.py [--seconds 60]

Odoo in prefork mode (4 workers, 2 for crons) on a fresh database of a PostgreSQL server of our
own. Clients approve, decide, revoke, update and verify over JSON-2; every few seconds a worker, a
cron worker or a PostgreSQL backend gets kill -9. Then bench/invariants.py looks at the database.
"""

import argparse
import base64
import http.client
import json
import os
import random
import signal
import sys
import threading
import time
from collections import Counter
from contextlib import suppress
from pathlib import Path

import psycopg2

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "scripts"))

from invariants import violations
from rescreen import _command, _connect
from rps import databases, setup
from rps.commands import guarded
from rps.jobs import PURCHASE
from rps.odoo_command import Odoo
from rps.odoo_run import run_to_end
from rps.paths import MODULE, logs
from rps.ports import HOST, any_free
from rps.processes import run, start, stop
from rps.say import Stop, say

VENDORS = 12
SEED = f"""
import base64, json
from odoo import fields
from odoo.tests import new_test_user
group = "{MODULE}.group_"
keys = {{}}
for login, groups in (("buyer", "purchase.group_purchase_user"), ("decider", group + "compliance"),
        ("manager", group + "compliance_manager"), ("second", group + "compliance_manager"),
        ("lists", group + "list_admin")):
    user = new_test_user(env, "storm_" + login, groups)
    day = fields.Datetime.add(fields.Datetime.now(), days=1)
    keys[login] = env["res.users.apikeys"].with_user(user)._generate("rpc", "storm", day)
own = env["screening.list"].create({{"name": "Storm", "code": "STORM"}})
words = "Quorvan Belmistra Tuzgolet Fendrixa Ompelino Wadruska Nivolgat Hestorba Ylvandir Krumosek"
words = (words + " Pazzuleb Jorvenak").split()
names = [word + " Instruments" for word in words]
vendors = env["res.partner"].create(
    [{{"name": n, "is_company": True, "supplier_rank": 1}} for n in names])
products = env["product.product"].create([
    {{"name": n, "type": "consu", "taxes_id": False, "supplier_taxes_id": False}} for n in names])
env.cr.commit()
print("SEEDED", json.dumps({{"keys": keys, "list": own.id, "names": names,
    "vendors": vendors.ids, "products": products.ids}}))
"""


class Storm:
    """The clients, the killer, and what they counted."""

    def __init__(self, port: int, seed: dict, end: float) -> None:
        self.port, self.seed, self.end = port, seed, end
        self.count: Counter[str] = Counter()

    def call(self, who: str, model: str, method: str, **arguments):
        """One request over JSON-2; None when it was refused, or its worker was killed."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=60)
        headers = {"Authorization": f"Bearer {self.seed['keys'][who]}"}
        headers["Content-Type"] = "application/json"
        try:
            body = json.dumps(arguments)
            connection.request("POST", f"/json/2/{model}/{method}", body, headers)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            self.count["cut off"] += 1
            time.sleep(0.3)
            return None
        finally:
            connection.close()
        self.count["answered" if answer.status == 200 else f"status {answer.status}"] += 1
        return json.loads(text) if answer.status == 200 else None

    def buy(self) -> None:
        """An order, confirmed; some are born approved, some cancelled again."""
        place = random.randrange(VENDORS)
        line = {"product_id": self.seed["products"][place], "product_qty": 1, "price_unit": 100}
        values = {"partner_id": self.seed["vendors"][place], "order_line": [[0, 0, line]]}
        if random.random() < 0.3:
            values["state"] = "purchase"
        made = self.call("buyer", "purchase.order", "create", vals_list=[values])
        if made:
            self.call("buyer", "purchase.order", "button_confirm", ids=made)
            if random.random() < 0.2:
                self.call("buyer", "purchase.order", "button_cancel", ids=made)

    def decide(self) -> None:
        """Any hit: same party, another party, or to be decided again."""
        hits = self.call("decider", "screening.hit", "search", domain=[["state", "!=", "closed"]])
        if hits:
            method = random.choice(("action_set_same", "action_set_not_same", "action_reopen"))
            ids = [random.choice(hits)]
            self.call("decider", "screening.hit", method, ids=ids, reason="storm")

    def exempt(self) -> None:
        """Record an exemption with a ceiling, approve it; or revoke one."""
        if random.random() < 0.4:
            found = self.call(
                "manager", "screening.exemption", "search", domain=[["state", "=", "approved"]]
            )
            if found:
                ids = [random.choice(found)]
                self.call("manager", "screening.exemption", "action_revoke", ids=ids, reason="x")
            return
        hits = self.call(
            "decider", "screening.hit", "search_read",
            domain=[["state", "in", ["open", "same"]]], fields=["partner_id"],
        )  # fmt: skip
        if not hits:
            return
        hit = random.choice(hits)
        values = {
            "partner_id": hit["partner_id"][0], "hit_ids": [[6, 0, [hit["id"]]]],
            "basis": "bis_licence", "number": "D1", "authority": "BIS", "amount_ceiling": 250,
            "issue_date": "2020-01-01", "start_date": "2020-01-01", "expiry_date": "2099-12-31",
        }  # fmt: skip
        made = self.call("decider", "screening.exemption", "create", vals_list=[values])
        if made and self.call("decider", "screening.exemption", "action_submit", ids=made):
            self.call("second", "screening.exemption", "action_approve", ids=made)

    def update(self) -> None:
        """Another edition of the list: some vendors are on it, some are not."""
        listed = random.sample(self.seed["names"], VENDORS // 2)
        rows = "\n".join(["name", *listed, *(f"Filler {n} Gudrun" for n in range(8))])
        values = {
            "file": base64.b64encode(rows.encode()).decode(),
            "filename": "storm.csv", "list_id": self.seed["list"],
        }  # fmt: skip
        made = self.call("lists", "screening.list.update", "create", vals_list=[values])
        if made:
            for method, more in (
                ("action_read", {}), ("action_override", {"reason": "storm"}), ("action_apply", {})
            ):  # fmt: skip
                self.call("lists", "screening.list.update", method, ids=made, **more)
        time.sleep(1)

    def verify(self) -> None:
        """Seal and verify while everybody writes."""
        answer = self.call("manager", "screening.event", "action_verify", ids=[])
        if answer and answer["params"]["type"] != "success":
            self.count["VERIFICATION FAILED"] += 1
        time.sleep(0.5)

    def repeat(self, act) -> None:
        """Do one thing again and again until the storm is over."""
        while time.monotonic() < self.end:
            act()

    def kill(self, odoo: Odoo, name: str, master: int) -> None:
        """kill -9 of a worker or cron worker of Odoo, or of a backend of PostgreSQL."""
        while time.monotonic() < self.end - 5:
            time.sleep(3)
            kind, pids = "Odoo worker", _children(master)
            if random.random() < 0.3:
                kind = "PostgreSQL backend"
                with suppress(psycopg2.Error):
                    pids = _backends(odoo, name)
            if pids:
                with suppress(ProcessLookupError):
                    os.kill(random.choice(pids), signal.SIGKILL)
                    self.count[f"killed: {kind}"] += 1


def _backends(odoo: Odoo, name: str) -> list[int]:
    with _connect(odoo, name) as connection, connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity WHERE datname = %s AND pid != pg_backend_pid()",
            [name],
        )
        return [pid for (pid,) in cursor.fetchall()]


def _children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def main(arguments: list[str]) -> int:
    """Let it storm, then look what is wrong; 1 when anything is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=60)
    options = parser.parse_args(arguments)
    with setup.odoo("storm", PURCHASE) as (odoo, base):
        name = odoo.server.name("storm")
        databases.clone(odoo, base, name)
        log = logs() / "storm-install.log"
        if run_to_end(odoo, ["-d", name, "-i", MODULE, "--stop-after-init"], log).code:
            raise Stop(f"The addon could not be installed: the reason is in {log}")
        shell = odoo.command("shell", "-d", name, "--no-http", "--log-level=error")
        told = run(shell, "The database could not be filled", env=odoo.env(), text=SEED, cwd="/")
        seed = json.loads(told.split("SEEDED ", 1)[1].splitlines()[0])
        storm = _let_it_storm(odoo, name, seed, options.seconds)
        for what, number in sorted(storm.count.items()):
            say(f"{what}: {number}")
        return _judge(odoo, name, storm)


def _let_it_storm(odoo: Odoo, name: str, seed: dict, seconds: int) -> Storm:
    port = any_free()
    words = ["-d", name, "--workers", "4", "--max-cron-threads", "2", "--http-port", str(port)]
    words += ["--gevent-port", str(any_free()), "--db_maxconn", "8"]
    with (logs() / "storm.log").open("w") as output:
        server = start(odoo.command(*words), env=odoo.env(), output=output)
    try:
        time.sleep(8)
        storm = Storm(port, seed, time.monotonic() + seconds)
        storm.update()
        acts = [storm.buy] * 8 + [storm.decide] * 2 + [storm.exempt] * 2
        acts += [storm.update] * 2 + [storm.verify] * 2
        threads = [threading.Thread(target=storm.repeat, args=(act,)) for act in acts]
        threads.append(threading.Thread(target=storm.kill, args=(odoo, name, server.pid)))
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        stop(server, signal.SIGINT)
    return storm


def _judge(odoo: Odoo, name: str, storm: Storm) -> int:
    _command(odoo, name, "rescreen")
    _command(odoo, name, "verify")
    with _connect(odoo, name) as connection:
        found = violations(connection)
        with connection.cursor() as cursor:
            cursor.execute("SELECT state, COUNT(*) FROM purchase_order GROUP BY state")
            say(f"orders: {dict(cursor.fetchall())}")
            cursor.execute("SELECT COUNT(*) FROM screening_event")
            say(f"events: {cursor.fetchone()[0]}")
    if storm.count["VERIFICATION FAILED"]:
        found.append("the trail did not verify during the storm")
    say("\n".join(found) if found else "violations: 0")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(guarded(main, sys.argv[1:]))
