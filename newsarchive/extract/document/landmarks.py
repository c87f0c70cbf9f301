"""The elements of a visible page that say what they hold: headings, bylines, clocks, tags, breadcrumbs.

One walk over the page. The names looked for are those that standards and themes share (``byline``, ``rel=author``,
``itemprop=datePublished``), in the languages that class names are written in; no publisher's own names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from newsarchive.extract.document import Element, text_of
from newsarchive.extract.document.nodes import MACHINES, Node
from newsarchive.normalize.byline.chinese_words import BULLETS

_CLOSE = 6  # elements around a line that are asked for their names
_LONGEST_CLOCK = 120  # characters of a line that prints the time: "Published: Tuesday, 24 September 2019 at 10:05 …"
_LONGEST_TELLING = 150  # characters of a text that says that it is a byline
_LONGEST_LINE = 300  # characters of a headline or a byline
_MOST_TEXT = 600  # characters: no headline, byline, clock or standfirst that is believed has so many

# Parts of class, id, itemprop and rel, in lower case; "article__authorname" is an author, "authorize" is not.
_NAMES = {
    "bylines": re.compile(
        r"author(?!i[sz]|-?(?:bio|desc|image|img|avatar|photo|social|follow|box|info|content))|byline|by-line|autor(?!i[sz])|"
        r"auteur|writer|writ(?:e|ten)-?by|reporter|journalist|penulis|redacteur|(?:^|[\s_-])(?:signature|firmas?)(?:$|[\s_-])"
    ),
    "tags": re.compile(
        r"(?:^|[\s_-])(?:tags?|key-?words?|topics?|hashtags?|schlagwort\w*|etiquetas)(?:$|[\s_-])|tag-?s?(?:list|links|wrap|box)"
        r"|(?:article|post|entry|story|news|content)-?tags|taxonomy-term"
    ),
    "crumbs": re.compile(r"breadcrumb|bread-crumb|(?:^|[\s_-])crumbs?(?:$|[\s_-])"),
    "kickers": re.compile(r"kicker|eyebrow|overline|roofline|dachzeile|spitzmarke|antetitulo|surtitre|supertitle"),
    "clocks": re.compile(
        r"publi(?:sh|ca|é|ka)|pub-?(?:date|time)|(?:^|[\s_-])(?:date|time|datum|fecha)s?(?:$|[\s_-])|date-?time|timestamp|posted|dateline|"
        r"(?:article|post|entry|news|story)-?(?:date|time)"
    ),
    "subheadlines": re.compile(
        r"sub-?(?:headline|head|title)(?!s)|standfirst|chapo|bajada|entradilla|sommario|vorspann|"
        r"(?:article|post|story|entry|news)[-_]{0,2}(?:desc|description|intro|lead|summary|excerpt)(?![a-z])|(?:^|[\s_-])(?:dek|deck)(?:$|[\s_-])"
    ),
}
# What every one of them has in it, sorted by first letters: half the work for the regular expression.
_ANY = re.compile(
    "p(?:ubli|ub-?(?:date|time)|osted|enulis)|firma|signature|d(?:at(?:e|um)|e(?:ck|k|sc)|achzeile)|t(?:ime|ag|opic|axonomy)|fecha|"
    "a(?:ut(?:hor|eur|or)|ntetitulo)|by-?line|r(?:eporter|edacteur|oofline)|journalist|k(?:ey-?word|icker)|writ(?:er|(?:e|ten)-?by)|"
    "s(?:chlagwort|pitzmarke|urtitre|upertitle|u(?:b-?(?:head|title)|mmary)|tandfirst|ommario)|crumb|chapo|bajada|"
    "e(?:tiqueta|yebrow|ntradilla|xcerpt)|overline|vorspann|intro|lead"
)
# RDFa as Drupal writes it, which is microdata in other words.
_RDFA = {"dc:created": "datecreated", "dc:issued": "datepublished", "dc:modified": "datemodified"}
# HTML keeps ``address`` for whom to ask about a story (html.spec.whatwg.org, 4.3.10): near its headline, its author.
_BY_TAG = {"h1": "headings", "h2": "seconds", "time": "clocks", "address": "bylines"}
# The attributes, besides the class, that say what an element holds.
_SAYING = frozenset(("id", "data-component", "data-testid", "itemprop", "property", "rel"))
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # keywordTag, authorName
# A date with its year, as digits or in Chinese: what a line must have to be looked at as a clock.
_DATE = re.compile(
    r"\d{4}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d|\d{1,2}[./-]\d{1,2}[./-]\d{4}|\b(?:19|20)\d\d\b.{0,12}\d\d?:\d\d|\d\d?:\d\d.{0,25}\b20\d\d\b"
)

# Pages of authors, by the word in their address.
_AUTHOR_PAGE = re.compile(
    r"/(?:authors?|autor(?:en|in|es|e)?|auteurs?|reporters?|journalist(?:s|en|es|e)?|writers?|columnists?|contributors?|"
    r"muhabir(?:ler)?|giornalist[ai]|periodistas?|redaktor(?:en|zy|i)?|redakteure?|dziennikarz[e]?|novinar[i]?|medarbetare|"
    r"signataires|profiles?|by|staff|penulis|yazar(?:lar)?|firmas|col(?:um|u)nistas?|opinionist[ai]|kolumnist(?:en)?|skribenter?"
    r"|forfatter|toimittajat?|autorzy|autori|avtor[yi]?|tac-gia)/[^/?#]"
)  # of an address in lower case: ten times faster than to ignore case, and every link of a page is asked
# Lines that open like a byline, where nothing names them: a role, or "By" and its like in other languages.
_HAN_BYLINE = re.compile(
    r"\W{0,3}(?:[\w·]{0,12}(?:記者|记者|編譯|编译|評論員|评论员)|作者|撰文|採訪|采写|采访|撰稿|執筆|执笔|文\s?[／/｜丨|:：])"
)
_HAN_REPORT = re.compile(r"[／/╱]\s?[^。，,.!?！？／/╱]{0,14}(?:報導|报道|電|电|輯)\s*$")
_BY_WORDS = frozenset(
    (
        "by", "von", "par", "por", "di", "door", "af", "av", "autor", "autorin", "autorin/autor", "author", "text",
        "texte", "автор", "текст", "written", "reported", "reporting",
        "oleh", "كتب", "كتبت", "بقلم", "إعداد", "מאת", "โดย", "लेखक",
    )
)  # fmt: skip
# Nouns that are one only with their colon.
_BY_NOUNS = frozenset(
    ("گزارش:", "گزارشگر:", "نویسنده:", "خبرنگار:", "haber:", "yazan:", "muhabir:", "tekst:", "texto:", "testo:",
     "bericht:", "penulis:", "reporter:", "reportage:")
)  # fmt: skip
_OF_OURS = re.compile(r"(?:dal(?:la)? nostr|da noss|de (?:notre|nos |nuestr)|von unsere|from our )", re.IGNORECASE)
_BY_STARTS = frozenset((*(word[:2] for word in (*_BY_WORDS, *_BY_NOUNS)), "da", "de", "fr"))
# Cheap tests before the costly ones: most texts of a page are none of these.
_TELLING = re.compile(r"19\d\d|20\d\d|[编編核审審]|[Ee]dit(?:or|ed by)|[Rr]edaktur")
_EDITOR_LINE = re.compile(
    r"责任编辑|責任編輯|责编|責編|编辑|編輯|核稿|审核|審核|\bedited by\b|\beditor\b|\bredaktur\b", re.IGNORECASE
)

_ENDS_LABEL = re.compile(r"(?:[:：]|\bby)\s*$")

# What stands in these is another story's, a reader's, or the site's.
_STRANGE = re.compile(
    r"comment|related|recommend|trending|most-?(?:read|popular|viewed)|popular|sidebar|side-bar|teaser|promo(?!ted(?:$|\s))|newsletter|"
    r"(?<!entry-)(?<!article-)(?<!post-)(?<!story-)footer|navbar|(?:^|[\s_-])nav(?:$|[\s_-])|menu|widget|carousel|swiper|read-?more|more-?(?:news|stories)|hot-?(?:news|list)"
)
_STRANGE_TAGS = frozenset({"aside", "nav", "figure", "figcaption", "form"})


@dataclass(slots=True, eq=False)
class Landmark:
    """An element, its place in document order, and how it is named, for the rule."""

    element: Element
    at: int
    name: str
    _text: str | None = field(default=None, init=False, repr=False)

    @property
    def text(self) -> str:
        """What a reader sees in it, cut where it is far too long for what it calls itself."""
        if self._text is None:  # several rules ask
            self._text = text_of(self.element, _MOST_TEXT)
        return self._text

    @property
    def value(self) -> str:
        """What it states for machines, else its text."""
        return (self.element.get("content") or self.element.get("datetime") or self.text).strip()


@dataclass(slots=True)
class Landmarks:
    """What one walk found, each list in page order."""

    headings: list[Landmark] = field(default_factory=list)  # h1
    seconds: list[Landmark] = field(default_factory=list)  # h2
    lines: list[Landmark] = field(default_factory=list)  # lines with which a machine-readable title begins
    bylines: list[Landmark] = field(default_factory=list)
    editors: list[Landmark] = field(default_factory=list)  # lines that name an editor
    clocks: list[Landmark] = field(default_factory=list)
    tags: list[Landmark] = field(default_factory=list)
    crumbs: list[Landmark] = field(default_factory=list)
    kickers: list[Landmark] = field(default_factory=list)
    subheadlines: list[Landmark] = field(default_factory=list)
    microdata: dict[str, list[Landmark]] = field(default_factory=dict)  # itemprop in lower case

    def leave_out(self, others: Iterable[Element]) -> None:
        """Forget the bylines and clocks within ``others``: they are other stories'."""
        inside = {inner for element in others for inner in element.iter()}
        if inside:
            self.bylines = [mark for mark in self.bylines if mark.element not in inside]
            self.clocks = [mark for mark in self.clocks if mark.element not in inside]


