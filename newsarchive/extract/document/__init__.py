"""From the bytes of a page to a tree: whatever the bytes are, there is a document and never an exception.

The tree is libxml2's, through lxml: it is the fastest parser at hand. libxml2 itself drops what nests deeper than
2,048 elements; such a page is parsed a second time with its wrapping elements taken out, so that its text is kept.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import urljoin

from lxml import etree

from newsarchive.extract.document.charset import read_charset
from newsarchive.extract.document.nodes import MACHINES, Node, collapsed, nodes, without_menus

Element = etree._Element

# The largest news pages measured have 1.5 MB; live blogs reach 8. What comes after this is no article any more.
MAX_BYTES = 16 * 1024 * 1024
# The fullest news pages measured have 4,000 elements. To read one costs some ten microseconds.
MAX_ELEMENTS = 16_000

# Elements whose text no reader sees as prose.
SILENT = frozenset(
    (
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "title",
        "svg",
        "math",
        "iframe",
        "object",
        "embed",
        "audio",
        "video",
        "canvas",
        "select",
        "option",
        "textarea",
        "button",
        "datalist",
        "map",
        "meta",
        "link",
    )
)
# Elements that a browser sets apart from their neighbours: their text never joins the text beside them.
BLOCKS = frozenset(
    (
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hgroup",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "search",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    )
)

_APART = SILENT | BLOCKS

# Wrapping elements, as many as stand together: taken out where a page nests too deeply. At most 1,000 characters of
# attributes, to stay linear.
_WRAPPERS = re.compile(
    rb"(?:</?(?:div|span|font|b|i|u|em|strong|center|section|article|main|blockquote|ul|ol|li|dl|dd|dt|table|tbody|tr|td|"
    rb"small|big|a|form|label|sub|sup|ins|del|tt|code|abbr|q|cite|s|strike)(?:[\s/][^<>]{0,1000})?>\s*+)++",
    re.IGNORECASE,
)
# libxml2 compares every attribute of an element with all before it: 40,000 of them cost it a second, a million an hour.
_LONG = 20_000  # bytes of a tag that may have too many
_LONG_TAG = re.compile(rb"<([a-zA-Z][\w:-]{0,50})[^<>]{%d,}" % _LONG)
_MOST_ATTRIBUTES = 1000


@dataclass
class Document:
    """A parsed page.

    ``url`` is where it came from, ``base_url`` what its links are relative to, ``root`` its ``html`` element (scripts
    kept, comments gone), ``elements`` that and all in it, in page order, ``encoding`` the Python codec that its bytes
    were read with, ``problems`` what was wrong.
    """

    url: str
    base_url: str
    root: Element
    elements: list[Element]
    encoding: str
    problems: list[str] = field(default_factory=list)

    @cached_property
    def nodes(self) -> list[Node]:
        """Every element with what it says, but what stands in the site's own menus."""
        return nodes(without_menus(self.root, self.elements))

    @cached_property
    def for_readers(self) -> list[Element]:
        """The elements that are not for machines alone, in page order; a selector may ask for those of menus too."""
        return [element for element in self.elements if element.tag not in MACHINES]

    @cached_property
    def by_class(self) -> dict[str, list[Element]]:
        """The elements of each class, in page order."""
        # Elements of the same classes stand together in crowds, and what an attribute says is then taken apart once.
        alike: defaultdict[str, list[int]] = defaultdict(list)
        for at, element in enumerate(self.for_readers):
            if value := element.get("class"):
                alike[value].append(at)
        places: defaultdict[str, list[int]] = defaultdict(list)
        for value, at_all in alike.items():
            for name in set(value.split()):
                places[name] += at_all
        return {name: [self.for_readers[at] for at in sorted(at_all)] for name, at_all in places.items()}


def parse(html: bytes | str, url: str, content_type: str | None = None) -> Document:
    """The document in ``html``; ``content_type`` is the response's header. Never raises: any bytes give a document."""
    problems: list[str] = []
    if isinstance(html, str):
        encoding = "utf-8"
        data = html[:MAX_BYTES].encode("utf-8", "replace")
        if len(html) > MAX_BYTES:
            problems.append(f"longer than {MAX_BYTES} characters: the rest was not read")
    else:
        if len(html) > MAX_BYTES:
            problems.append(f"longer than {MAX_BYTES} bytes: the rest was not read")
        charset = read_charset(html[:MAX_BYTES], content_type)
        encoding, data = charset.encoding, charset.utf8
        problems += charset.problems
    if not data or data.isspace():
        problems.append("empty page")
    root = _tree(data, problems)
    _empty_drawings(root)
    elements = _elements(root, problems)
    return Document(url, _base(root, url), root, elements, encoding, problems)


