# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Several files of one source, dated addresses, and what may be fetched at all."""

import io
import json
import re
import unittest
import zipfile

from server import answer, refuse, with_etag
from test_download import XML, FetchingCase

import lists
from fetching import SENTENCES, FetchError, Options, check_address, fetch, shown
from fetching.address import filename, follow, is_public
from fetching.errors import PASSING
from fetching.kind import sniff

OPTIONS = Options(private=True, pause=0, retries=0, timeout=5)
SDN = b'306,"BANCO NACIONAL DE CUBA",-0- ,"CUBA",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- \r\n\x1a'
ADD = b'306,199,"Zweierstrasse 35","Zurich CH-8022","Switzerland",-0- \r\n\x1a'
ALT = b'306,220,"aka","NATIONAL BANK OF CUBA",-0- \r\n\x1a'


class SeveralTest(FetchingCase):
    def addresses(self, *names):
        return [self.server.url(f"/{name}") for name in names]

    def test_one_stays_as_it_is(self):
        self.routes["/a.xml?token=1"] = with_etag(XML, '"1"')
        [address] = self.addresses("a.xml?token=1")
        got = fetch([address], OPTIONS)
        self.assertEqual((got.take(), got.name), (XML, "a.xml"))
        self.assertTrue(got.file.closed)
        self.assertEqual(list(got.validators), [address])
        again = fetch([address], OPTIONS, got.validators)
        self.assertIsNone(again.file)
        self.assertEqual(again.validators, got.validators)

    def test_several_become_an_archive_that_the_readers_take(self):
        self.routes |= {"/SDN.CSV": SDN, "/ADD.CSV": ADD, "/ALT.CSV": ALT}
        got = fetch(self.addresses("SDN.CSV", "ADD.CSV", "ALT.CSV"), OPTIONS)
        self.assertEqual(got.name, "SDN.zip")
        content = got.take()
        [party] = lists.read(io.BytesIO(content))
        self.assertEqual(party.countries, ("CH",))
        self.assertIn("NATIONAL BANK OF CUBA", [name.text for name in party.names])
        again = fetch(self.addresses("SDN.CSV", "ADD.CSV", "ALT.CSV"), OPTIONS)
        self.assertEqual((again.digest, again.take()), (got.digest, content))

    def test_files_of_one_name_both_stay(self):
        self.routes |= {"/1/a": b"one", "/2/a": b"two"}
        got = fetch(self.addresses("1/a", "2/a"), OPTIONS)
        with zipfile.ZipFile(io.BytesIO(got.take())) as archive:
            self.assertEqual([archive.read(name) for name in archive.namelist()], [b"one", b"two"])

    def test_one_of_several_changed(self):
        self.routes |= {"/a": with_etag(b"one", '"1"'), "/b": with_etag(b"two", '"2"')}
        addresses = self.addresses("a", "b")
        first = fetch(addresses, OPTIONS)
        self.assertIsNone(fetch(addresses, OPTIONS, first.validators).file)
        self.routes["/b"] = with_etag(b"three", '"3"')
        second = fetch(addresses, OPTIONS, first.validators)
        with zipfile.ZipFile(io.BytesIO(second.take())) as archive:
            self.assertEqual(archive.read("a"), b"one")
            self.assertEqual(archive.read("b"), b"three")
        self.assertNotEqual(second.digest, first.digest)

    def test_all_or_none(self):
        self.routes |= {"/a": b"one", "/b": refuse(404)}
        with self.assertRaises(FetchError) as caught:
            fetch(self.addresses("a", "b"), OPTIONS)
        self.assertIn("/b", str(caught.exception))

    def test_dated_address(self):
        path = "/api/versioner/v1/full/%s/title-15.xml?part=744"
        titles = {"titles": [{"number": 14}, {"number": 15, "up_to_date_as_of": "2026-06-16"}]}
        self.routes["/api/versioner/v1/titles.json"] = json.dumps(titles).encode()
        self.routes[path % "2026-06-16"] = with_etag(XML, '"1"')
        [address] = self.addresses((path % "{date}")[1:])
        got = fetch([address], OPTIONS)
        self.assertEqual((got.take(), got.name), (XML, "title-15.xml"))
        again = fetch([address], OPTIONS, got.validators)
        self.assertEqual(again.take(), XML, "another date is another file")
        for said in (b"{}", b"[]", b'{"titles": [{"number": 15, "up_to_date_as_of": "../x"}]}'):
            self.routes["/api/versioner/v1/titles.json"] = said
            with self.assertRaises(FetchError) as caught:
                fetch([address], OPTIONS)
            self.assertEqual(caught.exception.code, "date")

    def test_expected_kind(self):
        page = b"<!-- x --><!DOCTYPE html><html></html>"
        for body, expected, code in (
            (XML, "xml", ""),
            (XML, "any", ""),
            (XML, "csv", "kind"),
            (XML, "html", "kind"),
            (b"a,b", "csv", ""),
            (b"a,b", "xml", "kind"),
            (b"a,b", "json", "kind"),
            (b"\xef\xbb\xbf {}", "json", ""),
            (page, "xml", "page"),
            (page, "csv", "page"),
            (page, "json", "page"),
            (page, "html", ""),
            (page, "any", ""),
            (b"PK\x03\x04", "csv", ""),
            (b"\x1f\x8b\x08", "xml", ""),
            (b"PK\x03\x04", "html", "kind"),
        ):
            self.routes["/x"] = answer(body)
            with self.subTest(body=body, expected=expected):
                try:
                    got = fetch(self.addresses("x"), Options(expected, expected, private=True))
                except FetchError as error:
                    self.assertEqual(error.code, code)
                else:
                    self.assertEqual((got.take(), code), (body, ""))