@lru_cache(maxsize=32_768)
def _kinds(names: str) -> tuple[str, ...]:
    if not _ANY.search(names.lower()):
        return ()
    lowered = _CAMEL.sub("-", names).lower()
    return tuple(kind for kind, pattern in _NAMES.items() if pattern.search(lowered))


def landmarks(nodes: Iterable[Node], titles: Iterable[str]) -> Landmarks:
    """Walk ``nodes`` once. ``titles`` are those that it states for machines: visible lines are matched with them."""
    found = Landmarks()
    stated = "\n".join(titles)
    for at, (element, parent, tag, own, text, tail) in enumerate(nodes):
        if tag in MACHINES:
            continue
        names = own.get("class")
        if not _SAYING.isdisjoint(own):
            if (extra := own.get("id")) is not None:
                names = f"{names} {extra}" if names else extra
            if (extra := own.get("data-component") or own.get("data-testid")) is not None:
                names = f"{names} {extra}" if names else extra
            if (extra := own.get("itemprop")) is not None:
                found.microdata.setdefault(extra.strip().lower(), []).append(Landmark(element, at, "itemprop"))
                names = f"{names} {extra}" if names else extra
            if (extra := own.get("property")) is not None and "content" in own:
                for name in map(_RDFA.get, extra.lower().split()):
                    if name is not None:
                        found.microdata.setdefault(name, []).append(Landmark(element, at, "property"))
            if (extra := own.get("rel")) is not None:
                names = f"{names} {extra}" if names else extra
        if names and len(names) < 500:
            for kind in _kinds(names):
                getattr(found, kind).append(Landmark(element, at, names))
        if tag == "a":
            if (href := own.get("href")) is not None and _AUTHOR_PAGE.search(href.lower()):
                found.bylines.append(Landmark(element, at, "author-page"))
        elif tag in _BY_TAG:
            getattr(found, _BY_TAG[tag]).append(Landmark(element, at, tag))
        if text is not None and 2 <= len(text) < _LONGEST_LINE:
            start, told = _tells(text)
            if told or (start and start in stated):
                _note(found, text, element, element, at, stated)
        if tail is not None and 2 <= len(tail) < _LONGEST_LINE:
            start, told = _tells(tail)
            if told or (start and start in stated):
                _note(found, tail, element, parent, at, stated)
    return found