def _tree(data: bytes, problems: list[str]) -> Element:
    if b"\0" in data:
        data = data.replace(b"\0", b"")
    data = _with_few_attributes(data)
    root, too_deep = _parse(data)
    if too_deep:
        problems.append("nested too deeply: read without its wrapping elements")
        flat, _ = _parse(_WRAPPERS.sub(b" <br> ", data))
        root = flat if flat is not None else root
    if root is None:
        root = etree.Element("html")
        etree.SubElement(root, "body")
    return root


def _with_few_attributes(data: bytes) -> bytes:
    """The page, with those tags bare that have more attributes than any page gives one; one alone may well be long."""
    pieces, end = [], 0
    # A long tag has a byte in it whose place is a multiple of its least length; to look there is to find it.
    for start in dict.fromkeys(data.rfind(b"<", at - _LONG, at) for at in range(_LONG, len(data), _LONG)):
        tag = _LONG_TAG.match(data, start) if start >= 0 else None
        if tag is not None and len(tag[0].split(None, _MOST_ATTRIBUTES)) > _MOST_ATTRIBUTES:
            pieces += [data[end:start], b"<", tag[1], b" "]
            end = tag.end()
    return b"".join([*pieces, data[end:]]) if pieces else data


def _parse(data: bytes) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, collect_ids=False
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError, AssertionError):  # nothing that could be an element
        return None, False
    if root is None or not isinstance(root.tag, str):
        return None, False
    last = parser.error_log.last_error
    return root, last is not None and "depth" in (last.message or "").lower()


def _elements(root: Element, problems: list[str]) -> list[Element]:
    """All elements; what comes after the first ``MAX_ELEMENTS`` is taken away: reading a page takes bounded time."""
    elements = list(root.iter("*"))
    if len(elements) <= MAX_ELEMENTS:
        return elements
    problems.append(f"more than {MAX_ELEMENTS} elements: the rest was not read")
    beyond = elements[MAX_ELEMENTS]
    first = 0  # of an ancestor, what comes behind it goes; the element itself goes too
    while (parent := beyond.getparent()) is not None:
        del parent[parent.index(beyond) + first :]
        beyond, first = parent, 1
    return elements[:MAX_ELEMENTS]


def _empty_drawings(root: Element) -> None:
    """Take the insides out of drawings: one element in fourteen is a stroke of an icon, and says nothing.

    For a browser a drawing that was never closed ends where a paragraph begins (html.spec.whatwg.org, 13.2.6.5).
    """
    for drawing in list(root.iter("svg")):
        if next(drawing.iter("p", "div"), None) is None or next(drawing.iter("foreignobject"), None) is not None:
            del drawing[:]
        else:
            drawing.tag = "div"


def _base(root: Element, url: str) -> str:
    for element in root.iter("base"):
        href = (element.get("href") or "").strip()
        if href:
            try:
                joined = urljoin(url, href)
            except ValueError:  # "http://[": urllib refuses a broken IPv6 address
                break
            return joined if joined.startswith(("http://", "https://")) else url
    return url


def text_of(element: Element, most: int | None = None) -> str:
    """The text that a reader sees in ``element``, white space collapsed; inline elements join without a blank.

    Cut soon after ``most`` characters that are no white space, where that is enough to know.

    >>> text_of(etree.fromstring("<p>舊金山<a>市長</a>，<br/>說</p>"))
    '舊金山市長， 說'
    """
    if not len(element):  # most elements asked for hold nothing but their text
        return collapsed(element.text or "")
    if most is None and _APART.isdisjoint([inner.tag for inner in element.iterdescendants()]):
        return collapsed("".join(element.itertext()))  # type: ignore[arg-type]
    pieces: list[str] = []
    length = 0
    skipped: Element | None = None
    walker = etree.iterwalk(element, events=("start", "end"))
    for event, node in walker:
        tag = node.tag
        if event == "start":
            if tag in SILENT and node is not element:
                skipped = node
                walker.skip_subtree()
                continue
            if tag in BLOCKS:
                pieces.append(" ")
            text = node.text
        else:
            if node is skipped:
                skipped = None
            elif tag in BLOCKS:
                pieces.append(" ")
            text = node.tail if node is not element else None
        if text:
            pieces.append(text)
            if most is not None and (length := length + sum(map(len, text.split()))) > most:
                break
    return " ".join("".join(pieces).split())
