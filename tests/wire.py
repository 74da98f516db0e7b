# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import json
import xmlrpc.client

from odoo import fields
from odoo.http import Request
from odoo.tools import mute_logger

# Odoo logs each refusal as a warning; here refusals are what is asked for.
QUIET = (
    "odoo.http",
    "odoo.sql_db",
    "odoo.addons.rpc.controllers.xmlrpc",
    "odoo.addons.rpc.controllers.jsonrpc",
    "odoo.addons.account.models.account_document_import_mixin",
)
#: Faults of XML-RPC as Odoo numbers them.
FAULTS = {2: "UserError", 3: "AccessDenied", 4: "AccessError"}


class Refused(Exception):
    """What a server answers instead of a result.

    :ivar kind: name of the exception on the server, as far as the wire tells it
    """

    def __init__(self, kind, message):
        super().__init__(f"{kind}: {message}")
        self.kind = kind.rpartition(".")[2]
        self.message = message


class WireMixin:
    """Calls of real users over each wire that Odoo has, with one signature for all.

    ``call(user, model, method, ids, **named arguments)`` gives the result or raises
    :class:`Refused`. For :class:`~odoo.tests.HttpCase`.
    """

    def wires(self):
        """Each remote wire by the name that people know it by."""
        return {
            "web": self.over_web,
            "XML-RPC": self.over_xmlrpc,
            "JSON-RPC": self.over_jsonrpc,
            "/json/2": self.over_json2,
        }

    def over_web(self, user, model, method, ids=None, /, **named):
        """As the web client does, for forms and lists."""
        params = {"model": model, "method": method, **self._positional(method, ids, named)}
        return self.over_route(user, f"/web/dataset/call_kw/{model}/{method}", **params)

    def over_jsonrpc(self, user, model, method, ids=None, /, **named):
        arguments = self._positional(method, ids, named)
        return self._over_json(
            "/jsonrpc",
            {
                "service": "object",
                "method": "execute_kw",
                "args": [
                    self.env.cr.dbname,
                    user.id,
                    user.login,
                    model,
                    method,
                    arguments["args"],
                    arguments["kwargs"],
                ],
            },
        )

    def over_xmlrpc(self, user, model, method, ids=None, /, **named):
        arguments = self._positional(method, ids, named)
        try:
            with mute_logger(*QUIET):
                return self.xmlrpc_object.execute_kw(
                    self.env.cr.dbname,
                    user.id,
                    user.login,
                    model,
                    method,
                    arguments["args"],
                    arguments["kwargs"],
                )
        except xmlrpc.client.Fault as fault:
            if "cannot marshal None" in fault.faultString:
                return None  # done; XML-RPC has no word for nothing
            kind = FAULTS.get(fault.faultCode, "Exception")
            raise Refused(kind, fault.faultString) from None

    def over_json2(self, user, model, method, ids=None, /, **named):
        response = self._post(
            f"/json/2/{model}/{method}",
            data=json.dumps({**({} if ids is None else {"ids": ids}), **named}),
            headers={
                "Authorization": f"Bearer {self.key_of(user)}",
                "Content-Type": "application/json",
            },
        )
        answer = response.json()
        if response.status_code != 200:
            raise Refused(answer["name"], answer["message"])
        return answer

    def over_route(self, user, route, **params):
        """A route of type jsonrpc, logged in as the user, or as nobody."""
        self.log_in(user)
        return self._over_json(route, params)

    def over_form(self, user, route, files=None, **values):
        """A route of type http, posted as an HTML form does."""
        self.log_in(user)
        values["csrf_token"] = Request.csrf_token(self)
        return self._post(route, data=values, files=files)

    def get(self, user, route):
        self.log_in(user)
        with mute_logger(*QUIET):
            return self.url_open(route, allow_redirects=False)

    # ---- inside -------------------------------------------------------------

    def log_in(self, user):
        if getattr(self, "_logged_in", None) != user:
            if user:
                self.authenticate(user.login, user.login)
            else:
                self.authenticate(None, None)
            self._logged_in = user

    def key_of(self, user):
        """An API key of the user, made when it is needed first."""
        keys = self.__dict__.setdefault("_keys", {})
        if user not in keys:
            tomorrow = fields.Datetime.add(fields.Datetime.now(), days=1)
            keys[user] = self.env(user=user)["res.users.apikeys"]._generate("rpc", "k", tomorrow)
        return keys[user]

    @staticmethod
    def _positional(method, ids, named):
        args = [] if ids is None else [ids]
        if method == "create":  # Odoo looks at the first one to see what to answer
            args, named = [named["vals_list"]], {k: v for k, v in named.items() if k != "vals_list"}
        return {"args": args, "kwargs": named}

    def _over_json(self, route, params):
        answer = self._post(
            route,
            data=json.dumps({"params": params}),
            headers={"Content-Type": "application/json"},
        )
        if answer.status_code != 200:
            raise Refused(f"http.{answer.status_code}", answer.text[:200])
        if not answer.content:
            return None
        answer = answer.json()
        if "error" in answer:
            data = answer["error"]["data"]
            raise Refused(data["name"], data["message"])
        return answer.get("result")

    def _post(self, route, **values):
        with mute_logger(*QUIET):
            return self.url_open(route, method="POST", **values)
