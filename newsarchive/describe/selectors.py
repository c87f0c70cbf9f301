"""Selectors for those fields in which the generic reading is beaten or finds nothing, and for no others.

Witnesses that the generic reading does not hear, or hears last, are compared with it: what feeds and sitemaps say of a
story (title, time, keywords), and what the page states for machines (names, body) where the reading came out without.
Where they disagree on several pages and one place on these pages says what the witness says, that place is proposed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from newsarchive.describe.recorded import Sample
from newsarchive.extract.document import Element, jsonld, text_of
from newsarchive.extract.document.select import SelectorError, elements
from newsarchive.extract.document.structured import structured
from newsarchive.normalize.text import fold
from newsarchive.normalize.times import parse_time

# Pages on which reading and witness must disagree: one or two are chance, or an editor's second thought.
_ENOUGH = 3
# Share of the disagreeing pages on which a selector must be right, and of all pages on which it must not be wrong.
_SURE = 0.9
_WORTH_A_LOOK = 0.5
_MOST_ELEMENTS = 5000  # of a page that are looked at
_NAME = re.compile(r"[A-Za-z_][\w-]*")
# Class names that a build tool made up, and that the next build changes.
_MADE_UP = re.compile(r"(?=.*\d)(?=.*[A-Za-z])[A-Za-z0-9]{5,}$|^(?:css|sc|jsx|svelte|astro)-|__[A-Za-z0-9]{5,}$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A selector for a field: ``right`` on so many of the ``beaten`` pages; ``sure``, or for a person to decide."""

    field: str
    selector: str
    witness: str
    right: int
    beaten: int
    sure: bool


def propose_selectors(samples: Sequence[Sample], zone: str | None) -> Iterator[Proposal]:
    """Yield a proposal for each field in which a witness beats the generic reading."""
    for name, witness, said, read, same in (
        ("headline", "the listings' titles", _listed_title, _read_headline, _equal),
        ("byline", "the names that the page states for machines", _stated_names, _read_names, _holds),
        ("published", "the listings' times", _listed_time, _read_time, _Times(zone)),
        ("tags", "the listings' keywords", _listed_keywords, _read_tags, _one_of),
        ("body", "the body that the page states for machines", _stated_body, _read_body, _nearly),
    ):
        if proposal := _propose(name, witness, samples, said, read, same):
            yield proposal


def _propose(
    name: str,
    witness: str,
    samples: Sequence[Sample],
    said: Callable[[Sample], str | None],
    read: Callable[[Sample], str | None],
    same: Callable[[str, str], bool],
) -> Proposal | None:
    heard = [(sample, text) for sample in samples if (text := said(sample))]
    beaten = [(sample, text) for sample, text in heard if not same(text, read(sample) or "")]
    if len(beaten) < _ENOUGH:
        return None
    votes: Counter[str] = Counter()
    for sample, text in beaten:
        votes.update({selector for element in _saying(sample, text, same) for selector in _selectors_of(element)})
    best = None
    for selector, _ in votes.most_common(20):
        right = sum(_selects(sample, selector, text, same) for sample, text in beaten)
        everywhere = sum(_selects(sample, selector, text, same) for sample, text in heard)
        if best is None or (right, everywhere) > best[:2]:
            best = (right, everywhere, selector)
    if best is None or best[0] < _WORTH_A_LOOK * len(beaten):
        return None
    right, everywhere, selector = best
    # It must also be right where the reading was: a selector counts before the generic reading on every page.
    sure = right >= _SURE * len(beaten) and everywhere >= _SURE * len(heard)
    return Proposal(field=name, selector=selector, witness=witness, right=right, beaten=len(beaten), sure=sure)


def _saying(sample: Sample, text: str, same: Callable[[str, str], bool]) -> Iterator[Element]:
    """The innermost elements that say ``text``."""
    seen = 0
    for element in sample.document.root.iter():
        if not isinstance(element.tag, str):
            continue
        seen += 1
        if seen > _MOST_ELEMENTS:
            return
        # Cheap first: an element shorter than a fifth of the text, or ten times longer, does not say it.
        own = text_of(element)
        if not own or len(own) > 10 * len(text) + 200 or not same(text, own):
            continue
        if not any(isinstance(child.tag, str) and same(text, text_of(child)) for child in element):
            yield element


