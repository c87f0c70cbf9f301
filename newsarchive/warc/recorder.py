"""Records a crawl: every response as it came over the wire, with its request, before anything else sees it."""

from __future__ import annotations

import errno
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Self

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.http import Response
from scrapy.utils.asyncio import run_in_thread
from scrapy.utils.defer import deferred_from_coro

from newsarchive.page import Capture
from newsarchive.warc import record
from newsarchive.warc.captured import NoVisit, announce, body_digest, describe, forget
from newsarchive.warc.file import RecordingFile
from newsarchive.warc.read import parse_date, record_date, target_uri
from newsarchive.warc.record import Earlier, Exchange, payload_digest
from newsarchive.warc.repair import repair_recent
from newsarchive.warc.walk import RecordingError, read_entry

logger = logging.getLogger(__name__)

# A page is packed in a fraction of a millisecond, less than a thread costs; a file of megabytes would stop the crawl.
THREAD_FROM = 1024 * 1024  # bytes


class NotRecorded(NoVisit):
    """A response that could not be recorded; without its bytes nothing is archived of it."""


@dataclass(frozen=True, slots=True)
class Packed:
    """The records of one exchange, compressed, and the digest of the decoded body."""

    records: list[bytes]
    digest: str


class Recorder:
    """Downloader middleware, the innermost one: there, bodies are as the wire brought them.

    It writes into ``WARC_DIR``, a new file whenever one has grown to ``WARC_MAX_SIZE`` bytes. A request is not done
    until it is recorded, so that no more than ``CONCURRENT_REQUESTS`` bodies wait in memory. If a record cannot be
    written (the disk is full), the crawl ends.
    """

    def __init__(self, crawler: Crawler) -> None:
        settings = crawler.settings
        if settings.get("WARC_REPLAY"):
            raise NotConfigured
        self._crawler = crawler
        self._folder = Path(settings.get("WARC_DIR"))
        self._max_file = settings.getint("WARC_MAX_SIZE")
        self._max_body = settings.getint("DOWNLOAD_MAXSIZE")
        self._failed = False
        self.find_earlier: Callable[[str, str | None], Capture | None] = lambda url, digest: None
        """Finds the capture of an address with a digest of the decoded body, or with any: what a revisit refers to."""

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware, listening for the start and the end of the crawl."""
        recorder = cls(crawler)
        crawler.signals.connect(recorder.spider_opened, signal=signals.spider_opened)
        crawler.signals.connect(recorder.spider_closed, signal=signals.spider_closed)
        return recorder

    def spider_opened(self) -> None:
        """Cut what a killed crawl left half written, and get ready."""
        spider = self._crawler.spider
        assert spider is not None
        settings = self._crawler.settings
        about = [
            ("software", f"newsarchive/{version('newsarchive')} scrapy/{version('scrapy')}"),
            ("format", "WARC File Format 1.1"),
            ("conformsTo", "http://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/"),
            ("isPartOf", spider.name),
            ("robots", "obey" if settings.getbool("ROBOTSTXT_OBEY") else "ignore"),
            ("http-header-user-agent", settings.get("USER_AGENT")),
        ]
        self._file = RecordingFile(self._folder, spider.name, _now, self._max_file, about)
        try:
            repaired = repair_recent(self._folder, spider.name)
        except (OSError, RecordingError) as error:
            self._fail(error)
        else:
            for cut in repaired:
                logger.warning("%s", cut)

    def spider_closed(self) -> None:
        """Close the file."""
        try:
            self._file.close()
        except OSError as error:
            logger.error("the recording in %s may be incomplete: %s", self._folder, error.strerror)  # noqa: TRY400

    def sync(self) -> None:
        """Wait until all that is recorded is on the disk, before captures are committed. Raises OSError."""
        self._file.sync()

    def process_request(self, request: Request) -> None:
        """Let the request go out without what an earlier attempt left in it."""
        forget(request)

    async def process_response(self, request: Request, response: Response) -> Response:
        """Record the response, leave its capture with the request, and pass it on. Raises NotRecorded."""
        if self._failed:
            raise NotRecorded("not recorded: the recording has stopped")
        exchange = _exchange(request, response)
        if len(exchange.body) < THREAD_FROM:
            packed = self._pack(exchange)
        else:
            packed = await run_in_thread(self._pack, exchange)
        try:
            place = self._file.append(packed.records)
        except OSError as error:
            self._fail(error)
            raise NotRecorded(f"not recorded: {error.strerror}") from None
        stats = self._crawler.stats
        assert stats is not None
        stats.inc_value("warc/responses")
        stats.inc_value("warc/bytes", sum(map(len, packed.records)))
        at = (place.file, place.offset, place.length)
        announce(self._crawler, request, describe(response, exchange.date, packed.digest, at))
        return response

    def _pack(self, exchange: Exchange) -> Packed:
        encodings = [
            value.decode("latin-1") for name, value in exchange.response_headers if name == b"Content-Encoding"
        ]
        digest = body_digest(exchange.body, encodings, self._max_body)
        payload = payload_digest(exchange.body)
        earlier = self._earlier(exchange, digest, payload)
        if exchange.status == 304 or earlier is not None:
            answer = record.revisit(exchange, earlier)
        else:
            answer = record.response(exchange, payload)
        return Packed([answer.compressed(), record.request(exchange, answer).compressed()], digest)

    def _earlier(self, exchange: Exchange, digest: str, payload: str) -> Earlier | None:
        """Return the record to refer to instead of writing the same bytes again.

        The archive knows digests of decoded bodies; a server that packs the same text anew sends other bytes, and those
        are recorded.
        """
        not_modified = exchange.status == 304
        if not not_modified and (exchange.status != 200 or exchange.truncated):
            return None
        known = self.find_earlier(exchange.url, None if not_modified else digest)
        if known is None or known.warc_file is None or known.warc_offset is None:
            return None
        try:
            fields = read_entry(self._folder / known.warc_file, known.warc_offset).fields
        except RecordingError as error:
            logger.warning("a known page is recorded again: %s", error)
            return None
        its_digest = fields.get("warc-payload-digest")
        if fields.get("warc-type") == "revisit":  # then what that one refers to has the bytes
            url, date = fields.get("warc-refers-to-target-uri"), parse_date(fields.get("warc-refers-to-date"))
        else:
            url, date = target_uri(fields), record_date(fields)
        if url is None or date is None or not (not_modified or its_digest == payload):
            return None
        return Earlier(url, date, its_digest)

    def _fail(self, error: Exception) -> None:
        """End the crawl: what cannot be recorded must not be archived."""
        if self._failed:
            return
        self._failed = True
        reason = (error.strerror if isinstance(error, OSError) else None) or str(error)
        full = isinstance(error, OSError) and error.errno in {errno.ENOSPC, errno.EDQUOT}
        logger.error("cannot record into %s: %s. The crawl ends here; what is archived is whole.", self._folder, reason)
        close = self._crawler.engine.close_spider_async(reason="disk_full" if full else "recording_failed")
        deferred_from_coro(close)


def _exchange(request: Request, response: Response) -> Exchange:
    return Exchange(
        url=response.url.partition("#")[0],
        date=_now(),
        method=request.method,
        request_headers=_pairs(request),
        request_body=request.body,
        status=response.status,
        response_headers=_pairs(response),
        body=response.body,
        protocol=response.protocol,
        ip_address=str(response.ip_address) if response.ip_address is not None else None,
        truncated="dataloss" in response.flags,
    )


def _pairs(message: Request | Response) -> list[tuple[bytes, bytes]]:
    return [(name, value) for name in message.headers for value in message.headers.getlist(name)]


def _now() -> datetime:
    return datetime.now(UTC)
