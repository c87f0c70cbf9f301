"""The words that search finds a text by: pairs of neighbouring characters where a script has no blanks, else words.

Chinese, Japanese and Korean runs become overlapping pairs: 川普訪 is 川普, 普訪. Two characters are then one look-up,
more are a phrase, and one is a prefix; nothing is missed and nothing else is found, which neither a dictionary of words
nor trigrams can say. The last character of a run begins no pair: it stands alone where a word follows (用iPhone), and
those that begin nothing in the whole text are told once, after its end, which saves one token in ten. Everything is
folded first, so that simplified finds traditional, and width, case and accents do not matter.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import zip_longest
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
    """The tokens of a text, in order; after them the characters that begin none, so that one character is found too."""
    runs = RUN.findall(fold_for_search(text))
    found = _in_order(runs)
    begun = {token[0] for token in found}
    lasts = (run[-1] for run in runs if PAIRED.match(run))
    return found + [last for last in dict.fromkeys(lasts) if last not in begun]


def _in_order(runs: list[str]) -> list[str]:
    found: list[str] = []
    for run, following in zip_longest(runs, runs[1:]):
        if not PAIRED.match(run):
            found.append(run)
            continue
        found += map(add, run, run[1:])
        if len(run) == 1 or (following and not PAIRED.match(following)):
            found.append(run[-1])
    return found


def phrases(text: str) -> list[tuple[list[str], bool]]:
    """What to look up for ``text``: tokens that stand one after the other, and whether the last is only a beginning.

    Empty where the text has nothing to look up, one phrase nearly always. Two where a single character stands before a
    sign and more (說：「我們): the text may have it at the end of a run (他說), where it is no token of its own.
    """
    runs = RUN.findall(fold_for_search(text))
    apart = len(runs) > 1 and len(runs[0]) == 1 and all(PAIRED.match(run) for run in runs[:2])
    parts = [runs[:1], runs[1:]] if apart else [runs]
    return [(_in_order(part), len(part[-1]) == 1 and PAIRED.match(part[-1]) is not None) for part in parts if part]