def _note(found: Landmarks, text: str, element: Element, owner: Element | None, at: int, titles: str) -> None:
    """Note what a text says of itself. It stands in ``owner``, and in or right behind ``element``."""
    if owner is None:
        return
    start, told = _tells(text)
    if _A_CLOCK in told and owner.tag != "time":
        found.clocks.append(Landmark(owner, at, _label(owner)))
    if _A_BYLINE in told:
        # A label alone: the name stands beside it, in the element around both.
        around = owner.getparent() if len(text.split()) == 1 else owner
        if around is not None:
            found.bylines.append(Landmark(around, at, _label(around)))
    if _AN_EDITOR in told:
        # A label alone: the name is in the element behind it.
        found.editors.append(Landmark(owner if _ENDS_LABEL.search(text) else element, at, _label(element)))
    if start and start in titles:
        found.lines.append(Landmark(element, at, _label(element)))


_A_CLOCK, _A_BYLINE, _AN_EDITOR = "clock", "byline", "editor"


# Most texts of a page are its paper's menus and labels: the same on every page.
@lru_cache(maxsize=8192)
def _tells(text: str) -> tuple[str, tuple[str, ...]]:
    """The first characters of a text that may be a title, and what it says of itself by its words alone."""
    start = text.strip()[:12]
    start = start if len(start) > 5 else ""
    told: tuple[str, ...] = ()
    if len(text) >= _LONGEST_TELLING:
        return start, told
    may = "20" in text or "19" in text or "dit" in text or "edaktur" in text or not text.isascii()
    telling = may and len(text) < _LONGEST_CLOCK and _TELLING.search(text)
    if telling and _DATE.search(text):
        told += (_A_CLOCK,)
    if opens_like_byline(text):
        told += (_A_BYLINE,)
    if telling and len(text) < 80 and _EDITOR_LINE.search(text):
        told += (_AN_EDITOR,)
    return start, told


