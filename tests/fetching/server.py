# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A web server on loopback that misbehaves as it is told, and remembers what it was asked."""

import contextlib
import http.server
import socket
import struct
import threading


class Server:
    """Serves from an ephemeral port until closed.

    ``routes`` maps a path (query included) to a function of the request handler, or to bytes.
    """

    def __init__(self):
        self.routes = {}
        self.asked = []
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.asked.append((self.path, dict(self.headers)))
                route = outer.routes.get(self.path, refuse(404))
                with contextlib.suppress(OSError):  # the client hung up: that is what it should do
                    (answer(route) if isinstance(route, bytes) else route)(self)

            def log_message(self, *args):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.closing = threading.Event()
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def url(self, path="/"):
        """Return the address of a path."""
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def close(self):
        """Stop serving."""
        self._server.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


def answer(body, status=200, length=None, **headers):
    """Give ``body``; ``length`` is what is announced, ``False`` for nothing."""

    def route(handler):
        handler.send_response(status)
        if length is not False:
            handler.send_header("Content-Length", str(len(body) if length is None else length))
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()
        handler.wfile.write(body)

    return route


def refuse(status, **headers):
    """Answer with a status and a page that explains it."""
    return answer(b"<html><body>No.</body></html>", status, **headers)


def redirect(location, status=302):
    """Send elsewhere."""
    return answer(b"", status, Location=location)


def in_turn(*routes):
    """Answer the first request by the first route ..., and all further ones by the last."""
    left = list(routes)

    def route(handler):
        (left.pop(0) if len(left) > 1 else left[0])(handler)

    return route


def with_etag(body, etag, modified="Wed, 21 Oct 2026 07:28:00 GMT"):
    """Answer 304 to who has it already."""

    def route(handler):
        if handler.headers["If-None-Match"] == etag:
            handler.send_response(304)
            handler.end_headers()
        else:
            answer(body, ETag=etag, Last_Modified=modified)(handler)

    return route


#: Seconds for which a server is slow: many times what anybody waits, on a busy machine, too.
SLOW = 30


def dripping(start, pause=0.05):
    """Begin, then send a byte at a time, with pauses."""

    def route(handler):
        handler.wfile.write(start)
        for _ in range(round(SLOW / pause)):
            if handler.server.closing.wait(pause):
                break
            handler.wfile.write(b"y")

    return route


def silent(handler):
    """Say nothing for a while."""
    handler.server.closing.wait(SLOW)


def reset(body=b"", length=100):
    """Send a part, then break the connection off the hard way."""

    def route(handler):
        if body:
            answer(body, length=length)(handler)
        handler.wfile.flush()
        linger = struct.pack("ii", 1, 0)
        handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        handler.connection.close()

    return route


def chunked(*chunks, end=True):
    """Send chunks of HTTP/1.1, with or without their end."""

    def route(handler):
        handler.protocol_version = "HTTP/1.1"
        handler.send_response(200)
        handler.send_header("Transfer-Encoding", "chunked")
        handler.send_header("Connection", "close")
        handler.end_headers()
        for chunk in chunks:
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(chunk), chunk))
        if end:
            handler.wfile.write(b"0\r\n\r\n")

    return route
