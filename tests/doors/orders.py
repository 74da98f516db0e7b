# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""An order's own buttons and fields, and imports."""

import io

from .book import Doors
from .common import ORDER, own_default, run, values

DOORS = Doors()
door = DOORS.door


# ---- its own buttons -----------------------------------------------------------


@door("Confirm")
def confirm(case):
    case.call(ORDER, "button_confirm", case.draft)


@door("Confirm, from the list's action menu", wire="web")
def confirm_many(case):
    run(case, "purchase.action_confirm_rfqs", case.draft)


@door("Confirm what is parked")
def confirm_parked(case):
    case.call(ORDER, "button_confirm", case.parked)


@door("Approve a draft")
def approve_draft(case):
    case.call(ORDER, "button_approve", case.draft)


@door("Approve what is parked")
def approve_parked(case):
    case.call(ORDER, "button_approve", case.parked, force=True)


@door("Approve what is cancelled")
def approve_cancelled(case):
    case.call(ORDER, "button_approve", case.cancelled)


@door("Approved, cancelled, turned to the held vendor, confirmed again")
def cancel_draft_confirm(case):
    case.call(ORDER, "button_cancel", case.approved)
    case.call(ORDER, "button_draft", case.approved)
    case.call(ORDER, "write", case.approved, vals={"partner_id": case.held_vendor.id})
    case.call(ORDER, "button_confirm", case.approved)


@door("Two requests merged into one, confirmed")
def merge_requests(case):
    case.call(ORDER, "action_merge", case.draft | case.second)
    case.call(ORDER, "button_confirm", case.draft | case.second)


@door("Sent by mail, marked as sent, confirmed")
def sent(case):
    case.call(
        ORDER, "message_post", case.draft, body="please quote", context={"mark_rfq_as_sent": True}
    )
    case.call(ORDER, "button_confirm", case.draft)


# ---- fields --------------------------------------------------------------------


@door("Write the state")
def write_state(case):
    case.call(ORDER, "write", case.draft, vals={"state": "purchase"})


@door("Save the state, as the form does")
def save_state(case):
    case.call(ORDER, "web_save", case.draft, vals={"state": "purchase"}, specification={})


@door("Save the state of many, as the list does")
def save_many(case):
    case.call(
        ORDER,
        "web_save_multi",
        case.draft | case.second,
        vals_list=[{"state": "purchase"}] * 2,
        specification={},
    )


@door("Create approved")
def create(case):
    case.call(ORDER, "create", vals_list=[values(case, state="purchase")])


@door("Create approved, by a default in the context")
def create_by_context(case):
    case.call(ORDER, "create", vals_list=[values(case)], context={"default_state": "purchase"})


@door("Create approved, by a default of one's own")
def create_by_own_default(case):
    own_default(case)
    case.call(ORDER, "create", vals_list=[values(case)])


@door("Copy as approved")
def copy(case):
    case.call(ORDER, "copy", case.draft, default={"state": "purchase"})


@door("Write what the screening shows")
def write_shown(case):
    shown = {"screening_state": "no_match", "screening_hold_ids": [[5]]}
    case.call(ORDER, "write", case.draft, vals=shown)


# ---- import --------------------------------------------------------------------


@door("Import rows of new orders")
def load(case):
    columns = ["partner_id/.id", "state", "order_line/product_id/.id", "order_line/product_qty"]
    rows = [[str(case.held_vendor.id), "purchase", str(case.product.id), "1"]]
    case.refuse_messages(case.call(ORDER, "load", fields=columns, data=rows))


@door("Import rows over existing orders")
def load_over(case):
    rows = [[str(case.draft.id), "purchase"]]
    case.refuse_messages(case.call(ORDER, "load", fields=[".id", "state"], data=rows))


@door("Import a CSV file", wire="CSV file")
def import_file(case):
    [number] = case.call("base_import.import", "create", vals_list=[{"res_model": ORDER}])
    content = f"id,state\n{case.draft.id},purchase\n"
    file = {"ufile": ("orders.csv", io.BytesIO(content.encode()), "text/csv")}
    answer = case.over_form(case.user, "/base_import/set_file", files=file, id=number)
    case.assertTrue(answer.json()["result"])
    result = case.call(
        "base_import.import",
        "execute_import",
        [number],
        fields=[".id", "state"],
        columns=["id", "state"],
        options={"has_headers": True, "separator": ",", "quoting": '"', "encoding": "utf-8"},
    )
    case.refuse_messages(result)
