# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The people of the storm: each does one thing again and again over JSON-2, by chance."""

from __future__ import annotations

import base64
from typing import Any

from storm_client import Ledger, Person

CEILING = 250


class Buyer(Person):
    """Makes orders and gets them approved, or not; cancels, takes up again, changes lines."""

    def act(self) -> None:
        place = self.chance.randrange(len(self.seed["vendors"]))
        line = {
            "product_id": self.seed["products"][place],
            "product_qty": 1,
            "price_unit": self.chance.choice((40, 100)),
        }
        vendor = self.seed["vendors"][place]
        if self.chance.random() < 0.2:
            vendor = self.chance.choice(self.seed["contacts"])
        values = {"partner_id": vendor, "order_line": [[0, 0, line]]}
        if self.chance.random() < 0.2:
            values["state"] = "purchase"
        made = self.call("buyer", "purchase.order", "create", vals_list=[values])
        if not made:
            return
        self.ledger.done("", "purchase.order", made[0])
        self.call("buyer", "purchase.order", "button_confirm", ids=made)
        state = self._note_approval(made)
        if state == "to approve" and self.chance.random() < 0.5:
            self.call("purchaser", "purchase.order", "button_approve", ids=made)
        elif state == "purchase":
            self._change(made)

    def _note_approval(self, made: list[int]) -> str | None:
        read = self.call("buyer", "purchase.order", "read", ids=made, fields=["state"])
        if not read:
            return None
        if read[0]["state"] == "purchase":
            self.ledger.done("order_check", "purchase.order", made[0])
        elif read[0]["state"] == "to approve":
            self.ledger.tally("parked by the gate")
        return str(read[0]["state"])

    def _change(self, made: list[int]) -> None:
        """What happens to approved orders: cancelled, grown, given to another vendor."""
        throw = self.chance.random()
        if throw < 0.2:
            self.call("buyer", "purchase.order", "button_cancel", ids=made)
            self.call("buyer", "purchase.order", "button_draft", ids=made)
            self.call("buyer", "purchase.order", "button_confirm", ids=made)
        elif throw < 0.35:
            self.call("buyer", "purchase.order", "button_cancel", ids=made)
        elif throw < 0.55:
            line = {"product_id": self.seed["products"][0], "product_qty": 1, "price_unit": 30}
            values = {"order_line": [[0, 0, line]]}
            self.call("buyer", "purchase.order", "write", ids=made, vals=values)
        elif throw < 0.7:
            values = {self.chance.choice(("partner_id", "dest_address_id")): self._anybody()}
            self.call("buyer", "purchase.order", "write", ids=made, vals=values)

    def _anybody(self) -> int:
        return int(self.chance.choice(self.seed["vendors"] + self.seed["contacts"]))


class Decider(Person):
    """Any hit: same party, another party, or to be decided again."""

    def act(self) -> None:
        domain = [["state", "!=", "closed"]]
        hits = self.call("decider", "screening.hit", "search", domain=domain)
        if not hits:
            self.over.wait(0.3)
            return
        hit = self.chance.choice(hits)
        method = self.chance.choice(("action_set_same", "action_set_not_same", "action_reopen"))
        decided = self.call("decider", "screening.hit", method, ids=[hit], reason="storm")
        if decided and method != "action_reopen":
            state = method.removeprefix("action_set_")
            self.ledger.done("decision", "screening.hit", hit, state)


class Exempter(Person):
    """Asks for exemptions with a ceiling, has them approved by another; revokes, suspends."""

    def act(self) -> None:
        domain: list[list[Any]] = [["state", "=", "approved"]]
        found = self.call("manager", "screening.exemption", "search", domain=domain)
        # Some three for each vendor, so that orders fight for what is left of them.
        if found and (self.chance.random() < 0.3 or len(found) > 30):
            self._end(self.chance.choice(found))
            return
        hits = self.call(
            "decider",
            "screening.hit",
            "search_read",
            domain=[["state", "in", ["open", "same"]]],
            fields=["partner_id"],
        )
        if not hits:
            self.over.wait(0.3)
            return
        hit = self.chance.choice(hits)
        values = {
            "partner_id": hit["partner_id"][0],
            "hit_ids": [[6, 0, [hit["id"]]]],
            "basis": "bis_licence",
            "number": "D1",
            "authority": "BIS",
            "amount_ceiling": CEILING,
            "issue_date": "2020-01-01",
            "start_date": "2020-01-01",
            "expiry_date": "2099-12-31",
        }
        made = self.call("decider", "screening.exemption", "create", vals_list=[values])
        if not made or not self.call("decider", "screening.exemption", "action_submit", ids=made):
            return
        self.ledger.done("exemption", "screening.exemption", made[0], "requested")
        if self.call("second", "screening.exemption", "action_approve", ids=made):
            self.ledger.done("exemption", "screening.exemption", made[0], "approved")

    def _end(self, exemption: int) -> None:
        state = self.chance.choice(("revoked", "suspended"))
        method = {"revoked": "action_revoke", "suspended": "action_suspend"}[state]
        model = "screening.exemption"
        if self.call("manager", model, method, ids=[exemption], reason="storm"):
            self.ledger.done("exemption", model, exemption, state)


