"""Scrapy's middlewares that refuse a request, each saying why in the words of the visits' ledger.

Scrapy raises the same ``IgnoreRequest`` for a page that robots.txt forbids, a redirect loop and a gzip bomb. The
ledger tells them apart.
"""

from __future__ import annotations

from scrapy import Request
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.downloadermiddlewares.redirect import RedirectMiddleware
from scrapy.downloadermiddlewares.robotstxt import RobotsTxtMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from newsarchive.crawl.outcomes import Refused
from newsarchive.crawl.paper import NewspaperSpider
from newsarchive.warc.decode import whole_page


class Robots(RobotsTxtMiddleware):
    """Obeys robots.txt."""

    async def process_request(self, request: Request) -> None:  # type: ignore[override]
        """Let ``request`` pass, or raise ``Refused`` where the host's robots.txt forbids it."""
        try:
            await super().process_request(request)
        except IgnoreRequest:
            raise Refused("robots_denied", "robots.txt forbids it") from None


class Redirects(RedirectMiddleware):
    """Follows redirects as far as ``REDIRECT_MAX_TIMES``, and never to what is fetched anyway.

    That is an address that the chain came from, or another story that the crawl asks for itself.
    """

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the next request of the chain, or the response; raises ``Refused`` where the chain does not end."""
        try:
            result = super().process_response(request, response)
        except IgnoreRequest:
            raise Refused("redirect_loop", f"more than {self.max_redirect_times} redirects", response) from None
        # Cookies are off, so that the same address cannot answer differently the second time.
        if not isinstance(result, Request):
            return result
        if result.url in result.meta.get("redirect_urls", ()):
            raise Refused("redirect_loop", f"redirects in a loop, by way of {result.url}", response)
        spider = self.crawler.spider
        if isinstance(spider, NewspaperSpider) and spider.asks_for_target(result):
            raise Refused("moved", f"redirects to {result.url}, which is asked for too", response, result.url)
        return result


class Compression(HttpCompressionMiddleware):
    """Decompresses bodies up to ``DOWNLOAD_MAXSIZE``."""

    def process_response(self, request: Request, response: Response) -> Request | Response:  # type: ignore[override]
        """Return the response decompressed; raises ``Refused`` for a gzip bomb."""
        try:
            return super().process_response(request, response)
        except IgnoreRequest:
            size = len(response.body)
            raise Refused("too_large", f"its {size} bytes decompress to more than DOWNLOAD_MAXSIZE", response) from None

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        whole = whole_page(body) if encoding in (b"gzip", b"x-gzip") else None
        if whole is not None and len(whole) <= max_size:
            return whole  # Scrapy would take twice the time, and the recorder has it already
        return HttpCompressionMiddleware._decode(body, encoding, max_size)
