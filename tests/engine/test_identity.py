# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Same firm or another one; and that steps mean the same for people as for firms."""

import unittest

from engine.identity import SAME, identity
from engine.score import score_names
from engine.settings import SENSITIVITIES


class TestIdentity(unittest.TestCase):
    """Names of one firm however they are spelled, and names of its sisters."""

    def test_one_firm(self) -> None:
        """Legal forms, order, slips, spaces and brackets make no other firm."""
        for one, other in (
            ("Siemens AG", "Siemens Aktiengesellschaft"),
            ("SiemensAG", "Siemens AG"),
            ("Hikvision Digital Technology Co., Ltd.", "Hikvision Digital Technolgy Limited"),
            ("Trading House Vostok LLC", "Vostok Trading House"),
            ("ООО «Восток»", "Vostok OOO"),
        ):
            self.assertGreaterEqual(identity(one, other), SAME, one)
            self.assertEqual(identity(one, other), identity(other, one), one)

    def test_another_firm(self) -> None:
        """Another country, another trade, one word more: a sister, or somebody else."""
        for one, other in (
            ("Bank of China (Hong Kong) Limited", "Bank of China (Singapore) Limited"),
            ("Huawei Technologies Co., Ltd.", "Huawei Technologies Deutschland GmbH"),
            ("Orion Securities Ltd", "Orion Trust Ltd"),
            ("Orion Capital Group Ltd", "Orion Group Ltd"),
            ("Completely Other", "Hikvision"),
            ("", "Hikvision"),
            ("Co., Ltd.", "Co., Ltd."),
        ):
            self.assertLess(identity(one, other), SAME, one)


class TestPersons(unittest.TestCase):
    """One scale for people and firms."""

    def test_two_of_three_words_are_no_hit(self) -> None:
        """The third is another person's, at the most sensitive step too."""
        found = score_names("kim jong un", "kim jong chol", "unknown", persons=True)
        self.assertLess(found.value if found else 0, min(SENSITIVITIES.values()))

    def test_slips_and_order_are(self) -> None:
        """A slip in a long name, or another order, counts at the strictest step."""
        for name in ("petrov sergei nikolaevich", "sergei nikolaevic petrov"):
            found = score_names(name, "sergei nikolaevich petrov", "unknown", persons=True)
            assert found
            self.assertGreaterEqual(found.value, max(SENSITIVITIES.values()), name)
        equal = score_names("a b", "a b", "unknown", persons=True)
        self.assertEqual(equal and equal.value, 100.0)


if __name__ == "__main__":
    unittest.main()
