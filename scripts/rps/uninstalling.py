# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Uninstalls the addon for real: the evidence stays readable, and nothing else does.

Odoo cannot do this inside a test, because the registry is made anew.
"""

import base64
import json
import subprocess
import sys
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from . import databases, setup
from .jobs import BRIDGE, TOGETHER
from .odoo_command import Odoo
from .odoo_log import read
from .odoo_run import Finished, run_to_end
from .paths import MODULE, logs
from .processes import run
from .say import Stop, step
from .tally import Tally

#: A list, a held order, a decision, an order approved under an exemption.
FILL = f"""
import base64
from odoo.tests import new_test_user
from odoo.tools import file_open
admin, manager = (new_test_user(env, login, "{MODULE}.group_compliance_manager,"
    "purchase.group_purchase_user,{MODULE}.group_list_admin") for login in ("one", "two"))
with file_open("{MODULE}/demo/entity_list_2019_10_09.csv", "rb") as stream:
    data = base64.b64encode(stream.read())
update = env["screening.list.update"].create({{"file": data, "filename": "el.csv"}})
update.action_read()
update.action_apply()
vendors = env["res.partner"].create([{{"name": name, "supplier_rank": 1, "is_company": True}}
    for name in ("Hangzhou Hikvision Digital Technology", "Dahua Technology", "IFLYTEK")])
product = env["product.product"].create({{"name": "Lens", "type": "consu"}})
lines = [(0, 0, {{"product_id": product.id, "product_qty": 1, "price_unit": 5}})]
orders = env["purchase.order"].create(
    [{{"partner_id": vendor.id, "order_line": lines}} for vendor in vendors])
hits = env["screening.hit"].search([("leader_id", "=", False)])
of = {{hit.partner_id: hit for hit in hits}}
of[vendors[1]].with_user(admin).action_set_not_same("another")
exemption = env["screening.exemption"].with_user(admin).create({{
    "partner_id": vendors[0].id, "hit_ids": [(6, 0, of[vendors[0]].ids)], "basis": "bis_licence",
    "number": "D1", "authority": "BIS", "issue_date": "2020-01-01", "start_date": "2020-01-01",
    "expiry_date": "2099-12-31"}})
exemption.action_submit()
exemption.with_user(manager).action_approve()
for order in orders:
    order.button_confirm()
env.cr.commit()
print("TOLD", '{{"states": "' + " ".join(orders.mapped("state")) + '"}}')
"""
#: What is asked before, said by the last line as JSON.
BEFORE = f"""
import json
wizard = env["base.module.uninstall"].create({{"module_ids": [
    (6, 0, env["ir.module.module"].search([("name", "=", "{MODULE}")]).ids)]}})
