# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Every way to post a bill, register a payment or move goods that policy holds."""

from .book import Doors
from .common import run

MOVE, PAYMENT, PICKING = "account.move", "account.payment", "stock.picking"
STOCK = "restricted_party_screening_stock"
DOORS = Doors()
door = DOORS.door


# ---- bills --------------------------------------------------------------------


@door("Post a bill")
def post_bill(case):
    case.call(MOVE, "action_post", case.bill)


@door("Post a refund")
def post_refund(case):
    case.call(MOVE, "action_post", case.refund)


@door("Post a purchase receipt")
def post_receipt(case):
    case.call(MOVE, "action_post", case.receipt)


@door("Post the bill of an order, under another vendor's name")
def post_renamed(case):
    case.call(MOVE, "write", case.order_bill, vals={"partner_id": case.clean_vendor.id})
    case.call(MOVE, "action_post", case.order_bill)


@door("Post many from the list")
def post_many(case):
    rows = {"active_model": MOVE, "active_ids": case.bill.ids}
    wizard = case.call("validate.account.move", "create", vals_list=[{}], context=rows)
    case.call("validate.account.move", "validate_move", wizard, context=rows)


@door("Write the state of a bill")
def write_bill(case):
    case.call(MOVE, "write", case.bill, vals={"state": "posted"})


@door("Create a posted bill")
def create_bill(case):
    vals = {"move_type": "in_invoice", "partner_id": case.held_vendor.id, "state": "posted"}
    case.call(MOVE, "create", vals_list=[vals])


@door("Import rows over existing bills")
def import_bill(case):
    rows = [[str(case.bill.id), "posted"]]
    case.refuse_messages(case.call(MOVE, "load", fields=[".id", "state"], data=rows))


@door("A bill's date has come and it is posted by the clock")
def post_by_clock(case):
    due = {"auto_post": "at_date", "date": "2020-01-01", "invoice_date": "2020-01-01"}
    case.call(MOVE, "write", case.bill, vals=due)
    cron = case.env.ref("account.ir_cron_auto_post_draft_entry")
    case.call("ir.cron", "method_direct_trigger", cron)


@door("Vendor of a posted bill changed")
def turn_bill(case):
    case.call(MOVE, "write", case.clean_bill, vals={"partner_id": case.held_vendor.id})


@door("Type of a posted entry changed into a bill")
def turn_type(case):
    case.call(MOVE, "write", case.entry, vals={"move_type": "in_invoice"})


@door("Bill reversed, and entered anew")
def reverse_bill(case):
    vals = {
        "move_ids": [[6, 0, case.posted_bill.ids]],
        "journal_id": case.posted_bill.journal_id.id,
        "reason": "x",
    }
    rows = {"active_model": MOVE, "active_ids": case.posted_bill.ids}
    wizard = case.call("account.move.reversal", "create", vals_list=[vals], context=rows)
    case.call("account.move.reversal", "modify_moves", wizard, context=rows)


@door("Server action that posts", wire="server action")
def post_by_action(case):
    run(case, case.action_post, case.bill)


# ---- payments -----------------------------------------------------------------


@door("Register Payment on a bill")
def register(case):
    rows = {"active_model": MOVE, "active_ids": case.posted_bill.ids}
    wizard = case.call("account.payment.register", "create", vals_list=[{}], context=rows)
    case.call("account.payment.register", "action_create_payments", wizard, context=rows)


@door("Post a payment")
def post_payment(case):
    case.call(PAYMENT, "action_post", case.payment)


@door("Validate a payment")
def validate_payment(case):
    case.call(PAYMENT, "action_validate", case.payment)


@door("Write the state of a payment")
def write_payment(case):
    case.call(PAYMENT, "write", case.payment, vals={"state": "paid"})


@door("Create a payment that is through")
def create_payment(case):
    vals = {
        "payment_type": "outbound",
        "partner_type": "customer",
        "partner_id": case.held_vendor.id,
        "amount": 100,
        "journal_id": case.bank_journal.id,
        "state": "in_process",
    }
    case.call(PAYMENT, "create", vals_list=[vals])


@door("Registered payment turned to another payee")
def turn_payment(case):
    case.call(PAYMENT, "write", case.clean_payment, vals={"partner_id": case.held_vendor.id})


@door("Paid onto the account of a held party")
def turn_account(case):
    case.call(PAYMENT, "write", case.draft_payment, vals={"partner_bank_id": case.bank.id})
    case.call(PAYMENT, "action_post", case.draft_payment)


@door("Write that a payment has passed already")
def write_passed(case):
    key = case.payment.sudo()._screening_key()
    case.call(PAYMENT, "write", case.payment, vals={"screening_passed": key})
    case.call(PAYMENT, "action_post", case.payment)


# ---- goods --------------------------------------------------------------------


@door("Validate a receipt", module=STOCK)
def validate_receipt(case):
    case.call("stock.move", "write", case.incoming.move_ids, vals={"quantity": 1, "picked": True})
    case.call(PICKING, "button_validate", case.incoming)


@door("Validate it in part, without a back order", module=STOCK)
def validate_part(case):
    case.call("stock.move", "write", case.incoming.move_ids, vals={"quantity": 0.5, "picked": True})
    skip = {"skip_backorder": True, "picking_ids_not_to_backorder": case.incoming.ids}
    case.call(PICKING, "button_validate", case.incoming, context=skip)


@door("Validate it under another name", module=STOCK)
def validate_renamed(case):
    case.call(PICKING, "write", case.incoming, vals={"partner_id": case.clean_vendor.id})
    case.call("stock.move", "write", case.incoming.move_ids, vals={"quantity": 1, "picked": True})
    case.call(PICKING, "button_validate", case.incoming)


@door("Write the state of goods", module=STOCK)
def write_goods(case):
    case.call("stock.move", "write", case.incoming.move_ids, vals={"state": "done"})


@door("Return goods", module=STOCK)
def return_goods(case):
    rows = {"active_model": PICKING, "active_id": case.received.id}
    wizard = case.call("stock.return.picking", "create", vals_list=[{}], context=rows)
    line = case.env["stock.return.picking"].browse(wizard).product_return_moves
    case.call("stock.return.picking.line", "write", line, vals={"quantity": 1})
    action = case.call("stock.return.picking", "action_create_returns", wizard, context=rows)
    back = case.env[PICKING].browse(action["res_id"])
    case.call("stock.move", "write", back.move_ids, vals={"quantity": 1, "picked": True})
    case.call(PICKING, "button_validate", back)


@door("Deliver goods to a vendor", module=STOCK)
def deliver(case):
    case.call("stock.move", "write", case.outgoing.move_ids, vals={"quantity": 1, "picked": True})
    case.call(PICKING, "button_validate", case.outgoing)
