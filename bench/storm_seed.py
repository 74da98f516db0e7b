# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the storm finds: people with keys, vendors, contacts under them, goods, two lists.

Run inside Odoo's shell, as `odoo shell < storm_seed.py`; the last line it prints is JSON.
"""

# ruff: noqa: F821, S311, SIM905 - `env` is the shell's; nothing is secret
# mypy: ignore-errors
import json
import random

from odoo import fields
from odoo.tests import new_test_user

WORDS = """Quorvan Belmistra Tuzgolet Fendrixa Ompelino Wadruska Nivolgat Hestorba Ylvandir
    Krumosek Pazzuleb Jorvenak Asmundel Trovick Balgethi Ceprosta Dulvamir Evrokant
    Gisponda Hulmeric Izbantor Kelvostra Lombuget Mirdaxon""".split()
SYLLABLES = "ba ce di fo gu hy ka le mi no pu ra se ti vo wu xa zo".split()
GROUP = "restricted_party_screening.group_"
PEOPLE = {
    "buyer": "purchase.group_purchase_user,base.group_partner_manager",
    "purchaser": "purchase.group_purchase_manager",
    "decider": f"{GROUP}compliance,base.group_partner_manager",
    "manager": f"{GROUP}compliance_manager",
    "second": f"{GROUP}compliance_manager",
    "lists": f"{GROUP}list_admin",
}

keys = {}
for login, groups in PEOPLE.items():
    user = new_test_user(env, f"storm_{login}", groups)
    end = fields.Datetime.add(fields.Datetime.now(), days=1)
    keys[login] = env["res.users.apikeys"].with_user(user)._generate("rpc", "storm", end)

chance = random.Random(1)
fillers = [
    " ".join("".join(chance.sample(SYLLABLES, 4)).capitalize() for _word in range(2))
    for _filler in range(60)
]
names = [f"{word} Instruments" for word in WORDS]
lists = env["screening.list"].create(
    [{"name": code.capitalize(), "code": code} for code in ("STORM", "GALE")]
)
policy = env["screening.policy"].create({"company_id": env.company.id})
line = env["screening.policy.line"].create(
    {"policy_id": policy.id, "list_id": lists[1].id, "effect": "off"}
)
vendors = env["res.partner"].create(
    [{"name": name, "is_company": True, "supplier_rank": 1} for name in names]
)
contacts = env["res.partner"].create(
    [{"name": f"Agent {place}", "supplier_rank": 1} for place in range(6)]
)
products = env["product.product"].create(
    [
        {"name": name, "type": "consu", "taxes_id": False, "supplier_taxes_id": False}
        for name in names
    ]
)
# Sealed every minute, so that a cron worker is at it whenever one is killed.
env.ref("restricted_party_screening.ir_cron_seal").write(
    {"interval_number": 1, "interval_type": "minutes", "nextcall": fields.Datetime.now()}
)
env.cr.commit()
seed = {
    "keys": keys,
    "lists": lists.ids,
    "policy_line": line.id,
    "names": names,
    "fillers": fillers,
    "vendors": vendors.ids,
    "contacts": contacts.ids,
    "products": products.ids,
}
print("SEEDED", json.dumps(seed))
