# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A hostile or broken file ends in one clear error, in bounded memory and time."""

import io
import random
import unittest

from hostile_files import CASES, table
from support import FIXTURES, ROOT, at_most

import lists


class HostileTest(unittest.TestCase):
    def test_each_ends_in_its_error_in_bounded_memory(self):
        """Beside the file itself, which the test holds, reading takes little."""
        self.assertGreaterEqual(len(CASES), 40)
        told = []
        for case in CASES:
            data = case.make()
            with self.subTest(case.title), at_most(128):
                with self.assertRaises(lists.ListFormatError) as caught:
                    for _ in lists.read(io.BytesIO(data), case.title):
                        pass
                told.append((case, str(caught.exception)))
                self.assertIn(case.message, str(caught.exception))
        documented = (ROOT / "docs" / "hostile-files.md").read_text("utf-8").splitlines()
        self.assertEqual(
            [line for line in documented if line.startswith("|")],
            table(told).splitlines(),
            "docs/hostile-files.md is not what these files end in: its first lines say how to "
            "make it anew",
        )

    def test_the_limit_on_memory_works(self):
        with self.assertRaises(MemoryError), at_most(128):
            bytearray(256 << 20)


class DamagedTest(unittest.TestCase):
    """Files of every format, with bytes lost, doubled or changed at random."""

    def damage(self, data, chance):
        data = bytearray(data)
        for _ in range(chance.randint(1, 6)):
            place = chance.randrange(max(1, len(data) - 40))
            kind = chance.randrange(4)
            if kind == 0 and data:
                data[place] = chance.randrange(256)
            elif kind == 1:
                del data[place : place + chance.randint(1, 40)]
            elif kind == 2:
                data[place:place] = data[place : place + chance.randint(1, 40)]
            else:
                data[place:place] = chance.choice((b'"', b"<", b">", b"\0", b"\n", b"\xff", b"=1"))
        return bytes(data) or b"x"

    def test_end_in_parties_or_in_one_clear_error(self):
        chance = random.Random(4)  # noqa: S311 - the same damages each time
        files = {path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir())}
        files["own_list.xlsx"] = (ROOT / "static" / "templates" / "own_list.xlsx").read_bytes()
        refused = 0
        for name, whole in files.items():
            for number in range(60):
                data = self.damage(whole, chance)
                with self.subTest(name, number=number):
                    for accept in ((), ("truncated", "header")):
                        try:
                            for _ in lists.read(io.BytesIO(data), name, "OWN", accept):
                                pass
                        except lists.ListFormatError as error:
                            refused += not accept
                            self.assertTrue(error.reason)
        self.assertGreater(refused, 300)


class Endless:
    """A few MB of XML elements that nobody wants, and that nothing holds but the reader."""

    def __init__(self, size):
        self._left = size
        self._begun = False

    def seekable(self):
        return False

    def read(self, size):
        if not self._begun:
            self._begun = True
            return b"<CONSOLIDATED_LIST>"
        elements = min(size, self._left) // len(b"<B/>")
        self._left -= elements * len(b"<B/>")
        return b"<B/>" * elements


class NativeMemoryTest(unittest.TestCase):
    def test_two_million_elements_are_freed(self):
        """They would take some 300 MB if they were kept."""
        with at_most(64), self.assertRaisesRegex(lists.ListFormatError, "truncated"):
            for _ in lists.read(Endless(8 << 20)):
                pass
