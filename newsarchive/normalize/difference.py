"""The difference of two texts as a person reads it: by word, and by character where words are not parted by blanks."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Operation = Literal["equal", "delete", "insert"]
Opcode = tuple[str, int, int, int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text that both have, that only the old one has (delete), or only the new one (insert)."""

    operation: Operation
    text: str


# Han, kana, and the scripts of Southeast Asia that put no blanks between words: each character is a token.
_UNSPACED = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_MARKS = r"\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0900-\u0fff\u200d\ufe0f"
_LETTERS = rf"(?:(?![{_UNSPACED}])[^\W\d_][{_MARKS}]*)+"
_TOKEN = re.compile(
    rf"\d+(?:[.,:]\d+)*|{_LETTERS}(?:['’\-]{_LETTERS})*|\s+|[\s\S][{_MARKS}]*"
)  # numbers, words, white space, single characters
_SENTENCE = re.compile(r"[^。！？!?\n]*[。！？!?]+[」』”’\")]*\s*|[^。！？!?\n]+\s*|\n+")

# Paragraphs (sentences) that share this much of the shorter one's tokens are one, edited; below it a person would
# rather say that one went and another came.
_SAME = 0.4
# Paragraphs with more tokens than this are compared sentence by sentence: difflib's time grows with the square.
_LONG = 1500
# Replaced runs longer than this are paired in their order, without looking for the best pairing.
_MANY = 300


def tokens(text: str) -> list[str]:
    """Cut a text into words, numbers, blanks and single characters; joined they are the text again."""
    return _TOKEN.findall(text)


def compare(old: str, new: str) -> list[list[Part]]:
    """Compare two texts paragraph by paragraph (paragraphs are parted by line breaks).

    Each list is one paragraph: kept whole, gone whole, come whole, or edited.
    """
    before, after = _paragraphs(old), _paragraphs(new)
    return [list(_compare_pair(one, other)) for one, other in _align(before, after)]


def _paragraphs(text: str) -> list[str]:
    return [line for line in text.split("\n") if line.strip()]


def _compare_pair(old: str | None, new: str | None) -> Iterator[Part]:
    if old is None or new is None or old == new:
        text = new if old is None else old
        if text:
            yield Part("insert" if old is None else "delete" if new is None else "equal", text)
        return
    before, after = tokens(old), tokens(new)
    if max(len(before), len(after)) <= _LONG:
        yield from _parts(before, after)
        return
    sentences = _align(_SENTENCE.findall(old), _SENTENCE.findall(new))
    found = [part for pair in sentences for part in _compare_long(*pair)]
    yield from _merged(found)


def _compare_long(old: str | None, new: str | None) -> Iterator[Part]:
    if old is None or new is None or old == new:
        yield from _compare_pair(old, new)
    else:
        yield from _parts(tokens(old), tokens(new))


def _align(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Put paragraphs side by side: the same ones, edited ones, and those that only one side has."""
    before, after = (["".join(text.split()) for text in side] for side in (old, new))
    for kind, i, i_end, j, j_end in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from ((new[n], new[n]) for n in range(j, j_end))
        else:
            yield from _pair(old[i:i_end], new[j:j_end])


def _pair(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str | None, str | None]]:
    """Pair edited paragraphs so that as much as possible of their text is shared, keeping their order."""
    if not old or not new or len(old) * len(new) > _MANY**2:
        both = min(len(old), len(new)) if old and new else 0
        yield from zip(old[:both], new[:both], strict=True)
        yield from ((text, None) for text in old[both:])
        yield from ((None, text) for text in new[both:])
        return
    bags = [[Counter(token for token in tokens(text) if token.strip()) for text in side] for side in (old, new)]
    shares = [[_share(one, other) for other in bags[1]] for one in bags[0]]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in range(len(old) - 1, -1, -1):
        for j in range(len(new) - 1, -1, -1):
            paired = shares[i][j] + best[i + 1][j + 1] if shares[i][j] >= _SAME else 0.0
            best[i][j] = max(paired, best[i + 1][j], best[i][j + 1])
    i = j = 0
    while i < len(old) and j < len(new):
        if shares[i][j] >= _SAME and best[i][j] == shares[i][j] + best[i + 1][j + 1]:
            yield old[i], new[j]
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            yield old[i], None
            i += 1
        else:
            yield None, new[j]
            j += 1
    yield from ((text, None) for text in old[i:])
    yield from ((None, text) for text in new[j:])


def _share(one: Counter[str], other: Counter[str]) -> float:
    common = sum((one & other).values())
    return common / max(1, min(one.total(), other.total())) if common else 0.0


def _parts(old: Sequence[str], new: Sequence[str]) -> Iterator[Part]:
    # A sentence may be endless too. Matches then begin at its rarer tokens only, which is quick, and grow from there.
    codes = SequenceMatcher(None, old, new, autojunk=max(len(old), len(new)) > _LONG).get_opcodes()
    found = []
    for kind, i, i_end, j, j_end in _readable(codes, lambda i, i_end: _letters(old[i:i_end])):
        if kind == "equal":
            found.append(Part("equal", "".join(new[j:j_end])))
        else:
            found.append(Part("delete", "".join(old[i:i_end])))
            found.append(Part("insert", "".join(new[j:j_end])))
    yield from _merged(found)


def _letters(texts: Sequence[str]) -> int:
    return sum(character.isalnum() for text in texts for character in text)


def _readable(codes: Sequence[Opcode], letters: Callable[[int, int], int]) -> Sequence[Opcode]:
    """Take islands that are kept only by chance (a 的, an "of") into the changes around them.

    An island is one by chance if it has no more letters than the change before it and the change after it.
    """
    changed = True
    while changed:
        changed = False
        for n in range(1, len(codes) - 1):
            (before, i, _, j, _), (kind, i1, i2, j1, j2), (after, _, i_end, _, j_end) = codes[n - 1 : n + 2]
            if kind != "equal" or "equal" in (before, after):
                continue
            smaller = min(max(i1 - i, j1 - j), max(i_end - i2, j_end - j2))
            if letters(i1, i2) <= smaller and i2 - i1 <= 2 * smaller + 1:
                codes = [*codes[: n - 1], ("replace", i, i_end, j, j_end), *codes[n + 2 :]]
                changed = True
                break
    return codes


def _merged(parts: Sequence[Part]) -> Iterator[Part]:
    """Join neighbours of one kind; of a change, what went stands before what came."""
    kept: list[Part] = []
    gone, come = "", ""

    def change() -> Iterator[Part]:
        if gone:
            yield Part("delete", gone)
        if come:
            yield Part("insert", come)

    for part in parts:
        if not part.text:
            continue
        if part.operation == "delete":
            gone += part.text
        elif part.operation == "insert":
            come += part.text
        elif kept and not gone and not come:
            kept[-1] = Part("equal", kept[-1].text + part.text)
        else:
            kept += [*change(), part]
            gone, come = "", ""
    yield from (*kept, *change())
