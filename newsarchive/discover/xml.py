"""XML from strangers: sitemaps and feeds, read without trusting them.

No entity is expanded and nothing is loaded from elsewhere. A document that declares entities of its own is refused:
no sitemap or feed needs them, and nested ones are the "billion laughs" attack.
"""

from __future__ import annotations

import re
import zlib

from lxml import etree

from newsarchive.discover.listing_error import ListingError

# 50 MiB uncompressed is the limit of the sitemap protocol (sitemaps.org/protocol.html).
MAX_BYTES = 50 * 1024 * 1024

_GZIP_MAGIC = b"\x1f\x8b"
# How a web page opens that stands where a listing should be.
_WEB_PAGE = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<!--[^>]{0,1000}-->\s*)?<(?:!doctype\s+html|html|head|title|meta|body|script|div|p|h1)\b",
    re.IGNORECASE,
)
_ENTITY = re.compile(rb"<!ENTITY", re.IGNORECASE)


def read_xml(body: bytes) -> etree._Element:
    """Return the root element of an XML document, gzip taken off.

    Raises ``ListingError`` where the bytes are empty, a web page, too large, dangerous or no XML.
    """
    body = gunzip(body)
    if not body.strip():
        raise ListingError("it is empty")
    if len(body) > MAX_BYTES:
        raise ListingError(f"it has over {MAX_BYTES // 1024 // 1024} MiB")
    if _WEB_PAGE.match(body):
        raise ListingError("it is a web page, perhaps a bot wall")
    # UTF-16 hides the declarations looked for; with the zero bytes dropped they show.
    if _ENTITY.search(body.replace(b"\0", b"")):
        raise ListingError("it declares XML entities")
    # Papers forget to escape an ampersand in a headline; the rest of such a document is still read.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    if root is None:
        raise ListingError("it is no XML")
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):  # type: ignore[union-attr]  # in an encoding that hid them
        raise ListingError("it declares XML entities")
    if local_name(root) == "html":  # XHTML
        raise ListingError("it is a web page, perhaps a bot wall")
    return root


def gunzip(body: bytes) -> bytes:
    """Take gzip off where the bytes are gzip, up to the size limit; raises ``ListingError`` beyond it."""
    if not body.startswith(_GZIP_MAGIC):
        return body
    inflate = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = inflate.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise ListingError(f"its gzip is broken: {error}") from None
    if len(plain) > MAX_BYTES:
        raise ListingError(f"it unpacks to over {MAX_BYTES // 1024 // 1024} MiB")
    return plain


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace, in lower case; empty for comments and the like."""
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def text_of(element: etree._Element | None) -> str | None:
    """Return an element's text with its white space in one form, or ``None`` where there is none."""
    if element is None:
        return None
    return " ".join("".join(str(text) for text in element.itertext()).split()) or None
