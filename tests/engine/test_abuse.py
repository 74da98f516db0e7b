# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Names that nobody should write, and properties that hold for every name."""

import random
import time
import unittest

from hypothesis import given, settings
from hypothesis import strategies as st

import engine
from engine import Facts, MemoryStore, Name
from engine.fold import fold
from engine.names import spelled, words_of

LISTED = (
    "Hikvision Technology Co., Ltd.",
    "DELTA",
    "AB",
    "B",
    "1",
    "2019",
    "14",
    "Technology",
    "Dahua Technology",
    "海康威视",
    "大华",
    "Co., Ltd.",
    ".",
    "",
    "\u202e",
    "😀",
    "Al",
    "Xinjiang Public Security Bureau",
    "x" * 10_000,
    "a b c d e f g h i j k l m n o p q r s t u v w x y z",
)
ODD = (
    "",
    " ",
    "x",
    "海",
    ".",
    "...!?--//",
    "Co., Ltd.",
    "GmbH & Co. KG",
    "LLC OOO JSC",
    "有限公司",
    "\0",
    "Hik\0vision",
    "\u202eevilnoisivkih",
    "\u200b\u200d\u2060\ufeff",
    "😀😀😀",
    "🏢 Hikvision 🏢",
    "H̷̢̛i̶k̴v̵i̷s̶i̴o̸n̵",
    "Нikvision Ηikvision",
    "\ud800",
    "İİİİ",
    "ﷺﷺﷺ",
    "(((((((((",
    ")))(((",
    "a" * 10_000,
    "a " * 5_000,
    "海" * 10_000,
    "(" * 10_000,
    "a.b." * 2_500,
    "технологии " * 900,
    "tech" * 2_500,
    "\u0301" * 10_000,
    "hang zhou hik vision " * 500,
)
#: Pieces of which odd names are put together.
PIECES = (
    *("Hikvision", "Hik", "vision", "Hang", "zhou", "Technology", "Tech", "Dahua", "大华", "科技"),
    *("Europe", "B.V.", "GmbH", "Ltd", "Co.", "&", "-", ".", "(", ")", "14", "XX", "Delta", "ООО"),
    *("Хиквижн", "هيك", "ハイク", "하이크", "\u200b", "\u202e", "\0", "😀", "e\u0301", "S.A.", "Н"),
)
FORMS = (
    *("Ltd", "Limited", "Co., Ltd.", "Inc.", "GmbH", "LLC", "S.A.", "B.V.", "OOO", "JSC", "AG"),
    *(
        "S.A. de C.V.",
        "Pte. Ltd.",
        "Sdn Bhd",
        "公司",
        "有限公司",
        "Limited Liability Company",
        "Oy",
    ),
)
#: Words that are no legal forms and stay what they are wherever they stand.
SPELLINGS = (
    *("Hikvision", "Technology", "Dahua", "Delta", "Europe", "Shenzhen", "Trading", "Хиквижн"),
)
NAMES = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join) | st.text(max_size=60)


def search(store: MemoryStore, name: str) -> list[engine.Match]:
    """Matches of one name at the most sensitive step."""
    return engine.search([Facts((Name(name),))], store, "broad")[0]


class TestAbuse(unittest.TestCase):
    """No exception, bounded time, no match on nothing."""

    @classmethod
    def setUpClass(cls) -> None:
        """Index the odd list once."""
        super().setUpClass()
        cls.store = MemoryStore({n: Facts((Name(name),)) for n, name in enumerate(LISTED)})

    def test_odd_names_in_bounded_time(self) -> None:
        """Each of them, and all of them as listed names, in a fraction of a second."""
        everything = MemoryStore({n: Facts((Name(name),)) for n, name in enumerate(ODD)})
        for name in ODD:
            with self.subTest(repr(name[:20])):
                started = time.process_time()
                search(self.store, name)
                search(everything, name)
                self.assertLess(time.process_time() - started, 0.5)

    def test_nothing_matches_nothing(self) -> None:
        """Punctuation and mere legal forms meet nobody, not even themselves."""
        for name in ("", " ", ".", "Co., Ltd.", "\u202e", "😀", "GmbH & Co. KG", "有限公司", "\0"):
            self.assertEqual(search(self.store, name), [], repr(name))

    def test_listed_names_that_say_little(self) -> None:
        """One common word, one or two letters, a number: never within a longer name."""
        for name in (
            "Delta Airlines Catering",
            "Blue Technology Partners",
            "B Smart Solutions",
            "Event Service 2019 GmbH",
            "Route 14 Logistics",
            "Al Noor Bakery",
        ):
            self.assertEqual(search(self.store, name), [], name)

    def test_disguised(self) -> None:
        """Invisible, combining and lookalike characters change nothing."""
        for name in (
            *("Hik\u200bvision", "H̷̢̛i̶k̴v̵i̷s̶i̴o̸n̵", "Нikvision", "🏢 Hikvision 🏢", "HIKVlSlON"),
            *("Hik\u3164vision", "Hik\u202evision", "\u202enoisivkiH", "Hikvisioո", "ꓧꓲꓗꓦꓲꓢꓲꓳꓠ"),
            *("ʜɪᴋᴠɪsɪᴏɴ", "🅗🅘🅚🅥🅘🅢🅘🅞🅝", "🅷🅸🅺🆅🅸🆂🅸🅾🅽", "ⓗⓘⓚⓥⓘⓢⓘⓞⓝ"),
        ):
            with self.subTest(name):
                self.assertEqual([match.party_id for match in search(self.store, name)], [0])

    def test_flags_spell_nothing(self) -> None:
        """A flag behind a name is no word of it."""
        self.assertEqual(spelled("Hikvision 🇨🇳"), spelled("Hikvision"))
        self.assertEqual(list(spelled("🇨 👧 🇨 🚢 🇨🇨")), [])


