# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The sieve leaves nobody out who would match, and leaves most others out."""

import csv
import itertools
import random
import unittest
from collections.abc import Iterator
from pathlib import Path

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


DEMO = Path(__file__).resolve().parents[2] / "demo"
MORE = ("Europe", "B.V.", "Trading", "International", "Shenzhen", "Branch", "Group", "New", "2")


def demo_names() -> list[str]:
    """All names of the demo's lists."""
    with (DEMO / "entity_list_2019_10_09.csv").open(encoding="utf-8", newline="") as stream:
        names = {row["name"] for row in csv.DictReader(stream)}
    with (DEMO / "own_list.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            names |= {row["name"], *row["aliases"].split(";")}
    return sorted(name for name in names if form_of(name))


def mangled(words: list[str], others: list[str], rng: random.Random) -> list[str]:
    """Words of a name after what may befall it on its way into a database."""
    words = list(words)
    for _ in range(rng.randint(1, 4)):
        place = rng.randrange(len(words))
        text = words[place]
        cut = rng.randrange(len(text)) if text else 0
        what = rng.randrange(10)
        if what == 0:
            words[place] = text[:cut] + text[cut + 1 :] or text
        elif what == 1:
            words[place] = text[:cut] + rng.choice("aeinrst") + text[cut + rng.randint(0, 1) :]
        elif what == 2:
            words[place : place + 2] = ["".join(words[place : place + 2])]
        elif what == 3:
            words[place : place + 1] = [part for part in (text[:cut], text[cut:]) if part]
        elif what == 4 and len(words) > 1:
            del words[place]
        elif what == 5:
            words.insert(place, rng.choice(MORE))
        elif what == 6:
            words[place] = rng.choice(others)
        elif what == 7:
            rng.shuffle(words)
        elif what == 8:
            words[place] = text[: max(3, cut)]
        elif what == 9:
            words[place] = text.translate(str.maketrans("", "", "aeiou")) or text
    return words


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

    def test_whoever_matches_passes_at_random(self) -> None:
        """Names of the demo's lists, mangled, against all of them: no match is left out."""
        rng = random.Random(20191009)  # noqa: S311 - no secret
        least = least_evidence(FLOOR)
        names = demo_names()
        forms = [form_of(name) for name in names]
        others = [word for name in names for word in name.split()]
        matched = passed = asked = 0
        for _ in range(1500):
            typed = form_of(" ".join(mangled(rng.choice(names).split(), others, rng)))
            if not typed:
                continue
            sieve = Sieve(parsed(typed))
            for listed in forms:
                country = rng.choice(("agree", "unknown", "differ"))
                passes = sieve.lets_through(listed, country, least)
                found = score_names(typed, listed, country)
                asked += 1
                passed += passes
                if found and round(found.value) >= FLOOR:
                    matched += 1
                    self.assertTrue(passes, f"{typed} ~ {listed}: {found.value:.0f}")
        self.assertGreater(matched, 700)
        self.assertLess(passed, 3 * matched, f"of {asked}")

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
