"""What on a page is not the story, as the web at large names it: by element, by class token, by the state of a box.

The words are those that papers of all countries use in class names, each for what stands in such a box. A word counts
as a whole word of a class token (``related-posts``, ``relatedPosts``, ``related_posts``), never inside another word.
"""

from __future__ import annotations

import re
from functools import lru_cache

from newsarchive.extract.document import Element

# Elements that by their meaning are no story: lists of links, imprint, side matter, forms.
_TAGS = {
    "nav": "navigation",
    "footer": "footer",
    "aside": "aside",
    "form": "form",
    "menu": "navigation",
    "figure": "caption",
}

_WORDS: dict[str, str] = {
    # what readers write, and where
    "comments": "comments? commenting disqus respond discussion",
    # other stories
    "related": "related relateds recommend recommended recommendation recommendations recirc recirculation readmore "
    "trending popular mostread mostpopular mostviewed morenews morestories latest teaser teasers outbrain taboola "
    "similar suggested suggestions seealso alsoread readnext upnext nextarticle prevnext",
    # what the house wants of the reader
    "promo": "promo promos promotion promobox newsletter newsletters subscribe subscription signup donate donation "
    "membership register regwall upsell cta ad ads advert adverts advertisement advertising adsense adunit adslot "
    "sponsor sponsored sponsors dfp gpt banner commercial anzeige werbung publicidad publicite marketing affiliate",
    # handles around the story
    "tools": "share shares sharing sharebar sharer socials? social sns addthis sharethis toolbar tools bookmark print "
    "breadcrumb breadcrumbs pagination pager navigation nav navbar menu sidebar modal popup popover "
    "tooltip overlay cookie cookies consent gdpr login signin skip feedback rating ratings vote toast player reactions",
    # what is said about the story
    "about": "byline bylines author authors authorbio biography bio contributor contributors writer tags taglist "
    "keywords topics dateline timestamp pubdate publishdate lastupdated metadata copyright disclaimer",
    # pictures
    "caption": "caption captions figcaption wp-caption-text imagecaption photocaption credit credits photocredit "
    "legend leyenda legende bildunterschrift",
}


_NOT_SHOWN = frozenset(
    ("hidden", "d-none", "sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "noprint", "no-print")
)


def _alternatives(words: str) -> str:
    return "|".join(words.split())


def _pattern() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{_alternatives(words)})" for name, words in _WORDS.items())
    return re.compile(rf"(?<![a-z])(?:{groups})(?![a-z])")


_CLASS = _pattern()
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
# "print:hidden" and "[.ad_&]:mt-4" speak of a circumstance, "has-sidebar" and "comments-enabled" of what else there is.
_CONDITIONAL = re.compile(r"[:\[!&]|^(?:has|with|no|is|js|show|hide)[-_A-Z]|(?:enabled|disabled|open|closed|loaded)$")


@lru_cache(maxsize=20_000)
def _class_mark(names: str) -> str | None:
    for token in names.split()[:40]:
        # "slide-the-actor-wore-a-similar-style" is made from a headline and names nothing.
        if len(token) < 100 and token.count("-") < 6 and not _CONDITIONAL.search(token):
            if token in _NOT_SHOWN:
                return "hidden"
            if match := _CLASS.search(_CAMEL.sub("-", token).lower()):
                return match.lastgroup
    return None


_SUBHEAD = re.compile(
    r"(?<![a-z])(?:sub-?head(?:line|ing)?s?|cross-?head(?:ing)?s?|inter-?tit(?:le|re|ulo)s?|ladillos?|zwischen-?titel"
    r"|zwischenueberschrift|mellanrubrik|mellomtittel|tussenkop)(?![a-z])"
)


@lru_cache(maxsize=20_000)
def is_subhead_class(names: str) -> bool:
    """Whether a class says that a line is a subhead inside the text."""
    return _SUBHEAD.search(_CAMEL.sub("-", names[:500]).lower()) is not None


def box_mark(element: Element) -> str | None:
    """Why a block element is likely no part of the story, in a word (``related``); ``None`` where nothing says so."""
    tag = element.tag
    if tag in _TAGS:
        return _TAGS[tag]
    attributes = element.attrib
    names = attributes.get("class")
    identity = attributes.get("id")
    if (names or identity) and (mark := _class_mark(f"{names or ''} {identity or ''}")):
        return mark
    if attributes.get("hidden") is not None or attributes.get("aria-hidden") == "true":
        return "hidden"
    style = attributes.get("style")
    if style and "none" in style and "display:none" in style.replace(" ", ""):
        return "hidden"
    return None
