"""Where a picture is: the addresses that an ``img`` has for those who load it now, later or in another size."""

from __future__ import annotations

import re
from collections.abc import Iterator

from newsarchive.extract.document import Element
from newsarchive.extract.document.nodes import attributes

# Attributes with the address of a picture that a script loads only when it comes into view.
_LAZY = re.compile(r"data-?.*(?:src|original|url|lazy)(?!set)")
_PLACE = re.compile(r"\s{0,20}(?:https?:)?/[^\s{}]+\s{0,20}$|\s{0,20}[\w./-]+\.(?:jpe?g|png|webp|avif|gif)\b")
# Words that name a part of the page's furniture, in a folder's or file's name of addresses in lower case.
_FURNITURE = re.compile(
    r"(?:^|(?<=[/_.-]))(?:(?P<emblem>logo|icon|icons|avatar|sprite)"
    r"|pixel|blank|spacer|placeholder|loading|1x1|transparent|button|arrow)(?=$|[/_.\-\d?])"
)
_FEW_WORDS = 2  # of such a name; with more it tells what a photograph shows: customer-loading-truck.jpg
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")  # appIcon.png
_WORD = re.compile(r"[^\W\d_]+")
_END = re.compile(r"\.[a-z]{3,4}$")
# A file that is called no more than that: share.png, wx.png, harbourlogo.gif, next_page.jpg, opengraph_default.jpg.
_FURNITURE_FILE = re.compile(
    r"/(?:\w{0,15}logo|share[a-z]{0,4}|wx|weixin|wechat|qr-?code|copy-?link|(?:next|prev)[_-]?page|werbung|anzeige"
    r"|(?:(?:og|opengraph|social)[_-]?)?default(?:[_-]?(?:og|share|image|img|thumb(?:nail)?))?)"
    r"[_-]?\d{0,4}\.(?:png|gif|jpe?g|webp)(?:$|\?)|\.svg(?:$|\?)"
)
_SMALLEST = 90  # pixels; portraits of authors and icons are smaller


def is_picture(element: Element) -> bool:
    """Whether an ``img`` is a picture and no icon, portrait or placeholder."""
    for name in ("width", "height"):
        size = (element.get(name) or "").removesuffix("px")
        if size.isdecimal() and len(size) < 6 and int(size) < _SMALLEST:
            return False
    return address_of(element) is not None


def address_of(element: Element) -> str | None:
    """Where the picture is: the address a script would load, the largest of a set, the plain one."""
    return next(filter(None, map(_address, _candidates(element))), None)


def _candidates(element: Element) -> Iterator[str | None]:
    own = attributes(element)
    for name, value in own.items():
        if name.startswith("data") and _LAZY.fullmatch(name) and _PLACE.match(value):
            yield value
    for name in ("data-srcset", "srcset"):
        yield _largest(own.get(name))
    yield own.get("src")
    around = element.getparent()
    while around is not None and around.tag in ("source", "picture"):  # libxml2 nests an img into the source before it
        yield _largest(around.get("srcset") or around.get("data-srcset"))
        around = around.getparent()


def _address(candidate: str | None) -> str | None:
    address = (candidate or "").strip()
    return None if not address or address[:5].lower() == "data:" or is_decoration(address) else address


def is_decoration(address: str) -> bool:
    """Whether a picture is the house's and no story's, by its address: an emblem, a button, what stands for one."""
    if _FURNITURE_FILE.search(address.lower()):
        return True
    lowered = _CAMEL.sub("-", address).lower()
    for found in _FURNITURE.finditer(lowered):
        start = lowered.rfind("/", 0, found.start()) + 1
        name = _END.sub("", re.split(r"[/?]", lowered[start:], maxsplit=1)[0])
        if len(_WORD.findall(name)) <= _FEW_WORDS + (found["emblem"] is not None):
            return True
    return False


def _largest(srcset: str | None) -> str | None:
    """The largest picture of a ``srcset``: addresses with a width or a density, comma and blank between them."""
    best, most = None, -1.0
    for candidate in re.split(r",\s+", srcset[:20_000]) if srcset else ():
        parts = candidate.split()
        if parts:
            size = re.fullmatch(r"([\d.]{1,9})[wx],?", parts[-1]) if len(parts) > 1 else None
            try:
                value = float(size[1]) if size else 0.0
            except ValueError:
                value = 0.0
            if value > most:
                best, most = parts[0], value
    return best
