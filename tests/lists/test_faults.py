# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Faults that somebody may answer for: what can be read of the file is given then."""

import gzip
import io
import unittest

from support import FIXTURES, csl, csl_row, read_bytes

import lists


def read(data, *accept):
    """Return the parties, the records that cannot be read, and the reading."""
    reading = lists.read(io.BytesIO(data), "list", "OWN", accept)
    items = list(reading)
    parties = [item for item in items if isinstance(item, lists.ListedParty)]
    return parties, [item for item in items if isinstance(item, lists.Unreadable)], reading


class TruncatedTest(unittest.TestCase):
    #: How much of each fixture is left, so that at least one party is.
    CUTS = {
        "csl.csv": 0.6,
        "csl.json": 0.9,
        "dpl.txt": 0.65,
        "ecfr.xml": 0.8,
        "eu.xml": 0.8,
        "sdn.csv": 0.9,
        "sdn.xml": 0.7,
        "uflpa.html": 0.8,
        "uk.csv": 0.9,
        "uk.xml": 0.8,
        "un.xml": 0.9,
    }

    def test_what_stands_before_is_read_and_nothing_is_removed(self):
        for name, share in self.CUTS.items():
            whole = (FIXTURES / name).read_bytes()
            data = whole[: int(len(whole) * share)]
            with self.subTest(name):
                with self.assertRaises(lists.TruncatedError):
                    read(data)
                with self.assertRaises(lists.TruncatedError):
                    read(data, "header")
                every, _, _ = read(whole)
                parties, _, reading = read(data, "truncated")
                self.assertTrue(parties)
                self.assertLess(len(parties), len(every))
                self.assertFalse(reading.complete)
                self.assertTrue(reading.summary.forgiven)

    def test_a_cut_archive(self):
        rows = csl(*(csl_row("EL", f"Party {number}") for number in range(20_000)))
        packed = gzip.compress(rows)
        data = packed[: len(packed) // 2]
        with self.assertRaises(lists.TruncatedError):
            read(data)
        parties, _, reading = read(data, "truncated")
        self.assertGreater(len(parties), 1000)
        self.assertFalse(reading.complete)

    def test_nothing_before_the_cut(self):
        """There is nothing to answer for."""
        with self.assertRaises(lists.ListFormatError) as caught:
            read(csl()[:-20], "truncated")
        self.assertEqual(caught.exception.fault, "")

    def test_where_it_breaks_off_is_named(self):
        data = csl(csl_row("EL", "One"), csl_row("EL", "Two"))
        for cut in (data[:-60], data[:-61]):  # inside a cell, and between two
            _, _, reading = read(cut, "truncated")
            self.assertEqual([error.row for error in reading.summary.forgiven], [3])

    def test_a_cut_file_of_a_set(self):
        """The addresses that were read count; what may be lost is said."""
        names = ("sdn.csv", "alt.csv", "sdn_comments.csv")
        files = [(name, io.BytesIO((FIXTURES / name).read_bytes())) for name in names]
        addresses = (FIXTURES / "add.csv").read_bytes().rstrip(b"\x1a\r\n") + b"\r\n101,77"
        files.append(("add.csv", io.BytesIO(addresses)))
        with self.assertRaises(lists.TruncatedError):
            list(lists.read_files(files))
        reading = lists.read_files(files, accept=["truncated"])
        items = list(reading)
        self.assertTrue(any(item.addresses for item in items if hasattr(item, "addresses")))
        self.assertEqual(reading.summary.lacking, ["addresses"])


class HeaderTest(unittest.TestCase):
    def test_known_columns_are_read(self):
        every = csl(csl_row("EL", "One", addresses="Road 1, Ankara, TR"))
        renamed = every.replace(b"alt_names", b"aliases").replace(b'"addresses"', b'"where"')
        own = b"name,colour,country\nOne,red,TR\n"
        denied = (FIXTURES / "dpl.txt").read_bytes().replace(b"Last_Update", b"Updated")
        uk = (FIXTURES / "uk.csv").read_bytes().replace(b"Regime Name", b"Regime")
        for data, lacking in (
            (renamed, ["addresses", "alt_names"]),
            (own, []),
            (denied, ["Last_Update"]),
            (uk, ["regime name"]),
        ):
            with self.subTest(data[:40]):
                with self.assertRaises(lists.HeaderError):
                    read(data)
                parties, _, reading = read(data, "header")
                self.assertTrue(parties)
                self.assertTrue(reading.complete, "the rows are all there")
                self.assertEqual(sorted(reading.summary.lacking), lacking)

    def test_without_names_there_is_nothing_to_read(self):
        """Nor where one column stands twice: which would count?"""
        every = csl(csl_row("EL", "One"))
        for data in (
            every.replace(b'"name"', b'"who"'),
            every.replace(b'"remarks"', b'"name"'),
            b"name,name\nOne,Two\n",
        ):
            with self.subTest(data[:40]), self.assertRaises(lists.ListFormatError) as caught:
                read(data, "header", "truncated")
            self.assertEqual(caught.exception.fault, "")


class EmptyTest(unittest.TestCase):
    def test_nothing_is_told_from_nothing_readable(self):
        for data, kind in (
            (b"", lists.EmptyError),
            (csl(), lists.EmptyError),
            (b"name\n", lists.EmptyError),
            (b"name\n?\n", lists.ListFormatError),
        ):
            with self.subTest(data[:40]), self.assertRaises(lists.ListFormatError) as caught:
                read_bytes(data)
            self.assertIs(type(caught.exception), kind)


class SetsTest(unittest.TestCase):
    def test_files_that_belong_together(self):
        def head(name):
            return (FIXTURES / name).read_bytes()[: 1 << 16]

        files = [
            ("un.xml", head("un.xml")),
            ("2024/sdn.csv", head("sdn.csv")),
            ("2023/sdn.csv", head("sdn.csv")),
            ("2024/cons_prim.csv", head("cons_prim.csv")),
            ("2024/add.csv", head("add.csv")),
            ("2024/alt.csv", head("alt.csv")),
            ("2024/cons_add.csv", head("add.csv")),
            ("2024/own.csv", b"name\nOne\n"),
        ]
        self.assertEqual(lists.group(files), [[0], [1, 4, 5], [2], [3, 6], [7]])

    def test_main_files_of_one_folder_are_editions(self):
        main = (FIXTURES / "sdn.csv").read_bytes()
        self.assertEqual(lists.group([("a.csv", main), ("b.csv", main)]), [[0], [1]])

    def test_packed_set_is_read_and_is_the_same_each_time(self):
        files = [
            (name, (FIXTURES / name).read_bytes())
            for name in ("sdn.csv", "add.csv", "alt.csv", "sdn_comments.csv")
        ]
        self.assertEqual(lists.pack(files), lists.pack(files))
        items, reading = read_bytes(lists.pack(files))
        self.assertTrue(items)
        self.assertEqual(reading.summary.lacking, [])
        self.assertRegex(lists.describe(files[:1]), r"^sdn\.csv: \d+ bytes, SHA-256 [0-9a-f]{64}$")
