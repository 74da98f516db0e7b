# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is said about a match is true of the names as they are written."""

import unittest

import engine
from engine import Facts, Name


def explained(name: str, listed: str, party_type: str = "organisation") -> tuple[str, list[str]]:
    """The sentence and the weak points of one pair."""
    kind = "organisation" if party_type == "organisation" else ""
    match = engine.judge(
        Facts((Name(name),), kind, ("CN",)), Facts((Name(listed),), party_type, ("CN",)), "broad"
    )
    assert match, (name, listed)
    evidence = match.evidence
    return engine.explain.sentence(evidence, str), engine.explain.weak_points(evidence, str)


class TestExplain(unittest.TestCase):
    """Each line is one way in which an explanation can be wrong."""

    def test_nothing_is_missing_that_is_there(self) -> None:
        """Neither beside a short name in brackets nor the second time."""
        listed = "Xinjiang Production and Construction Corps (XPCC) Public Security Bureau"
        text, against = explained("XPCC Public Security Bureau", listed)
        self.assertIn("XPCC (rare) agree", text)
        self.assertNotIn("only the contact's name has", text)
        self.assertFalse([line for line in against if "more words" in line], against)
        text, against = explained("Luis Hernandez", "Luis Miguel Hernandez-Hernandez", "person")
        self.assertIn("only the listed name has MIGUEL", text)
        self.assertNotIn("MIGUEL, HERNANDEZ", text)
        self.assertIn("Words of the listed name are missing: MIGUEL.", against)

    def test_words_are_written_as_words(self) -> None:
        """What is compared as one word is not shown as one."""
        text, _against = explained("Xinjiang PSB", "Xinjiang Public Security Bureau")
        self.assertIn("PUBLIC SECURITY BUREAU agree", text)

    def test_another_word_is_named(self) -> None:
        """Words that agree in meaning alone are both said."""
        text, _against = explained("Dahua Tech", "Dahua Technology")
        self.assertIn("DAHUA (rare) and TECH for TECHNOLOGY agree", text)

    def test_particles_are_left_out(self) -> None:
        """“AND” is no reason, and no gap."""
        text, _against = explained(
            "Yixin Science & Technology", "Yixin Science and Technology Co. Ltd."
        )
        self.assertIn("YIXIN (rare), SCIENCE and TECHNOLOGY agree", text)
        text, against = explained("Dahua Technology", "The Dahua of Technology")
        self.assertNotIn("missing", text)
        self.assertFalse([line for line in against if "missing" in line], against)

    def test_no_name_is_shown_without_end(self) -> None:
        """Beyond a line or two nobody reads it, and it hides the rest."""
        text, _against = explained("Dahua Technology " + "Gadgetry " * 1000, "Dahua Technology")
        self.assertLess(len(text), 400)
        self.assertIn("Gad…” ~ “Dahua Technology”", text)

    def test_names_of_people_are_not_called_rare(self) -> None:
        """Rare among firms is not rare."""
        for name, kind in (("Mohammed Ali", "person"), ("Mohammed Ali Traders", "person")):
            text, _against = explained(name, "ALI, Mohammed", kind)
            self.assertIn("MOHAMMED and ALI agree", text)
        text, _against = explained("Kim Jong Un", "KIM, Jong", "person")
        self.assertIn("only the contact's name has UN", text)
        self.assertNotIn("common", text)