def opens_like_byline(text: str) -> bool:
    """Whether a line opens (or, in Chinese, ends) as bylines do, though nothing names it one."""
    line = text.strip().lstrip(BULLETS)
    if line[:1] < "\u3000" and line[:1] not in ("", "(", "["):
        if line[:2].lower() not in _BY_STARTS:
            return False
        word = line.split(None, 1)[0].lower()
        return word.rstrip(":") in _BY_WORDS or word in _BY_NOUNS or _OF_OURS.match(line) is not None
    return bool(_HAN_BYLINE.match(line) or _HAN_REPORT.search(line))


def _label(element: Element) -> str:
    names = (element.get("class") or element.get("id") or "").split()
    return f"{element.tag}.{names[0]}" if names else str(element.tag)


def strange(element: Element) -> bool:
    """Whether it stands among what is not the story: other stories, comments, navigation, the caption of a picture."""
    footer = element.tag == "footer"
    if element.tag in ("aside", "nav"):
        return True
    for depth, ancestor in enumerate(element.iterancestors()):
        if depth > 30:
            break
        tag = ancestor.tag
        if tag in _STRANGE_TAGS:
            return True
        if tag in ("main", "article"):
            return False
        if tag == "body":
            return footer
        footer = footer or tag == "footer"  # the page's own, unless an article is around it
        names = ancestor.get("class")
        if names and _named_strange(names):
            return True
    return False


def named_strange(element: Element) -> bool:
    """Whether a class of it, or of an element close around it, names what is not the story."""
    for depth, around in enumerate((element, *element.iterancestors())):
        if depth > _CLOSE or around.tag in ("main", "article", "body"):
            break
        if (names := around.get("class")) and _named_strange(names):
            return True
    return False


@lru_cache(maxsize=8192)
def _named_strange(names: str) -> bool:
    return _STRANGE.search(names.lower()) is not None
