# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Other records, mail, the portal, sibling modules."""

from .book import Doors
from .common import ORDER, own_default, run, values

DOORS = Doors()
door = DOORS.door


# ---- by way of other records ---------------------------------------------------


@door("Order made of a bill's lines")
def bill_to_order(case):
    bill_wizard(case, {}, "action_add_to_po")


@door("Bill's lines added to an approved order, held since")
def bill_to_approved_order(case):
    bill_wizard(case, {"purchase_order_id": case.since.id}, "action_add_to_po")


@door("Down payment of a bill made an order")
def bill_down_payment(case):
    bill_wizard(case, {}, "action_add_downpayment")


def bill_wizard(case, vals, method):
    lines = {"active_ids": [-line.id for line in case.bill.invoice_line_ids]}
    wizard = case.call("bill.to.po.wizard", "create", vals_list=[vals], context=lines)
    case.call("bill.to.po.wizard", method, wizard, context=lines)


@door("Quantity raised where bills are matched with orders")
def bill_matching(case):
    row = case.since.order_line.ids
    case.call("purchase.bill.line.match", "write", row, vals={"product_uom_qty": 1000})


@door("Server action that writes the state", wire="server action")
def server_action_write(case):
    run(case, case.action_write, case.draft)


@door("Server action with code", wire="server action")
def server_action_code(case):
    run(case, case.action_code, case.draft)


@door("Server action made for it")
def make_server_action(case):
    model = case.env["ir.model"]._get_id(ORDER)
    code = {"name": "x", "model_id": model, "state": "code", "code": case.action_code.code}
    action = case.call("ir.actions.server", "create", vals_list=[code])
    context = {"active_model": ORDER, "active_ids": case.draft.ids, "active_id": case.draft.id}
    case.call("ir.actions.server", "run", action, context=context)


@door("Automation that writes the state on a change", "automation", "base_automation")
def automation(case):
    case.call(ORDER, "write", case.draft, vals={"partner_ref": "hurry"})


# ---- mail ----------------------------------------------------------------------


@door("Mail to an address that makes approved orders", wire="mail")
def mail_to_alias(case):
    mail(case, "order-approved@example.com")


@door("Mail taken in with values of one's own", wire="mail")
def mail_with_values(case):
    mail(case, "nobody@example.com", custom_values={**values(case), "state": "purchase"})


def mail(case, recipient, **more):
    message = (
        f"From: vendor@example.com\nTo: {recipient}\nSubject: order\n"
        "Message-Id: <1@example.com>\nMIME-Version: 1.0\n\nPlease confirm."
    )
    case.call("mail.thread", "message_process", model=ORDER, message=message, **more)


@door("What a mail does to a new order")
def message_new(case):
    custom = {**values(case), "state": "purchase"}
    case.call(ORDER, "message_new", msg_dict={"subject": "x"}, custom_values=custom)


@door("What a mail does to an existing order")
def message_update(case):
    case.call(ORDER, "message_update", case.draft, msg_dict={}, update_vals={"state": "purchase"})


# ---- portal --------------------------------------------------------------------


@door("Acknowledged on the portal, dates changed, with the link that vendors get", wire="portal")
def portal(case):
    address, token = f"/my/purchase/{case.parked.id}", case.parked.access_token
    case.get(case.user, f"{address}?acknowledge=True&access_token={token}")
    line = {str(case.parked.order_line.id): "2031-01-01"}
    case.over_route(case.user, f"{address}/update", access_token=token, **line)


# ---- sibling modules -----------------------------------------------------------


@door("Alternatives: keep them", module="purchase_requisition")
def keep_alternatives(case):
    alternatives(case, "action_keep_alternatives")


@door("Alternatives: cancel them", module="purchase_requisition")
def cancel_alternatives(case):
    alternatives(case, "action_cancel_alternatives")


def alternatives(case, method):
    model = "purchase.requisition.alternative.warning"
    rows = {
        "po_ids": [[6, 0, case.draft.ids]],
        "alternative_po_ids": [[6, 0, case.second.ids]],
    }
    wizard = case.call(model, "create", vals_list=[rows])
    case.call(model, method, wizard)


@door("Alternatives: approved by a command", module="purchase_requisition")
def command_alternative(case):
    command = [[1, case.draft.id, {"state": "purchase"}]]
    case.call(ORDER, "write", case.draft, vals={"alternative_po_ids": command})


@door("Alternatives: asked of the held vendor", module="purchase_requisition")
def ask_alternative(case):
    model = "purchase.requisition.create.alternative"
    row = {"origin_po_id": case.request.id, "partner_ids": [[6, 0, case.held_vendor.ids]]}
    wizard = case.call(model, "create", vals_list=[row])
    case.call(model, "action_create_alternative", wizard)


@door("Confirm past the question about alternatives", module="purchase_requisition")
def skip_alternatives(case):
    skip = {"skip_alternative_check": True}
    case.call(ORDER, "button_confirm", case.draft, context=skip)


@door("Reordering rule ordered at once", module="purchase_stock")
def reordering(case):
    case.call("stock.warehouse.orderpoint", "action_replenish", case.orderpoint)


@door("Service sold and bought", module="sale_purchase")
def sale(case):
    case.call("sale.order", "action_confirm", case.sale_of_service)


@door("Sale that a held vendor ships to the customer", module="stock_dropshipping")
def dropship(case):
    case.call("sale.order", "action_confirm", case.sale_of_dropship)


@door("Order read from an electronic file", module="purchase_edi_ubl_bis3")
def electronic(case):
    files = case.call(
        "ir.attachment",
        "create",
        vals_list=[{"name": "order.xml", "datas": case.electronic_order}],
    )
    case.call(ORDER, "create_document_from_attachment", [], attachment_ids=files)


@door("The same, with a default of one's own", module="purchase_edi_ubl_bis3")
def electronic_by_own_default(case):
    own_default(case)
    electronic(case)


# ---- this addon's own records --------------------------------------------------


@door("Screening's own records written: hit, hold, event")
def own_records(case):
    case.call("screening.hit", "write", case.hit, vals={"state": "not_same"})


@door("Methods inside the addon")
def inside(case):
    case.call("screening.hit", "_decide", case.hit, decision="not_same", reason="x")
