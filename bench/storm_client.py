# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""One client of the storm over JSON-2, and what all of them count."""

from __future__ import annotations

import http.client
import json
import random
import threading
from collections import Counter
from typing import Any

from rps.ports import HOST

#: What somebody was told is done: (kind of event, model, id, state in the event or None).
Act = tuple[str, str, int, str | None]


class Ledger:
    """What all people counted, and what they were told is done."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.count: Counter[str] = Counter()
        self.acts: Counter[Act] = Counter()

    def tally(self, what: str) -> None:
        """Count one more."""
        with self._lock:
            self.count[what] += 1

    def done(self, kind: str, model: str, record: int, state: str | None = None) -> None:
        """Note what Odoo answered to be done: the trail must know it, whatever was killed."""
        with self._lock:
            self.acts[kind, model, record, state] += 1


class Person(threading.Thread):
    """One client with a connection of its own, which it opens again when it is cut."""

    def __init__(self, port: int, seed: dict[str, Any], ledger: Ledger, dice: str) -> None:
        super().__init__(daemon=True)
        self.seed, self.ledger = seed, ledger
        self.chance = random.Random(dice)  # noqa: S311 - chance decides who meets whom
        self.over = threading.Event()
        self._connection = http.client.HTTPConnection(HOST, port, timeout=60)

    def run(self) -> None:
        """Act until the storm is over."""
        try:
            while not self.over.is_set():
                self.act()
        except Exception:
            self.ledger.tally("CLIENT BROKEN")  # the storm would be weaker than it says
            raise

    def act(self) -> None:
        """One thing this person does."""
        raise NotImplementedError

    def call(self, who: str, model: str, method: str, **arguments: Any) -> Any:
        """One request; None when it was refused, or nobody answered."""
        if self.over.is_set():
            return None
        headers = {
            "Authorization": f"Bearer {self.seed['keys'][who]}",
            "Content-Type": "application/json",
        }
        try:
            body = json.dumps(arguments)
            self._connection.request("POST", f"/json/2/{model}/{method}", body, headers)
            answer = self._connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException) as error:
            refused = isinstance(error, ConnectionRefusedError)
            self.ledger.tally("nobody there" if refused else "cut off")
            self._connection.close()
            self.over.wait(self.chance.uniform(0.2, 1.0))
            return None
        if answer.status == 200:
            self.ledger.tally("answered: done")
            return json.loads(text)
        self.ledger.tally(f"answered: {self._refusal(answer.status, text)}")
        return None

    @staticmethod
    def _refusal(status: int, text: bytes) -> str:
        """What kind of refusal it is."""
        try:
            error = json.loads(text)
            name, message = error["name"].rpartition(".")[2], error["message"]
        except (ValueError, KeyError, TypeError):
            return f"status {status}"
        if name == "ValidationError" and ("held" in message or "suffice" in message):
            return "refused by the gate"
        return f"{status} {name}"
