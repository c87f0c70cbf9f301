"""Captions: what stands under a picture, and apart from it whose picture it is."""

from __future__ import annotations

import re
from functools import lru_cache

from lxml import etree

from newsarchive.extract.document import BLOCKS, SILENT, Element, text_of
from newsarchive.normalize.names import is_latin_name
from newsarchive.normalize.organisations import is_organisation

# Class words of what stands in or beside a caption. A credit often is an element of its own.
_CREDIT = re.compile(
    r"(?<![a-z])(?:credits?|copyright|source|agency|photographer|photo-?by|byline|author|fotograf|quelle|urheber|"
    r"rights?-?holder|provider|kredit|credito)(?![a-z])"
)
_CAPTION = re.compile(
    r"(?<![a-z])(?:fig|image|photo|img|media)?-?(?:captions?|legende|leyenda|bildunterschrift|bildtext|"
    r"bijschrift|didascalia|epigrafe|pie-?(?:de-)?foto|popisek|billedtekst|bildetekst|kuvateksti)"
)
_HANDLE = re.compile(
    r"(?<![a-z])(?:button|btn|icon|share|zoom|expand|enlarge|lightbox|fullscreen|toggle|counter|sr-only|hidden|"
    r"visually-hidden|screen-reader(?:-text)?|slide-?count|tooltip|close)(?![a-z])"
)
_OPENS_CAPTION = re.compile(r"(?<![a-z])(?:hide|show|toggle|open|close)-?captions?(?![a-z])")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_IN_BRACKETS = re.compile(r"\s*\([^()]{2,60}\)\s*")
_ENDED = re.compile(r"[.!?…»”]$")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HAS_CAPTION = etree.XPath(".//*[contains(@class, 'aption')]")

# A caption that is a paragraph like any other, as on Chinese pages: ▲…, 图/…, …（圖源：…）, …记者 某某 摄.
_OPENS = re.compile(r"^[▲▼△▽◀▶↑↓©]|^[（(]?(?:[图圖]片?(?:说明|說明)?|[图圖]片?[来來]?源|照片|摄影|攝影)\s?[／/:：丨|]")
_CLOSES = re.compile(
    r"[（(](?:[图圖照]|資料照|资料图|示意|取自|翻[攝摄]|路透|美聯社|法新社|歐新社|本報)[^（()）]{0,40}[)）]$"
    r"|[（(][^（()）]{2,14}\s?[摄攝]影?[)）]$|[（(][^（()）。]{2,16}提供[)）]$"
    r"|(?:记者|記者|通讯员|通訊員)?\s?[\u4e00-\u9fff·\s]{2,14}\s?[/／]?\s?[摄攝](?:影)?$|(?:视觉中国|視覺中國)\s?(?:[供资資][图圖料])?$"
)
_CLOSING = tuple(")）摄攝影国國图圖料")  # the last characters of these
_CREDIT_LINE = re.compile(
    r"\b(?:foto|photo|image|bild|picture|credit|kuva|fot)s?(?: credit| by)?\s?:[^.!?]{2,80}\)?$|©[^.!?]{2,80}$"
    r"|\b(?:fot|foto|phot|ph|zdj)\. [^.!?]{2,60}$"
    r"|\((?:AP|AFP|Reuters|Getty(?: Images)?|dpa|EPA|PA)\b[^()]{0,60}\)$|(?:/Getty Images|/AFP|/REUTERS|/dpa|/AP)\)?$",
    re.IGNORECASE,
)


def is_caption_text(text: str) -> bool:
    """Whether a paragraph says by its own words that it is a caption."""
    if text.isascii() or len(text) >= 500:
        return False
    return bool(_OPENS.match(text) or (text.endswith(_CLOSING) and _CLOSES.search(text[-60:])))


def ends_with_credit(text: str) -> bool:
    """Whether a line ends by saying whose picture it speaks of."""
    return len(text) < 600 and bool(_CREDIT_LINE.search(text[-120:]) or is_caption_text(text))


@lru_cache(maxsize=8192)
def _role(names: str) -> str:
    lowered = _CAMEL.sub("-", names[:500]).lower()
    if _OPENS_CAPTION.search(lowered):
        return "handle"
    if _CREDIT.search(lowered):
        return "credit"
    if _CAPTION.search(lowered):
        return "caption"
    return "handle" if _HANDLE.search(lowered) else ""


