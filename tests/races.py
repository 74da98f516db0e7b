# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import base64
import random
import string
import uuid
from contextlib import contextmanager

import psycopg2

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tests import new_test_user
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from .common import FlightMixin, ScreeningMixin


def made_up(last):
    """A name that is like no other."""
    word = "".join(random.choices(string.ascii_lowercase, k=14))  # noqa: S311
    return f"{word.capitalize()} {last}"


class RacesMixin(FlightMixin, ScreeningMixin):
    """Real cursors, a list and users of the class's own; to be mixed with ``BaseCase``.

    All is committed for good: it runs on a database of its own.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.token = uuid.uuid4().hex[:6]
        cls.names = []
        with cls.current():
            cls.own_list = cls.env["screening.list"].create(
                {"name": f"Races {cls.token}", "code": f"R{cls.token}", "own": True}
            )
            cls.other_list = cls.env["screening.list"].create(
                {"name": f"Other {cls.token}", "code": f"S{cls.token}", "own": True}
            )
            cls.buyer, cls.compliance, cls.manager = (
                new_test_user(cls.env, f"{cls.token}_{login}", groups)
                for login, groups in (
                    ("buyer", "purchase.group_purchase_user"),
                    ("compliance", "restricted_party_screening.group_compliance"),
                    ("manager", "restricted_party_screening.group_compliance_manager"),
                )
            )
            cls.product = cls.env["product.product"].create(
                {
                    "name": "Camera",
                    "type": "consu",
                    "taxes_id": False,
                    "supplier_taxes_id": False,
                }
            )
            cls.list_names("Somebody Else Entirely")

    @classmethod
    @contextmanager
    def transaction(cls):
        """An environment on a cursor of its own, committed at the end."""
        with cls.registry.cursor() as cr:
            cr.execute("SET LOCAL lock_timeout = '5s'")
            env = api.Environment(cr, SUPERUSER_ID, {"lang": "en_US"})
            # The snapshot is taken now, as that of a request that has begun.
            cr.execute("SELECT 1 FROM res_users LIMIT 1")
            yield env
            env.flush_all()

    @classmethod
    @contextmanager
    def current(cls):
        """The same as what the helpers work in."""
        with cls.transaction() as cls.env:
            try:
                yield
            finally:
                cls.env = None

    @classmethod
    def list_names(cls, *names):
        """A further update of the list: these names come to it. Nobody is screened by it."""
        cls.names += names
        rows = "".join(f"{name}\n" for name in cls.names)
        cls.import_list(f"name\n{rows}".encode(), own_list=cls.own_list.with_env(cls.env))

    @staticmethod
    def csv(names):
        """A list of the company's own, as it is uploaded."""
        return base64.b64encode("".join(f"{name}\n" for name in ("name", *names)).encode())

    def vendor(self, listed=True, **values):
        """A vendor of a name nobody has; on the list from the next screening on, if asked for."""
        name = made_up("Optics")
        with self.current():
            vendor = self.create_vendor(name, "CZ", **values)
        if listed:
            with self.current():
                self.list_names(name)
        return vendor

    def list_elsewhere(self, vendor):
        """Bring a listed vendor's name on the other list too, from the next screening on.

        :return: its first hit, and the name
        """
        with self.current():
            hit = self.env["screening.hit"].search([("partner_id", "=", vendor.id)])
            name = vendor.with_env(self.env).name
            other = self.other_list.with_env(self.env)
            self.import_list(f"name\n{name}\n".encode(), own_list=other)
        return hit, name

    def held_vendor_with_cover(self, **values):
        """A vendor that is a listed party, with an exemption in force."""
        vendor = self.vendor()
        self.screen(vendor)
        with self.current():
            hits = self.env["screening.hit"].search([("partner_id", "=", vendor.id)])
            exemption = self.create_exemption(hits=hits, **values)
        return vendor, exemption

    def order(self, vendor, price=100.0):
        with self.current():
            return self.create_order(vendor, price=price)

    def create_order(self, vendor, price=100.0, **values):
        orders = self.env["purchase.order"].with_user(self.buyer.id)
        return orders.create(self.order_values(vendor, price=price, **values))

    def screen(self, vendor):
        with self.transaction() as env:
            self.rescreen(env, vendor)

    def rescreen(self, env, vendor):
        changed = env["screening.matcher"]._screen_partners(vendor.with_env(env))
        env["purchase.order"]._screening_refresh_partners(changed)

    def value_of(self, record, name):
        with self.transaction() as env:
            return record.with_env(env)[name]

    @contextmanager
    def refused(self):
        """PostgreSQL refuses what stands in the block: somebody else was faster."""
        failure = psycopg2.errors.SerializationFailure
        with mute_logger("odoo.sql_db"), self.assertRaises(failure):
            yield

    def act(self, env, record, user=None):
        return record.with_env(env(user=(user or self.buyer).id))
