# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Subjects against a short list: what is found, what is left alone, and why."""

import json
import unittest

import engine
from engine import Address, Facts, Identifier, MemoryStore, Name
from engine.prepare import prepare

LISTED = {
    1: ("Hangzhou Hikvision Digital Technology Co., Ltd.", ("Hikvision",), "CN"),
    2: ("Dahua Technology", (), "CN"),
    3: ("IFLYTEK", (), "CN"),
    4: ("Megvii Technology", (), "CN"),
    5: ("Beijing Sensetime Technology Development Co., Ltd.", ("Sense Time",), "CN"),
    6: ("Yixin Science and Technology Co. Ltd.", ("Yixin Technology", "Ecguard"), "CN"),
    7: ("ROSOBORONEXPORT OAO", (), "RU"),
    8: ("Xinjiang Public Security Bureau", (), "CN"),
    9: ("DELTA", (), "IR"),
}


def listed_facts() -> dict[int, Facts]:
    """The listed parties with their house aliases."""
    parties = {}
    for number, (primary, aliases, country) in LISTED.items():
        names = [Name(primary), *(Name(alias, "alias") for alias in aliases)]
        names += engine.house_names("EL", names)
        parties[number] = Facts(tuple(names), "organisation", (country,))
    return parties


def vendor(name: str, country: str = "", **facts: object) -> Facts:
    """A vendor as a buyer types it."""
    countries = (country,) if country else ()
    return Facts((Name(name),), "organisation", countries, **facts)  # type: ignore[arg-type]


