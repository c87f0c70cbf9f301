"""What a box of a page holds, as the web at large names it: by element, by class token, by its state.

The words are those that papers of all countries use in class names, each for what stands in such a box. A word counts
as a whole word of a class token (``related-posts``, ``relatedPosts``, ``related_posts``), never inside another word;
of words written apart (``most-read``) the pair counts.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from operator import add

# Elements that by their meaning are no story: lists of links, imprint, side matter, forms.
_TAGS = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "footer",
    "aside": "aside",
    "form": "form",
    "figure": "caption",
    "figcaption": "caption",
}
_KINDS = {
    # what readers write, and where
    "comments": "comment comments commenting disqus respond discussion",
    # other stories
    "related": "related relateds recommend recommended recommendation recommendations recirc recirculation readmore "
    "trending popular mostread mostpopular mostviewed morenews morestories latest teaser teasers outbrain taboola "
    "similar suggested suggestions seealso alsoread readnext upnext nextarticle prevnext",
    # what the house wants of the reader
    "promo": "promo promos promotion promobox newsletter newsletters subscribe subscription signup donate donation "
    "membership register regwall upsell cta ad ads advert adverts advertisement advertising adsense adunit adslot "
    "sponsor sponsored sponsors dfp gpt banner commercial anzeige werbung publicidad publicite marketing affiliate",
    # handles around the story
    "tools": "share shares sharing sharebar sharer social socials sns addthis sharethis toolbar tools bookmark print "
    "breadcrumb breadcrumbs pagination pager navigation nav navbar menu sidebar modal popup popover tooltip overlay "
    "cookie cookies consent gdpr login signin skip feedback rating ratings vote toast player reactions",
    # what is said about the story
    "about": "byline bylines author authors authorbio biography bio contributor contributors writer tags taglist "
    "keywords topics dateline timestamp pubdate publishdate lastupdated metadata copyright disclaimer",
    # facts beside it, in a box of their own
    "aside": "infobox factbox faktabox faktaruta faktaboks infokasten",
    # a sentence of the story set large beside it
    "repeated": "pullquote pullquotes pullout",
    # pictures
    "caption": "caption captions figcaption imagecaption photocaption imagedesc imgdesc picdesc photodesc "
    "imagetext phototext photoalt imgalt picalt credit credits photocredit legend leyenda "
    "legende bildunterschrift bildtext bijschrift didascalia dida epigrafe piefoto popisek billedtekst kuvateksti "
    "bildetekst",
}
_MARKS = {word: kind for kind, words in _KINDS.items() for word in words.split()}
_NOT_SHOWN = frozenset(
    ("hidden", "d-none", "sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "noprint", "no-print")
)
# Letters behind a digit are of a name that a build tool made: sc-f98b1ad2-0 is no "ad".
_WORD = re.compile(r"(?<![0-9])(?:[A-Z][a-z]+|(?<![a-z])[a-z]+|[A-Z]+)")
_SAYING = frozenset((*_MARKS, *(word for name in _NOT_SHOWN for word in _WORD.findall(name))))
# "print:hidden" and "[.ad_&]:mt-4" speak of a circumstance, "has-sidebar" and "comments-enabled" of what else there is.
_CONDITION = re.compile(r"(?:has|with|without|no|non|is|js|show|hide)[-_A-Z]|[^:\[!&]{0,90}+[:\[!&]")
_STATES = ("enabled", "disabled", "open", "closed", "loaded")
# "slide-the-actor-wore-a-similar-style" is made from a headline and names nothing.
_MOST_HYPHENS = 5

# How papers name the box of a story's text, and a subhead in it.
_STORY = re.compile(
    r"(?<![a-z])(?:article|story|post|entry|news|content|artikel|articulo|noticia|detail)[-_]{0,2}"
    r"(?:body|text|content|copy|main|paragraphs?|inner|article)(?![a-z])|articlebody|(?<!\S)(?:article|story|content|body)(?!\S)"
)
_SUBHEAD = re.compile(
    r"(?<![a-z])(?:sub-?head(?:line|ing)?s?|cross-?head(?:ing)?s?|inter-?tit(?:le|re|ulo)s?|ladillos?|zwischen-?titel"
    r"|zwischenueberschrift|mellanrubrik|mellomtittel|tussenkop)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Sense:
    """What a box is by its names: why it is no part of a story, whether it holds a story's text, or a subhead."""

    mark: str | None = None
    story: bool = False
    subhead: bool = False


