# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names are taken apart; prose does not become a name."""

import unittest

from support import names

from lists.aliases import read_aliases, split_commas
from lists.names import read_name


def aliases(cell, **kwargs):
    return [(name.text, name.kind) for name in read_aliases(cell, **kwargs)]


class NameTest(unittest.TestCase):
    def check(self, cell, *expected, remark="", party_type=""):
        found = read_name(cell)
        self.assertEqual(names(found), list(expected))
        self.assertEqual("; ".join(found.remarks), remark)
        self.assertEqual(found.party_type, party_type)

    def test_plain_name_loses_only_outer_signs(self):
        self.check(
            " Suzhou Keda Technology Co., Ltd., ", ("Suzhou Keda Technology Co., Ltd.", "primary")
        )

    def test_former_name_in_brackets(self):
        self.check(
            "Gazprom Promgaz, AO (f.k.a. Otkrytoe Gazprom Promgaz)",
            ("Gazprom Promgaz, AO", "primary"),
            ("Otkrytoe Gazprom Promgaz", "former"),
        )

    def test_former_name_whose_bracket_never_closes(self):
        self.check(
            "Lukoil, OAO (a.k.a. Lukoil Company",
            ("Lukoil, OAO", "primary"),
            ("Lukoil Company", "alias"),
        )

    def test_several_names_in_brackets(self):
        self.check(
            "Precision Image Corporation (a.k.a. Precision Industries, Inc.; CK Enterprises, Inc.)",
            ("Precision Image Corporation", "primary"),
            ("Precision Industries, Inc.", "alias"),
            ("CK Enterprises, Inc.", "alias"),
        )

    def test_square_brackets_of_the_isn(self):
        self.check(
            "Astronautics Research Institute [aka Astronautics Systems Research Center, "
            "Aerospace Research Institute]",
            ("Astronautics Research Institute", "primary"),
            ("Astronautics Systems Research Center", "alias"),
            ("Aerospace Research Institute", "alias"),
        )

    def test_alias_in_line(self):
        self.check(
            "Chitron Electronics Company Ltd., a.k.a. Chi-Chung Electronics Company Ltd.",
            ("Chitron Electronics Company Ltd.", "primary"),
            ("Chi-Chung Electronics Company Ltd.", "alias"),
        )

    def test_alias_amid_a_persons_name(self):
        self.check(
            "PEARL (A.K.A. NEI-CHIEN CHU) LI", ("PEARL LI", "primary"), ("NEI-CHIEN CHU", "alias")
        )

    def test_affiliate_is_the_party(self):
        self.check(
            "Huawei Co., Ltd. (Huawei).  Affiliated Entity:  Hangzhou Huawei Enterprises",
            ("Hangzhou Huawei Enterprises", "primary"),
            remark="Part of: Huawei Co., Ltd. (Huawei)",
        )

    def test_unit_without_a_name_of_its_own_keeps_its_parents(self):
        self.check(
            "Second Academy.  Subordinate Institution - 283 Factory",
            ("Second Academy 283 Factory", "primary"),
        )

    def test_description_is_no_name(self):
        self.check(
            "Pakistan Atomic Energy Commission (PAEC), and subordinate entity Nuclear reactors "
            "(including power plants)",
            ("Pakistan Atomic Energy Commission (PAEC)", "primary"),
            remark="Nuclear reactors (including power plants)",
        )

    def test_reach_is_no_name(self):
        for tail in (
            " and any successor, sub-unit, or subsidiary thereof",
            "; and any successor, subunit, or subsidiary thereof",
            ", and its sub-units and successors",
            ", including the Armed Forces and all operating units wherever located.",
        ):
            with self.subTest(tail):
                self.assertEqual(
                    names(read_name("Poly Inc. (PTI)" + tail)), [("Poly Inc. (PTI)", "primary")]
                )

    def test_individual_is_a_person(self):
        self.check(
            "Rim Ryong Nam [DPRK Official] (North Korean individual in China)",
            ("Rim Ryong Nam", "primary"),
            remark="[DPRK Official]",
            party_type="person",
        )

    def test_letters_aka_inside_a_word_are_no_mark(self):
        self.check("YK-AKA LANKA FKA", ("YK-AKA LANKA FKA", "primary"))

    def test_address_only_entry(self):
        self.check("Address 01", remark="Address 01", party_type="address")

    def test_nothing(self):
        self.check(" ?, ")


class AliasTest(unittest.TestCase):
    def test_last_alias_has_and(self):
        self.assertEqual(
            aliases("Yixin Technology; Yuxin Technology; and Ecguard"),
            [("Yixin Technology", "alias"), ("Yuxin Technology", "alias"), ("Ecguard", "alias")],
        )

    def test_two_aliases_in_one(self):
        self.assertEqual(
            [
                text
                for text, _ in aliases("Beijing Shangtang Development Co., Ltd., and Sense Time")
            ],
            ["Beijing Shangtang Development Co., Ltd.", "Sense Time"],
        )

    def test_four_aliases_in_one(self):
        cell = (
            "Corezing International Group Company, Corezing International Pte Ltd, "
            "Corezing Technology Pte Ltd and Core Zing"
        )
        self.assertEqual(
            [text for text, _ in aliases(cell)],
            [
                "Corezing International Group Company",
                "Corezing International Pte Ltd",
                "Corezing Technology Pte Ltd",
                "Core Zing",
            ],
        )

    def test_and_inside_a_name_stays(self):
        cell = "The Institute of Applied Physics and Computational Mathematics, Beijing"
        self.assertEqual(aliases(cell), [(cell, "alias")])

    def test_dashes_commas_quotes_and_missing_blanks(self):
        self.assertEqual(
            [text for text, _ in aliases('LLC A;-LLC B,; "Sasadja"; ; ?')],
            ["LLC A", "LLC B", "Sasadja"],
        )

    def test_former_names(self):
        self.assertEqual(
            aliases("CITC; F.K.A. Presidency Office (POSIS); AO I (f.k.a., I ZAO)"),
            [
                ("CITC", "alias"),
                ("Presidency Office (POSIS)", "former"),
                ("AO I", "alias"),
                ("I ZAO", "former"),
            ],
        )

    def test_isn_joins_by_commas(self):
        self.assertEqual(
            [
                t
                for t, _ in aliases(
                    "TABA, TABA Co., Ltd., Cutting Tools Co.", joined_by_commas=True
                )
            ],
            ["TABA", "TABA Co., Ltd.", "Cutting Tools Co."],
        )

    def test_empty_list_as_text(self):
        self.assertEqual(aliases("[]"), [])

    def test_legal_forms_stay_with_their_names(self):
        self.assertEqual(split_commas("A, Inc., B Co., Ltd., C"), ["A, Inc.", "B Co., Ltd.", "C"])
