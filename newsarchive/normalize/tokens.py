"""The words that search finds a text by: pairs of neighbouring characters where a script has no blanks, else words.

Chinese, Japanese and Korean runs become overlapping pairs and the last character alone: 川普訪 is 川普, 普訪, 訪. Two
characters are then one look-up, more are a phrase, and one is a prefix; nothing is missed and nothing else is found,
which neither a dictionary of words nor trigrams can say. Everything is folded first, so that simplified finds
traditional, and width, case and accents do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from operator import add

from newsarchive.normalize.text import fold_characters

# Scripts written without blanks between words, and Hangul, whose particles stick to the word before them.
_PAIRED = (
    "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
)
# Vowel signs and other marks belong to the word that they stand in.
_MARKS = "".join(chr(code) for code in range(0x300, 0x3000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
RUN = re.compile(rf"[{_PAIRED}]+|(?:[^\W_{_PAIRED}]|[{_MARKS}])+")
"""A run of characters that are looked up together."""
PAIRED = re.compile(f"[{_PAIRED}]")
WORD_CHARACTER = rf"(?:[^\W_{_PAIRED}]|[{_MARKS}])"


class _Searched(dict[int, str]):
    """Each character as it is searched, filled as characters are met."""

    def __missing__(self, code: int) -> str:
        character = fold_characters(chr(code))
        parts = unicodedata.normalize("NFD", character)
        # Only where the mark is an accent: it is part of the letter in kana (が) and in Indic scripts.
        accented = len(parts) > 1 and all("\u0300" <= mark <= "\u036f" for mark in parts[1:])
        self[code] = parts[0] if accented else character
        return self[code]


_SEARCHED = _Searched()


def fold_for_search(text: str) -> str:
    """The text as it is searched: folded character by character, accents gone; as long as ``text``, offsets hold."""
    return text.translate(_SEARCHED)


def tokens(text: str) -> list[str]:
    """The tokens of a text, in order."""
    found: list[str] = []
    for run in RUN.findall(fold_for_search(text)):
        if PAIRED.match(run):
            found += map(add, run, run[1:])
            found.append(run[-1])
        else:
            found.append(run)
    return found


def phrase(text: str) -> tuple[list[str], bool]:
    """The tokens that stand one after the other wherever ``text`` does, and whether the last one is only a beginning.

    Empty where the text has nothing to look up.
    """
    found: list[str] = []
    runs = RUN.findall(fold_for_search(text))
    for number, run in enumerate(runs, start=1):
        if not PAIRED.match(run):
            found.append(run)
            continue
        pairs = [run[at : at + 2] for at in range(len(run))]
        # The text may go on where the last run ends: its last character is then no token of its own.
        found += pairs[:-1] if number == len(runs) and len(pairs) > 1 else pairs
    single = bool(runs) and len(runs[-1]) == 1 and PAIRED.match(runs[-1]) is not None
    return found, single
