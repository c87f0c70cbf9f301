"""The passage of a text in which a search hit, and the places that it hit, in the original characters. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from newsarchive.archive.search.query import Term
from newsarchive.normalize.tokens import PAIRED, RUN, WORD_CHARACTER, fold_for_search

LENGTH = 80  # characters of a snippet; about what two lines of a terminal show of Chinese
_LEAD = 24  # characters before the first hit


@dataclass(frozen=True, slots=True)
class Marked:
    """A text with the places that were hit, as (start, end), in order and apart from each other."""

    text: str
    hits: tuple[tuple[int, int], ...] = ()

    def with_marks(self, before: str, after: str) -> str:
        """Write the text with ``before`` and ``after`` around each hit."""
        out, at = [], 0
        for start, end in self.hits:
            out += [self.text[at:start], before, self.text[start:end], after]
            at = end
        return "".join([*out, self.text[at:]])


def mark(text: str, terms: Iterable[Term]) -> Marked:
    """Mark in a text what the terms hit."""
    folded = fold_for_search(text)
    spans = sorted(match.span() for term in terms for match in _pattern(term).finditer(folded))
    hits: list[tuple[int, int]] = []
    for start, end in spans:
        if hits and start <= hits[-1][1]:
            hits[-1] = (hits[-1][0], max(end, hits[-1][1]))
        else:
            hits.append((start, end))
    return Marked(text, tuple(hits))


def snippet(texts: Sequence[str], terms: Sequence[Term]) -> Marked:
    """Cut the passage of the first text that was hit; where none was, the beginning of the first."""
    for text in texts:
        marked = mark(text, terms)
        if marked.hits:
            return _cut(marked, max(0, marked.hits[0][0] - _LEAD))
    return _cut(Marked(texts[0] if texts else ""), 0)


def _cut(marked: Marked, start: int) -> Marked:
    text = marked.text
    if start > 0 and not PAIRED.match(text[start]):
        # Not in the middle of a word, where a script has words.
        while start > 0 and not text[start - 1].isspace() and not PAIRED.match(text[start - 1]):
            start -= 1
    end = min(len(text), start + LENGTH)
    before, after = "…" if start > 0 else "", "…" if end < len(text) else ""
    # Paragraphs run on: one character for one, so that the places stay.
    passage = before + text[start:end].replace("\n", " ") + after
    shift = len(before) - start
    hits = tuple((max(a, start) + shift, min(b, end) + shift) for a, b in marked.hits if a < end and b > start)
    return Marked(passage, hits)


@lru_cache(maxsize=256)
def _pattern(term: Term) -> re.Pattern[str]:
    """What a term looks like in folded text: its runs one after the other, whatever signs stand between them."""
    runs = RUN.findall(fold_for_search(term.text))
    pattern = r"[\W_]*".join(re.escape(run) for run in runs)
    if runs and not PAIRED.match(runs[0]):
        pattern = rf"(?<!{WORD_CHARACTER}){pattern}"
    if runs and not term.prefix and not PAIRED.match(runs[-1]):
        pattern = rf"{pattern}(?!{WORD_CHARACTER})"
    return re.compile(pattern)
