import base64
from datetime import timedelta

from dateutil.relativedelta import relativedelta
from freezegun import freeze_time

from odoo import fields
from odoo.fields import Command
from odoo.tests import new_test_user
from odoo.tools import file_open

HIKVISION = "Hangzhou Hikvision Digital Technology Co., Ltd."
CSL_HEADER = (
    "_id",
    "source",
    "entity_number",
    "type",
    "programs",
    "name",
    "title",
    "addresses",
    "federal_register_notice",
    "start_date",
    "end_date",
    "standard_order",
    "license_requirement",
    "license_policy",
    "call_sign",
    "vessel_type",
    "gross_tonnage",
    "gross_registered_tonnage",
    "vessel_flag",
    "vessel_owner",
    "remarks",
    "source_list_url",
    "alt_names",
    "citizenships",
    "dates_of_birth",
    "nationalities",
    "places_of_birth",
    "source_information_url",
    "ids",
)
SOURCES = {
    "EL": "Entity List (EL) - Bureau of Industry and Security",
    "UVL": "Unverified List (UVL) - Bureau of Industry and Security",
    "SDN": "Specially Designated Nationals (SDN) - Treasury Department",
    "CMIC": "Non-SDN Chinese Military-Industrial Complex Companies List (CMIC)"
    " - Treasury Department",
}


def csl_file(rows):
    """Bytes of a CSL CSV. :param rows: list of (list code, name, {column: value})"""
    lines = [",".join(CSL_HEADER)]
    for number, (code, name, extra) in enumerate(rows, start=1):
        values = {"source": SOURCES[code], "name": name, "entity_number": ""}
        if code in ("SDN", "CMIC"):
            values.update(entity_number=str(1000 + number), type="Entity")
        else:
            values.update(federal_register_notice="84 FR 54002")
        values.update(extra)
        cells = (values.get(column, "").replace('"', '""') for column in CSL_HEADER)
        lines.append(",".join(f'"{cell}"' for cell in cells))
    return ("\n".join(lines) + "\n").encode()


def new_user(env, login, groups, **values):
    """A user whose password is the login; no invitation is sent, which takes most of the time."""
    return new_test_user(env, login, groups, context={"no_reset_password": True}, **values)


def years_on(years):
    """So many years and a day from now on: all that happened today is that old then."""
    return freeze_time(fields.Datetime.now() + relativedelta(years=years) + timedelta(days=1))


