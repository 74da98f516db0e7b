import json
import re
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from odoo.http import root
from odoo.tests import HttpCase
from odoo.tools import mute_logger

from .common import ScreeningMixin, new_user

TABLES = Path(__file__).parents[1] / "docs" / "rights.md"
OURS = "restricted_party_screening.%s"
#: Column of the tables in docs/rights.md -> groups of the user who stands for it, nothing beyond.
COLUMNS = {
    "Employee": "base.group_user",
    "User": "purchase.group_purchase_user,base.group_partner_manager",
    "Purchase Manager": "purchase.group_purchase_manager,base.group_partner_manager",
    "Accountant": "account.group_account_invoice",
    "Compliance": OURS % "group_compliance",
    "Compliance Manager": OURS % "group_compliance_manager",
    "List Administrator": OURS % "group_list_admin",
    "Settings": "base.group_system",
}
CELLS = {"yes": True, "no": False}


class Refused(Exception):
    """The server answered a call with a refusal for lack of rights."""


@dataclass(frozen=True)
class Row:
    """One row of a table: how the action is done, and by what one sees that it was.

    :param act: does it by ``call(model, method, *arguments, **keywords)``, which raises
        :class:`Refused` where the server refuses for lack of rights
    :param watched: gives what the action changes; None where it only reads
    :param prepare: makes ready what it is done to, with all rights, once for all columns
    :param concern: adds what depends on who is logged in
    """

    act: Callable
    watched: Callable | None = None
    prepare: Callable | None = None
    concern: Callable | None = None


def read_table(section):
    """The table under a heading of docs/rights.md, as ``{action: {column: may}}``."""
    text = TABLES.read_text(encoding="utf-8")
    part = re.split(rf"(?m)^## {re.escape(section)}$", text)[1].split("\n## ")[0]
    lines = [line for line in part.splitlines() if line.startswith("|")]
    columns, _rule, *rows = [[cell.strip() for cell in line[1:-1].split("|")] for line in lines]
    return {
        action: dict(zip(columns[1:], (CELLS[cell] for cell in cells), strict=True))
        for action, *cells in rows
    }


class RightsWireMixin(ScreeningMixin):
    """Asks each cell of a table in docs/rights.md over HTTP, as a real user of that group.

    A subclass names the ``section`` and gives ``rows()``, in the order of the table. What a cell
    did is undone before the next, and what was made ready for a row before the next row.
    """

    section = None

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.people = {
            column: new_user(cls.env, f"rps_wire_{number}", groups)
            for number, (column, groups) in enumerate(COLUMNS.items())
        }

    def rows(self):
        """``{action: Row}``"""
        raise NotImplementedError

    @property
    def person(self):
        """The user who is logged in."""
        return self.env["res.users"].browse(self.session.uid)

    def call(self, model, method, *arguments, **keywords):
        """Call a method as the web client does, as the user who is logged in."""
        params = {"model": model, "method": method, "args": arguments, "kwargs": keywords}
        answer = self.url_open(
            f"/web/dataset/call_kw/{model}/{method}",
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        ).json()
        self.env.invalidate_all()
        if "error" not in answer:
            return answer["result"]
        error = answer["error"]["data"]
        if error["name"] == "odoo.exceptions.AccessError":
            raise Refused(error["message"])
        raise AssertionError(f"{error['name']}: {error['message']}")

    @contextmanager
    def undone(self):
        """Put everything back at the end."""
        savepoint = self.env.cr.savepoint()
        try:
            yield
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()

    @mute_logger("odoo.http", "odoo.addons.base.models.ir_model", "odoo.addons.base.models.ir_rule")
    def ask_cell(self, row):
        """Whether the user who is logged in may; what it does to what is watched must fit."""
        with self.undone():
            if row.concern:
                row.concern()
            before = row.watched and row.watched()
            try:
                row.act(self.call)
                allowed = True
            except Refused:
                allowed = False
            if row.watched:
                self.assertEqual(row.watched() != before, allowed, "what it did fits no answer")
        return allowed

    def log_in_all(self, columns):
        """``{column: (session, opener)}``, so that people take turns without a login for each."""
        found = {}
        for column in columns:
            self.session = None  # or else Odoo ends the session of the one before
            login = self.people[column].login
            session = self.authenticate(login, login)
            self.addCleanup(root.session_store.delete, session)
            found[column] = session, self.opener
        return found

    def check_table(self):
        """Every row is asked and every cell is true."""
        table, rows = read_table(self.section), self.rows()
        self.assertEqual(list(table), list(rows))
        logins = self.log_in_all(next(iter(table.values())))
        for action, row in rows.items():
            with self.subTest(action=action), self.undone():
                if row.prepare:
                    row.prepare()
                for column, may in table[action].items():
                    self.session, self.opener = logins[column]
                    with self.subTest(group=column):
                        self.assertEqual(self.ask_cell(row), may)


class RightsWireCase(RightsWireMixin, HttpCase):
    """To be subclassed, once for each table."""