says = wizard.screening_removed
url = env["screening.export"].action_export()["url"]
env.cr.rollback()
print("TOLD", json.dumps({{
    "events": env["screening.event"].search_count([]), "says": says,
    "url": url, "orders": env["purchase.order"].search_count([]),
}}))
"""
UNINSTALL = f"""
modules = env["ir.module.module"].search([("name", "=", "{MODULE}")])
modules.button_immediate_uninstall()
"""
#: Afterwards purchasing works, and nothing of the addon is left but the file.
AFTER = f"""
import base64, json
env.cr.execute(\"\"\"
    SELECT table_name || COALESCE('.' || column_name, '') FROM information_schema.columns
     WHERE table_schema = 'public' AND (table_name LIKE 'screening%' OR column_name LIKE
           'screening%')
    UNION ALL SELECT proname FROM pg_proc WHERE proname LIKE 'screening%'
    UNION ALL SELECT 'xmlid ' || name FROM ir_model_data WHERE module LIKE '{MODULE}%'
    UNION ALL SELECT 'cron ' || cron_name FROM ir_cron WHERE cron_name LIKE 'Restricted Party%'
    UNION ALL SELECT 'activity of ' || res_model FROM mail_activity
     WHERE res_model LIKE 'screening.%'
    UNION ALL SELECT 'file of ' || res_model FROM ir_attachment
     WHERE res_model LIKE 'screening.%'
    UNION ALL SELECT 'message of ' || model FROM mail_message WHERE model LIKE 'screening.%'
\"\"\")
left = [name for (name,) in env.cr.fetchall()]
vendor = env["res.partner"].create({{"name": "Hangzhou Hikvision", "supplier_rank": 1}})
product = env["product.product"].create({{"name": "Camera", "type": "consu"}})
order = env["purchase.order"].create({{"partner_id": vendor.id, "order_line": [
    (0, 0, {{"product_id": product.id, "product_qty": 1, "price_unit": 5}})]}})
order.button_confirm()
kept = env["ir.attachment"].search([("name", "=like", "screening-evidence-%.zip")])
states = env["ir.module.module"].search([("name", "in", ("{MODULE}", "{BRIDGE}"))]).mapped("state")
print("TOLD", json.dumps({{"left": left, "order": order.state, "states": states,
    "orders": env["purchase.order"].search_count([]) - 1,
    "kept": [base64.b64encode(item.raw).decode() for item in kept]}}))
"""  # noqa: S608 - of our own names


def check() -> Tally:
    """Install beside Inventory and its kin, uninstall, look what is left, and install again."""
    tally = Tally()
    with setup.odoo("uninstall", TOGETHER, tools=True) as (odoo, base):
        name = odoo.server.name("uninstall")
        databases.clone(odoo, base, name)
        with step("installing, uninstalling and installing again"):
            install(odoo, name, "uninstall-install")
            filled = told(odoo, name, FILL)
            before = told(odoo, name, BEFORE)
            log = uninstall(odoo, name, "uninstall")
            after = told(odoo, name, AFTER)
            install(odoo, name, "uninstall-install")
        for record in read(log.read_text().splitlines()):
            if record.level in ("ERROR", "CRITICAL") and MODULE in record.text:
                tally.fail(f"uninstalling logged: {record.text[:200]}")
        _judge(tally, {**before, **filled}, after)
    return tally


def _judge(tally: Tally, before: dict[str, Any], after: dict[str, Any]) -> None:
    def expect(what: str, holds: bool) -> None:
        tally.expect(f"uninstalling: {what}", holds)

    expect("orders are held and let go", before["states"] == "purchase purchase to approve")
    expect("the wizard says what goes", f"{before['events']} events" in before["says"])
    expect("the evidence can be exported before", before["url"].startswith("/web/content/"))
    expect("addon and bridge are gone", set(after["states"]) == {"uninstalled"})
    expect(f"nothing is left of it: {after['left'][:5]}", not after["left"])
    expect("orders stay", after["orders"] == before["orders"])
    expect("a vendor can be bought from", after["order"] == "purchase")
    expect("one file of evidence is kept", len(after["kept"]) == 1)
    if len(after["kept"]) == 1:
        expect("its audit trail verifies without Odoo", _verifies(after["kept"][0], damage=False))
        expect("a changed row is noticed there", not _verifies(after["kept"][0], damage=True))


def _verifies(encoded: str, *, damage: bool) -> bool:
    """Unpack the file of evidence and run what is in it."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        (place / "evidence.zip").write_bytes(base64.b64decode(encoded))
        with zipfile.ZipFile(place / "evidence.zip") as archive:
            archive.extractall(place)
        if damage:
            trail = place / "screening_event.jsonl"
            lines = trail.read_text().splitlines()
            row = json.loads(lines[-1])
            lines[-1] = json.dumps({**row, "summary": "nothing happened"})
            trail.write_text("\n".join(lines))
        command = [sys.executable, str(place / "verify.py")]
        return subprocess.run(command, check=False, capture_output=True).returncode == 0


def install(odoo: Odoo, name: str, log_name: str) -> Finished:
    """Install the addon; :raises Stop: if that fails."""
    log = logs() / f"{log_name}.log"
    done = run_to_end(odoo, ["-d", name, "-i", MODULE, "--stop-after-init"], log)
    if done.code:
        raise Stop(f"The addon could not be installed: the reason is in {log}")
    return done


def uninstall(odoo: Odoo, name: str, log_name: str) -> Path:
    """Uninstall the addon, as its button in Apps does; :raises Stop: if that fails.

    :return: the log of it
    """
    log = logs() / f"{log_name}.log"
    shell = odoo.command("shell", "-d", name, "--no-http")
    failure = "The addon could not be uninstalled"
    run(shell, failure, env=odoo.env(), log=log, text=UNINSTALL, cwd="/")
    return log


def told(odoo: Odoo, name: str, script: str) -> dict[str, Any]:
    shell = odoo.command("shell", "-d", name, "--no-http", "--log-level=error")
    told = run(shell, "Odoo's shell failed", env=odoo.env(), text=script, cwd="/")
    return dict(json.loads(told.split("TOLD ", 1)[1].splitlines()[0]))
