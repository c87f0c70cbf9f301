"""How much text two stories have in common: their shingles, overlapping runs of words or Chinese characters.

A run of eight characters or five words hardly stands in two texts by chance. A text is found again by a small sample of
its shingles, chosen by their hashes alone, so that two texts with common passages choose common shingles; whether they
really are alike is then decided by all of them. Everything is folded first: width, case, punctuation and traditional or
simplified characters make no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from heapq import nsmallest
from typing import Literal
from zlib import crc32

from newsarchive.normalize.text import fold_characters

Relation = Literal["same_text", "shares_text"]

METHOD = "shingles"
VERSION = 1
"""To be raised whenever the same text would be sampled or judged otherwise."""

# A character of a script without blanks is a token of its own; elsewhere a word is. A number is one token with its
# thousands and decimals, so that 1,234 and 1234 are the same.
_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
_TOKEN = re.compile(rf"[{_WIDE}]|\d+(?:[.,]\d+)*|[^\W\d_{_WIDE}]+")
_WIDE_TOKEN = re.compile(f"[{_WIDE}]")
_WIDE_SHARE = 0.3  # of such tokens, above which a text counts as written in characters
_CHARACTERS, _WORDS = 8, 5  # tokens in a shingle

FEWEST = 40
"""Tokens that a text needs: shorter ones are alike too often, and are only compared exactly."""

# At least so many shingles of a text are sampled, so that short texts are found; of long texts one in so many, so that
# a short text is found in a long one. A hash of 48 bits fits into the six bytes that SQLite has for an integer.
_AT_LEAST = 12
_ONE_IN = 32
_AT_MOST = 96
_BELOW = 2**32 // _ONE_IN

# Shares of common text. Two thirds kept of a text give a Jaccard index of .67, two fifths one of .4.
_SAME = 0.35
_SHARED = 0.45

# Weather, shares and lottery: one wording with other numbers. A long text is none of these.
_TEMPLATE_TOKENS = 300
_TEMPLATE_NUMBERS = 4
_TEMPLATE_AGREEING = 0.5


@dataclass(frozen=True)
class Shingled:
    """A text cut into tokens. ``width`` is the number of tokens in a shingle."""

    tokens: Sequence[str]
    width: int

    @classmethod
    def of(cls, body: str) -> Shingled:
        """Cut a body."""
        tokens = [token.replace(",", "") for token in _TOKEN.findall(fold_characters(body))]
        wide = sum(1 for token in tokens if _WIDE_TOKEN.match(token))
        return cls(tokens, _CHARACTERS if wide > len(tokens) * _WIDE_SHARE else _WORDS)

    @cached_property
    def shingles(self) -> dict[str, int]:
        """Each shingle and where it stands first; none if the text is too short."""
        if len(self.tokens) < FEWEST:
            return {}
        runs = map(" ".join, zip(*(self.tokens[start:] for start in range(self.width)), strict=False))
        found: dict[str, int] = {}
        for place, run in enumerate(runs):
            found.setdefault(run, place)
        return found

    @cached_property
    def numbers(self) -> Counter[str]:
        """The numbers in digits."""
        return Counter(token for token in self.tokens if token[0].isdecimal())

    def sample(self) -> tuple[int, ...]:
        """Hashes by which the text is found again; none if it is too short."""
        # A checksum chooses, because it costs a tenth of a hash; the hash tells those chosen apart for good.
        ranked = [(crc32(run.encode()), run) for run in self.shingles]
        chosen = [run for rank, run in ranked if rank < _BELOW]
        if not _AT_LEAST <= len(chosen) <= _AT_MOST:
            chosen = [run for _, run in nsmallest(min(max(len(chosen), _AT_LEAST), _AT_MOST), ranked)]
        return tuple(int.from_bytes(blake2b(run.encode(), digest_size=6).digest(), signed=True) for run in chosen)


def compare(one: Shingled, other: Shingled) -> tuple[Relation, float] | None:
    """What two texts are to each other and the share that says so, 0 to 1; ``None`` if they are strangers.

    ``same_text``: the share is that of the common shingles among all shingles of both. ``shares_text``: it is that of
    the common ones among those of the shorter text.
    """
    shorter, longer = sorted((one, other), key=lambda text: len(text.shingles))
    common = shorter.shingles.keys() & longer.shingles.keys()
    if not common:
        return None
    of_both = len(common) / (len(shorter.shingles) + len(longer.shingles) - len(common))
    of_shorter = len(common) / len(shorter.shingles)
    if max(of_both / _SAME, of_shorter / _SHARED) < 1 or _from_one_template(shorter, longer):
        return None
    if of_both >= _SAME:
        return "same_text", of_both
    return "shares_text", of_shorter


def _from_one_template(shorter: Shingled, longer: Shingled) -> bool:
    if len(shorter.tokens) >= _TEMPLATE_TOKENS:
        return False
    numbers, others = shorter.numbers.total(), longer.numbers.total()
    if min(numbers, others) < _TEMPLATE_NUMBERS:
        return False
    return (shorter.numbers & longer.numbers).total() < numbers * _TEMPLATE_AGREEING
