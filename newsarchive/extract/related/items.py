"""The stories that a list of links names: the title of each, its address, the time printed beside it.

A list is read as one stream of short texts and pictures, so that nothing depends on how a page nests them: a link is
often there twice (picture and title), captions and summaries stand around it, the time before or after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from lxml import etree

from newsarchive.extract.document import BLOCKS, SILENT, Element
from newsarchive.extract.related.headings import heading_kind
from newsarchive.normalize.address import canonical_address


@dataclass(slots=True)
class Item:
    """A story in a list. ``url`` is ``None`` where the page gives no address."""

    title: str
    url: str | None = None
    published: str | None = None


@dataclass(slots=True)
class _Token:
    text: str
    link: Element | None
    strong: bool = False  # within a heading
    caption: bool = False  # within a figcaption
    time: bool = False


@dataclass(slots=True)
class _Group:
    """What stands in one link, or in several links to one address that follow each other."""

    url: str | None
    tokens: list[_Token] = field(default_factory=list)
    alts: list[str] = field(default_factory=list)
    time: str | None = None


_MONTH = (
    r"(?:jan|feb|m[aä]r|apr|ma[iy]|jun|jul|aug|sep|o[ck]t|nov|de[cz]|ene|abr|ago|dic|fév|fev|avr|juin|juil|août|déc"
    r"|gen|mag|giu|lug|set|ott)[a-zä-ü]*\.?"
)
_CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: uhr)?"
_UNIT = (
    r"(?:秒|分鐘|分钟|小時|小时|時間|天|日|週|周|個月|个月|分|시간|분|일)\s?(?:前|전)"
    r"|\w{1,9}\.? (?:ago|fa|geleden|sedan|siden|atrás|önce)|h|d|m|min|mins|hrs?"
)
_TIME = re.compile(
    r"(?:發布時間|发布时间|更新時間|更新时间|updated|published|posted)?[:：]?\s*(?:"
    rf"\d{{4}}\s?[-/.年]\s?\d{{1,2}}\s?[-/.月]\s?\d{{1,2}}\s?日?(?:[\sT,]*{_CLOCK})?"
    rf"|\d{{1,2}}[-/.]\d{{1,2}}(?:[-/.]\d{{2,4}})?\.?(?:[\s,]*{_CLOCK})?"
    rf"|\d{{1,2}}月\d{{1,2}}日(?:\s*{_CLOCK})?"
    rf"|(?:\w{{2,9}}\.?,? )?"
    rf"(?:\d{{1,2}}(?:st|nd|rd|th|\.)?(?: de)? {_MONTH}(?: de)?|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?),?"
    rf"(?: \d{{4}})?(?:[\s,|•·-]*(?:at |um |à )?{_CLOCK})?(?: [a-z]{{2,4}})?"
    rf"|{_CLOCK}"
    r"|(?:vor|il y a|hace|há|for) \d{1,3} \w{1,9}\.?(?: siden)?"
    rf"|\d{{1,3}}\s?(?:{_UNIT})"
    rf"|(?:昨天|昨日|今天|今日|前天|剛剛|刚刚|yesterday|today|gestern|heute)(?:[\s,]*{_CLOCK})?"
    r")",
    re.IGNORECASE,
)
# What a link in a list says that is no title: buttons, ranks, badges.
_NO_TITLE = re.compile(
    r"[\W\d_]*|(?:點我)?看?更多|查看全部|看全部|載入更多|加载更多|我知道了|關閉|关闭"
    r"|more|read more|see (?:all|more)|view all"
    r"|show more|load more|close|mehr|alle anzeigen|voir plus|voir tout|ver más|ver todo|もっと見る|더보기"
    r"|[\d.,]+[kw萬万]?\+?\s?(?:comments?|shares?|views?|kommentare|commentaires|[評评][論论]|留言|人看過|人看过|[閱阅][讀读]|次)[\s⋅·|]*"
    r"|advertisement|anzeige|sponsored|image|photo|video|play",
    re.IGNORECASE,
)
_CREDITED = re.compile(r"[（(][^（()）]{1,40}[)）][\s。.]*$")
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_HAN = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]")
# One list shows at most this many stories; longer ones are archives and menus.
MOST_ITEMS = 60


def is_title(text: str) -> bool:
    """Whether ``text`` is long enough to be a story's title and not a menu's entry: five characters, or three words."""
    if len(_HAN.findall(text)) >= 5:
        return True
    return len(text) >= 12 and len(text.split()) >= 3


def is_button(text: str) -> bool:
    """Whether ``text`` only says "more", counts or ranks, and names no story."""
    return len(text) <= 40 and _NO_TITLE.fullmatch(text.strip(" >＞»›→+…")) is not None


def is_time(text: str) -> bool:
    """Whether ``text`` is a time as lists print it, and nothing else."""
    return len(text) <= 40 and _TIME.fullmatch(text) is not None


def items(elements: Iterable[Element], base_url: str) -> list[Item]:
    """The stories that ``elements`` list, in page order, each link once."""
    tokens: list[_Token] = []
    alts: dict[Element, list[str]] = {}
    for element in elements:
        tokens += _tokens(element, alts)
    linked = any(token.link is not None for token in tokens) or bool(alts)
    groups = _groups(tokens, alts, base_url) if linked else _unlinked(tokens)
    found: dict[str, Item] = {}
    titles = [_title(group) for group in groups]
    named = {group.url for group, title in zip(groups, titles, strict=True) if title and not _CREDITED.search(title)}
    for group, title in zip(groups, titles, strict=True):
        if title is None and not any(titles):  # pictures alone: their descriptions are all there is
            title = next(iter(group.alts), None)
        if title is None or (_CREDITED.search(title) and (group.url is None or group.url in named) and named):
            continue  # the caption under another link to the same story
        item = found.setdefault(group.url or title, Item(title, group.url, group.time))
        item.published = item.published or group.time
    # The picture's link may name its story by the description, and go to another form of the address.
    once: dict[str, Item] = {}
    for item in found.values():
        same = once.setdefault(item.title, item)
        same.url, same.published = same.url or item.url, same.published or item.published
    return list(once.values())


def _groups(tokens: list[_Token], alts: dict[Element, list[str]], base_url: str) -> list[_Group]:
    groups: list[_Group] = []
    links: dict[Element, str | None] = {}
    current: Element | None = None
    before: str | None = None  # a time that stands before its link
    times_first: bool | None = None
    for token in tokens:
        if token.link is None:
            if token.time:
                if times_first is None:
                    times_first = not any(_title(group) for group in groups)
                if times_first and not (groups and groups[-1].time is None and _title(groups[-1]) is None):
                    before = token.text
                elif groups:
                    groups[-1].time = groups[-1].time or token.text
            continue
        if token.link is not current:
            current = token.link
            if current not in links:
                links[current] = address(current, base_url)
            url = links[current]
            if not (groups and url is not None and groups[-1].url == url):
                groups.append(_Group(url, time=before))
                before = None
            groups[-1].alts += alts.get(current, [])
        if token.time:
            groups[-1].time = groups[-1].time or token.text
        elif token.text:
            groups[-1].tokens.append(token)
    return groups


def _unlinked(tokens: list[_Token]) -> list[_Group]:
    """A list without any link: its lines, each with the time that follows it."""
    lines = [token for token in tokens if token.time or (token.text and not token.caption)]
    timed = any(token.time for token in lines)
    groups: list[_Group] = []
    for token, following in zip(lines, [*lines[1:], None], strict=False):
        if token.time:
            continue
        time = following.text if following is not None and following.time else None
        if (time is None and timed) or (_CREDITED.search(token.text) and not token.strong and time is None):
            continue  # a caption stands before the title, the title before the time
        groups.append(_Group(None, [token], time=time))
    return groups


def _title(group: _Group) -> str | None:
    texts = [token for token in group.tokens if not is_button(token.text)]
    texts = [token for token in texts if heading_kind(token.text) is None]
    texts = _narrow([token for token in texts if not token.caption], lambda token: token.strong)
    if len(texts) > 1:
        texts = _narrow(texts, lambda token: not _CREDITED.search(token.text))
        texts = _narrow(texts, lambda token: token.text not in group.alts)
    for token in texts:
        if is_title(token.text):
            return token.text
    return max((token.text for token in texts), key=len, default=None)


def _narrow(texts: list[_Token], keep: Callable[[_Token], bool]) -> list[_Token]:
    return [token for token in texts if keep(token)] or texts


def address(link: Element, base_url: str) -> str | None:
    """Where ``link`` goes, or ``None`` where it goes nowhere else: no address, a script, a place on the same page."""
    href = (link.get("href") or "").strip()
    return None if not href or href.startswith("#") else _canonical(href, base_url)


# The same lists stand on every page of a crawl.
_canonical = lru_cache(maxsize=4096)(canonical_address)


def _tokens(element: Element, alts: dict[Element, list[str]]) -> Iterator[_Token]:
    """The texts of ``element`` in page order, cut at blocks, links, pictures and side by side inline elements."""
    buffer: list[str] = []
    link: Element | None = None
    strong = caption = time = 0

    def flush() -> Iterator[_Token]:
        text = " ".join("".join(buffer).split())
        buffer.clear()
        if text:
            yield _Token(text, link, strong > 0, caption > 0, time > 0 or is_time(text))

    silent: Element | None = None
    for event, node in etree.iterwalk(element, events=("start", "end")):
        tag = node.tag
        if silent is not None:
            if event == "end" and node is silent:
                silent = None
                buffer.append(node.tail or "" if node is not element else "")
            continue
        if not isinstance(tag, str) or tag in SILENT:
            if event == "start":
                silent = node
            continue
        cut = tag in BLOCKS or tag in ("a", "img", "time") or _beside(node) or _printed_time(node)
        if cut:
            yield from flush()
        step = 1 if event == "start" else -1
        if tag == "a":
            link = node if event == "start" else None
        elif tag in _HEADINGS:
            strong += step
        elif tag == "figcaption":
            caption += step
        elif tag == "time":
            time += step
        if event == "start":
            if tag == "img" and link is not None:
                alts.setdefault(link, [])
                if alt := " ".join((node.get("alt") or "").split()):
                    alts[link].append(alt)
                yield _Token("", link)
            buffer.append(node.text or "")
        elif node is not element:
            buffer.append(node.tail or "")
    yield from flush()


def _printed_time(node: Element) -> bool:
    return len(node) == 0 and 4 <= len(node.text or "") <= 40 and is_time((node.text or "").strip())


def _beside(node: Element) -> bool:
    """Whether an inline element stands beside others with no text between: parts of a card, not words of a title."""
    parent = node.getparent()
    if parent is None or len(parent) < 2 or (parent.text or "").strip():
        return False
    return not any((child.tail or "").strip() for child in parent)
