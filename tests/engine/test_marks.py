# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What agreed is marked in both names as they are written, however they were compared."""

import unittest

from engine import Facts, MemoryStore, Name, search, spans

LISTED = "Hangzhou Hikvision Digital Technology Co., Ltd."


def marked(own, listed=LISTED):
    """The marked words of both names of a hit."""
    store = MemoryStore({1: Facts(names=(Name(listed),), countries=("CN",))})
    [[match]] = search([Facts(names=(Name(own),), countries=("CN",))], store, "broad")
    words = match.evidence["words"]
    return tuple(
        [text[start:end] for start, end in spans(text, [word[side] for word in words])]
        for text, side in ((own, "subject"), (listed, "listed"))
    )


class TestMarks(unittest.TestCase):
    def test_short_forms_of_trade_words(self):
        """They are compared as what they stand for, and marked as they are written."""
        own, listed = marked("Hangzhou Hikvision Digital Tech")
        self.assertEqual(own, ["Hangzhou", "Hikvision", "Digital", "Tech"])
        self.assertEqual(listed, ["Hangzhou", "Hikvision", "Digital", "Technology"])
        for short, full in (
            ("Yitu Technol", "Yitu Technologies"),
            ("Huawei Techn Co", "Huawei Technologies Co., Ltd."),
            ("Xiamen Meiya Pico Info", "Xiamen Meiya Pico Information Co. Ltd."),
            ("Beijing Sensetime Techno Dev", "Beijing Sensetime Technology Development Co., Ltd."),
        ):
            own, listed = marked(short, full)
            self.assertEqual(own, short.removesuffix(" Co").split(), short)
            self.assertEqual(len(own), len(listed), short)

    def test_cut_joined_mistyped(self):
        self.assertEqual(marked("Hikvision Digital Technolo")[0][-1], "Technolo")
        self.assertEqual(marked("HIK Vision Digital Tech")[0], ["HIK", "Vision", "Digital", "Tech"])
        self.assertIn("Digtal", marked("Technology Hikvision Digtal")[0])

    def test_what_did_not_agree_is_not_marked(self):
        own, listed = marked("Hikvision Digital Ceramics")
        self.assertEqual((own, listed), (["Hikvision", "Digital"], ["Hikvision", "Digital"]))

    def test_what_stands_between_is_not_marked(self):
        """A legal form and a bracket before the short name are no part of it."""
        name = "Huawei Technologies Co., Ltd. (Huawei)"
        marks = [name[start:end] for start, end in spans(name, ["huawei"])]
        self.assertEqual(marks, ["Huawei", "Huawei"])
