# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import hashlib

from odoo import api, models

from .. import fetching


class ScreeningSourceTrail(models.Model):
    """Every change of a source is an event: who changed where lists come from, and how."""

    _inherit = "screening.source"

    def _get_snapshot(self):
        """What the trail keeps. The queries of addresses may be tokens, so only their hash."""
        self.ensure_one()
        addresses = self._get_addresses()
        return {
            "name": self.name,
            "enabled": self.enabled,
            "addresses": [fetching.shown(address) for address in addresses],
            "addresses_sha256": hashlib.sha256("\n".join(addresses).encode()).hexdigest(),
            "lists": sorted(self.list_ids.mapped("code")),
            "expects": self.expects,
            "user_agent": self.user_agent,
            "interval_hours": self.interval_hours,
            "max_age_days": self.max_age_days,
            "time_limit": self.time_limit,
            "auto_apply": self.auto_apply,
        }

    def _log_change(self, what, before=None, after=None):
        payload = {
            key: value for key, value in (("before", before), ("after", after)) if value is not None
        }
        self.env["screening.event"]._log_event("source", self, what, payload)

    @api.model_create_multi
    def create(self, vals_list):
        sources = super().create(vals_list)
        for source in sources:
            source._log_change(
                self.env._("List source “%s” created", source.name), after=source._get_snapshot()
            )
        sources.filtered("enabled")._switched_on()
        return sources

    def write(self, vals):
        if self._is_sealed_call():
            return super().write(vals)
        before = {source: source._get_snapshot() for source in self}
        result = super().write(vals)
        for source in self:
            old, new = before[source], source._get_snapshot()
            if old != new:
                source._after_change(old, new)
        return result

    def _after_change(self, old, new):
        what = self.env._("List source “%s” changed", self.name)
        if old["enabled"] != new["enabled"]:
            what = (
                self.env._("List source “%s” switched on", self.name)
                if self.enabled
                else self.env._("List source “%s” switched off", self.name)
            )
        self._log_change(what, old, new)
        if any(old[key] != new[key] for key in ("addresses_sha256", "lists", "expects")):
            self._forget_content()
        if not old["enabled"] and self.enabled:
            self._switched_on()
        if not self.enabled:
            self._untell_admins()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_sealed(self):
        """A source is no evidence: what came from it stays. That it was removed is an event."""
        for source in self:
            source._log_change(
                self.env._("List source “%s” removed", source.name), before=source._get_snapshot()
            )
