"""The tags that the paper gave the story.

Four pages in five state them in ``meta``, as many in JSON-LD, most as links, and every one of these is elsewhere filled
with something else: words picked by a machine, the section, codes, the same words on every page. Sources that agree
vouch for each other, so the list wins that has the most trusted agreement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice

from newsarchive.extract.document import jsonld, text_of
from newsarchive.extract.document.landmarks import Landmarks, strange
from newsarchive.extract.document.structured import Structured
from newsarchive.normalize.organisations import is_organisation
from newsarchive.normalize.text import HAN_CHARACTER, clean, fold

# ``article:tag`` and links to tag pages are made from the editor's tags; ``keywords`` is as often a machine's.
_WEIGHTS = {
    "article:tag": 1.0,
    "json-ld": 0.9,
    "news_keywords": 0.9,
    "links": 0.8,
    "row": 0.8,
    "keywords": 0.6,
    "other": 0.5,
    "listing": 0.5,
}
_META = (
    ("article:tag", ("article:tag", "og:article:tag", "og:tags", "video:tag")),
    ("news_keywords", ("news_keywords", "news-keywords")),
    ("keywords", ("keywords", "keyword")),
    ("other", ("parsely-tags", "sailthru.tags", "dc.subject", "dcterms.subject", "custom-keywords", "tags")),
)
_WORDS = ("news_keywords", "keywords")
_LONGEST = 60  # characters of a tag; longer ones are headlines
_LONGEST_LABEL = 30
_MOST = 60  # tags of one story; a page's own list of all its topics is longer
_MOST_LINKS = 25
# Of six keywords or more of a story, a quarter at least stands in it (276 pages looked at); of a site's, a seventh.
_MANY = 6
_SEVERAL = 4  # of which none stands in it
_OF_THE_SITE = 0.2
_SPLIT = re.compile(r"\s*[,;，；、|]\s*")
# Codes and switches that content systems keep in the same field: "urn:…", "type:story", "AERO08", "hp-teaser", "123".
_CODE = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-|(?:[A-Z]\w* ){0,2}(?:Category|Tokens?|Type|Section|Channel): |"
    r"(?:[A-Z]{2,}:|urn:|https?:|\w+:\w|tag:|#?\d+$)|"
    r"[A-Z0-9]*\d[A-Z0-9]*:|[A-Z]+\d+[A-Z0-9]*$|[a-z0-9]+(?:_[a-z0-9]+){1,}$"
)
_MORE = re.compile(
    r"(?:show|see|view|read|load) (?:more|all)|more|mehr(?: anzeigen)?|ver más|voir plus|更多|もっと見る|더보기", re.I
)
_UPPER = re.compile(r"[A-Z]{1,6}")
_TOWN = 3  # Chinese characters of most towns' names
_TRADE = frozenset(map(fold, ("新聞", "新闻", "ニュース", "뉴스")))
# NHK NEWS WEB: what stands behind the name of a house, in a key.
_MEDIUM = re.compile(r"(?:news|web|online|digital)+$")
_WITHIN = re.compile(r"#.")  # an address in the page: "Skip the next section"
_HOT = re.compile(r"trending|popular|most-?read|hot-", re.IGNORECASE)  # of the day, not of the story
_COUNT = re.compile(r"^\(\d+\)\s*")
_TAG_PAGE = re.compile(
    r"/(?:tags?|tagging|topics?|thema|themen|thematique|temas?|hashtags?|keywords?|stichwort\w*|schlagwort\w*|etiquetas?|emne|argomenti)/",
    re.I,
)
_LABEL = re.compile(
    r"^(?:(?:related |article |in this )?(?:tags?|keywords?|topics?)|filed under|more on|read more about|"
    r"(?:mehr zu[mr]? )?themen|schlagw\w+|etiquetas?|temas|palabras clave|palavras-chave|tópicos|mots[- ]cl[ée]s|"
    r"sujets?|thèmes?|argomenti|onderwerpen|trefwoorden|emner?|ämnen|etiketter|etiketler|tagi|štítky|témata|címkék|"
    r"теги|метки|темы|теми|ключевые слова|từ khóa|chủ đề|แท็ก(?:ที่เกี่ยวข้อง)?|"
    r"태그|키워드|タグ|キーワード|関連\w*|標籤|标签|"
    r"關鍵[字詞]|关键[字词]|相[關关](?:標籤|标签|話題|话题|主題)|الوسوم|وسوم|תגיות|ετικέτες)(?!\w)\s*[:：]?\s*",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Tags:
    """The tags in the order given, and the rule that found them."""

    names: list[str]
    rule: str


def tags(
    data: Structured,
    marks: Landmarks,
    headline: str | None,
    sites: set[str],
    listed: Sequence[str] = (),
    described: tuple[list[str], str] | None = None,
    row: Sequence[str] = (),
    story: Sequence[str] = (),
) -> Tags | None:
    """The tags of the story; ``listed`` are a listing's keywords, ``sites`` the folded names of the site.

    ``row`` are links beside the story that a label, or where they lead, makes tags: where no element calls itself tags.
    ``story`` are its paragraphs.
    """
    if described is not None and (names := _clean(described[0], headline, sites)):
        return Tags(names, described[1])
    lists = [
        (source, rule, names)
        for source, rule, raw in _sources(data, marks, row, listed)
        if (names := _clean(raw, headline, sites))
        and not (source == "keywords" and _are_the_sites(names, headline, story))
    ]
    if not lists:
        return None
    keys = [{fold(name) for name in names} for _, _, names in lists]

    def agreement(index: int) -> float:
        own = keys[index]
        return sum(_WEIGHTS[lists[i][0]] * len(own & other) / len(own | other) for i, other in enumerate(keys))

    best = max(range(len(lists)), key=agreement)
    others = [key for key, (source, _, _) in zip(keys, lists, strict=True) if source != "row"]
    if lists[best][0] in ("json-ld", "row") and others.count(keys[best]) <= 1:
        # JSON-LD that gives a part of what a meta element gives has been cut to some class of tags; a row may be one
        # of several.
        whole = _WORDS if lists[best][0] == "json-ld" else (*_WORDS, "article:tag", "json-ld")
        best = next((i for i, key in enumerate(keys) if lists[i][0] in whole and keys[best] < key), best)
    _, rule, names = lists[best]
    return Tags(names, rule)


def _are_the_sites(keywords: list[str], headline: str | None, story: Sequence[str]) -> bool:
    """Whether a list of keywords stands on every page of the site: hardly one of many speaks of the story."""
    if len(keywords) < _SEVERAL:
        return False
    told = " ".join([headline or "", *story]).lower()
    speaking = sum(name.lower() in told and not is_organisation(name) for name in keywords)
    return speaking == 0 or (len(keywords) >= _MANY and speaking <= _OF_THE_SITE * len(keywords))


def _sources(
    data: Structured, marks: Landmarks, row: Sequence[str], listed: Sequence[str]
) -> Iterable[tuple[str, str, list[str]]]:
    if stated := jsonld.texts(data.article.get("keywords")):
        yield "json-ld", f"json-ld: {data.article_type}.keywords", stated
    for source, names in _META:
        for name in names:
            if name in data.meta:
                yield source, f"meta: {name}", data.meta[name]
                break
    links, rule = _links(marks)
    if links:
        yield "links", rule, links
    elif row:
        yield "row", "page: row of links beside the story", list(row)
    if listed:
        yield "listing", "listing: keywords", list(listed)


def _links(marks: Landmarks) -> tuple[list[str], str]:
    """The links, else the pieces, of the first block that calls itself tags, below the headline."""
    start = marks.headings[0].at if marks.headings else 0
    marked = [mark for mark in marks.tags if mark.at >= start] or marks.tags
    alone: list[str] = []
    for mark in marked[:60]:
        element = mark.element
        if element.tag in ("body", "html", "main", "article", "meta") or strange(element) or _HOT.search(mark.name):
            continue
        if element.tag == "a":
            if (element.get("rel") == "tag" or _TAG_PAGE.search(element.get("href") or "")) and (
                text := text_of(element)
            ):
                alone.append(text)
            continue
        links = (link for link in element.iter("a") if not _WITHIN.match(link.get("href") or ""))
        names = [text for link in islice(links, _MOST_LINKS + 1) if (text := text_of(link))]
        if not names and len(element) == 0 and (parent := element.getparent()) is not None and parent.tag == "a":
            alone.append(text_of(element))
        if names and len(names) <= _MOST_LINKS and all(_is_tag(name) for name in names):
            words = _without_label(text_of(element), names[0])
            # A block of tags is little more than its links; a teaser with one tag on it is not.
            if sum(map(len, names)) >= 0.6 * len(_LABEL.sub("", words)):
                if len(names) > 1:
                    return names, f"page: {element.tag}.{mark.name.split()[0]}"
                alone += names
    return alone[:_MOST_LINKS], "page: a[rel=tag]"


def _without_label(words: str, first: str) -> str:
    """A block's words without the label before its first tag, in whatever language: it ends with a colon."""
    label, _, rest = words.partition(first)
    return f"{first}{rest}" if label.rstrip().endswith((":", "：")) and len(label) < _LONGEST_LABEL else words


