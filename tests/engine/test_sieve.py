# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sieve leaves nobody out who would match, and leaves most others out."""

import itertools
import unittest
from collections.abc import Iterator

from engine.names import spelled
from engine.parsed import SEPARATOR, parsed
from engine.score import score_names
from engine.settings import MOST_SENSITIVE, SENSITIVITIES
from engine.sieve import Sieve, least_evidence

LISTED = (
    "Hangzhou Hikvision Digital Technology Co., Ltd.",
    "Zhejiang Dahua Technology",
    "Beijing Sensetime Technology Development Co., Ltd.",
    "Megvii Technology",
    "IFLYTEK",
    "Semiconductor Manufacturing International Corporation",
    "Federal Research and Production Center Titan Barrikady JSC",
    "Caspian Airlines",
    "Joint Stock Company Sberbank",
    "MC Overseas Trading Company SA de CV",
    "Design Bureau of Special Machine Building",
    "Delta",
    "Xinjiang Public Security Bureau",
    "海康威视",
)
FLOOR = SENSITIVITIES[MOST_SENSITIVE]


def form_of(name: str) -> str:
    """The stored form of a name."""
    return SEPARATOR.join(spelled(name))


def variations(name: str) -> Iterator[str]:
    """Every letter left out, doubled, or swapped with the next; every gap closed; every split."""
    for place in range(len(name)):
        yield name[:place] + name[place + 1 :]
        yield name[:place] + name[place] + name[place:]
        yield name[:place] + name[place + 1 : place + 2] + name[place] + name[place + 2 :]
        yield f"{name[:place]} {name[place:]}"
    words = name.split()
    yield from (" ".join(order) for order in itertools.permutations(words[:4]))
    yield "".join(word[0] for word in words)


class TestSieve(unittest.TestCase):
    """What it lets through, beside what the whole comparison says."""

    def test_whoever_matches_passes(self) -> None:
        """Whatever is typed, in either country, no name that scores enough is left out."""
        least = least_evidence(FLOOR)
        matched = 0
        for name in LISTED:
            for typed in {form_of(text) for text in variations(name)} - {""}:
                sieve = Sieve(parsed(typed))
                for listed in map(form_of, LISTED):
                    for country in ("agree", "unknown", "differ"):
                        found = score_names(typed, listed, country)
                        if found and round(found.value) >= FLOOR:
                            matched += 1
                            self.assertTrue(
                                sieve.lets_through(listed, country, least),
                                f"{typed} ~ {listed}: {found.value:.0f}",
                            )
        self.assertGreater(matched, 3000)

    def test_common_words_do_not_pass(self) -> None:
        """Who shares trade words and places only is not compared."""
        sieve = Sieve(parsed(form_of("Shanghai Orient Digital Technology Co., Ltd.")))
        passed = [
            name
            for name in LISTED
            if sieve.lets_through(form_of(name), "agree", least_evidence(FLOOR))
        ]
        self.assertEqual(passed, [])

    def test_least_evidence(self) -> None:
        """No floor needs none; the ceiling is out of reach."""
        self.assertEqual(least_evidence(0), 0)
        self.assertLess(least_evidence(70), least_evidence(83))
        self.assertGreater(least_evidence(100), 1000)


if __name__ == "__main__":
    unittest.main()
