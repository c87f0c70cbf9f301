"""Replay: the unchanged spider against a recording, with no network at all.

The add-on puts a download handler over the recordings in the place of Scrapy's, so that everything above it is real:
robots.txt, redirects, decompression, charsets, cookies, 404s. Names are not resolved and no socket is opened.
"""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request, signals
from scrapy.core.downloader.handlers.base import BaseDownloadHandler
from scrapy.crawler import Crawler
from scrapy.downloadermiddlewares import cookies
from scrapy.exceptions import DownloadCancelledError, NotConfigured, ResponseDataLossError
from scrapy.http import Headers, Response
from scrapy.responsetypes import responsetypes
from scrapy.settings import BaseSettings
from scrapy.utils.defer import deferred_from_coro

from newsarchive.warc.captured import NoVisit, announce, body_digest, describe, forget
from newsarchive.warc.index import RecordingIndex, Validators, recording_paths, served
from newsarchive.warc.read import RecordedResponse
from newsarchive.warc.walk import RecordingError

logger = logging.getLogger(__name__)

# What only a network needs. A recording does not answer better the second time, so nothing is retried.
SETTINGS: dict[str, Any] = {
    "DOWNLOAD_DELAY": 0,
    "DOWNLOAD_SLOTS": {},
    "AUTOTHROTTLE_ENABLED": False,
    "RETRY_ENABLED": False,
    "HTTPCACHE_ENABLED": False,
    "HTTPPROXY_ENABLED": False,
}

HEADERS_SIZE = 64 * 1024  # bytes that a record may have beyond its body


class NotInRecording(NoVisit):
    """A request for an address that the recording lacks."""


class Replay:
    """Add-on: with ``WARC_REPLAY`` set, the crawl reads its responses from those recordings.

    ``WARC_REPLAY`` names WARC files by path or glob, parted by commas, relative to the working folder.
    """

    def __init__(self, crawler: Crawler) -> None:
        setting = crawler.settings.get("WARC_REPLAY")
        if not setting:
            raise NotConfigured
        self._crawler = crawler
        try:
            self.index = RecordingIndex(recording_paths(setting))
            logger.info("replaying %d responses from %s", len(self.index), setting)
        except RecordingError as error:
            # An add-on that raises ends Scrapy in a traceback; so the crawl begins and ends at once.
            logger.error("%s", error)  # noqa: TRY400
            self.index = RecordingIndex([])
            crawler.signals.connect(self._give_up, signal=signals.spider_opened)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Replay:
        """Return the add-on, with its recordings read. Raises NotConfigured without ``WARC_REPLAY``."""
        return cls(crawler)

    def update_settings(self, settings: BaseSettings) -> None:
        """Put the recordings in the network's place, whatever a project or a spider has set."""
        for name, value in SETTINGS.items():
            settings.set(name, value, "cmdline")
        handlers = settings.getdict("DOWNLOAD_HANDLERS")
        handler = f"{__name__}.{ReplayHandler.__name__}"
        settings.set("DOWNLOAD_HANDLERS", {**handlers, "http": handler, "https": handler}, "cmdline")
        # Where cookies are on, Scrapy would fetch the public suffix list; the one that ships with tldextract serves.
        cookies._split_domain.suffix_list_urls = ()

    def _give_up(self) -> None:
        deferred_from_coro(self._crawler.engine.close_spider_async(reason="no_recording"))


class ReplayHandler(BaseDownloadHandler):
    """Serves recorded responses. An address that the recording lacks is logged, counted, and raised as such."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        replay = crawler.get_addon(Replay)
        assert replay is not None
        self._index = replay.index
        self._max_body = crawler.settings.getint("DOWNLOAD_MAXSIZE")
        self._fail_on_dataloss = crawler.settings.getbool("DOWNLOAD_FAIL_ON_DATALOSS")
        self._missing = 0
        crawler.signals.connect(self._summarize, signal=signals.spider_closed)

    async def download_request(self, request: Request) -> Response:
        """Return the recorded response to a request. Raises NotInRecording, and what a live download would raise."""
        forget(request)
        found = self._index.find(request.url, request.method)
        if found is None:
            raise self._lacking(request, "not in the recording")
        if found.size > self._max_body + HEADERS_SIZE:
            raise DownloadCancelledError(f"{request.url}: its record is larger than DOWNLOAD_MAXSIZE")
        try:
            recorded = served(found, self._index, _validators(request))
        except RecordingError as error:
            raise self._lacking(request, str(error)) from None
        if recorded is None:
            raise self._lacking(request, f"in the recording only as unchanged (of {found.date:%Y-%m-%d})")
        if recorded.truncated and request.meta.get("download_fail_on_dataloss", self._fail_on_dataloss):
            raise ResponseDataLossError(f"{request.url}: the connection ended before the promised length")
        response = _response(request, recorded)
        digest = body_digest(recorded.payload, recorded.content_encodings, self._max_body)
        place = (str(found.path), found.offset, found.length)
        announce(self.crawler, request, describe(response, recorded.date, digest, place))
        return response

    async def close(self) -> None:
        """Drop the index."""
        self._index.close()

    def _lacking(self, request: Request, reason: str) -> NotInRecording:
        self._missing += 1
        assert self.crawler.stats is not None
        self.crawler.stats.inc_value("warc/not_in_recording")
        logger.debug("%s: %s", request.url, reason)  # whoever asked for it says so aloud
        return NotInRecording(reason)

    def _summarize(self) -> None:
        if self._missing:
            logger.warning("replay: %d requests were for addresses that the recording lacks", self._missing)
        if self._index.damages:
            skipped = sum(damage.end - damage.offset for damage in self._index.damages)
            logger.warning("replay: %d damaged places, %d bytes, were skipped", len(self._index.damages), skipped)


def _validators(request: Request) -> Validators | None:
    etags = [tag.strip() for value in request.headers.getlist("If-None-Match") for tag in value.split(b",")]
    if not etags and "If-Modified-Since" not in request.headers:
        return None
    return Validators(frozenset(tag.removeprefix(b"W/") for tag in etags))  # RFC 9110, 13.1.2: weak comparison


def _response(request: Request, recorded: RecordedResponse) -> Response:
    headers = Headers()
    for name, value in recorded.headers:
        headers.appendlist(name, value)
    kind = responsetypes.from_args(headers=headers, url=request.url, body=recorded.payload)
    return kind(
        url=request.url.partition("#")[0],
        status=recorded.status,
        headers=headers,
        body=recorded.payload,
        flags=["dataloss"] if recorded.truncated else None,
        protocol=recorded.protocol,
    )
