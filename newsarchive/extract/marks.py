"""What the page says of its own kind: behind a paywall, a live blog."""

from __future__ import annotations

import re
from collections.abc import Sequence

from newsarchive.extract.document import jsonld
from newsarchive.extract.document.landmarks import Landmarks
from newsarchive.extract.document.nodes import Node
from newsarchive.extract.document.structured import Structured
from newsarchive.reading import Found

_TIER = ("article:content_tier", "content_tier", "article:access", "access", "isaccessibleforfree")
_LOCKED = frozenset(
    ("locked", "paid", "premium", "subscriber", "subscribers", "subscription", "false", "paywall", "plus")
)
# Plain phrases, looked for one by one: an alternation that ignores case takes far longer.
_PAY_WORDS = (
    "subscribe to continue", "subscribe to read", "to continue reading", "subscriber only", "subscribers only",
    "already a subscriber", "jetzt weiterlesen", "weiterlesen mit", "réservé aux abonnés", "pour lire la suite",
    "solo para suscriptores", "contenuto riservato",
    "訂閱後", "訂閱即可", "會員專屬", "會員限定", "付費閱讀", "订阅后", "付费阅读", "会员专享", "この記事は有料",
    "会員限定", "유료회원",
)  # fmt: skip
TEASER = 1500
"""Weight of a body (a Chinese character counts two and a half) up to which the free part of a paid story goes."""
_LIVE_ADDRESS = re.compile(
    r"/(?:live-?blogs?|live-?ticker|news-?ticker)/|[/-]live-?(?:blog|ticker)[/.-]", re.IGNORECASE
)


def paywalled(data: Structured, marks: Landmarks) -> Found | None:
    """Whether the page states that the story is not free: schema.org's isAccessibleForFree, a content tier."""
    for node in data.articles or ([data.article] if data.article else []):
        if node is data.article and str(node.get("isAccessibleForFree")).lower() in (
            "false",
            "http://schema.org/false",
        ):
            return Found("true", f"json-ld: {data.article_type}.isAccessibleForFree")
    for name in _TIER:
        for content in data.meta.get(name, ()):
            if content.lower() in _LOCKED:
                return Found("true", f"meta: {name}")
    for mark in marks.microdata.get("isaccessibleforfree", ())[:1]:
        if mark.value.lower() == "false":
            return Found("true", "microdata: isAccessibleForFree")
    return None


def pay_notice(nodes: Sequence[Node]) -> Found | None:
    """Words of ``nodes`` that ask to pay for the rest. Many papers have them beside whole stories too."""
    shown = "".join([piece for _, _, _, _, text, tail in nodes for piece in (text, tail) if piece]).lower()
    words = next((words for words in _PAY_WORDS if words in shown), None)
    return Found(words, "page: text") if words else None


def live_blog(data: Structured, url: str) -> Found | None:
    """Whether the story is a live blog: it says so, or its address does."""
    for node in data.nodes:
        if "liveblogposting" in jsonld.types(node):
            return Found("true", "json-ld: LiveBlogPosting")
    return Found("true", "address") if _LIVE_ADDRESS.search(url) else None
