"""The section of the paper in which the story stands."""

from __future__ import annotations

import re

from newsarchive.extract.document import jsonld, text_of
from newsarchive.extract.document.landmarks import Landmarks
from newsarchive.extract.document.structured import Structured
from newsarchive.normalize.text import clean, fold
from newsarchive.reading import Found

_META = (
    "article:section",
    "og:article:section",
    "parsely-section",
    "section",
    "dc.section",
    "content_category",
    "category",
)
_HOME = re.compile(
    r"home(?:page)?|start(?:seite)?|startsida|forside|accueil|inicio|início|portada|"
    r"首页|首頁|主頁|主页|ホーム|(?:ニュース)?トップ(?:ページ)?|홈|главная|головна|αρχική|ana ?sayfa|beranda|"
    r"trang chủ|หน้าแรก|होम|الرئيسية|ראשי|strona główna|(?:hlavní|titulní) (?:stránka|strana)|etusivu|hem|hjem|"
    r"news|新闻|新聞|ニュース|>|»|/",
    re.IGNORECASE,
)
_LONGEST = 40  # characters; what is longer is a headline at the end of a breadcrumb


def section(
    data: Structured, marks: Landmarks, headline: str | None, sites: set[str], listed: str | None = None
) -> Found | None:
    """The section, its printed name: JSON-LD, meta, then the first step of a breadcrumb below the home page."""
    candidates = [
        (text, f"json-ld: {data.article_type}.articleSection")
        for text in jsonld.texts(data.article.get("articleSection"))[:3]
    ]
    candidates += [(text, f"meta: {name}") for name in _META for text in data.meta.get(name, ())[:1]]
    candidates += [(text, "json-ld: BreadcrumbList") for text in _breadcrumbs(data)]
    candidates += _crumbs(marks)
    if listed:
        candidates.append((listed, "listing: section"))
    title = fold(headline or "")
    for text, rule in candidates:
        name = clean(text)
        key = fold(name)
        if (
            key
            and key not in sites
            and key != title
            and len(name) <= _LONGEST
            and not _HOME.fullmatch(name)
            and "://" not in name
        ):
            return Found(name, rule)
    return None


def _breadcrumbs(data: Structured) -> list[str]:
    for node in data.nodes:
        if "breadcrumblist" in jsonld.types(node):
            items = node.get("itemListElement")
            names = []
            for item in items if isinstance(items, list) else []:
                if isinstance(item, dict):
                    names += jsonld.texts(item.get("name") or data.resolve(item.get("item")))[:1]
            return names
    return []


def _crumbs(marks: Landmarks) -> list[tuple[str, str]]:
    for mark in marks.crumbs[:10]:
        names = [
            text
            for link in mark.element.iter("a")
            if link.get("href") != "/" and (text := text_of(link))  # the front page, in whatever language
        ]
        if names:
            return [(name, f"page: {mark.element.tag}.{mark.name.split()[0]}") for name in names[:8]]
    return []