class TestSearch(unittest.TestCase):
    """Rules, not names: each line stands for a way of writing."""

    @classmethod
    def setUpClass(cls) -> None:
        """Index the list once."""
        super().setUpClass()
        cls.store = MemoryStore(listed_facts())

    def best(self, name: str, country: str = "") -> int | None:
        """Number of the best listed party, or nothing."""
        found = engine.search([vendor(name, country)], self.store)[0]
        return found[0].party_id if found else None

    def test_found(self) -> None:
        """What buyers really type."""
        for name, number in (
            ("HIKVISION EUROPE B.V.", 1),
            ("Hang Zhou Hik-Vision", 1),
            ("Hangzhou Hikvison Digital Tech", 1),
            ("海康威视", 1),
            ("Zhejiang Dahua Technology Co., Ltd.", 2),
            ("浙江大华技术股份有限公司", 2),
            ("I-Fly Tek", 3),
            ("MEGVI1 TECHNOLGY", 4),
            ("SENSETIME GROUP LTD", 5),
            ("Rosoboronexport", 7),
            ("Xinjiang PSB", 8),
            ("Delta Inc", 9),
        ):
            self.assertEqual(self.best(name), number, name)

    def test_left_alone(self) -> None:
        """Namesakes in other trades, common words, nothing at all."""
        for name in (
            "Acme Office Supplies GmbH",
            "Delta Electronics Inc",
            "Delta Airlines",
            "Sense Technology Partners GmbH",
            "Digital Vision Hangzhou Optics",
            "Yixing Ceramics Co., Ltd.",
            "Shanghai Textile Machinery Co., Ltd.",
            "Public Security Solutions",
            ".",
            "Co., Ltd.",
            "",
            "x" * 10_000,
        ):
            self.assertIsNone(self.best(name), name)

    def test_country_helps_little_and_conflict_lowers(self) -> None:
        """The same name in another country scores lower and says so."""
        same, unknown, other = (
            engine.search([vendor("Dahua Technologi", code)], self.store)[0][0]
            for code in ("CN", "", "BR")
        )
        self.assertGreater(same.score, unknown.score)
        self.assertGreater(unknown.score, other.score)
        self.assertIn("country", other.evidence["against"])

    def test_evidence(self) -> None:
        """Each hit explains itself in data and in a sentence."""
        match = engine.search([vendor("Hang Zhou Hik-Vision", "CN")], self.store)[0][0]
        json.dumps(match.evidence)
        text = engine.explain.sentence(match.evidence, str)
        for part in (
            "“Hang Zhou Hik-Vision” ~ “Hangzhou Hikvision Digital Technology Co., Ltd.”",
            "HIKVISION (rare) and HANGZHOU agree",
            "DIGITAL, TECHNOLOGY are missing and common",
            "country agrees (CN)",
        ):
            self.assertIn(part, text)

    def test_same_or_related(self) -> None:
        """A hit says whether the names are one, the listed one and more, or only alike."""
        for name, relation in (
            ("Dahua Technologi Co., Ltd.", "same"),
            ("Dahua Technology Deutschland GmbH", "affiliate"),
            ("Beijing Sensetime Investment Development", "similar"),
        ):
            match = engine.search([vendor(name, "CN")], self.store)[0][0]
            self.assertEqual(match.relation, relation, name)
            self.assertEqual("related" in match.evidence["against"], relation != "same")

    def test_daughters_crowd_nobody_out(self) -> None:
        """More entries share the group's name than are looked at: the parent is found still."""
        daughters = tuple(Name(f"Quorbina Works {number}", "alias") for number in range(120))
        parties = {
            1: Facts((Name("Quorbina Holding"), *daughters), "organisation", ("CN",)),
            2: Facts((Name("Quorbina"),), "organisation", ("CN",)),
        }
        store = MemoryStore(parties)
        for name in ("Quorbina", "Quorbina Europe B.V."):
            found = engine.search([vendor(name, "CN")], store)[0]
            self.assertIn(2, [match.party_id for match in found], name)
        # What shares little is not looked at more often for it.
        many = {n: Facts((Name(f"{word} Trading {n}"),)) for n, word in enumerate(["Xyqu"] * 120)}
        query = prepare(vendor("Golborn Precision Castings Trading"))
        self.assertLessEqual(len(MemoryStore(many).candidates([query], 50)[0]), 50)

    def test_weak_alias_never_opens_a_hit(self) -> None:
        """OFAC FAQ 124."""
        listed = Facts((Name("Completely Other"), Name("Hikvision", "weak")))
        self.assertIsNone(engine.judge(vendor("Hikvision"), listed))

    def test_identifier_decides(self) -> None:
        """An equal number outranks any name."""
        number = Identifier("USCC", "9111 0000 7109 3019X7", "CN")
        listed = Facts((Name("China Telecom Corporation Limited"),), identifiers=(number,))
        subject = Facts(
            (Name("Something Else"),), identifiers=(Identifier("VAT", "9111000071093019X7"),)
        )
        match = engine.judge(subject, listed)
        assert match
        self.assertEqual((match.score, match.relation), (100, "identifier"))
        short = Facts((Name("A"),), identifiers=(Identifier("VAT", "123"),))
        self.assertIsNone(engine.judge(short, short))

    def test_address_only_entry(self) -> None:
        """It is found by the address, however abbreviated, and by nothing else."""
        listed = Facts(
            (),
            "address",
            ("HK",),
            addresses=(
                Address(
                    "Room 1104, 11/F, Wing Tuck Commercial Centre, 177 Wing Lok St., Hong Kong",
                    "HK",
                ),
            ),
        )
        near = vendor(
            "Any Trading Co",
            "HK",
            addresses=(
                Address(
                    "Rm 1104 11/F Wing Tuck Commercial Center 177 Wing Lok Street Hong Kong", "HK"
                ),
            ),
        )
        far = vendor(
            "Any Trading Co",
            "HK",
            addresses=(Address("Rm 9, 5/F, Harbour House, 12 Queens Road, Hong Kong", "HK"),),
        )
        match = engine.judge(near, listed)
        assert match
        self.assertEqual(match.relation, "address")
        self.assertIsNone(engine.judge(far, listed))

    def test_same_question_same_answer(self) -> None:
        """Alone or among others, again and again."""
        names = ["HIKVISION EUROPE B.V.", "Acme", "I-Fly Tek"]
        together = engine.search([vendor(name) for name in names], self.store)
        alone = [engine.search([vendor(name)], self.store)[0] for name in names]
        self.assertEqual(together, alone)

    def test_sensitivity(self) -> None:
        """A stricter step never finds more."""
        counts = [
            len(engine.search([vendor("Dahua Technologi", "BR")], self.store, step)[0])
            for step in ("strict", "standard", "broad")
        ]
        self.assertEqual(counts, sorted(counts))


class TestFingerprint(unittest.TestCase):
    """Equal facts, equal fingerprint; compared facts count, order and case do not."""

    def test_stable(self) -> None:
        """Order, case and white space do not count."""
        one = Facts((Name("Hikvision"), Name("HIK", "alias")), countries=("CN", "HK"))
        other = Facts((Name("HIK", "alias"), Name(" hikvision ")), countries=("HK", "CN"))
        self.assertEqual(engine.listed_fingerprint(one), engine.listed_fingerprint(other))

    def test_sensitive(self) -> None:
        """Name, country, number and address do."""
        base = Facts((Name("Hikvision"),), countries=("CN",))
        for other in (
            Facts((Name("Hikvisio"),), countries=("CN",)),
            Facts((Name("Hikvision"),), countries=("NL",)),
            Facts(
                (Name("Hikvision"),),
                countries=("CN",),
                identifiers=(Identifier("VAT", "NL1234567B01"),),
            ),
            Facts((Name("Hikvision"),), countries=("CN",), addresses=(Address("A 1"),)),
        ):
            self.assertNotEqual(engine.subject_fingerprint(base), engine.subject_fingerprint(other))


if __name__ == "__main__":
    unittest.main()
