# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Buyers and goods for bench/load.py, and the form that their browsers ask about.

Run inside Odoo's shell; the last line it prints is JSON. What is there already stays.
"""

# ruff: noqa: F821, S106 - `env` is the shell's; a made-up password
# mypy: ignore-errors
import json

from odoo.tests import Form, new_test_user

BUYERS = 10
groups = "purchase.group_purchase_user,base.group_partner_manager"
users = env["res.users"].search([("login", "like", "load_buyer_")], order="login")
for place in range(BUYERS - len(users)):
    users |= new_test_user(env, f"load_buyer_{place}", groups, password="load_buyer")
product = env["product.product"].search([("name", "=", "Load Camera")], limit=1)
if not product:
    product = product.create(
        {"name": "Load Camera", "type": "consu", "taxes_id": False, "supplier_taxes_id": False}
    )
env.cr.commit()
# What the browser asks for is what stands on the form, the addon's fields among it.
spec = Form(env["purchase.order"].with_user(users[0]))._view["fields_spec"]
env.cr.execute(
    "SELECT id, name FROM res_partner WHERE supplier_rank > 0 ORDER BY md5(id::text) LIMIT 5000"
)
vendors = env.cr.fetchall()
held = []
if "screening_subject_ids" in env["res.partner"]._fields:
    env.cr.execute(
        "SELECT COUNT(*), COUNT(*) FILTER (WHERE state = 'review') FROM screening_subject"
    )
    held = env.cr.fetchone()
seed = {"logins": users.mapped("login"), "password": "load_buyer", "product": product.id}
print("SEEDED", json.dumps({**seed, "spec": spec, "vendors": vendors, "screened": held}))