def _selectors_of(element: Element) -> Iterator[str]:
    if (own := element.get("id")) and _NAME.fullmatch(own) and not re.search(r"\d{3}", own):
        yield f"#{own}"
    if (prop := element.get("itemprop")) and _NAME.fullmatch(prop):
        yield f"[itemprop={prop}]"
    for name in (element.get("class") or "").split():
        if _NAME.fullmatch(name) and not _MADE_UP.search(name):
            yield f"{element.tag}.{name}"
    parent = element.getparent()
    if parent is not None and isinstance(element.tag, str):
        for name in (parent.get("class") or "").split():
            if _NAME.fullmatch(name) and not _MADE_UP.search(name):
                yield f".{name} > {element.tag}"


def _selects(sample: Sample, selector: str, text: str, same: Callable[[str, str], bool]) -> bool:
    """Whether the first match says the text: that is what a layout takes."""
    try:
        found = elements(sample.document, selector)
    except SelectorError:
        return False
    if same is _one_of:
        return bool(found) and all(same(text, text_of(element)) for element in found)
    return bool(found) and same(text, text_of(found[0]))


def _listed_title(sample: Sample) -> str | None:
    return sample.listing.title if sample.listing else None


def _listed_time(sample: Sample) -> str | None:
    return sample.listing.published if sample.listing else None


def _listed_keywords(sample: Sample) -> str | None:
    return "\n".join(sample.listing.keywords) if sample.listing and sample.listing.keywords else None


def _stated_names(sample: Sample) -> str | None:
    data = structured(sample.document)
    names = jsonld.texts(data.resolve(data.article.get("author"))) or data.meta.get("author", [])
    return names[0] if names and len(names[0]) < 60 and "://" not in names[0] else None


def _stated_body(sample: Sample) -> str | None:
    body = jsonld.text(structured(sample.document).article.get("articleBody"))
    return body if body and len(body) > 200 else None


def _read_headline(sample: Sample) -> str | None:
    return sample.article.headline


def _read_names(sample: Sample) -> str | None:
    article = sample.article
    return " ".join([article.byline or "", article.provider or "", *(author.name for author in article.authors)])


def _read_time(sample: Sample) -> str | None:
    published = sample.article.published
    return published.utc.isoformat() if published and published.utc else None


def _read_tags(sample: Sample) -> str | None:
    return "\n".join(sample.article.tags) or None


def _read_body(sample: Sample) -> str | None:
    return sample.article.body


def _equal(said: str, read: str) -> bool:
    return fold(said) == fold(read)


def _holds(said: str, read: str) -> bool:
    return fold(said) in fold(read) and len(read) < 150


def _one_of(said: str, read: str) -> bool:
    wanted = {fold(line) for line in said.split("\n")}
    return bool(read) and all(fold(line).lstrip("#") in wanted for line in read.split("\n"))


def _nearly(said: str, read: str) -> bool:
    """Whether two bodies are one: the pairs of characters that both have (Dice's coefficient)."""
    a, b = _pairs(said), _pairs(read)
    return bool(a and b) and 2 * sum((a & b).values()) > 0.9 * (sum(a.values()) + sum(b.values()))


def _pairs(text: str) -> Counter[str]:
    folded = fold(text)
    return Counter(folded[at : at + 2] for at in range(len(folded) - 1))


class _Times:
    """Two strings of one minute."""

    def __init__(self, zone: str | None) -> None:
        self.zone = zone

    def __call__(self, said: str, read: str) -> bool:
        if not 6 < len(read) < 80:
            return False
        one, other = (parse_time(text, zone=self.zone) for text in (said, read))
        if one is None or other is None or one.utc is None or other.utc is None:
            return False
        return abs((one.utc - other.utc).total_seconds()) < 60
