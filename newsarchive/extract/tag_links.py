"""Tags as a row of links that nothing but a label, or the links themselves, says are tags.

They stand below the text or above it: "Schlagwörter: …", "Related topics", 關鍵字：…; or without
a label, every link with a # or to a page of a tag.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import islice

from newsarchive.extract.body import Body
from newsarchive.extract.document import Element, text_of
from newsarchive.extract.document.outline import Box, Line
from newsarchive.normalize.text import clean, fold

_BELOW = 40  # lines below the text: source, buttons, tags, newsletter; farther down other stories begin
_MOST = 25
_LONGEST = 60  # characters of a tag
_LONGEST_LABEL = 50
_MOST_WORDS = 6
# What papers call tags, each in its language.
_TAG_WORD = (
    r"(?:key[ -]?words?|(?:hash-?)?tags?|topics?|themen?|schlag(?:wort|wörter|worte)\w*|stichworte?|etiquetas?|temas?"
    r"|tópicos?|palabras clave|palavras-chave|mots[- ]cl[ée]s|sujets?|thèmes?|argomenti|temi|onderwerpen|trefwoorden"
    r"|emner?|ämnen|nyckelord|avainsanat|aiheet|etiketter|etiketler|konular|tagi|tematy|štítky|témata|klíčová slova"
    r"|témy|címkék|témák|ključne riječi|teme|теги|метки|темы|теми|ключевые слова|ключові слова|етикети|ετικέτες"
    r"|từ khóa|chủ đề|topik|แท็ก|태그|키워드|タグ|キーワード|[標标][籤签]|[關关][鍵键][字詞词]|字[詞词]|[話话][題题]"
    r"|主[題题]|الوسوم|وسوم|كلمات (?:دالة|مفتاحية|البحث)|الكلمات (?:الدالة|المفتاحية)|תגיות)"
)
_LABEL = re.compile(
    rf"\W{{0,3}}(?:(?:[^\W\d]+ ){{0,4}}{_TAG_WORD}|{_TAG_WORD}(?:ที่เกี่ยวข้อง| [^\W\d]+){{0,3}}"
    rf"|[相關关関連联聯]{{1,2}}{_TAG_WORD}"
    r"|(?:published|filed|posted)(?: (?:under|in))?|more (?:on|about)|read more (?:about|on)|mehr aus"
    r"|mehr (?:lesen )?(?:über|zum thema|zu)|in this (?:article|story)|en este artículo|dans cet article)\W{0,3}",
    re.IGNORECASE,
)
# An address that a list of everything under one word has: a page of a tag, or a search for it.
_TAG_PAGE = re.compile(
    r"/(?:tags?|tagg|tagging|topics?|thema|themen|thematique|temas?|hashtags?|keywords?|stichwort\w*|schlagwort\w*|etiquetas?"
    r"|emne|amnen?|om|argomenti|all-about|specials?|list)/|[?&](?:q|s|tag|tagid|tag_id|keyword|wd|key)=",
)  # of an address in lower case


def tag_links(body: Body) -> list[str]:
    """The tags in the first such row, those below the text first; none where there is none."""
    if not body.lines:
        return []
    first, last = body.lines[0], body.lines[-1]
    headline = body.story.first if 0 < body.story.first <= first else first
    for start, end in ((last + 1, last + 1 + _BELOW), (headline, first)):
        for label, box in _rows(body, start, end):
            links = list(islice(box.iter("a"), _MOST + 1))
            names = _names(links) if len(links) <= _MOST else []
            # One alone must say so in its address, below the text: above it stands the section.
            enough = len(names) > 1 or (start > last and len(links) == 1 and "/tag" in (links[0].get("href") or ""))
            tagged = enough and all(_to_tag(link, name) for link, name in zip(links, names, strict=False))
            if not names or not (label or tagged):
                continue
            said = fold(text_of(box))
            said = said.removeprefix(fold(label)) if label else said
            if said == fold("".join(names)):
                return names
    return []


def _rows(body: Body, start: int, end: int) -> Iterator[tuple[str, Element]]:
    """Boxes with links between two lines of the page, each with the label before or in it, or an empty string.

    Without a label only those whose first link may be a tag.
    """
    page = body.page
    for box in page.boxes[bisect_left(page.boxes, start, key=_first) : bisect_left(page.boxes, end, key=_first)]:
        if not box.first < box.last <= end or box.last - box.first > _MOST + 1:
            continue
        opening = page.lines[box.first]
        if not opening.linked and not any(line.linked for line in page.lines[box.first + 1 : box.last]):
            continue
        if opening.linked < len(opening.text) and _is_label(label := _before_links(opening, box.element)):
            yield label, box.element
        elif not opening.linked:
            continue
        elif box.first and not (before := page.lines[box.first - 1]).linked and _is_label(before.text):
            yield before.text, box.element
        elif "#" in opening.text or _to_tag(next(box.element.iter("a"), box.element), ""):
            yield "", box.element


def _first(box: Box) -> int:
    return box.first


def _before_links(line: Line, box: Element) -> str:
    """What stands in a line before its first link."""
    first = next(filter(None, map(text_of, box.iter("a"))), "") if line.linked else ""
    return line.text.partition(first)[0].strip() if first else line.text


def _is_label(text: str) -> bool:
    return 0 < len(text) <= _LONGEST_LABEL and _LABEL.fullmatch(text) is not None


def _names(links: list[Element]) -> list[str]:
    """What the links say, none where one of them is no name: most rows end at their first link."""
    names = []
    for link in links:
        if name := clean(text_of(link)):
            if not _is_name(name):
                return []
            names.append(name)
    return names


def _is_name(text: str) -> bool:
    """A tag is a name: no sentence, no headline."""
    return len(text) <= _LONGEST and len(text.split()) <= _MOST_WORDS and not re.search(r"[?!。？！]|\.\s", text)


def _to_tag(link: Element, name: str) -> bool:
    return name.startswith("#") or _TAG_PAGE.search((link.get("href") or "").lower()) is not None