_NOTHING = Sense()
# The attributes, besides the class, that say what a box is.
_SAYING_MORE = frozenset(("id", "data-component", "data-testid", "hidden", "aria-hidden", "style", "itemprop"))
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))


@lru_cache(maxsize=32_768)
def _sense(names: str) -> Sense:
    if not _says_anything(names):
        return _NOTHING
    mark, story, subhead = None, False, False
    for token in names.split()[:40]:
        if (found := _token_sense(token)) is not _NOTHING:
            mark, story, subhead = mark or found.mark, story or found.story, subhead or found.subhead
    return Sense(mark, story, subhead) if mark or story or subhead else _NOTHING


def _says_anything(names: str) -> bool:
    """Whether a word of any token may mean something: two names in three have none, and are not taken apart."""
    words = " ".join(_WORD.findall(names)).lower().split()
    if not (_SAYING.isdisjoint(words) and _SAYING.isdisjoint(map(add, words, words[1:]))):
        return True
    lowered = names.lower()
    return _STORY.search(lowered) is not None or _SUBHEAD.search(lowered) is not None


@lru_cache(maxsize=8192)
def _token_sense(token: str) -> Sense:
    if len(token) >= 100 or token.count("-") > _MOST_HYPHENS or token.endswith(_STATES) or _CONDITION.match(token):
        return _NOTHING
    lowered = token.lower()
    mark = "hidden" if token in _NOT_SHOWN else _mark(token)
    story, subhead = _STORY.search(lowered) is not None, _SUBHEAD.search(lowered) is not None
    return Sense(mark, story, subhead) if mark or story or subhead else _NOTHING


def _mark(token: str) -> str | None:
    before = ""
    words = [part.lower() for part in _WORD.findall(token)]
    if "social" in words and "embed" in words:  # a post that the story quotes, not a bar of buttons
        return None
    for word in words:
        if mark := _MARKS.get(word) or _MARKS.get(before + word):
            return mark
        before = word
    return None


def sense(tag: str, attributes: dict[str, str]) -> Sense:
    """What an element is by its name, its class, id and state."""
    own = _TAGS.get(tag)
    if not attributes:
        return _NOTHING if own is None else Sense(own)
    get = attributes.get
    found = _sense(names) if (names := get("class")) else _NOTHING
    if own is None and _SAYING_MORE.isdisjoint(attributes):
        return found  # most boxes
    # Where a build tool makes the class names, the names that people gave stand beside them.
    identity = get("id") or get("data-component") or get("data-testid")
    # The id of a heading is its words, for links to it: "nav_the_ferry", "share-of-the-vote".
    if identity and tag not in _HEADINGS and found.mark is None and (by_id := _sense(identity)) is not _NOTHING:
        found = Sense(by_id.mark, found.story or by_id.story, found.subhead)
    mark = own or found.mark or _state(get("hidden"), get("aria-hidden"), get("style"))
    if mark != found.mark:
        found = Sense(mark, found.story, found.subhead)
    return Sense(found.mark, True) if get("itemprop") == "articleBody" else found


def _state(hidden: str | None, unheard: str | None, style: str | None) -> str | None:
    if hidden is not None or unheard == "true":
        return "hidden"
    return "hidden" if hides(style) else None


def hides(style: str | None) -> bool:
    """Whether a ``style`` attribute keeps its element from being shown."""
    return style is not None and "none" in style and "display:none" in style.replace(" ", "")
