# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

from .. import engine
from .screening_facts import facts_from_json, facts_from_typed
from .screening_store_past import PastStore


class ScreeningReplay(models.AbstractModel):
    """Runs a recorded check again as of then, and says whether it comes out the same."""

    _name = "screening.replay"
    _description = "Replay of a Check"

    @api.model
    def _replay(self, event):
        """Run the checks that an event recorded again, against the editions it names.

        :param event: screening.event
        :return: list of dicts with ``about``, ``result`` (``same``, ``differs``, ``impossible``),
            ``says`` (sentences), ``matcher_then``, ``matcher_now``; empty when it recorded none
        """
        payload = event._payload()
        checks = self._recorded_checks(event, payload)
        if not checks:
            return []
        editions, missing = self._editions_then(payload)
        if missing:
            return [self._outcome(check, "impossible", [missing]) for check in checks]
        self.env["screening.matcher"]._flush()
        found = engine.search(
            [check["facts"] for check in checks],
            PastStore(self.env, editions, (payload.get("settings") or {}).get("candidates")),
            engine.MOST_SENSITIVE,
        )
        return [self._compare(check, matches) for check, matches in zip(checks, found, strict=True)]

    @api.model
    def _recorded_checks(self, event, payload):
        """Facts and findings of each party checked in an event."""
        if event.kind == "partner_check":
            recorded = [payload]
        elif event.kind == "order_check":
            recorded = payload.get("checks") or []
        elif event.kind == "try_check":
            return self._typed_checks(payload)
        else:
            recorded = []
        return [
            {
                "about": (check.get("partner") or [0, event.res_name])[1],
                "facts": facts_from_json(check["facts"]),
                "matcher": check["matcher"],
                "found": {
                    (hit["list"], hit["party_uid"]): hit["score"]
                    for hit in check["hits"]
                    # Hits kept for a person to decide are of other facts, so not found here.
                    if hit["subject_fingerprint"] == check["fingerprint"]
                    and hit["matcher"] == check["matcher"]
                },
                "names": {
                    (hit["list"], hit["party_uid"]): hit["listed_name"] for hit in check["hits"]
                },
                "floor": 0,
            }
            for check in recorded
            if check.get("facts")
        ]

    @api.model
    def _typed_checks(self, payload):
        checks = []
        settings = payload.get("settings") or {}
        for typed, hits in zip(payload["typed"], payload["hits"], strict=True):
            facts, problem = facts_from_typed(self.env, typed)
            if not problem:
                found = {(code, name): score for code, name, score in hits}
                checks.append(
                    {
                        "about": typed.get("name") or typed.get("address") or typed.get("vat"),
                        "facts": facts,
                        "matcher": settings.get("version", ""),
                        "found": found,
                        "names": {key: key[1] for key in found},
                        "floor": settings.get("counts_from", 0),
                        "by_name": True,
                    }
                )
        return checks

    @api.model
    def _editions_then(self, payload):
        """:return: ({list: edition}, one sentence on what is no longer here)"""
        lists = self.env["screening.list"].sudo().with_context(active_test=False)
        editions, missing, deleted = {}, [], []
        for item in payload.get("editions") or []:
            record = lists.search([("code", "=", item["list"])])
            if record and item["edition"] < record.kept_from:
                deleted.append(f"{item['list']} {item['edition']}")
            elif record:
                editions[record] = item["edition"]
            else:
                missing.append(item["list"])
        if missing:
            return editions, self.env._("these lists are no longer here: %s", ", ".join(missing))
        if deleted:
            return editions, self.env._(
                "these editions were deleted after their retention period: %s", ", ".join(deleted)
            )
        return editions, ""

    @api.model
    def _compare(self, check, matches):
        parties = self.env["screening.party"].sudo().browse([match.party_id for match in matches])
        now, names = {}, dict(check["names"])
        for match, party in zip(matches, parties, strict=True):
            key = (party.list_id.code, party.name if check.get("by_name") else party.uid)
            names[key] = party.name
            if match.score >= check["floor"]:
                now[key] = max(match.score, now.get(key, 0))
        then = check["found"]
        says = []
        for key in sorted(then.keys() | now.keys()):
            label = f"{names[key]} ({key[0]})"
            if key not in now:
                says.append(self.env._("%s was found then and is not found now", label))
            elif key not in then:
                says.append(self.env._("%s is found now and was not found then", label))
            elif then[key] != now[key]:
                says.append(
                    self.env._(
                        "%(party)s: score %(then)s then, %(now)s now",
                        party=label,
                        then=then[key],
                        now=now[key],
                    )
                )
        result = "differs" if says else "same"
        if check["matcher"] != engine.MATCHER_VERSION:
            says.insert(
                0,
                self.env._(
                    "Checked by version %(then)s of the matcher; version %(now)s ran now. What was"
                    " found then is recorded as it was",
                    then=check["matcher"] or "?",
                    now=engine.MATCHER_VERSION,
                ),
            )
        return self._outcome(check, result, says)

    @api.model
    def _outcome(self, check, result, says):
        return {
            "about": check["about"],
            "result": result,
            "says": says,
            "hits_then": len(check["found"]),
            "matcher_then": check["matcher"],
            "matcher_now": engine.MATCHER_VERSION,
        }