def role(element: Element) -> str:
    """``caption``, ``credit``, ``handle`` or nothing: what an element in a figure is by its element name and class."""
    if element.tag == "figcaption":
        return "caption"
    names = element.get("class")
    found = _role(names) if names else ""
    return found or ("credit" if element.tag == "cite" else "")


def caption_and_credit(element: Element) -> tuple[str | None, str | None]:
    """What stands under the picture in ``element`` (a figure, a caption), and the credit where it is an element apart.

    Where something in it is named a caption, only that is read; else all its text but buttons and counters.
    """
    captions = [element] if role(element) == "caption" else _outermost(element, "caption")
    texts: list[str] = []
    credits: list[str] = []
    for caption in captions or [element]:
        text, credit = _read(caption)
        half = len(text) // 2
        if (
            half > 10 and text[:half].rstrip() == text[-half:].lstrip()
        ):  # printed twice, and nothing tells the copies apart
            text = text[:half].rstrip()
        texts += [text] if text and text not in texts else []
        credits += [part for part in credit if part not in credits and part not in texts]
    if captions:
        for apart in _outermost(element, "credit"):
            text = text_of(apart)
            if text and not any(text in credit for credit in credits) and not any(text in part for part in texts):
                credits.append(text)
    texts = [text for text in texts if not any(is_cut(text, other) for other in texts)]
    return " ".join(texts) or None, " ".join(credits) or None


def is_cut(text: str, other: str) -> bool:
    """Whether ``text`` is the beginning of ``other``, printed a second time and cut: "The bridge at …"."""
    start = text.rstrip(".… ")
    return text.endswith(("...", "…")) and len(other) > len(text) - 3 and other != text and other.startswith(start)


def has_caption(element: Element) -> bool:
    """Whether something in an element is named a caption."""
    return bool(_outermost(element, "caption"))


def _outermost(element: Element, wanted: str) -> list[Element]:
    found: list[Element] = []
    walker = etree.iterwalk(element, events=("start",))
    for _, child in walker:
        if child is not element and isinstance(child.tag, str) and role(child) == wanted:
            found.append(child)
            walker.skip_subtree()
    return found


def _set_apart(element: Element, before: str) -> bool:
    """Whether an inline element ends a caption and is in brackets, or has no blank before it and is a name."""
    # "Credit..." is a label, and parts nothing.
    if _IN_BRACKETS.fullmatch(element.text or "") and not (element.tail or "").strip() and element.getnext() is None:
        return len(element) == 0
    ends = before[-1:].isalnum() or (before[-1:] in ".!?)”»" and not before.endswith("..."))
    if not ends or element.tag in BLOCKS or len(element):
        return False
    text = " ".join((element.text or "").split())
    if not text or (element.tail or "").strip() or element.getnext() is not None or _CJK.match(text):
        return False
    return is_latin_name(text) or is_organisation(text)


def _read(element: Element) -> tuple[str, list[str]]:
    """The text of a caption, and its credits."""
    pieces: list[str] = []
    credits: list[str] = []
    target: list[str] = pieces
    inside: Element | None = None  # the credit element being read
    skipped: Element | None = None
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, child in walker:
        tag = child.tag
        if event == "start":
            kind = role(child) if child is not element else ""
            if (
                (tag in SILENT and not (tag == "button" and _HAS_CAPTION(child)))
                or (kind == "handle" and not _HAS_CAPTION(child))
                or tag == "figure" != element.tag
            ):
                skipped = child
                walker.skip_subtree()
                continue
            if inside is None and (kind == "credit" or (kind == "" and pieces and _set_apart(child, pieces[-1]))):
                inside, target = child, []
            if tag in BLOCKS or (target and _ENDED.search(target[-1])):  # …since 2019.<span>Credit…
                target.append(" ")
            if child.text:
                target.append(child.text)
            continue
        if child is skipped:
            skipped = None
        elif child is inside:
            credits.append(" ".join("".join(target).split()))
            inside, target = None, pieces
            target.append(" ")
        elif tag in BLOCKS:
            target.append(" ")
        if child is not element and child.tail:
            target.append(child.tail)
    return " ".join("".join(pieces).split()), [credit for credit in credits if credit]
