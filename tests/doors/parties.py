# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Parties and lines of an order that is approved already."""

from .book import Doors
from .common import LINE, ORDER, PARTNER

DOORS = Doors()
door = DOORS.door


# ---- other parties on an approved order ----------------------------------------


@door("Vendor of an approved order changed")
def swap_vendor(case):
    case.call(ORDER, "write", case.approved, vals={"partner_id": case.held_vendor.id})


@door("Vendor changed to a contact of the held one")
def swap_contact(case):
    case.call(ORDER, "write", case.approved, vals={"partner_id": case.contact.id})


@door("Delivery address changed")
def swap_address(case):
    case.call(ORDER, "write", case.approved, vals={"dest_address_id": case.contact.id})


@door("Contacts merged: held into clean")
def merge_into_clean(case):
    merge_contacts(case, case.clean_vendor)


@door("Contacts merged: clean into held")
def merge_into_held(case):
    merge_contacts(case, case.held_vendor)


def merge_contacts(case, target):
    both = case.held_vendor | case.clean_vendor
    wizard = case.call(
        "base.partner.merge.automatic.wizard",
        "create",
        vals_list=[
            {"partner_ids": [[6, 0, both.ids]], "dst_partner_id": target.id, "state": "selection"}
        ],
    )
    case.call("base.partner.merge.automatic.wizard", "action_merge", wizard)


@door("Vendor renamed to something harmless, confirmed, renamed back")
def rename(case):
    case.call(PARTNER, "write", case.held_vendor, vals={"name": "Harmless Paper GmbH"})
    case.call(ORDER, "button_confirm", case.draft)
    case.call(PARTNER, "write", case.held_vendor, vals={"name": "Hangzhou Hikvision"})


@door("Contact taken out of its held firm, confirmed")
def leave_parent(case):
    case.call(PARTNER, "write", case.contact, vals={"parent_id": False})
    case.call(ORDER, "button_confirm", case.to_contact)


@door("Vendor of an approved order put under a held firm")
def new_parent(case):
    case.call(PARTNER, "write", case.clean_vendor, vals={"parent_id": case.held_vendor.id})


@door("Held vendor archived, confirmed, unarchived")
def archive(case):
    case.call(PARTNER, "action_archive", case.held_vendor)
    case.call(ORDER, "button_confirm", case.draft)
    case.call(PARTNER, "action_unarchive", case.held_vendor)


# ---- lines ---------------------------------------------------------------------


@door("Line added to an approved order, held since")
def add_line(case):
    line = {"product_id": case.product.id, "product_qty": 9, "price_unit": 9, "name": "more"}
    case.call(LINE, "create", vals_list=[{**line, "order_id": case.since.id}])


@door("Quantity raised on it, through the order")
def raise_quantity(case):
    command = [[1, case.since.order_line.id, {"product_qty": 1000}]]
    case.call(ORDER, "write", case.since, vals={"order_line": command})


@door("Price raised on it")
def raise_price(case):
    case.call(LINE, "write", case.since.order_line, vals={"price_unit": 1000000})


@door("Line moved into it from another order")
def move_line(case):
    case.call(LINE, "write", case.draft.order_line, vals={"order_id": case.since.id})


@door("Line of an order written through the contact")
def line_through_contact(case):
    command = [[1, case.since.order_line.id, {"product_qty": 1000}]]
    case.call(PARTNER, "write", case.since.partner_id, vals={"purchase_line_ids": command})


@door("Product added to it from the catalogue", wire="web")
def catalogue(case):
    case.over_route(
        case.user,
        "/product/catalog/update_order_line_info",
        res_model=ORDER,
        order_id=case.since.id,
        product_id=case.product_2.id,
        quantity=5,
    )


@door("Line added past the ceiling of its licence exemption")
def past_ceiling(case):
    line = {"product_id": case.product.id, "product_qty": 1, "price_unit": 100, "name": "more"}
    case.call(LINE, "create", vals_list=[{**line, "order_id": case.exempted.id}])


@door("Quantity raised past the ceiling")
def raise_past_ceiling(case):
    case.call(LINE, "write", case.exempted.order_line, vals={"product_qty": 2})
