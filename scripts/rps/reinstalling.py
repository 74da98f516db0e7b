# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Uninstalls the addon with its demo data, and installs it again on what that leaves behind.

Odoo deletes no approved order, nor whom and what it names; the demo data must load beside them.
"""

from typing import Any

from . import databases, setup
from .jobs import EVERYTHING
from .odoo_command import Odoo
from .odoo_log import read
from .paths import MODULE
from .say import step
from .tally import Tally
from .uninstalling import install, told, uninstall

#: What is there of the demo, and who may log in with a password that stands in a README.
LOOK = f"""
import json
names = ("order_held", "order_exempted", "order_clean", "order_draft_clean")
orders = [env.ref("{MODULE}." + name, raise_if_not_found=False) for name in names]
users = env["res.users"].with_context(active_test=False).search(
    [("login", "in", ("buyer", "compliance", "manager"))])
print("TOLD", json.dumps({{"states": [order and order.state for order in orders],
    "logins": users.mapped("login"), "active": users.filtered("active").mapped("login"),
    "types": env["ir.model.data"].search_count(
        [("module", "=", "{MODULE}"), ("model", "=", "mail.activity.type")]),
    "kept": env["purchase.order"].search_count([("state", "=", "purchase")])}}))
"""
DEMO = ["to approve", "purchase", "purchase", "draft"]


def check() -> Tally:
    """Install with demo data, uninstall, and install again."""
    tally = Tally()
    with setup.odoo("reinstall", EVERYTHING, tools=True) as (odoo, base):
        name = odoo.server.name("reinstall")
        databases.clone(odoo, base, name)
        with step("installing with demo data, uninstalling and installing again"):
            tally.add(_install(odoo, name, "reinstall-first"))
            first = told(odoo, name, LOOK)
            log = uninstall(odoo, name, "reinstall-uninstall")
            between = told(odoo, name, LOOK)
            tally.add(_install(odoo, name, "reinstall-again"))
            second = told(odoo, name, LOOK)
        for record in read(log.read_text().splitlines()):
            ours = MODULE in record.text or '"screening_' in record.text
            if record.level in ("ERROR", "CRITICAL") and ours:
                tally.fail(f"uninstalling logged: {record.text[:200]}")
        _judge(tally, first, between, second)
    return tally


def _judge(
    tally: Tally, first: dict[str, Any], between: dict[str, Any], second: dict[str, Any]
) -> None:
    def expect(what: str, holds: bool) -> None:
        tally.expect(f"installing again: {what}", holds)

    expect(f"the demo is there first: {first}", first["states"] == DEMO)
    expect("approved orders stay", between["kept"] == first["kept"])
    expect("no type of activity stays", first["types"] and not between["types"])
    expect(f"nobody logs in as in the demo any more: {between['active']}", not between["logins"])
    expect(f"the demo is there again: {second}", second["states"] == DEMO)
    expect("with its users", sorted(second["active"]) == ["buyer", "compliance", "manager"])


def _install(odoo: Odoo, name: str, log_name: str) -> Tally:
    tally = Tally()
    for record in install(odoo, name, log_name).records:
        if record.level != "INFO" and "demo" in record.text:
            tally.fail(f"{log_name} logged: {record.text[:300]}")
    return tally
