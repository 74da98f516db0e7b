# Copyright Restricted Party Screening contributors
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words in other alphabets read by sound, letter by letter, where their script has a rule."""

from __future__ import annotations

from functools import lru_cache

#: Cyrillic by sound (ISO 9 simplified as passports do).
_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "e", "є": "ye",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "",
    "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

#: Greek by sound.
_GREEK = {
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip

#: Arabic and Persian: consonants, and the letters that stand for long vowels.
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "i", "آ": "a", "ب": "b", "پ": "p", "ت": "t", "ث": "th", "ج": "j",
    "چ": "ch", "ح": "h", "خ": "kh", "د": "d", "ذ": "dh", "ر": "r", "ز": "z", "ژ": "zh", "س": "s",
    "ش": "sh", "ص": "s", "ض": "d", "ط": "t", "ظ": "z", "ع": "a", "غ": "gh", "ف": "f", "ق": "q",
    "ک": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m", "ن": "n", "و": "w", "ه": "h", "ة": "a",
    "ي": "i", "ی": "i", "ى": "a", "ئ": "", "ؤ": "u", "ء": "", "\u0640": "",
}  # fmt: skip

_KANA_ROWS = (
    ("", "アイウエオ"), ("k", "カキクケコ"), ("g", "ガギグゲゴ"), ("s", "サシスセソ"),
    ("z", "ザジズゼゾ"), ("t", "タチツテト"), ("d", "ダヂヅデド"), ("n", "ナニヌネノ"),
    ("h", "ハヒフヘホ"), ("b", "バビブベボ"), ("p", "パピプペポ"), ("m", "マミムメモ"),
    ("r", "ラリルレロ"),
)  # fmt: skip
_KANA = {
    char: consonant + vowel
    for consonant, row in _KANA_ROWS
    for char, vowel in zip(row, "aiueo", strict=True)
} | {
    "シ": "shi", "チ": "chi", "ツ": "tsu", "フ": "fu", "ヤ": "ya", "ユ": "yu", "ヨ": "yo",
    "ワ": "wa", "ヲ": "o", "ン": "n", "ヴ": "v", "ー": "", "ッ": "", "・": " ",
    "ァ": "a", "ィ": "i", "ゥ": "u", "ェ": "e", "ォ": "o", "ャ": "ya", "ュ": "yu", "ョ": "yo",
}  # fmt: skip
#: Small vowels take the vowel of the sign before: ファ is fa.
_SMALL = str.maketrans("ァィゥェォャュョ", "アイウエオヤユヨ")

_LETTERS = str.maketrans({**_CYRILLIC, **_GREEK, **_ARABIC})
_HANGUL_FIRST = "g kk n d tt r m b pp s ss _ j jj ch k t p h".replace("_", "").split(" ")
_HANGUL_VOWEL = [
    "a",
    "ae",
    "ya",
    "yae",
    "eo",
    "e",
    "yeo",
    "ye",
    "o",
    "wa",
    "wae",
    "oe",
    "yo",
    "u",
    "wo",
    "we",
    "wi",
    "yu",
    "eu",
    "ui",
    "i",
]
_HANGUL_LAST = [
    "",
    "k",
    "k",
    "ks",
    "n",
    "nj",
    "nh",
    "t",
    "l",
    "lk",
    "lm",
    "lp",
    "ls",
    "lt",
    "lp",
    "lh",
    "m",
    "p",
    "ps",
    "t",
    "t",
    "ng",
    "t",
    "t",
    "k",
    "t",
    "p",
    "t",
]


@lru_cache(maxsize=4096)
def to_latin(word: str) -> str:
    """One folded word in Latin letters, read by sound, where its script has a rule."""
    if word.isascii():
        return word
    if any("\uac00" <= char <= "\ud7a3" for char in word):
        word = "".join(map(_hangul, word))
    if any("\u3041" <= char <= "\u30ff" for char in word):
        word = _kana(word)
    return word.translate(_LETTERS)


def _hangul(char: str) -> str:
    if not "\uac00" <= char <= "\ud7a3":
        return char
    first, rest = divmod(ord(char) - 0xAC00, 588)
    vowel, last = divmod(rest, 28)
    return _HANGUL_FIRST[first] + _HANGUL_VOWEL[vowel] + _HANGUL_LAST[last]


def _kana(word: str) -> str:
    read: list[str] = []
    for char in word:
        sign = chr(ord(char) + 0x60) if "\u3041" <= char <= "\u3096" else char
        sound = _KANA.get(sign, char)
        if sign.translate(_SMALL) != sign and read and read[-1][-1:] in "aiueo":
            read[-1] = read[-1][:-1]
        read.append(sound)
    return "".join(read)
