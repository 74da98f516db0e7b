# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What buyers type against every name of the Entity List and the CSL, at the standard step."""

import unittest

from real_lists import whole_lists, with_real_files

import engine
from engine import Facts, Name


def hit(name: str, country: str = "") -> str:
    """The listed name that a vendor's name finds, or nothing."""
    subject = Facts((Name(name),), "organisation", (country,) if country else ())
    found = engine.search([subject], whole_lists())[0]
    return found[0].matched_name if found else ""


#: Found in whatever country the vendor says to be.
FOUND_ANYWHERE = {"Huawei Device USA", "Hua Wei Technologies", "HIKVISION EUROPE B.V."}


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
                for country in ("", "CN", "US"):
                    found = hit(name, country).lower().replace("sense time", "sensetime")
                    if country != "US" or name in FOUND_ANYWHERE:
                        self.assertIn(part, found, country)

    def test_left_alone(self) -> None:
        """Namesakes in other trades, places and trade words that many firms carry."""
        for name, country in (
            ("Delta Airlines", "US"),
            ("Sense Technology Partners GmbH", "DE"),
            ("Digital Vision Hangzhou Optics", "CN"),
            ("Yixing Ceramics Co., Ltd.", "CN"),
            ("Beijing Technology Development Co., Ltd.", "CN"),
            ("Acme Office Supplies GmbH", "DE"),
            ("Delta Electronics Inc", "TW"),
            ("Bosch Rexroth AG", "DE"),
            ("Shanghai Textile Machinery Co., Ltd.", "CN"),
            ("Co., Ltd.", "CN"),
        ):
            with self.subTest(name):
                self.assertEqual(hit(name), "")
                self.assertEqual(hit(name, country), "")


if __name__ == "__main__":
    unittest.main()