class AddressTest(unittest.TestCase):
    def test_what_may_be_fetched(self):
        for good in (
            "https://a.example/x.xml?token=1",
            "http://a.example:8080/",
            "https://a.example/full/{date}/title-15.xml?part=744",
            "http://[::1]/x",
        ):
            self.assertEqual(check_address(good), good)
        self.assertEqual(check_address("https://a.example/x#y"), "https://a.example/x")
        for bad in (
            "",
            "file:///etc/passwd",
            "ftp://a.example/x",
            "//a.example/x",
            "https:///x",
            "https://user:pw@a.example/",
            "https://a.example:port/",
            "https://a.example:99999/",
            "https://a.example/a b",
            "https://a.example/a\r\nHost: b",
            "https://[bad/",
            "javascript:alert(1)",
        ):
            with self.assertRaises(FetchError, msg=bad) as caught:
                check_address(bad)
            self.assertNotIn("pw", str(caught.exception))

    def test_redirects_keep_encryption(self):
        self.assertEqual(follow("https://a/x", "/y"), "https://a/y")
        self.assertEqual(follow("http://a/x", "https://b/y"), "https://b/y")
        with self.assertRaises(FetchError):
            follow("https://a/x", "http://a/x")

    def test_shown(self):
        self.assertEqual(shown("https://u:p@a.example/x?token=1#f"), "a.example/x")
        self.assertEqual(shown("http://[bad"), "?")
        self.assertEqual(filename("https://a.example/exports/SDN.XML?x=/y"), "SDN.XML")
        self.assertEqual(filename("https://a.example/"), "list")

    def test_public(self):
        for ip in ("93.184.215.14", "2606:2800:220:1::1"):
            self.assertTrue(is_public(ip), ip)
        for ip in (
            "127.0.0.1",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "0.0.0.0",  # noqa: S104 - nothing is bound
            "::1",
            "fe80::1%eth0",
            "fd00::1",
            "::ffff:127.0.0.1",
        ):
            self.assertFalse(is_public(ip), ip)

    def test_sentences(self):
        """Every one names the address, and knows its places."""
        facts = dict.fromkeys(
            ["address", "received", "announced", "limit", "status", "expected"], 7
        )
        for code, text in SENTENCES.items():
            error = FetchError(code, **facts)
            self.assertIn("7", str(error))
            self.assertIn("%(address)s", text)
            self.assertEqual(error.sentence(lambda _text: "x"), "x")
            self.assertFalse(re.search(r"%\(|  ", str(error)))
        self.assertLessEqual(PASSING, SENTENCES.keys())

    def test_sniff(self):
        self.assertEqual(sniff(b"\xef\xbb\xbf<?xml version='1.0'?>\n<!--html--><a/>"), "xml")
        self.assertEqual(sniff(b"<?xml version='1.0'?><!DOCTYPE html PUBLIC 'x'><html>"), "html")
        self.assertEqual(sniff(b"<script>challenge()</script>"), "html")
        self.assertEqual(sniff(b""), "csv")
