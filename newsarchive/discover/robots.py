"""What robots.txt says of sitemaps. Who may fetch what is Scrapy's to read."""

from __future__ import annotations

import re

from newsarchive.discover.stories import absolute, is_address

# 500 KiB are what a crawler must read of a robots.txt (RFC 9309, 2.5); nobody needs more.
MAX_BYTES = 500 * 1024

_SITEMAP = re.compile(r"^\s*site-?map\s*:\s*(\S+)", re.IGNORECASE | re.MULTILINE)


def read_sitemaps(body: bytes, url: str) -> list[str]:
    """Return the addresses of the sitemaps that the robots.txt found at ``url`` names, each once, in its order.

    The line belongs to no group of user agents (sitemaps.org/protocol.html). Bytes that are no robots.txt name none.
    """
    text = body[:MAX_BYTES].decode("utf-8-sig", "replace").replace("\r", "\n")
    named = (absolute(found, url) for found in _SITEMAP.findall(text))
    return [address for address in dict.fromkeys(named) if is_address(address)]
