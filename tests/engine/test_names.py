# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A name as it is written -> the words that are compared."""

import unittest

from engine.names import words_of


class TestWords(unittest.TestCase):
    """What looks or means the same becomes the same."""

    def test_same_words(self) -> None:
        """Spellings that differ in form only give the same words."""
        for one, other in (
            ("Hikvision Co., Ltd.", "HIKVISION"),
            ("Dahua Technologies Ltd", "dahua tech"),
            ("Müller & Söhne GmbH", "Muller and Sohne"),
            ("S.E.N.S.E. Systems", "SENSE System"),
            ("Xinjiang Public Security Bureau", "Xinjiang PSB"),
            ("Ηikvision", "Hikvision"),  # a Greek capital eta in front
            ("Hik\u200bvision", "Hikvision"),
            ("SenseTime Group Inc. (0020.HK)", "SenseTime Group"),
            ("浙江大华技术股份有限公司", "浙江 大华 技术"),
        ):
            self.assertEqual(words_of(one), words_of(other), one)

    def test_nothing_to_compare(self) -> None:
        """Punctuation and mere legal forms are no names."""
        for text in ("", " ", ".", "Co., Ltd.", "GmbH & Co. KG", "\u202e", "😀", "()"):
            self.assertEqual(words_of(text), (), repr(text))

    def test_total(self) -> None:
        """Any text gives words in bounded number."""
        for text in ("x" * 10_000, "a " * 5_000, "\0\x01\x02", "\ud800", "İ" * 500):
            self.assertLessEqual(len(words_of(text)), 24)

    def test_idempotent(self) -> None:
        """Words of the words are the words."""
        for text in ("Hang Zhou Hik-Vision", "Rosoboronexport OAO", "Zhejiang Dahua Tech Co."):
            words = words_of(text)
            self.assertEqual(words_of(" ".join(words)), words)


if __name__ == "__main__":
    unittest.main()
