# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A connection that knows whom it is connected to, and that can be ended from outside.

Whether a server is in a private network is looked at on the open connection and before anything
is asked, so a name that resolves differently the next time is no way around. Through a proxy it
is the proxy that decides.
"""

from __future__ import annotations

import contextlib
import functools
import http.client
import socket
import ssl
import threading
import urllib.request
from collections.abc import Iterator
from typing import Any

from .address import is_public
from .errors import FetchError


class Watch:
    """Looks after one download.

    :param address: what errors call the address
    :param private: whether servers in private networks are allowed
    """

    def __init__(self, address: str, *, private: bool) -> None:
        self.address = address
        self.expired = False
        self._private = private
        self._socket: socket.socket | None = None

    def connected(self, sock: socket.socket, *, proxied: bool) -> None:
        """Look whom a connection leads to; raises FetchError for a private network."""
        self._socket = sock
        if not self._private and not proxied and not is_public(sock.getpeername()[0]):
            sock.close()
            raise FetchError("private", address=self.address)
        if self.expired:
            self._end()

    @contextlib.contextmanager
    def until(self, seconds: float) -> Iterator[None]:
        """End the connection after this time, however slowly bytes keep coming."""
        timer = threading.Timer(seconds, self._expire)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()

    def _expire(self) -> None:
        self.expired = True
        self._end()

    def _end(self) -> None:
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.shutdown(socket.SHUT_RDWR)


# pylint: disable=missing-return  # connections, no Odoo models
class _Plain(http.client.HTTPConnection):
    def __init__(self, *args: Any, watch: Watch, proxied: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self._watch = watch
        self._proxied = proxied

    def connect(self) -> None:
        super().connect()
        self._watch.connected(self.sock, proxied=self._proxied)


class _Encrypted(http.client.HTTPSConnection):
    def __init__(self, *args: Any, watch: Watch, **options: Any) -> None:
        super().__init__(*args, **options)
        self._watch = watch
        self._proxied = False

    def set_tunnel(self, *args: Any, **options: Any) -> None:
        self._proxied = True
        super().set_tunnel(*args, **options)

    def connect(self) -> None:
        super().connect()
        self._watch.connected(self.sock, proxied=self._proxied)


class _PlainHandler(urllib.request.HTTPHandler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        made = functools.partial(_Plain, watch=self._watch, proxied=req.has_proxy())
        return self.do_open(made, req)


class _EncryptedHandler(urllib.request.HTTPSHandler):
    def __init__(self, watch: Watch) -> None:
        super().__init__()
        self._watch = watch
        self._trust = ssl.create_default_context()

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        made = functools.partial(_Encrypted, watch=self._watch, context=self._trust)
        return self.do_open(made, req)


def opener(watch: Watch) -> urllib.request.OpenerDirector:
    """Return what opens http and https and nothing else, and leaves every answer as it came.

    Proxies are those of the environment. Redirects are not followed: the caller looks at them.
    """
    director = urllib.request.OpenerDirector()
    director.addheaders = []
    director.add_handler(urllib.request.ProxyHandler())
    director.add_handler(_PlainHandler(watch))
    director.add_handler(_EncryptedHandler(watch))
    return director
