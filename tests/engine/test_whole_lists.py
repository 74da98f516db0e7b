# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What buyers type against every name of the Entity List and the CSL, at the standard step."""

import unittest

from real_lists import whole_lists, with_real_files

import engine
from engine import Facts, Name


def hit(name: str) -> str:
    """The listed name that a vendor's name alone finds, or nothing."""
    subject = Facts((Name(name),), "organisation")
    found = engine.search([subject], whole_lists())[0]
    return found[0].matched_name if found else ""


@with_real_files
class TestWholeLists(unittest.TestCase):
    """Names that must be found among tens of thousands, and names that must not."""

    def test_found(self) -> None:
        """Subsidiaries, other scripts, split, joined and misread names, tickers, initials."""
        for name, part in (
            ("Huawei Device USA", "huawei"),
            ("Hua Wei Technologies", "huawei"),
            ("ХИКВИЖН", "hikvision"),
            ("海康威视", "海康威视"),
            ("浙江大华技术股份有限公司", "大华"),
            ("科大讯飞", "科大讯飞"),
            ("SenseTime Group Inc. (0020.HK)", "sensetime"),
            ("I-Fly Tek", "iflytek"),
            ("MEGVI1 TECHNOLGY", "megvii"),
            ("Xinjiang PSB", "public security bureau"),
            ("HIKVISION EUROPE B.V.", "hikvision"),
            ("Rosoboronexport OAO", "rosoboron"),
        ):
            with self.subTest(name):
                self.assertIn(part, hit(name).lower().replace("sense time", "sensetime"))

    def test_left_alone(self) -> None:
        """Namesakes in other trades, places and trade words that many firms carry."""
        for name in (
            "Delta Airlines",
            "Sense Technology Partners GmbH",
            "Digital Vision Hangzhou Optics",
            "Yixing Ceramics Co., Ltd.",
            "Beijing Technology Development Co., Ltd.",
            "Acme Office Supplies GmbH",
            "Delta Electronics Inc",
            "Bosch Rexroth AG",
            "Shanghai Textile Machinery Co., Ltd.",
            "Co., Ltd.",
        ):
            with self.subTest(name):
                self.assertEqual(hit(name), "")


if __name__ == "__main__":
    unittest.main()
