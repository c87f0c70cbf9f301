"""The headline: what stands over the story, its kicker included, without the name of the site.

Sources disagree for good reasons: JSON-LD and OpenGraph carry versions made for search and for social networks, the
title element has the site's name and section after it, the first ``h1`` may be a logo. No source is right everywhere
(the best single one on 141 pages is JSON-LD with .81), but two that agree rarely err. So each source votes for its
wording, and the wording with the most weight wins; among spellings of one wording the most common. What is printed
weighs most: it is what the readers had before them. The words of the address are no witness: where wordings differ,
they are the ones for search.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from newsarchive.extract.document import Document, jsonld
from newsarchive.extract.document.landmarks import Landmark, Landmarks
from newsarchive.extract.document.structured import Structured
from newsarchive.extract.printed import printed
from newsarchive.normalize.names import is_latin_name
from newsarchive.normalize.text import clean, fold
from newsarchive.reading import Found

# A title's parts are set apart by these; a colon only in its full width, where Japanese papers put their name after it.
_SEPARATOR = re.compile(r"\s+[-–—|｜·•:»«/]+\s+|\s*(?:[|｜ㅣ_]|--|——|：|\s-|-\s|-(?=[^-\s]{2,12}$))\s*")
_DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
# The last part of a title that names a site by the word for one.
_SITE_WORD = re.compile(
    r"(?:网|網|新闻|新聞|日报|日報|晚报|晚報|时报|時報|[电電]子[版报報]|[数數]字[报報]|在线|頻道|频道|客户端|資訊|资讯|】|ニュース|新聞デジタル|일보|신문|뉴스)$"
)
_HOUSES = frozenset(("organization", "newsmediaorganization"))
_IN_BRACKETS = re.compile(r"\s*[（(【\[]([^（）()【】\[\]]{2,40})[)）】\]]\s*$")
_LONGEST_SITE = 40  # characters of a site's name with its section
# 一洲焦點／…, 影／…, 經典賽／…: how Chinese papers in Taiwan print it.
_SLASH = re.compile(r"([^／╱，。、：？！「」]{0,9}[\u3400-\u9fff][^／╱，。、：？！「」]{0,9})[／╱]\s*(?=\S.{5})")
# 澳門…報電子版-長者…: without blanks, a hyphen may stand inside a word too.
_AFTER_SITE = re.compile(r"(?<=[\u3400-\u9fff\uac00-\ud7af])-(?=[\u3400-\u9fff\uac00-\ud7af])")
_COMMA = re.compile(r"(?:[,.;!?]\s+|[，、،；。！？]\s*)(?=\w)")
_LONGEST = 600  # characters; a longer title is a text
_LONGEST_SECTION = 20
_KICKER_END = re.compile(r"(?:\s*[:：／╱]\s*|\s+[/|｜–—-]\s+)$")

# Trust where sources disagree, see the module's text. OpenGraph and Twitter mostly hold one string twice.
_WEIGHTS = {"json-ld": 1.1, "page": 1.3, "og": 1.0, "twitter": 0.4, "meta": 1.0, "title": 0.6, "listing": 0.2}


@dataclass(frozen=True, slots=True)
class Headline:
    """A headline with its kicker and where it stands on the page, if it does."""

    found: Found
    kicker: Found | None = None
    element: Landmark | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    text: str
    rule: str
    source: str
    element: Landmark | None = None


def headline(
    document: Document,
    data: Structured,
    marks: Landmarks,
    sites: set[str],
    listed: str | None = None,
    suffixes: Iterable[str] = (),
) -> Headline | None:
    """The story's headline.

    ``sites`` are the folded names of the site, ``listed`` is the title that a listing gave, ``suffixes`` what a layout
    wants cut.
    """
    stated = _stated(data, listed)
    visible = _visible(marks, [without_site(candidate.text, sites, []) for candidate in stated])
    texts = [fold(candidate.text) for candidate in (*visible, *stated)]
    candidates = []
    for candidate in (*stated, *visible):
        heading = candidate.element is not None and candidate.element.name == "h1"
        text = candidate.text if heading else without_site(candidate.text, sites, texts, suffixes)
        if fold(text) and fold(text) not in sites:
            candidates.append(_Candidate(text, candidate.rule, candidate.source, candidate.element))
    if not candidates:
        return None
    groups: dict[str, list[_Candidate]] = {}
    for candidate in candidates:
        groups.setdefault(fold(candidate.text), []).append(candidate)
    weights = {key: sum(_WEIGHTS[source] for source in {c.source for c in group}) for key, group in groups.items()}
    best = max(groups, key=lambda key: weights[key])
    longer = _with_kicker(best, groups, marks) or _whole(best, groups)
    group = groups[longer or best]
    element = next((c.element for key in (longer or best, best) for c in groups[key] if c.element is not None), None)
    if element is None:  # the page prints another wording of it, in the same place
        element = next((c.element for c in visible if c.element is not None and c.element.name == "h1"), None)
    spellings = Counter(clean(c.text) for c in group)
    chosen = max(group, key=lambda c: (spellings[clean(c.text)], _WEIGHTS[c.source] - 0.8 * (c.source == "page")))
    return Headline(Found(chosen.text, chosen.rule), _kicker(chosen, groups), element)


def _stated(data: Structured, listed: str | None) -> list[_Candidate]:
    node, found = data.article, []
    if text := jsonld.text(node.get("headline")) or jsonld.text(node.get("name")):
        found.append(_Candidate(clean(text), f"json-ld: {data.article_type}.headline", "json-ld"))
    for source, names in (
        ("meta", ("headline", "article:title", "dc.title", "dcterms.title")),
        ("og", ("og:title", "title")),
        ("twitter", ("twitter:title", "twitter:text:title")),
    ):
        if meta := data.first(*names):
            found.append(_Candidate(clean(meta[0]), f"meta: {meta[1]}", source))
    if data.title:
        found.append(_Candidate(clean(data.title), "page: title", "title"))
    if listed:
        found.append(_Candidate(clean(listed), "listing: title", "listing"))
    return [candidate for candidate in found if candidate.text and len(candidate.text) <= _LONGEST]


def _visible(marks: Landmarks, stated: list[str]) -> list[_Candidate]:
    """What is printed as the headline, and the h1 of the trail to the page, which is the title element once more."""
    seen = printed(marks, stated)
    found = []
    if seen.heading is not None:
        rule = f"page: {seen.heading.name}"
        found.append(_Candidate(clean(seen.text), rule, "page", seen.heading))
    if seen.trail is not None:
        found.append(_Candidate(clean(seen.trail.text), "page: h1 in the trail", "title"))
    return found


def site_names(document: Document, data: Structured) -> set[str]:
    """The folded names by which the page calls its site, and those that its host gives."""
    names = [*data.meta.get("og:site_name", ()), *data.meta.get("application-name", ())]
    names += data.meta.get("apple-mobile-web-app-title", ())
    names += [text for node in (data.article,) for text in jsonld.texts(data.resolve(node.get("publisher")))]
    for node in data.nodes:
        if not {"website", *_HOUSES}.isdisjoint(jsonld.types(node)):
            names += jsonld.texts(node.get("name")) + jsonld.texts(node.get("alternateName"))
    try:
        host = urlsplit(document.url).hostname or ""
    except ValueError:
        host = ""
    labels = host.removeprefix("www.").split(".")
    names += [host, ".".join(labels), *(label for label in labels[:-1] if len(label) > 2)]
    return {key for name in names if (key := fold(name))}


def houses(data: Structured) -> set[str]:
    """The folded names of organisations that the story is said to be by.

    A page that passes on another paper's story names that paper, in brackets behind the headline too; some name the
    town.
    """
    names: list[str] = []
    authors = data.resolve(data.article.get("author"))
    for author in authors if isinstance(authors, list) else [authors]:
        if isinstance(author, dict) and not _HOUSES.isdisjoint(jsonld.types(author)):
            # Some systems call every author an organization.
            names += [name for name in jsonld.texts(author.get("name")) if not is_latin_name(name)]
    return {key for name in names if (key := fold(name))}


def without_site(title: str, sites: set[str], others: list[str], suffixes: Iterable[str] = ()) -> str:
    """``title`` without the site's name, and the section before it, at its end or its start.

    A tail is cut where the rest is a title that another source gives, where it names the site, is a domain, or ends in
    the word for a news site. A tail that is none of these belongs to the headline: "Brand in Lichterfelde – starke
    Rauchentwicklung".
    """
    for suffix in suffixes:
        if title.endswith(suffix):
            title = title.removesuffix(suffix).rstrip(" \t|｜-–—_·:：")
    cuts = list(_separators(title))
    for cut in cuts:
        head, tail = title[: cut.start()], title[cut.end() :]
        if (
            len(fold(head)) > 5
            and fold(head) in others
            and len(tail) <= _LONGEST_SITE + 20
            and fold(title) != fold(head)
        ):
            return head.strip()
    for cut in cuts:
        if fold(tail := title[cut.end() :]) in others and any(
            len(site) > 3 and fold(title[: cut.start()]).startswith(site) for site in sites
        ):
            return tail.strip()  # The Harbour Post : City : Ferry bell found
    before = None  # the separator of what was cut last
    while cuts:
        cut = cuts.pop()
        head, tail = title[: cut.start()], title[cut.end() :].strip()
        key = fold(tail)
        named = key in sites or any(len(site) > 3 and site in key and len(key) < 2 * len(site) + 6 for site in sites)
        # One word between the headline and the site, set apart in the same way, is the section.
        section = before is not None and cut.group() == before and " " not in tail and len(tail) <= _LONGEST_SECTION
        if not fold(head) or not (named or section or _DOMAIN.fullmatch(tail) or _is_site(tail, cut.group())):
            break
        title, before = head.strip(), cut.group()
        cuts = list(_separators(title))  # a hyphen without blanks is one only at the end
    if (house := _IN_BRACKETS.search(title)) and house.start() and fold(house[1]) in sites:
        title = title[: house.start()]
    first = next(iter(_separators(title)), None) or _AFTER_SITE.search(title[:_LONGEST_SITE])
    if first is not None and ":" not in first[0]:
        rest = fold(title[first.end() :])
        if _opens_with_site(title[: first.start()], sites) and len(rest) > (10 if rest.isascii() else 6):
            return title[first.end() :].strip()
    return title


def _opens_with_site(head: str, sites: set[str]) -> bool:
    return fold(head) in sites or (len(head) <= _LONGEST_SITE // 4 and _SITE_WORD.search(head) is not None)


@lru_cache(maxsize=64)  # a page states one title in several places
def _separators(title: str) -> tuple[re.Match[str], ...]:
    return tuple(_SEPARATOR.finditer(title))


def _is_site(tail: str, separator: str) -> bool:
    if len(tail) > _LONGEST_SITE:
        return False
    # "_" never stands inside a headline: what comes after it is section and site.
    return bool(_SITE_WORD.search(tail)) or "_" in separator or "ㅣ" in separator


def _with_kicker(best: str, groups: dict[str, list[_Candidate]], marks: Landmarks) -> str | None:
    """The key of a wording that is the best one with a kicker before it.

    What is only told to social networks is a kicker where the page has it in an element of its own, or prints nothing.
    """
    printed = any(candidate.source == "page" for candidate in groups[best])
    kickers = {fold(mark.text) for mark in marks.kickers} if printed else set()
    for key, group in groups.items():
        if key != best and key.endswith(best) and len(best) > 8:
            for candidate in group:
                if candidate.source in ("json-ld", "page", "og") and (start := _before(candidate.text, best)):
                    told = candidate.source == "og" and printed and fold(start) not in kickers
                    return key if _KICKER_END.search(start) and len(start) < 60 and not told else None
    return None


def _whole(best: str, groups: dict[str, list[_Candidate]]) -> str | None:
    """The key of the wording that is printed, and of which the best one is but the beginning.

    It is stated once more, or goes on behind a comma or full stop; else what stands behind may be none of the headline.
    """
    for key, group in groups.items():
        if key == best or not key.startswith(best) or len(best) <= 8:
            continue
        sources = {candidate.source for candidate in group}
        if sources > {"page"}:
            return key
        if "page" in sources and any(_goes_on(candidate.text, best) for candidate in group):
            return key
    return None


def _goes_on(text: str, beginning: str) -> bool:
    """Whether a comma or full stop stands in ``text`` behind the part whose folded form is ``beginning``."""
    return any(fold(text[: at.start()]) == beginning for at in _COMMA.finditer(text))


def _before(text: str, key: str) -> str | None:
    """What stands in ``text`` before the part whose folded form is ``key``."""
    for at in range(len(text)):
        if fold(text[at:]) == key and fold(text[at]):
            return text[:at]
    return None


def _kicker(chosen: _Candidate, groups: dict[str, list[_Candidate]]) -> Found | None:
    key = fold(chosen.text)
    for other, group in groups.items():
        if other != key and key.endswith(other) and len(other) > 8 and (start := _before(chosen.text, other)):
            kicker = _KICKER_END.sub("", start).strip()
            if kicker and kicker != start.strip() and len(kicker) < 60:
                return Found(kicker, f"{chosen.rule}, before {group[0].rule}")
    if slash := _SLASH.match(chosen.text):
        return Found(slash[1], f"{chosen.rule}, before the slash")
    return None
