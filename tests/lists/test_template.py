import unittest

from support import ROOT

import lists


class TestTemplate(unittest.TestCase):
    """The file that the form offers for download."""

    def test_is_what_the_reader_says(self):
        shipped = (ROOT / "static" / "templates" / "own_list.csv").read_bytes()
        self.assertEqual(shipped.decode("utf-8-sig"), lists.template())
