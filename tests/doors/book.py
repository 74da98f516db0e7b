# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Doors, and the table in docs/doors.md that says who comes to what at each of them."""

import re
from dataclasses import dataclass
from pathlib import Path

from ..wire import Refused

PAGE = Path(__file__).parents[2] / "docs" / "doors.md"
#: A context as somebody would guess it who wants to get past.
HOSTILE_CONTEXT = {
    "screening_seal": True,
    "skip_screening": True,
    "bypass": True,
    "check_exception": False,
    "tracking_disable": True,
    "mail_notrack": True,
    "mail_activity_automation_skip": True,
    "install_mode": True,
    "import_file": True,
    "active_test": False,
    "prefetch_fields": False,
    "default_screening_state": "no_match",
    "default_mode": "observe",
    "uid": 1,
    "su": True,
}
# What we say when we refuse, as against Odoo's own refusals.
OURS = re.compile(r"\bheld\b|cannot be merged|stays under|kept by the screening|does not suffice")


@dataclass(frozen=True)
class Door:
    """A way to an approved order, or to one that is carried out.

    :ivar go: function of the case, which it finds its scene in and calls the server through
    :ivar wire: ``remote`` for each of the remote wires, or what alone leads to the door
    """

    what: str
    go: object
    wire: str = "remote"
    module: str = "purchase"


class Doors(list):
    """Doors in the order of the table; fill it with :meth:`door`."""

    def door(self, what, wire="remote", module="purchase"):
        def register(go):
            self.append(Door(what, go, wire, module))
            return go

        return register


class DoorsMixin:
    """Goes to each door as each user over each wire, and compares with the table.

    For classes with ``WireMixin`` and a scene. They name their ``doors``, ``table`` and
    ``door_users``. The scene's ``set_up_scene()`` makes what the doors start from; its ``look()``
    gives the facts before and after an attempt; ``judge(before, after)`` says in one or two words
    what became of it, and fails where something got through. Each has a ``test_every_door`` of its
    own: Odoo runs no inherited test.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.set_up_screening()
        cls.set_up_scene()

    def call(self, model, method, ids=None, /, context=None, **named):
        """Call the server as the user and over the wire of this attempt."""
        context = {**self.hostile, **(context or {})}
        if hasattr(ids, "ids"):
            ids = ids.ids
        return self.send(self.user, model, method, ids, context=context, **named)

    def ask_all(self):
        """``{door: {user: result}}`` of what can be asked with the modules that are there."""
        found = {}
        modules = self.env["ir.module.module"].search([("state", "=", "installed")])
        here = [door for door in self.doors if door.module in modules.mapped("name")]
        for name in self.door_users:
            self.user = getattr(self, name)
            self.key_of(self.user)
            for door in here:
                found.setdefault(door, {})[name] = self.ask(door, name)
        return found

    def ask(self, door, name):
        if door.wire == "remote":
            # The web client and /jsonrpc end in one method of Odoo's: one of them without tricks.
            ways = [
                (wire, call, {} if wire == "web" else HOSTILE_CONTEXT)
                for wire, call in self.wires().items()
            ]
        else:
            ways = [(door.wire, self.over_web, context) for context in (HOSTILE_CONTEXT, {})]
        results = []
        for wire, call, context in ways:
            self.send, self.hostile = call, context
            with self.subTest(door=door.what, user=name, wire=wire, hostile=bool(context)):
                results.append(self.attempt(door))
        return " / ".join(sorted(set(results)))

    def attempt(self, door):
        """Go to the door, see what came of it, and put everything back."""
        self.env.flush_all()
        before, cached = self.look(), dict(self.registry.cache_sequences)
        self.registry.cache_invalidated.clear()
        savepoint = self.env.cr.savepoint()
        try:
            self.log_in(self.user)
            try:
                door.go(self)
            except Refused as refusal:
                self.env.invalidate_all()
                self.judge(before, self.look())
                return self.word(refusal)
            self.env.invalidate_all()
            return self.judge(before, self.look())
        finally:
            savepoint.close(rollback=True)
            self.env.invalidate_all()
            self.forget(cached)

    def forget(self, cached):
        """Forget what Odoo cached of an attempt, a default for instance.

        :param cached: Odoo's counts of changes, by cache, before the attempt
        """
        now = self.registry.cache_sequences
        changed = {name for name in now if now[name] != cached.get(name)}
        changed |= self.registry.cache_invalidated  # by this thread
        if changed:
            self.registry.clear_cache(*changed)

    def word(self, refusal):
        """Who refused: we, Odoo's rights, or Odoo for a reason of its own."""
        if OURS.search(refusal.message):
            return "refused"
        if refusal.kind in ("AccessError", "AccessDenied", "Forbidden", "NotFound"):
            return "no right"
        self.assertIn(refusal.kind, ("UserError", "ValidationError", "MissingError"), str(refusal))
        return "Odoo refuses"

    def assert_table(self, found):
        """What was found is what docs/doors.md says, row by row."""
        text = PAGE.read_text(encoding="utf-8")
        _start, _mark, rest = text.partition(f"<!-- {self.table} -->\n")
        written = rest.partition(f"<!-- end of {self.table} -->")[0].splitlines()
        names = "".join(f" {title} |" for title in self.door_users.values())
        head = [f"| Door | By |{names}", "|---" * (len(self.door_users) + 2) + "|"]
        rows = {door: self._row(door, results) for door, results in found.items()}
        gone = {self._row(door, {}) for door in self.doors if door not in found}
        wanted = [line for line in written if not any(line.startswith(g[:-2]) for g in gone)]
        self.assertEqual(
            [*head, *rows.values()],
            [line for line in wanted if line],
            "docs/doors.md says otherwise. Found:\n" + "\n".join([*head, *rows.values()]),
        )

    def _row(self, door, results):
        cells = [door.what, door.wire, *results.values()]
        return "| " + " | ".join(cells) + " |"
