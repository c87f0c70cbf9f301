"""Addresses: one form for one address, the original behind an image proxy, the domain that a paper owns."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from urllib.parse import parse_qsl, quote, unquote, urljoin, urlsplit

import idna
import tldextract

# Parameters that say where a reader came from and never what is shown. ``from`` is how Chinese papers mark the list
# in which a link stood.
_TRACKING = re.compile(
    r"(?:utm_\w*|fbclid|gclid|gclsrc|gbraid|wbraid|dclid|msclkid|yclid"
    r"|twclid|ttclid|igshid|igsh|mc_[ce]id|mkt_tok|_ga|_gl|_hsenc|_hsmi|at_(?:medium|campaign|custom\d)|cmp(?:id)?"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|xtor|ocid|smid|spm|wt[._]\w+|from|guccounter|guce_\w+)",
    re.IGNORECASE,
)
_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*):")
_HOST = re.compile(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z0-9][a-z0-9-]*|localhost|\[[0-9a-f:.]+\]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_ESCAPE = re.compile(r"%([0-9A-Fa-f]{2})?")
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")


# A page asks for its own address again and again, and the pages of a paper link to the same ones.
@lru_cache(maxsize=4096)
def canonical_address(url: str, base: str | None = None) -> str | None:
    """The address in its one form, or ``None`` where it is no http(s) address.

    Scheme and host in lower case, international hosts in their ASCII form, no default port, credentials, fragment or
    tracking parameter, dot segments resolved, percent-encoding as RFC 3986 (section 6.2.2) has it. The order of the
    other parameters stays. A relative address needs ``base``.
    """
    url = _CONTROL.sub("", url).strip()
    if not url:
        return None
    scheme = _SCHEME.match(url)
    if scheme and scheme[1].lower() not in _PORTS:
        return None
    try:
        if base:
            url = urljoin(base, url)
        elif url.startswith("//"):
            url = f"https:{url}"
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return None
    if host is None or parts.scheme not in _PORTS:
        return None
    if port is not None and port != _PORTS[parts.scheme]:
        host = f"{host}:{port}"
    path = _percent(_resolve(parts.path) or "/")
    query = "&".join(part for part in parts.query.split("&") if part and not _TRACKING.fullmatch(part.split("=", 1)[0]))
    return f"{parts.scheme}://{host}{path}" + (f"?{_percent(query)}" if query else "")


def _host(host: str) -> str | None:
    host = host.lower().rstrip(".")
    if ":" in host:
        host = f"[{host}]"
    elif not host.isascii():
        try:
            host = idna.encode(host, uts46=True).decode("ascii")
        except idna.IDNAError:
            return None
    return host if _HOST.fullmatch(host) else None


def _resolve(path: str) -> str:
    if "/." not in path:
        return path
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == "..":
            if len(kept) > 1:
                kept.pop()
        elif segment != ".":
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)


def _percent(text: str) -> str:
    """One percent-encoding: unreserved characters plain, everything that may not stand in an address escaped."""
    text = quote(text, safe="%/:?@!$&'()*+,;=-._~[]|")
    return _ESCAPE.sub(_unescape, text) if "%" in text else text


def _unescape(escape: re.Match[str]) -> str:
    if not escape[1]:
        return "%25"
    character = chr(int(escape[1], 16))
    return character if character in _UNRESERVED else escape[0].upper()


# The parameters in which image proxies carry the address of the picture.
_CARRIERS = frozenset({"u", "url", "src", "source", "img", "image", "imageurl", "image_url", "imgurl", "i"})
_CARRIED_IN_PATH = re.compile(r".(https?(?:://|:/|%3[aA](?:%2[fF]){2}))")


def original_image(url: str) -> str:
    """The address of the picture itself where a proxy that resizes it carries it, else the address as given."""
    for _ in range(3):  # proxies stand before proxies, but not without end
        inner = _carried(url)
        if inner is None:
            break
        url = inner
    return url


def _carried(url: str) -> str | None:
    if "?" not in url and "http" not in url[1:]:
        return None  # no parameter, and no second address in the path
    try:
        parts = urlsplit(url)
        parameters = parse_qsl(parts.query, max_num_fields=100)
    except ValueError:
        return None
    for name, value in parameters:
        if name.lower() not in _CARRIERS:
            continue
        if value.startswith(("http://", "https://", "//")) and canonical_address(value, url):
            return urljoin(url, value)
        if value.startswith("/") and parts.path.endswith("/_next/image"):
            return urljoin(url, value)
    if inside := _CARRIED_IN_PATH.search(parts.path):
        value = parts.path[inside.start(1) :]
        value = re.sub(r"^(https?):/+", r"\1://", unquote(value) if "%" in inside[1] else value)
        if parts.query and "%" not in inside[1]:
            value = f"{value}?{parts.query}"
        return value if canonical_address(value) else None
    return None


@cache
def _suffixes() -> tldextract.TLDExtract:
    # The list that ships with the library: no network, no cache folder. Private suffixes count, because two blogs on
    # one host are two papers.
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)


@lru_cache(maxsize=1024)
def registrable_domain(url: str) -> str | None:
    """The domain that its owner registered, ``udn.com`` for ``https://video.udn.com/…``; else the bare host."""
    address = canonical_address(url) or canonical_address(f"https://{url}")
    if address is None:
        return None
    host = urlsplit(address).hostname or ""
    found = _suffixes()(host)
    if not found.suffix and not found.ipv4 and not found.ipv6:  # the list's own rule for what it does not know is "*"
        return ".".join(host.split(".")[-2:]) or None
    return found.top_domain_under_public_suffix or host or None


def address_key(url: str) -> str:
    """The form in which addresses of stories are kept and found."""
    return canonical_address(url) or url