class Lister(Person):
    """Another edition: some vendors are listed, some are not; now and then one is rolled back."""

    def act(self) -> None:
        place = self.chance.choice((0, 0, 1))
        model = "screening.list.update"
        if self.chance.random() < 0.25:
            domain = [["state", "=", "applied"]]
            last = self.call("lists", model, "search", domain=domain, limit=1, order="id desc")
            if last and self.call("lists", model, "action_roll_back", ids=last, reason="storm"):
                back = self.call("lists", model, "read", ids=last, fields=["rolled_back_id"])
                if back:
                    self.ledger.done("update", model, back[0]["rolled_back_id"][0])
        listed = self.chance.sample(self.seed["names"], self.chance.randint(8, 12))
        rows = "\n".join(["name", *listed, *self.seed["fillers"]])
        values = {
            "file": base64.b64encode(rows.encode()).decode(),
            "filename": "storm.csv",
            "list_id": self.seed["lists"][place],
        }
        made = self.call("lists", model, "create", vals_list=[values])
        if made and self.call("lists", model, "action_read", ids=made):
            self.call("lists", model, "action_override", ids=made, reason="storm")
            if self.call("lists", model, "action_apply", ids=made):
                self.ledger.done("update", model, made[0])
        self.over.wait(self.chance.uniform(0.5, 2))


class Mover(Person):
    """Renames vendors and renames them back; moves contacts from vendor to vendor."""

    def act(self) -> None:
        place = self.chance.randrange(len(self.seed["vendors"]))
        vendor = self.seed["vendors"][place]
        if self.chance.random() < 0.5:
            for name in ("Harmless Ladders", self.seed["names"][place]):
                self.call("buyer", "res.partner", "write", ids=[vendor], vals={"name": name})
        else:
            contact = self.chance.choice(self.seed["contacts"])
            values = {"parent_id": self.chance.choice((vendor, False))}
            who = self.chance.choice(("buyer", "decider"))
            self.call(who, "res.partner", "write", ids=[contact], vals=values)
        self.over.wait(self.chance.uniform(0.2, 1))


class Ruler(Person):
    """Changes what the second list does in the company."""

    def act(self) -> None:
        line = self.seed["policy_line"]
        values = {"effect": self.chance.choice(("hold", "warn", "inform", "off"))}
        self.call("manager", "screening.policy.line", "write", ids=[line], vals=values)
        self.over.wait(self.chance.uniform(2, 5))


class Auditor(Person):
    """Seals and verifies the trail while everybody writes to it."""

    def act(self) -> None:
        answer = self.call("manager", "screening.event", "action_verify", ids=[])
        if answer and answer["params"]["type"] != "success":
            self.ledger.tally("VERIFICATION FAILED")
        self.over.wait(self.chance.uniform(0.2, 1))


#: How many there are of each: 16 and more write to the audit trail at any moment.
CROWD = {Buyer: 12, Decider: 3, Exempter: 4, Lister: 2, Mover: 2, Ruler: 1, Auditor: 2}


def crowd(port: int, seed: dict[str, Any], ledger: Ledger, dice: int) -> list[Person]:
    """All people of a storm; their throws follow from ``dice``."""
    kinds = [kind for kind, number in CROWD.items() for _one in range(number)]
    return [
        kind(port, seed, ledger, f"{dice}-{place}")  # the same dice, the same throws
        for place, kind in enumerate(kinds)
    ]


def disperse(people: list[Person]) -> None:
    """Tell everybody that it is over, and wait for them."""
    for person in people:
        person.over.set()
    for person in people:
        person.join(timeout=65)
