# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Buyers at their browsers: each chooses a vendor, saves the order, confirms it, again and again.

They send what the web client sends: ``onchange`` when a vendor is chosen, ``web_save``, the button,
and ``web_read`` of the form.
"""

from __future__ import annotations

import http.client
import json
import random
import statistics
import threading
import time
from collections import Counter, defaultdict
from typing import Any

from rps.ports import HOST
from rps.say import Stop

#: What is measured, in the order in which a buyer does it.
STEPS = {
    "search": "typing a vendor's name",
    "choose": "choosing the vendor",
    "save": "saving the order",
    "confirm": "confirming it",
    "read": "showing it confirmed",
}


class Clock:
    """How long each request took, in ms."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.times: dict[str, list[float]] = defaultdict(list)
        self.errors: Counter[str] = Counter()

    def note(self, step: str, milliseconds: float) -> None:
        """Keep one time."""
        with self._lock:
            self.times[step].append(milliseconds)

    def fail(self, text: str) -> None:
        """Count what was not answered as it should be."""
        with self._lock:
            self.errors[text[:200]] += 1

    def percentile(self, step: str, share: int) -> float:
        """The time under which this share of the requests stayed."""
        values = self.times[step]
        return statistics.quantiles(values, n=100)[share - 1] if len(values) > 1 else 0.0


class Session:
    """Logged in once; its cookie is what all threads of one user send."""

    def __init__(self, port: int, database: str, login: str, password: str) -> None:
        self.port, self.cookie = port, ""
        words = {"db": database, "login": login, "password": password}
        self.ask("/web/session/authenticate", words)
        if not self.cookie:
            raise Stop(f"{login} could not log in.")

    def ask(self, path: str, params: dict[str, Any]) -> Any:
        """One request of the web client; :raises Stop: if Odoo answers with an error."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=120)
        try:
            body = json.dumps({"jsonrpc": "2.0", "method": "call", "params": params})
            headers = {"Content-Type": "application/json", "Cookie": self.cookie}
            connection.request("POST", path, body, headers)
            response = connection.getresponse()
            answer = json.loads(response.read())
        finally:
            connection.close()
        if "error" in answer:
            raise Stop(str(answer["error"].get("data", {}).get("message", answer["error"])))
        for name, value in response.getheaders():
            if name == "Set-Cookie" and value.startswith("session_id="):
                self.cookie = value.split(";", 1)[0]
        return answer["result"]

    def call(self, model: str, method: str, *args: Any, **kwargs: Any) -> Any:
        """Call a method as the web client does."""
        words = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self.ask(f"/web/dataset/call_kw/{model}/{method}", words)


class Buyer(threading.Thread):
    """One buyer, who stops to think between two requests."""

    def __init__(
        self, session: Session, seed: dict[str, Any], clock: Clock, dice: str, pause: float
    ) -> None:
        super().__init__(daemon=True)
        self._session, self._seed, self._clock = session, seed, clock
        self._chance, self._pause = random.Random(dice), pause  # noqa: S311
        self.over = threading.Event()
        self._start: dict[str, Any] = {}

    def run(self) -> None:
        """Buy until it is over."""
        self._think()
        while not self.over.is_set():
            try:
                self._buy()
            except (Stop, OSError, ValueError, http.client.HTTPException) as error:
                self._clock.fail(f"{type(error).__name__}: {error}")
                self.over.wait(1)

    def _buy(self) -> None:
        order, spec = "purchase.order", self._seed["spec"]
        if not self._start:
            new = self._session.call(order, "onchange", [], {}, [], spec)["value"]
            self._start = {name: _sent(value) for name, value in new.items()}
        vendor, name = self._chance.choice(self._seed["vendors"])
        domain = [["supplier_rank", ">", 0]]
        self._timed("search", "res.partner", "name_search", name[:12], domain, "ilike", 8)
        values = {**self._start, "partner_id": vendor}
        self._timed("choose", order, "onchange", [], values, ["partner_id"], spec)
        line = {"product_id": self._seed["product"], "product_qty": 1, "price_unit": 100}
        values = {"partner_id": vendor, "order_line": [[0, 0, line]]}
        saved = self._timed("save", order, "web_save", [], values, spec)
        if saved:
            ids = [saved[0]["id"]]
            self._timed("confirm", order, "button_confirm", ids)
            self._timed("read", order, "web_read", ids, spec)

    def _timed(self, step: str, model: str, method: str, *args: Any) -> Any:
        if self.over.is_set():
            return None
        start = time.perf_counter()
        result = self._session.call(model, method, *args)
        self._clock.note(step, 1000 * (time.perf_counter() - start))
        self._think()
        return result

    def _think(self) -> None:
        if self._pause:
            self.over.wait(self._chance.expovariate(1 / self._pause))


def _sent(value: Any) -> Any:
    """A value as ``onchange`` gives it, as it is sent back."""
    return value["id"] if isinstance(value, dict) and "id" in value else value


def sessions(port: int, database: str, seed: dict[str, Any]) -> list[Session]:
    """Log each user in."""
    return [Session(port, database, login, seed["password"]) for login in seed["logins"]]


def buy(
    entered: list[Session], seed: dict[str, Any], buyers: int, seconds: float, pause: float
) -> Clock:
    """Let so many buyers work for a while."""
    clock = Clock()
    people = [
        Buyer(entered[place % len(entered)], seed, clock, f"{place}", pause)
        for place in range(buyers)
    ]
    for person in people:
        person.start()
    time.sleep(seconds)
    for person in people:
        person.over.set()
    for person in people:
        person.join(timeout=130)
    return clock
