# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the doors have in common.

A door gets the case: ``case.call`` calls the server, the rest of it is the scene
(:class:`~..test_doors_wire.OrderScene`).
"""

ORDER, LINE, PARTNER = "purchase.order", "purchase.order.line", "res.partner"


def values(case, **more):
    """An order to the held vendor, as JSON can say it."""
    line = {"product_id": case.product.id, "product_qty": 1, "price_unit": 1}
    return {"partner_id": case.held_vendor.id, "order_line": [[0, 0, line]], **more}


def own_default(case):
    """Let every order of the user's be born approved, as far as she can."""
    case.call(
        "ir.default", "set", model_name=ORDER, field_name="state", value="purchase", user_id=True
    )


def run(case, action, records):
    """Choose a server action from the action menu over some records."""
    if isinstance(action, str):
        action = case.env.ref(action)
    context = {"active_model": records._name, "active_ids": records.ids, "active_id": records.id}
    context = {**case.hostile, **context}
    case.over_route(case.user, "/web/action/run", action_id=action.id, context=context)
