"""How much text two stories have in common: their shingles, overlapping runs of words or Chinese characters.

A run of eight characters or five words hardly stands in two texts by chance. A text is found again by a small sample of
its shingles, chosen by their hashes alone, so that two texts with common passages choose common shingles; whether they
really are alike is then decided by all of them. Everything is folded first: width, case, punctuation and traditional or
simplified characters make no difference.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from heapq import nsmallest
from itertools import accumulate
from typing import Literal
from zlib import crc32

from newsarchive.normalize.text import fold_characters

Relation = Literal["same_text", "shares_text"]

METHOD = "shingles"
VERSION = 2
"""To be raised whenever the same text would be sampled or judged otherwise."""

# A character of a script without blanks is a token of its own; elsewhere a word is. A number is one token with its
# thousands and decimals, so that 1,234 and 1234 are the same.
_WIDE = "\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U000323af"
_THOUSANDS = re.compile(r",(?<=\d,)(?=\d{3})")
_TOKEN = re.compile(rf"[{_WIDE}]|\d+(?:\.\d+)*|[^\W\d_{_WIDE}]+")
_WIDE_RUN = re.compile(f"[{_WIDE}]+")
_WIDE_SHARE = 0.3  # of such tokens, above which a text counts as written in characters
_CHARACTERS, _WORDS = 8, 5  # tokens in a shingle

FEWEST = {_CHARACTERS: 60, _WORDS: 48}
"""Tokens that a text needs, by width of shingle: items of two sentences are alike too often, and are only compared
exactly."""

# At least so many shingles of a text are sampled, so that short texts are found; of long texts one in so many, so that
# a short text is found in a long one. A hash of 48 bits fits into the six bytes that SQLite has for an integer.
_AT_LEAST = 12
_ONE_IN = 32
_AT_MOST = 96
_BELOW = 2**32 // _ONE_IN

# Shares of common text. Two thirds kept of a text give a Jaccard index of .67, two fifths one of .4.
_SAME = 0.35
_SHARED = 0.45
_LOOK_AT = 4  # one shingle in so many tells whether a text is worth comparing whole

# Weather, shares and lottery: one wording with other numbers in it. A story of some length with new figures has most of
# its sentences as they were; a cut or merged one has a passage that no template is long enough for.
_TEMPLATE_NUMBERS = 2
_TEMPLATE_AGREEING = 0.5
_TEMPLATE_TOKENS = 300
_TEMPLATE_SHARED = 0.8
_TEMPLATE_SHORT = {_CHARACTERS: 150, _WORDS: 100}  # tokens, by width of shingle
_TEMPLATE_PASSAGE = {_CHARACTERS: 130, _WORDS: 80}  # tokens in a row


@dataclass(frozen=True)
class Shingled:
    """A text cut into tokens. ``width`` is the number of tokens in a shingle."""

    tokens: Sequence[str]
    width: int

    @classmethod
    def of(cls, body: str) -> Shingled:
        """Cut a body."""
        text = _THOUSANDS.sub("", fold_characters(body))
        tokens = _TOKEN.findall(text)
        wide = len(text) - len(_WIDE_RUN.sub("", text))
        return cls(tokens, _CHARACTERS if wide > len(tokens) * _WIDE_SHARE else _WORDS)

    @cached_property
    def shingles(self) -> frozenset[bytes]:
        """All shingles, as UTF-8; none if the text is too short."""
        if len(self.tokens) < FEWEST[self.width]:
            return frozenset()
        return frozenset(self.runs())

    def runs(self) -> Iterator[bytes]:
        """The shingles in the order of the text, cut out of it: to join each from its tokens takes twice as long."""
        text = " ".join(self.tokens).encode()
        places = list(accumulate((len(token) + 1 for token in text.split(b" ")), initial=0))
        return (text[start : end - 1] for start, end in zip(places, places[self.width :], strict=False))

    def every(self, step: int) -> Iterator[bytes]:
        """One in ``step`` of the shingles, each joined from its tokens: cheaper for a few than to cut up the text."""
        starts = range(0, len(self.tokens) - self.width + 1, step)
        return (" ".join(self.tokens[at : at + self.width]).encode() for at in starts)

    @cached_property
    def numbers(self) -> Counter[tuple[str, str, str]]:
        """The numbers in digits, each with the tokens beside it: a 7 of the month is no 7 months in jail."""
        around = zip(("", *self.tokens), self.tokens, (*self.tokens[1:], ""), strict=False)
        return Counter(place for place in around if place[1][0].isdecimal())

    def sample(self) -> tuple[int, ...]:
        """Hashes by which the text is found again; none if it is too short."""
        # A checksum chooses, because it costs a tenth of a hash; the hash tells those chosen apart for good.
        ranks = list(map(crc32, self.shingles))
        chosen = [run for rank, run in zip(ranks, self.shingles, strict=True) if rank < _BELOW]
        if not _AT_LEAST <= len(chosen) <= _AT_MOST:
            fitting = min(max(len(chosen), _AT_LEAST), _AT_MOST)
            chosen = [run for _, run in nsmallest(fitting, zip(ranks, self.shingles, strict=True))]
        return tuple(int.from_bytes(blake2b(run, digest_size=6).digest(), signed=True) for run in chosen)


def compare(one: Shingled, other: Shingled) -> tuple[Relation, float] | None:
    """What two texts are to each other and the share that says so, 0 to 1; ``None`` if they are strangers.

    ``same_text``: the share is that of the common shingles among all shingles of both. ``shares_text``: it is that of
    the common ones among those of the shorter text.
    """
    if _far_apart(one, other):
        return None
    shorter, longer = sorted((one, other), key=lambda text: len(text.shingles))
    common = shorter.shingles & longer.shingles
    if not common:
        return None
    of_both = len(common) / (len(shorter.shingles) + len(longer.shingles) - len(common))
    of_shorter = len(common) / len(shorter.shingles)
    if max(of_both / _SAME, of_shorter / _SHARED) < 1:
        return None
    if _other_numbers(shorter, longer):
        if len(shorter.tokens) < _TEMPLATE_SHORT[shorter.width]:
            return None
        if of_shorter < _TEMPLATE_SHARED and _longest_passage(shorter, common) < _TEMPLATE_PASSAGE[shorter.width]:
            return None
    return ("same_text", of_both) if of_both >= _SAME else ("shares_text", of_shorter)


def _far_apart(one: Shingled, other: Shingled) -> bool:
    """Whether under half of what the smallest share asks for is common, going by some shingles of the other text.

    Most texts with a hash in common end with the same line and are no more alike than that. To see it this way costs a
    tenth of cutting the other one up.
    """
    common = sum(run in one.shingles for run in other.every(_LOOK_AT)) * _LOOK_AT
    return common < _SHARED / 2 * min(len(one.shingles), len(other.tokens) - other.width + 1)


def _other_numbers(shorter: Shingled, longer: Shingled) -> bool:
    """Whether both texts have numbers, and mostly different ones."""
    own = shorter.numbers.total()
    if len(shorter.tokens) >= _TEMPLATE_TOKENS or min(own, longer.numbers.total()) < _TEMPLATE_NUMBERS:
        return False
    return (shorter.numbers & longer.numbers).total() < own * _TEMPLATE_AGREEING


def _longest_passage(text: Shingled, common: frozenset[bytes]) -> int:
    """Length in tokens of the longest passage made of common shingles."""
    longest = current = 0
    for run in text.runs():
        current = current + 1 if run in common else 0
        longest = max(longest, current)
    return longest + text.width - 1 if longest else 0
