# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How long names take that nobody should write, and that none of them matches for nothing.

    python bench/abuse.py [--names N]

Every kind of characters in every length up to 10,000, words of listed names over and over, legal
forms alone, common words, against as many names as speed.py asks; the addon itself cuts names at
2,000 characters.
"""

from __future__ import annotations

import argparse
import itertools
import random
import time
from collections.abc import Iterator

from cases import SEED
from database import Store, database
from ours import subject
from parties import DATA
from speed import listed_names

from engine import MOST_SENSITIVE, Facts, Name, search

LENGTHS = (0, 1, 2, 3, 5, 10, 30, 100, 300, 1_000, 3_000, 10_000)
#: What says nothing, whatever its length.
NOTHING = {
    "spaces": " \t\n\u00a0\u3000",
    "punctuation": ".,;:!?-_/\\|&'\"()[]{}<>@#%*+=~^`“”«»…–—·•",
    "control": "".join(map(chr, [*range(1, 32), *range(127, 160)])),
    "NUL": "\0",
    "bidi": "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",
    "invisible": "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f",
    "emoji": "😀🏢🚢👩‍👩‍👧🇨🇳\ufe0f",
    "combining": "".join(map(chr, range(0x300, 0x370))),
    "surrogates": "\ud800\udfff",
    "brackets": "()[]（）",
}
SOMETHING = {
    "letters": "abcdefghijklmnopqrstuvwxyz",
    "letters and spaces": "abcdefghijklmnopqrstuvwxyz     ",
    "one letter": "a",
    "vowels": "aeiou ",
    "digits": "0123456789 ",
    "Cyrillic": "абвгдежзийклмнопрстуфхцчшщъыьэюя ",
    "Han": "中国科技有限公司海康威视大华北京上海集团股份贸易",
    "Arabic": "ابتثجحخدذرزسشصضطظعغفقكلمنهوي ﷺ",
    "Hangul": "하이크비전주식회사 ",
    "lookalikes": "НаΗһаngzһоu Нікvіѕіоn0131|5",
    "zalgo": "H̷̢̛i̶k̴v̵i̷s̶i̴o̸n̵ ",
    "dotted": "a.b.c.",
}
FORMS = ("Co., Ltd.", "GmbH & Co. KG", "LLC", "OOO", "JSC", "有限公司", "S.A. de C.V.", "Pte")
WORDS = ("DELTA", "Technology", "Trading", "China", "AB", "1", "2019", "Al", "Bank", "Group", "the")
GLUES = (" ", "", "-", "\u200b")
LISTED = ("Hangzhou Hikvision Digital Technology", "Zhejiang Dahua", "Huawei", "Hik vision")


def names() -> Iterator[tuple[str, str, bool]]:
    """Kind, name, and whether it says nothing at all."""
    rng = random.Random(SEED)  # noqa: S311 - no secret
    for kinds, empty in ((NOTHING, True), (SOMETHING, False)):
        for (kind, letters), length in itertools.product(kinds.items(), LENGTHS):
            for _ in range(4):
                yield kind, "".join(rng.choices(letters, k=length)), empty
    for kind, words, empty in (
        ("legal forms", FORMS, True),
        ("common words", WORDS, False),
        ("listed names", LISTED, False),
        ("all of it", (*FORMS, *WORDS, *LISTED, "大华", "\u202e", "😀", "e\u0301", "\0"), False),
    ):
        for count, glue in itertools.product(
            (1, 2, 3, 5, 20, 100, 1_000), (" ", "", "-", "\u200b")
        ):
            for _ in range(4):
                # Forms run together are no forms any more.
                says_nothing = empty and (glue == " " or count == 1)
                yield kind, glue.join(rng.choices(words, k=count))[:10_000], says_nothing


def main() -> None:
    """Measure and print."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--names", type=int, default=60_000, help="names listed")
    count = options.parse_args().names
    if not DATA.is_dir():
        raise SystemExit("The published lists are not here: put them into ../shared/data.")
    asked = list(names())
    odd = [Facts((Name(word),)) for word in (*WORDS, *FORMS, ".", "大华", "😀", "x" * 10_000)]
    times: list[tuple[float, str, int]] = []
    matched_for_nothing = []
    with database() as dsn:
        store = Store(dsn)
        store.fill(itertools.chain(listed_names(count), odd))
        search([subject("warm")], store)
        for kind, name, says_nothing in asked:
            start = time.perf_counter()
            found = search([subject(name)], store, MOST_SENSITIVE)[0]
            times.append((1000 * (time.perf_counter() - start), kind, len(name)))
            if found and says_nothing:
                matched_for_nothing.append((kind, name[:40], found[0].matched_name))
    times.sort()
    print("| odd names asked | p50 ms | p99 ms | p99.9 ms | longest ms | matched for nothing |")
    print("|---|---|---|---|---|---|")
    cells = " | ".join(f"{times[int(len(times) * part)][0]:.1f}" for part in (0.5, 0.99, 0.999))
    print(f"| {len(times):,} | {cells} | {times[-1][0]:.1f} | {len(matched_for_nothing)} |")
    print("\nSlowest: " + "; ".join(f"{k}, {n:,} characters: {ms:.0f}" for ms, k, n in times[-5:]))
    for kind, name, listed in matched_for_nothing[:10]:
        print(f"MATCHED FOR NOTHING: {kind} {name!r} ~ {listed}")


if __name__ == "__main__":
    main()
