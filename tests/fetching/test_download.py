# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Fetching from a real server on loopback, well- and ill-behaved."""

import hashlib
import os
import socket
import time
import unittest
from unittest import mock

from server import (
    SLOW,
    Server,
    answer,
    chunked,
    dripping,
    in_turn,
    redirect,
    refuse,
    reset,
    silent,
    with_etag,
)

from fetching import USER_AGENT, FetchError, Options, download

XML = b"<?xml version='1.0'?><list><party>Acme</party></list>"
SECRET = "X-Signature=s3cr3t"


class FetchingCase(unittest.TestCase):
    """Each test has a server of its own."""

    def setUp(self):
        # What stands in the environment of who runs the tests must not lead them elsewhere.
        patch = mock.patch.dict(os.environ, {"no_proxy": "*"})
        patch.start()
        self.addCleanup(patch.stop)
        self.server = Server()
        self.addCleanup(self.server.close)
        self.routes = self.server.routes

    def get(self, path="/list.xml", etag="", last_modified="", **options):
        options = Options(**({"private": True, "pause": 0, "retries": 0, "timeout": 5} | options))
        return download(self.server.url(path), options, etag=etag, last_modified=last_modified)

    def body(self, *args, **options):
        with self.get(*args, **options).file as file:
            return file.read()

    def refused(self, code, path="/list.xml", **options):
        """Fetch, and return the sentence that says why that failed."""
        with self.assertRaises(FetchError) as caught:
            self.get(path, **options)
        sentence = str(caught.exception)
        self.assertEqual(caught.exception.code, code, sentence)
        self.assertIn("127.0.0.1", sentence)
        self.assertNotIn("s3cr3t", sentence)
        self.assertIsNone(caught.exception.__cause__)
        return sentence


class DownloadTest(FetchingCase):
    def test_200(self):
        self.routes["/list.xml"] = answer(XML, ETag='"1"', Last_Modified="yesterday")
        got = self.get()
        with got.file as file:
            self.assertEqual(file.read(), XML)
        self.assertEqual(got.size, len(XML))
        self.assertEqual(got.sha256, hashlib.sha256(XML).hexdigest())
        self.assertEqual((got.etag, got.last_modified), ('"1"', "yesterday"))
        [(_path, headers)] = self.server.asked
        self.assertEqual(headers["User-Agent"], USER_AGENT)
        self.assertNotIn("If-None-Match", headers)

    def test_user_agent(self):
        """One publisher refuses what is shorter or begins otherwise."""
        self.assertRegex(USER_AGENT, r"^Mozilla/\d.{31,}")
        self.routes["/list.xml"] = XML
        self.body(user_agent="Mine/1")
        self.assertEqual(self.server.asked[0][1]["User-Agent"], "Mine/1")

    def test_large_file_without_length(self):
        body = b"<x>" + os.urandom(1 << 20).hex().encode()
        self.routes["/list.xml"] = answer(body, length=False)
        self.assertEqual(self.body(), body)

    def test_chunked(self):
        self.routes["/list.xml"] = chunked(XML[:20], XML[20:])
        self.assertEqual(self.body(), XML)

    def test_304(self):
        self.routes["/list.xml"] = with_etag(XML, '"1"')
        self.assertIsNone(self.get(etag='"1"').file)
        self.assertEqual(self.body(etag='"0"'), XML)
        self.assertIsNone(self.get(etag='"1"', last_modified="yesterday").file)
        self.assertEqual(self.server.asked[-1][1]["If-Modified-Since"], "yesterday")

    def test_304_that_nobody_asked_for(self):
        self.routes["/list.xml"] = answer(b"", 304)
        self.refused("status")

    def test_redirects_are_followed(self):
        self.routes |= {
            "/list.xml": redirect("/b?" + SECRET, 301),
            "/b?" + SECRET: redirect(self.server.url("/c"), 302),
            "/c": redirect("d/e", 307),
            "/d/e": XML,
        }
        self.assertEqual(self.body(), XML)

    def test_validators_come_from_where_the_file_was(self):
        self.routes |= {"/list.xml": redirect("/b"), "/b": with_etag(XML, '"7"')}
        self.assertEqual(self.get().etag, '"7"')
        self.assertIsNone(self.get(etag='"7"').file)


