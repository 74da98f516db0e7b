# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests import HttpCase, tagged

from .doors import flight, orders, others, parties
from .doors.book import DoorsMixin
from .doors.flight_scene import FlightScene
from .doors.scene import OrderScene
from .wire import WireMixin


@tagged("post_install", "-at_install", "rps_sibling")
class TestDoorsWire(WireMixin, DoorsMixin, OrderScene, HttpCase):
    """Each door to an approved order, as each kind of user, over each wire, with and without a
    hostile context; what comes of it stands in docs/doors.md."""

    table = "doors to an approved order"
    doors = [*orders.DOORS, *parties.DOORS, *others.DOORS]
    door_users = {
        "buyer": "Buyer",
        "purchase_manager": "Purchase manager",
        "accountant": "Accountant",
        "portal": "Vendor on the portal",
        "compliance": "Compliance",
        "manager": "Compliance manager",
        "admin": "Administrator",
    }

    def test_every_door(self):
        self.assert_table(self.ask_all())


@tagged("post_install", "-at_install", "rps_sibling")
class TestFlightDoorsWire(WireMixin, DoorsMixin, FlightScene, HttpCase):
    """The same for bills, payments and goods of a vendor that became listed since, by policy."""

    table = "doors after approval"
    doors = flight.DOORS
    door_users = {
        "accountant": "Accountant",
        "stock_user": "Stock user",
        "buyer": "Buyer",
        "purchase_manager": "Purchase manager",
        "portal": "Vendor on the portal",
        "manager": "Compliance manager",
        "admin": "Administrator",
    }

    def test_every_door(self):
        self.assert_table(self.ask_all())
