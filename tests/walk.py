# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Does what the web client does when somebody opens a menu, with that person's rights."""

import datetime
from types import SimpleNamespace

from dateutil.relativedelta import relativedelta
from lxml import etree

from odoo.tools.safe_eval import safe_eval, time

MODULE = "restricted_party_screening."
SHOWN = 2
BOX_OF = {"one2many", "many2many"}


class Walk:
    """One user on the way through menus, actions, views, filters and buttons."""

    def __init__(self, env):
        self.env = env
        #: what was opened, as (action, view type)
        self.opened = set()
        #: what was pressed, as (model, button)
        self.pressed = set()

    def menus(self):
        """The menus of the addon that this user is shown, with their actions."""
        menus = self.env["ir.ui.menu"].load_web_menus(False)
        return {
            menu["xmlid"]: (menu["actionModel"], menu["actionID"])
            for menu in menus.values()
            if (menu.get("xmlid") or "").startswith(MODULE) and menu.get("actionID")
        }

    def run(self, action_model, action_id):
        """Open an action as a click on its menu does."""
        if action_model == "ir.actions.server":
            action = self.env[action_model].browse(action_id).run()
        else:
            action = self.env[action_model].sudo().browse(action_id)._get_action_dict()
        return self.open(action or {})

    def open(self, action):
        """Open every view of a window action, as the client would."""
        if action.get("type") != "ir.actions.act_window":
            return
        context = self._context(action.get("context") or {})
        model = self.env[action["res_model"]].with_context(**context)
        domain = self._evaluated(action.get("domain") or [])
        views = action.get("views") or [(False, mode) for mode in action["view_mode"].split(",")]
        wanted = [*map(tuple, views), (False, "search")]
        got = model.get_views(wanted, {"toolbar": True, "load_filters": True})["views"]
        search = etree.fromstring(got["search"]["arch"])
        for _id, kind in views:
            self.opened.add((action["res_model"], kind))
            arch = etree.fromstring(got[kind]["arch"])
            opener = getattr(self, f"_open_{kind}", self._open_other)
            opener(model, arch, domain, action.get("res_id"))
        ours = model._name.startswith("screening.")
        if ours and any(kind != "form" for _id, kind in views):
            self._search(model, search, domain, etree.fromstring(got[views[0][1]]["arch"]))

    # ---- views --------------------------------------------------------------

    def _open_other(self, model, arch, domain, record):
        """Calendars and activities read what lists read."""

    def _open_list(self, model, arch, domain, _record):
        order = arch.get("default_order")
        model.web_search_read(domain, specification(model, arch), limit=SHOWN, order=order)

    def _open_kanban(self, model, arch, domain, record):
        self._open_list(model, arch, domain, record)
        if group := arch.get("default_group_by"):
            model.web_read_group(domain, [group], ["__count"])

    def _open_graph(self, model, arch, domain, _record):
        groups, measures = [], ["__count"]
        for field in arch.iter("field"):
            name, interval = field.get("name"), field.get("interval")
            if not interval and model._fields[name].type in ("date", "datetime"):
                interval = "month"
            if field.get("type") == "measure":
                measures.append(f"{name}:{model._fields[name].aggregator or 'sum'}")
            elif not field.get("invisible") and model._fields[name].store:
                groups.append(f"{name}:{interval}" if interval else name)
        model.formatted_read_group(domain, groups, measures)

    _open_pivot = _open_graph

    def _open_form(self, model, arch, domain, record):
        spec = specification(model, arch)
        if record:
            records = model.browse(record)
        else:
            records = model.search(domain, limit=SHOWN) if not model._transient else model
        if not records and arch.get("create") not in ("0", "false") and model.has_access("create"):
            model.onchange({}, [], spec)
        for one in records:
            self._buttons(one, arch, one.web_read(spec)[0])

    def _buttons(self, record, arch, values):
        """Press each button that is shown; whatever it does is undone."""
        for button in arch.iter("button"):
            if button.get("type") not in ("object", "action") or _hidden(button, values, self.env):
                continue
            self.press(record, button)

    def press(self, record, button):
        """Overridden by whoever wants buttons pressed."""

    # ---- search -------------------------------------------------------------

    def _search(self, model, arch, domain, first):
        spec = specification(model, first)
        for node in arch.iter("filter"):
            if node.get("domain"):
                part = self._evaluated(node.get("domain"))
                model.web_search_read([*domain, *part], spec, limit=SHOWN)
            group = self._context(node.get("context") or {}).get("group_by")
            if group:
                groups = [group] if isinstance(group, str) else group
                self._group(model, domain, groups)
            elif node.get("date"):
                self._group(model, domain, [node.get("date")])
        for node in arch.iterchildren("field"):
            name = node.get("name")
            if node.get("invisible") in ("1", "True"):
                continue
            if node.get("filter_domain"):
                part = self._evaluated(node.get("filter_domain"), {"self": "acme"})
            elif model._fields[name].type in ("char", "text", "many2one", *BOX_OF):
                part = [(name, node.get("operator") or "ilike", "acme")]
            else:
                continue
            model.web_search_read([*domain, *part], spec, limit=SHOWN)
        for node in arch.iterfind(".//searchpanel/field"):
            many = node.get("select") == "multi"
            ask = model.search_panel_select_multi_range if many else model.search_panel_select_range
            ask(
                node.get("name"),
                enable_counters=bool(node.get("enable_counters")),
                expand=bool(node.get("expand")),
            )

    def _group(self, model, domain, names):
        fields = {name: model._fields[name.split(":")[0]] for name in names}
        if any(field.type == "properties" for field in fields.values()):
            return
        by_month = [
            f"{name}:month" if field.type in ("date", "datetime") and ":" not in name else name
            for name, field in fields.items()
        ]
        model.web_read_group(domain, by_month, ["__count"])

    # ---- expressions --------------------------------------------------------

    def _names(self):
        today = datetime.date.today()
        return {
            "uid": self.env.uid,
            "allowed_company_ids": self.env.companies.ids,
            "context": dict(self.env.context),
            "context_today": lambda: today,
            "relativedelta": relativedelta,
            "datetime": SimpleNamespace(datetime=datetime.datetime, timedelta=datetime.timedelta),
            "time": time,
            "active_id": False,
            "active_ids": [],
        }

    def _evaluated(self, text, more=None):
        names = {**self._names(), **(more or {})}
        return safe_eval(text, names) if isinstance(text, str) else text

    def _context(self, text):
        context = self._evaluated(text)
        return {key: value for key, value in context.items() if key != "lang"}


def specification(model, arch):
    """What the client reads for a view: its fields, and those of the lists within."""
    spec = {}
    for node in arch.iter("field"):
        within = [other for other in node.iterancestors("field") if other in arch.iter()]
        if within or node.get("name") not in model._fields:
            continue
        field = model._fields[node.get("name")]
        if field.type == "properties":
            continue
        spec[field.name] = {}
        if field.type == "many2one":
            spec[field.name] = {"fields": {"display_name": {}}}
        elif field.type in BOX_OF:
            other = model.env[field.comodel_name]
            inner = next((child for child in node if child.tag in ("list", "kanban", "form")), None)
            names = {"display_name": {}} if inner is None else specification(other, inner)
            spec[field.name] = {"fields": names}
    return spec


def _hidden(button, values, env):
    """Whether a button, or something around it, is hidden for these values."""
    plain = {
        key: value["id"] if isinstance(value, dict) and "id" in value else value
        for key, value in values.items()
    }
    around = [button, *button.iterancestors()]
    if any(node.tag == "field" for node in around):
        return True  # of a line
    names = {**plain, "uid": env.uid, "context": {}}
    return any(safe_eval(node.get("invisible"), names) for node in around if node.get("invisible"))