class RefusedTest(FetchingCase):
    """Each failure has its sentence, and no sentence has a query or a redirect's target."""

    def test_redirect_circle(self):
        self.routes |= {
            "/list.xml": redirect("/b?" + SECRET),
            "/b?" + SECRET: redirect("/list.xml"),
        }
        self.refused("redirects")
        self.assertEqual(len(self.server.asked), 6)

    def test_redirect_to_what_is_not_fetched(self):
        for number, target in enumerate(
            ("file:///etc/passwd", "ftp://h/x?" + SECRET, "http://u:s3cr3t@h/", "http://[bad", "")
        ):
            self.routes[f"/{number}"] = redirect(target)
            self.assertNotIn("passwd", self.refused("redirect", f"/{number}"))

    def test_bad_redirect_behind_a_redirect(self):
        self.routes |= {"/list.xml": redirect("/hidden"), "/hidden": redirect("file:///x")}
        self.assertNotIn("hidden", self.refused("redirect"))

    def test_failure_behind_a_redirect_names_the_address_only(self):
        self.routes |= {
            "/list.xml": redirect("/hidden?" + SECRET),
            "/hidden?" + SECRET: refuse(403),
        }
        self.assertNotIn("hidden", self.refused("forbidden"))

    def test_query_of_the_address_is_not_named(self):
        self.routes["/list.xml?token=s3cr3t"] = refuse(404)
        self.refused("gone", "/list.xml?token=s3cr3t")

    def test_statuses(self):
        for status, code in {
            401: "forbidden",
            403: "forbidden",
            404: "gone",
            410: "gone",
            429: "busy",
            500: "busy",
            503: "busy",
            202: "status",
            206: "status",
            418: "status",
        }.items():
            self.routes["/list.xml"] = refuse(status)
            self.assertIn(str(status), self.refused(code))

    def test_403_is_not_tried_again(self):
        self.routes["/list.xml"] = refuse(403)
        self.refused("forbidden", retries=3)
        self.assertEqual(len(self.server.asked), 1)

    def test_silent(self):
        self.routes["/list.xml"] = silent
        self.refused("timeout", timeout=0.2)

    def test_dripping_ends_with_the_time_limit(self):
        """Bytes keep coming, in the body or in its headers, so only the limit in all ends this.

        No length says that it is cut, and no pause is as long as the timeout.
        """
        for start in (b"HTTP/1.0 200 OK\r\n\r\n" + XML, b"HTTP/1.0 200 OK\r\nX: "):
            with self.subTest(start[-9:]):
                self.routes["/list.xml"] = dripping(start)
                began = time.monotonic()
                self.refused("timeout", time_limit=0.5, timeout=SLOW)
                self.assertLess(time.monotonic() - began, SLOW / 2)

    def test_cut_in_the_middle(self):
        self.routes["/list.xml"] = answer(XML[:20], length=len(XML))
        self.assertIn(f"20 of {len(XML)}", self.refused("cut"))

    def test_cut_in_a_chunk(self):
        self.routes["/list.xml"] = chunked(XML[:20], end=False)
        self.refused("broken")

    def test_connection_reset(self):
        self.routes["/list.xml"] = reset()
        self.refused("broken")

    def test_longer_than_announced(self):
        self.routes["/list.xml"] = answer(XML, length=20)
        self.assertIn(f"{len(XML)} bytes came, 20", self.refused("length"))

    def test_length_that_is_no_number(self):
        for length in ("-5", "many", "1e3"):
            self.routes["/list.xml"] = answer(XML, length=length)
            self.refused("broken")

    def test_announced_too_big(self):
        self.routes["/list.xml"] = answer(b"<x>", length=10**12)
        self.assertIn("larger than the limit of 50", self.refused("big", max_bytes=50))

    def test_turns_out_too_big(self):
        self.routes["/list.xml"] = answer(XML, length=False)
        self.refused("big", max_bytes=50)
        self.assertEqual(self.body(max_bytes=len(XML)), XML)

    def test_empty(self):
        self.routes["/list.xml"] = b""
        self.refused("empty")

    def test_no_http_at_all(self):
        self.routes["/list.xml"] = lambda handler: handler.wfile.write(b"SSH-2.0-x\r\n")
        self.refused("broken")

    def test_nobody_listens(self):
        # The port stays taken, so that nobody else can begin to listen there.
        with socket.socket() as sock, self.assertRaises(FetchError) as caught:
            sock.bind(("127.0.0.1", 0))
            port = sock.getsockname()[1]
            download(f"http://127.0.0.1:{port}/", Options(private=True, retries=0))
        self.assertEqual(caught.exception.code, "connect")

    def test_no_such_name(self):
        with self.assertRaises(FetchError) as caught:
            download("http://no-such-name.invalid/x?token=s3cr3t", Options(retries=0))
        self.assertEqual(caught.exception.code, "name")
        self.assertNotIn("s3cr3t", str(caught.exception))

    def test_no_such_name_behind_a_redirect(self):
        self.routes["/list.xml"] = redirect("http://no-such-name.invalid/?" + SECRET)
        self.assertNotIn("invalid", self.refused("name"))

    def test_https_that_is_none(self):
        with self.assertRaises(FetchError) as caught:
            download(self.server.url().replace("http:", "https:"), Options(private=True, retries=0))
        self.assertEqual(caught.exception.code, "connect")

    def test_private_network(self):
        """Loopback is one; nothing is asked before that is seen."""
        self.routes["/list.xml"] = XML
        self.refused("private", private=False)
        self.assertEqual(self.server.asked, [])


class RetryTest(FetchingCase):
    def test_503_then_200(self):
        self.routes["/list.xml"] = in_turn(refuse(503), reset(), answer(XML[:9], length=50), XML_OK)
        self.assertEqual(self.body(retries=3), XML)
        self.assertEqual(len(self.server.asked), 4)

    def test_tries_are_counted(self):
        self.routes["/list.xml"] = refuse(503)
        self.refused("busy", retries=2)
        self.assertEqual(len(self.server.asked), 3)

    def test_retry_after(self):
        self.routes["/list.xml"] = in_turn(refuse(503, Retry_After="1"), XML_OK)
        start = time.monotonic()
        self.assertEqual(self.body(retries=1), XML)
        self.assertGreaterEqual(time.monotonic() - start, 1)

    def test_long_retry_after_is_left_to_the_next_run(self):
        self.routes["/list.xml"] = refuse(429, Retry_After="20")
        self.refused("busy", retries=1)
        self.assertEqual(len(self.server.asked), 1)


XML_OK = answer(XML)


if __name__ == "__main__":
    unittest.main()