class TestProperties(unittest.TestCase):
    """What holds for every name."""

    @classmethod
    def setUpClass(cls) -> None:
        """Index the odd list once."""
        super().setUpClass()
        cls.store = MemoryStore({n: Facts((Name(name),)) for n, name in enumerate(LISTED)})

    @settings(max_examples=400, derandomize=True, deadline=None)
    @given(NAMES)
    def test_normalisation_is_idempotent(self, name: str) -> None:
        """Folding what is folded, and the words of the words, change nothing."""
        self.assertEqual(fold(fold(name)), fold(name))
        words = words_of(name)
        self.assertEqual(words_of(" ".join(words)), words)

    @settings(max_examples=400, derandomize=True, deadline=None)
    @given(NAMES, st.sampled_from(FORMS))
    def test_a_legal_form_loses_no_hit(self, name: str, form: str) -> None:
        """Whoever is found is found with a legal form added, at the same score."""
        plain = [(match.party_id, match.score) for match in search(self.store, name)]
        added = [(match.party_id, match.score) for match in search(self.store, f"{name} {form}")]
        self.assertEqual(plain, added)

    @settings(max_examples=200, derandomize=True, deadline=None)
    @given(NAMES)
    def test_deterministic(self, name: str) -> None:
        """The same question, the same answer."""
        self.assertEqual(search(self.store, name), search(self.store, name))

    @settings(max_examples=300, derandomize=True, deadline=None)
    @given(st.lists(st.sampled_from(SPELLINGS), unique=True, min_size=1), st.permutations(range(8)))
    def test_same_words_meet_alike_both_ways(self, words: list[str], order: list[int]) -> None:
        """Neither side of equal words in another order counts for more."""
        one = Facts((Name(" ".join(words)),))
        other = Facts((Name(" ".join(words[at] for at in order if at < len(words))),))
        there, back = engine.judge(one, other, "broad"), engine.judge(other, one, "broad")
        self.assertEqual(there and there.score, back and back.score)

    def test_order_of_the_list_does_not_count(self) -> None:
        """The same parties under the same numbers in another order give the same scores."""
        order = list(enumerate(LISTED))
        random.Random(7).shuffle(order)  # noqa: S311 - no secret
        shuffled = MemoryStore({n: Facts((Name(name),)) for n, name in order})
        for name in ("Hang Zhou Hik-Vision", "Dahua Tech", "DELTA Inc", "大华股份"):
            self.assertEqual(
                {(match.party_id, match.score) for match in search(self.store, name)},
                {(match.party_id, match.score) for match in search(shuffled, name)},
            )

    @settings(max_examples=200, derandomize=True, deadline=None)
    @given(st.sampled_from(LISTED), st.sampled_from(("alias", "former")))
    def test_every_name_finds_itself(self, name: str, kind: str) -> None:
        """A listed name that says enough is found by itself, whatever kind it is."""
        if sum(map(len, spelled(name))) >= 6 and len(name) < 400:
            listed = Facts((Name("Quite Another Name"), Name(name, kind)))
            if name not in ("Technology",):
                self.assertIsNotNone(engine.judge(Facts((Name(name),)), listed), name)


if __name__ == "__main__":
    unittest.main()