def _is_tag(text: str) -> bool:
    """A tag is a name: no sentence, no headline."""
    return len(text) <= _LONGEST and not re.search(r"[?!。？！]|\.\s", text) and len(text.split()) <= 8


def _is_house(key: str, sites: set[str]) -> bool:
    """Whether a folded tag is the site or its trade; the town in a paper's name ("Berliner Zeitung": Berlin) is a tag.

    朝日新聞デジタル has no blank, 明報 is short for 明報新聞網: there a house is what opens a site's name and is longer
    than a town's, or has the one name in the other and ends like a paper's.
    """
    if key in sites or key in _TRADE or _MEDIUM.sub("", key) in sites:
        return True
    if not HAN_CHARACTER.match(key):
        return False
    if len(key) > _TOWN and any(site.startswith(key) for site in sites):
        return True
    return is_organisation(key) and any(key in site or site in key for site in sites if HAN_CHARACTER.match(site))


def _clean(raw: Iterable[str], headline: str | None, sites: set[str]) -> list[str]:
    title = fold(headline or "")
    names: dict[str, str] = {}
    pieces = [piece for text in list(raw)[:200] for piece in _SPLIT.split(clean(text))]
    if len(pieces) == 1 and len(words := pieces[0].split()) > 1 and all(map(HAN_CHARACTER.match, words)):
        pieces = words  # Chinese has no blanks of its own: they are between the tags
    for piece in pieces:
        name = _COUNT.sub("", _LABEL.sub("", piece)).strip().lstrip("#").strip(" .\"'")
        key = fold(name)
        if (
            key
            and key != title
            and not _is_house(key, sites)
            and len(name) <= _LONGEST
            and not _CODE.match(name)
            and not _MORE.fullmatch(name)
        ):
            names.setdefault(key, name)
    if len(names) > 4 and sum(bool(_UPPER.fullmatch(name)) for name in names.values()) > 0.7 * len(names):
        return []  # a list of codes
    return list(names.values())[:_MOST]