class ScreeningMixin:
    """The 28 organisations of 9 October 2019 in force, users of each kind, vendors."""

    @classmethod
    def set_up_screening(cls):
        env = cls.env
        env["screening.policy"].search([]).unlink()
        with file_open(
            "restricted_party_screening/demo/entity_list_2019_10_09.csv", "rb"
        ) as stream:
            cls.entity_list = stream.read()
        cls.import_list(cls.entity_list, "el.csv")
        group = "restricted_party_screening.%s"
        cls.buyer = new_user(
            env, "rps_buyer", "purchase.group_purchase_user,base.group_partner_manager"
        )
        cls.purchase_manager = new_user(
            env, "rps_purchase_manager", "purchase.group_purchase_manager"
        )
        cls.accountant = new_user(env, "rps_accountant", "account.group_account_invoice")
        cls.compliance = new_user(env, "rps_compliance", group % "group_compliance")
        cls.manager = new_user(env, "rps_manager", group % "group_compliance_manager")
        cls.manager_2 = new_user(env, "rps_manager_2", group % "group_compliance_manager")
        cls.list_admin = new_user(env, "rps_list_admin", group % "group_list_admin")
        cls.held_vendor = cls.create_vendor("Hangzhou Hikvision Digital Tech", "CN")
        cls.contact = env["res.partner"].create({"name": "Li Wei", "parent_id": cls.held_vendor.id})
        cls.clean_vendor = cls.create_vendor("Acme Office Supplies GmbH", "DE")
        # A new product takes the default taxes of all companies, which a buyer of one cannot read.
        cls.product = env["product.product"].create(
            {"name": "Camera", "type": "consu", "taxes_id": False, "supplier_taxes_id": False}
        )
        cls.hit = env["screening.hit"].search([("partner_id", "=", cls.held_vendor.id)], limit=1)

    @classmethod
    def import_list(cls, data, filename="list.csv", own_list=None, apply=True):
        update = cls.env["screening.list.update"].create(
            {
                "file": base64.b64encode(data),
                "filename": filename,
                "list_id": own_list.id if own_list else False,
            }
        )
        update.action_read()
        if apply:
            assert update.state == "read", update.error
            cls.apply_update(update)
        return update

    @classmethod
    def with_more(cls, *names):
        """A file of the 28 organisations and of these on the Entity List."""
        rows = csl_file([("EL", name, {}) for name in names])
        return rows + cls.entity_list.split(b"\n", 1)[1]

    def screen_waiting(self):
        """Let the background screen whoever waits."""
        with self.enter_registry_test_mode():
            self.env.ref("restricted_party_screening.ir_cron_screen_1").method_direct_trigger()

    @classmethod
    def apply_update(cls, update):
        """Apply, past the guards: most files of the tests are shorter than what is in force."""
        if update.blocked:
            update.action_override("a file made for a test")
        update.action_apply()

    @classmethod
    def create_vendor(cls, name, country="", **values):
        country = cls.env["res.country"].search([("code", "=", country)]) if country else False
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "supplier_rank": 1,
                "country_id": country and country.id,
                **values,
            }
        )

    @classmethod
    def order_values(cls, vendor, price=100.0, quantity=1.0, **values):
        return {
            "partner_id": vendor.id,
            "order_line": [
                Command.create(
                    {
                        "product_id": cls.product.id,
                        "product_qty": quantity,
                        "price_unit": price,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
            **values,
        }

    @classmethod
    def create_order(cls, vendor, user=None, **values):
        """An RFQ of the buyer, or of the given user."""
        user = user or cls.buyer
        return (
            cls.env["purchase.order"]
            .with_user(user)
            .create(cls.order_values(vendor, user_id=user.id, **values))
        )

    @classmethod
    def create_exemption(cls, approve=True, hits=None, **values):
        """Recorded by compliance, approved by a manager."""
        hits = hits or cls.hit
        exemption = (
            cls.env["screening.exemption"]
            .with_user(cls.compliance)
            .create(
                {
                    "partner_id": hits.partner_id[:1].id,
                    "hit_ids": [Command.set(hits.ids)],
                    "basis": "bis_licence",
                    "number": "D1234567",
                    "authority": "BIS",
                    "issue_date": "2020-01-01",
                    "start_date": "2020-01-01",
                    "expiry_date": "2099-12-31",
                    **values,
                }
            )
        )
        exemption.action_submit()
        if approve:
            exemption.with_user(cls.manager).action_approve()
        return exemption


class FlightMixin:
    """What follows an order: bills and payments, with the little accounting they need."""

    @classmethod
    def set_up_accounting(cls):
        env, company = cls.env, cls.env.company
        if not company.chart_template:
            env["account.chart.template"].try_loading("generic_coa", company, install_demo=False)
        cls.bank_journal = env["account.journal"].search(
            [("type", "=", "bank"), ("company_id", "=", company.id)], limit=1
        )
        cls.outstanding = env["account.account"].search(
            [("account_type", "=", "asset_current"), ("reconcile", "=", True)], limit=1
        )

    @classmethod
    def create_bill(cls, vendor, price=100.0, **values):
        return cls.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": vendor.id,
                "invoice_date": fields.Date.today(),
                "invoice_line_ids": [
                    Command.create(
                        {
                            "product_id": cls.product.id,
                            "quantity": 1,
                            "price_unit": price,
                            "tax_ids": [Command.clear()],
                        }
                    )
                ],
                **values,
            }
        )

    @classmethod
    def create_order_bill(cls, order):
        """A draft bill for all of an order."""
        order.sudo().order_line.product_id.purchase_method = "purchase"
        order.sudo().action_create_invoice()
        bill = order.sudo().invoice_ids
        bill.invoice_date = fields.Date.today()
        return bill.with_env(cls.env)

    @classmethod
    def create_payment(cls, vendor, **values):
        return cls.env["account.payment"].create(
            {
                "payment_type": "outbound",
                "partner_type": "supplier",
                "partner_id": vendor.id,
                "amount": 100,
                "journal_id": cls.bank_journal.id,
                **values,
            }
        )
